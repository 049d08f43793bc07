package org.ejgrad.nn.metrics;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * How far predicted numbers are from the true ones.
 *
 * @param rootMeanSquare √ of the mean of (prediction − target)²
 * @param meanAbsolute the mean of |prediction − target|
 * @param explained R², the share of the targets' variance that is explained: 1 − Σ(prediction − target)²/Σ(target −
 *     mean)²; below 0 if their mean is the better prediction, NaN if all targets are equal
 */
public record Deviations(double rootMeanSquare, double meanAbsolute, double explained) {
    /**
     * The deviations of predictions of one number per row.
     *
     * @param targets n true numbers
     * @param predictions n predicted ones
     * @throws IllegalArgumentException if the lengths differ, there are no rows, or a number is not finite
     */
    public static Deviations of(double[] targets, double[] predictions) {
        Require.rows(
                "Deviations",
                requireNonNull(targets, "targets").length,
                requireNonNull(predictions, "predictions").length);
        Value truth = Value.column(targets);
        Value found = Value.column(predictions);
        Require.each("Deviations", "target", truth, Double::isFinite, "a finite number");
        Require.each("Deviations", "prediction", found, Double::isFinite, "a finite number");
        // So large numbers are measured in a unit of theirs: sums and differences overflow where means need not.
        double unit = truth.abs().maximum(found.abs()).elementMax().scalar() > 0x1p900 ? 0x1p64 : 1;
        Value scaled = truth.divide(unit);
        Value off = found.divide(unit).minus(scaled);
        boolean isFlat = truth.elementMax().scalar() == truth.elementMin().scalar();
        double spread =
                isFlat ? Double.NaN : scaled.minus(scaled.mean()).normF().scalar();
        double unexplained = off.normF().scalar() / spread;
        return new Deviations(
                off.normF().scalar() / Math.sqrt(targets.length) * unit,
                off.abs().mean().scalar() * unit,
                1 - unexplained * unexplained);
    }
}
