package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.check.DifferenceTable.Estimate;

/**
 * A derivative measured from a function's values, with an error bar that contains the truth.
 *
 * <p>The steps adapt to the function: quotients at shrinking steps are extrapolated to step 0, the noise of the values
 * is measured, and of all estimates the one is taken whose estimated error is smallest and that no finer step
 * contradicts. Values that stand still near the point and then move in steps have none: whether the steps are meant,
 * and the slope is 0, or somebody has rounded, cannot be seen.
 *
 * @param value the derivative; NaN if the quotients settle nowhere or the values move in steps
 * @param bar how far the value can be from the truth; infinite if there is no value
 * @param step the step whose quotient led to the value
 * @param noise the standard deviation of the function's rounding errors near the point
 * @param evaluations how often the function was called
 */
public record NumericalDerivative(double value, double bar, double step, double noise, int evaluations) {
    /**
     * The derivative from both sides.
     *
     * @param function any function; where it is not finite or throws, nearer points are used
     * @param x where
     */
    public static NumericalDerivative of(DoubleUnaryOperator function, double x) {
        return measure(function, x, Side.BOTH);
    }

    /** The slope to the left of x. */
    public static NumericalDerivative left(DoubleUnaryOperator function, double x) {
        return measure(function, x, Side.LEFT);
    }

    /** The slope to the right of x. */
    public static NumericalDerivative right(DoubleUnaryOperator function, double x) {
        return measure(function, x, Side.RIGHT);
    }

    private static NumericalDerivative measure(DoubleUnaryOperator function, double x, Side side) {
        requireNonNull(function, "function");
        ArrayFunction ofArray = new ArrayFunction(v -> function.applyAsDouble(v[0]), x);
        LineFunction line = ofArray.entry(Block.row(1), 0);
        double center = line.at(0);
        LineSamples samples = LineSamples.alone(line, center);
        Estimate slope =
                side == Side.BOTH ? samples.slope() : samples.table(side).best();
        Estimate estimate = samples.noise().hidesSteps() ? Estimate.NONE : slope;
        return new NumericalDerivative(
                estimate.value(),
                estimate.bar(),
                estimate.step(),
                samples.noise().level(),
                (int) ofArray.evaluations());
    }

    /** The value with its bar. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.15g ± %.1e", value, bar);
    }
}
