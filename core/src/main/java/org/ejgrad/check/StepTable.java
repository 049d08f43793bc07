package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Elementary;

/**
 * The derivative of a function at one point by the usual fixed-step formulas, for many steps: what a plot of error
 * against step size is drawn from.
 *
 * <p>Large steps show the truncation error of each formula (h, h, h² and h⁴), small ones the noise of the values
 * divided by h; {@link #adaptive} is what {@link NumericalDerivative} makes of the same function, with its bar.
 *
 * @param rows one row per step, from the largest to the smallest
 * @param adaptive the adaptive result at the same point
 */
public record StepTable(List<Row> rows, NumericalDerivative adaptive) {
    public StepTable {
        for (int i = 0; i < requireNonNull(rows, "rows").size(); i++) {
            requireNonNull(rows.get(i), "rows[" + i + "]");
        }
        rows = List.copyOf(rows);
        requireNonNull(adaptive, "adaptive");
    }

    /**
     * The formulas at one step.
     *
     * @param step h
     * @param forward (f(x+h) − f(x))/h
     * @param backward (f(x) − f(x−h))/h
     * @param central (f(x+h) − f(x−h))/2h
     * @param fourthOrder (8·(f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h)))/12h
     */
    public record Row(double step, double forward, double backward, double central, double fourthOrder) {}

    /**
     * Steps 10⁰, 10^(−1/k), 10^(−2/k), ... down to 10⁻¹⁶.
     *
     * @param function any function
     * @param x where
     * @param perDecade how many steps per factor of ten, at least 1
     * @throws IllegalArgumentException if perDecade is less than 1
     */
    public static StepTable of(DoubleUnaryOperator function, double x, int perDecade) {
        requireNonNull(function, "function");
        if (perDecade < 1) {
            throw new IllegalArgumentException(
                    "StepTable.of: " + perDecade + " steps per factor of ten; expected at least 1");
        }
        List<Row> rows = new ArrayList<>();
        double f = function.applyAsDouble(x);
        for (int i = 0; i <= 16 * perDecade; i++) {
            double step = Elementary.pow(10, -(double) i / perDecade);
            double right = function.applyAsDouble(x + step);
            double left = function.applyAsDouble(x - step);
            double farRight = function.applyAsDouble(x + 2 * step);
            double farLeft = function.applyAsDouble(x - 2 * step);
            rows.add(new Row(
                    step,
                    (right - f) / step,
                    (f - left) / step,
                    (right - left) / (2 * step),
                    (8 * (right - left) - (farRight - farLeft)) / (12 * step)));
        }
        return new StepTable(rows, NumericalDerivative.of(function, x));
    }

    /** {@return the error of each formula against a known derivative, a line per step, one for the adaptive result} */
    public String errors(double exact) {
        StringBuilder text = new StringBuilder(
                String.format(Locale.ROOT, "%10s %12s %12s %12s\n", "step", "forward", "central", "fourth order"));
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "%10.1e %12.1e %12.1e %12.1e\n",
                    row.step,
                    Math.abs(row.forward - exact),
                    Math.abs(row.central - exact),
                    Math.abs(row.fourthOrder - exact)));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "adaptive: error %.1e, bar %.1e, from step %.1e\n",
                        Math.abs(adaptive.value() - exact),
                        adaptive.bar(),
                        adaptive.step()))
                .toString();
    }
}
