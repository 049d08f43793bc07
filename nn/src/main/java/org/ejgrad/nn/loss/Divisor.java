package org.ejgrad.nn.loss;

import java.util.function.IntToDoubleFunction;

/**
 * What a sum of losses is divided by.
 *
 * @param written how formulas of rules say it, behind what is divided
 * @param of the number for so many rows or elements
 */
record Divisor(String written, IntToDoubleFunction of) {
    static final Divisor ONE = new Divisor("", count -> 1);

    double by(int count) {
        return of.applyAsDouble(count);
    }

    @Override
    public String toString() {
        return written;
    }
}
