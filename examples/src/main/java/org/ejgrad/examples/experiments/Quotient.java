package org.ejgrad.examples.experiments;

import java.util.function.DoubleUnaryOperator;

/** A formula that estimates a derivative from a function's values around a point, all at multiples of one step. */
enum Quotient {
    FORWARD("forward"),
    CENTRAL("central"),
    FIVE_POINTS("5 points"),
    SEVEN_POINTS("7 points");

    private final String label;

    Quotient(String label) {
        this.label = label;
    }

    /** The error falls with the first, second, fourth and sixth power of the step. */
    double of(DoubleUnaryOperator f, double x, double h) {
        return switch (this) {
            case FORWARD -> (f.applyAsDouble(x + h) - f.applyAsDouble(x)) / h;
            case CENTRAL -> difference(f, x, h) / (2 * h);
            case FIVE_POINTS -> (8 * difference(f, x, h) - difference(f, x, 2 * h)) / (12 * h);
            case SEVEN_POINTS ->
                (45 * difference(f, x, h) - 9 * difference(f, x, 2 * h) + difference(f, x, 3 * h)) / (60 * h);
        };
    }

    private static double difference(DoubleUnaryOperator f, double x, double h) {
        return f.applyAsDouble(x + h) - f.applyAsDouble(x - h);
    }

    /** As in the tables. */
    @Override
    public String toString() {
        return label;
    }
}
