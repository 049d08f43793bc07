package org.ejgrad.examples.compare;

import static java.util.Objects.requireNonNull;

import java.util.function.LongFunction;

/**
 * One way to train.
 *
 * @param name what the table calls it
 * @param run trains with data, weights and order of a seed, and measures
 */
public record Treatment(String name, LongFunction<double[]> run) {
    public Treatment {
        requireNonNull(name, "name");
        requireNonNull(run, "run");
    }
}
