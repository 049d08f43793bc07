package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Losses for predicting numbers; d is prediction − target, of one shape, and the mean is over all elements. The result
 * is 1x1, or has the prediction's shape with {@link Reduction#NONE}.
 */
public final class Regression {
    private Regression() {}

    /**
     * The mean squared error, mean of d².
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value squaredError(Value prediction, Value target) {
        return squaredError(prediction, target, Reduction.MEAN);
    }

    /**
     * The squared error d².
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value squaredError(Value prediction, Value target, Reduction reduction) {
        Value d = difference("Regression.squaredError", prediction, target);
        return requireNonNull(reduction, "reduction").of("Regression.squaredError", d.square());
    }

    /**
     * The mean absolute error, mean of |d|.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value absoluteError(Value prediction, Value target) {
        return absoluteError(prediction, target, Reduction.MEAN);
    }

    /**
     * The absolute error |d|, with slope 0 at d = 0.
     *
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value absoluteError(Value prediction, Value target, Reduction reduction) {
        Value d = difference("Regression.absoluteError", prediction, target);
        return requireNonNull(reduction, "reduction").of("Regression.absoluteError", d.abs());
    }

    /**
     * The mean of Huber's loss.
     *
     * @param delta δ, where the parabola becomes a line
     * @throws IllegalArgumentException if the shapes differ or δ is not positive and finite
     */
    public static Value huber(Value prediction, Value target, double delta) {
        return huber(prediction, target, delta, Reduction.MEAN);
    }

    /**
     * Huber's loss (1964): ½d² where |d| ≤ δ, else δ·(|d| − ½δ).
     *
     * @param delta δ, where the parabola becomes a line
     * @throws IllegalArgumentException if the shapes differ or δ is not positive and finite
     */
    public static Value huber(Value prediction, Value target, double delta, Reduction reduction) {
        Require.positive(delta, "Regression.huber: delta");
        Value d = difference("Regression.huber", prediction, target);
        return requireNonNull(reduction, "reduction").of("Regression.huber", huber(d, delta));
    }

    /**
     * The mean of the smooth L1 loss.
     *
     * @param beta β, where the parabola becomes a line
     * @throws IllegalArgumentException if the shapes differ or β is negative or not finite
     */
    public static Value smoothL1(Value prediction, Value target, double beta) {
        return smoothL1(prediction, target, beta, Reduction.MEAN);
    }

    /**
     * The smooth L1 loss: ½d²/β where |d| ≤ β, else |d| − ½β; with β = 0 it is |d|.
     *
     * @param beta β, where the parabola becomes a line
     * @throws IllegalArgumentException if the shapes differ or β is negative or not finite
     */
    public static Value smoothL1(Value prediction, Value target, double beta, Reduction reduction) {
        Require.notNegative(beta, "Regression.smoothL1: beta");
        Value d = difference("Regression.smoothL1", prediction, target);
        Value terms = beta == 0 ? d.abs() : smooth(d, beta);
        return requireNonNull(reduction, "reduction").of("Regression.smoothL1", terms);
    }

    /**
     * The negative log-likelihood of counts under Poisson's law, from the logarithm of its rate: eˣ − t·x, without the
     * constant ln t!.
     *
     * @param counts at least 0, in the same shape
     * @throws IllegalArgumentException if the shapes differ or a count is negative
     */
    public static Value poissonFromLogRate(Value logRate, Value counts, Reduction reduction) {
        requireCounts("Regression.poissonFromLogRate", requireNonNull(logRate, "logRate"), counts);
        Value terms = logRate.elementExp().minus(counts.timesOrZero(logRate));
        return requireNonNull(reduction, "reduction").of("Regression.poissonFromLogRate", terms);
    }

    /**
     * The negative log-likelihood of counts under Poisson's law, from its rate: x − t·ln(x + ε), without the constant
     * ln t!.
     *
     * @param rate at least 0
     * @param counts at least 0, in the same shape
     * @param epsilon ε, keeps the logarithm finite where the rate is 0
     * @throws IllegalArgumentException if the shapes differ, or a rate, a count or ε is negative
     */
    public static Value poissonFromRate(Value rate, Value counts, double epsilon, Reduction reduction) {
        requireCounts("Regression.poissonFromRate", requireNonNull(rate, "rate"), counts);
        Require.notNegative(epsilon, "Regression.poissonFromRate: epsilon");
        Require.each("Regression.poissonFromRate", "rate", rate, x -> x >= 0, "at least 0");
        Value logs = rate.plus(epsilon).elementLog();
        return requireNonNull(reduction, "reduction")
                .of("Regression.poissonFromRate", rate.minus(counts.timesOrZero(logs)));
    }

    /**
     * The negative log-likelihood of numbers under a normal law, ½(ln v + d²/v) with v = max(variance, ε), without the
     * constant ½ ln 2π.
     *
     * @param variance at least 0, in the same shape
     * @param epsilon ε, the smallest variance
     * @throws IllegalArgumentException if the shapes differ, a variance is negative or ε is not positive and finite
     */
    public static Value gaussian(Value mean, Value target, Value variance, double epsilon, Reduction reduction) {
        Require.positive(epsilon, "Regression.gaussian: epsilon");
        requireNonNull(variance, "variance");
        Value d = difference("Regression.gaussian", requireNonNull(mean, "mean"), target);
        Require.sameShape("Regression.gaussian", variance, target);
        Require.each("Regression.gaussian", "variance", variance, v -> v >= 0, "at least 0");
        Value v = variance.clamp(epsilon, Double.POSITIVE_INFINITY);
        Value terms = v.elementLog().plus(d.elementDiv(v.sqrt()).square()).scale(0.5);
        return requireNonNull(reduction, "reduction").of("Regression.gaussian", terms);
    }

    /** ½c² + δ·max(|d| − δ, 0) with c = d clamped to ±δ; smooth at d = 0, and no product of a slope 0 with ∞. */
    private static Value huber(Value d, double delta) {
        return d.clamp(-delta, delta).square().scale(0.5).plus(beyond(d, delta).scale(delta));
    }

    /**
     * The same divided by δ = β, with c·(c/β) in place of c²: no part is larger than the loss, or vanishes before it.
     */
    private static Value smooth(Value d, double beta) {
        Value c = d.clamp(-beta, beta);
        return c.elementMult(c.divide(beta)).scale(0.5).plus(beyond(d, beta));
    }

    private static Value beyond(Value d, double limit) {
        return d.abs().minus(limit).relu();
    }

    private static void requireCounts(String call, Value rate, Value counts) {
        Require.sameShape(call, rate, requireNonNull(counts, "counts"));
        Require.each(call, "count", counts, t -> t >= 0, "at least 0");
    }

    private static Value difference(String call, Value prediction, Value target) {
        requireNonNull(prediction, "prediction");
        Require.sameShape(call, prediction, requireNonNull(target, "target"));
        return prediction.minus(target);
    }
}
