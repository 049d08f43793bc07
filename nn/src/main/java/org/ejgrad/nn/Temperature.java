package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejml.simple.SimpleMatrix;

/**
 * Temperature scaling (Guo et al. 2017): divides logits by one number, which makes a network's probabilities honest
 * without changing which class it prefers.
 *
 * <p>The parameter is {@code temperature}, 1x1.
 */
public final class Temperature implements Layer {
    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 100;

    private final Parameter temperature;

    /**
     * Divides by a given temperature.
     *
     * @param temperature positive; 1 changes nothing, more makes probabilities more even
     * @throws IllegalArgumentException if the temperature is not positive and finite
     */
    public Temperature(double temperature) {
        Require.positive(temperature, "Temperature: the temperature");
        this.temperature = new Parameter("temperature", new SimpleMatrix(1, 1, true, temperature));
    }

    /**
     * The temperature with the smallest cross-entropy on held-out rows, between 0.01 and 100.
     *
     * <p>The cross-entropy is convex in 1/T, so the zero of its slope is found by bisection, to the last bits.
     *
     * @param logits of rows that the network was not trained on
     * @param labels the class of each row
     * @return the layer to append to the network
     * @throws IllegalArgumentException if a label is not a class, there are no rows, a logit is NaN or ∞, or that of a
     *     label is −∞, so that the cross-entropy is infinite at every temperature
     */
    public static Temperature fitted(Value logits, int... labels) {
        String call = "Temperature.fitted";
        Require.each(
                call,
                "logit",
                requireNonNull(logits, "logits"),
                logit -> logit < Double.POSITIVE_INFINITY,
                "a number below infinity");
        Require.asMany(call, requireNonNull(labels, "labels").length, logits.getNumRows());
        Require.classes(call, labels, logits.getNumCols());
        for (int row = 0; row < labels.length; row++) {
            if (logits.get(row, labels[row]) == Double.NEGATIVE_INFINITY) {
                throw new IllegalArgumentException(call + ": the logit of the label " + labels[row] + " in row " + row
                        + " is -Infinity; expected a finite number, or no temperature is better than another");
            }
        }
        double low = 1 / HIGHEST;
        double high = 1 / LOWEST;
        while (true) {
            double middle = low + (high - low) / 2;
            if (middle <= low || middle >= high) {
                return new Temperature(1 / middle);
            }
            if (slope(logits.detached(), middle, labels) < 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    private static double slope(Value logits, double sharpness, int... labels) {
        Value b = Value.variable("sharpness", sharpness);
        Gradients gradients =
                CrossEntropy.fromLogits(logits.elementMult(b), labels).gradients();
        return gradients.of(b).scalar();
    }

    @Override
    public Value forward(Value input) {
        return requireNonNull(input, "input").elementDiv(temperature.value());
    }

    /** {@code temperature}. */
    @Override
    public List<Parameter> parameters() {
        return List.of(temperature);
    }

    /** {@code Temperature}; what it divides by is a parameter. */
    @Override
    public String description() {
        return "Temperature";
    }

    /** For example {@code Temperature(1.5)}. */
    @Override
    public String toString() {
        return "Temperature(" + temperature.value().scalar() + ")";
    }
}
