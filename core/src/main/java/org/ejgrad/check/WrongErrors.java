package org.ejgrad.check;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.ejgrad.Elementary;

/** What is written for the errors p − y of predictions p and targets y. */
final class WrongErrors {
    /** A wrong formula, and how it is written. */
    record Wrong(String text, Mistake mistake, DoubleBinaryOperator of) {
        /** Its mean over targets that are 0 or 1 and have this mean. */
        double mean(double p, double y) {
            return (y == 0 ? 0 : y * of.applyAsDouble(p, 1)) + (y == 1 ? 0 : (1 - y) * of.applyAsDouble(p, 0));
        }
    }

    /** Those that do not only put another target in the place of y. */
    static final List<Wrong> ALL = List.of(
            new Wrong("(p − y)·p·(1 − p)", Mistake.FACTOR_TWICE, (p, y) -> (p - y) * p * (1 - p)),
            new Wrong("(p − y)/(p·(1 − p))", Mistake.FACTOR_INVERTED, (p, y) -> (p - y) / (p * (1 - p))),
            new Wrong("(p − y)·p", Mistake.WRONG_SLOPE, (p, y) -> (p - y) * p),
            new Wrong("(p − y)·(1 − p)", Mistake.WRONG_SLOPE, (p, y) -> (p - y) * (1 - p)),
            new Wrong("(p − y)/p", Mistake.WRONG_SLOPE, (p, y) -> (p - y) / p),
            new Wrong("−y/p", Mistake.MISSING_FACTOR, (p, y) -> -y / p),
            new Wrong("−y·(1 − p)", Mistake.MISSING_TERM, (p, y) -> -y * (1 - p)),
            new Wrong("(1 − y)·p", Mistake.MISSING_TERM, (p, y) -> (1 - y) * p),
            new Wrong("(p − y)²", Mistake.SQUARED, (p, y) -> (p - y) * (p - y)),
            new Wrong("|p − y|", Mistake.ABSOLUTE, (p, y) -> Math.abs(p - y)),
            new Wrong("the sign of p − y", Mistake.WRONG_SLOPE, (p, y) -> Math.signum(p - y)),
            new Wrong("p·(1 − p)", Mistake.LINEAR_TERM, (p, y) -> p * (1 - p)),
            new Wrong("ln p − ln y", Mistake.WRONG_SLOPE, (p, y) -> Elementary.log(p) - Elementary.log(y)),
            new Wrong("p·(ln p − ln y)", Mistake.WRONG_SLOPE, (p, y) -> p * (Elementary.log(p) - Elementary.log(y))));

    private WrongErrors() {}
}
