package org.ejgrad.nn.optim;

import java.util.List;

/**
 * Steps scaled by all squared gradients so far (Duchi, Hazan and Singer 2011).
 *
 * <p>After t = 0, 1, … steps, with learning rate η, its decay δ and weight decay λ, as PyTorch's {@code Adagrad}:
 *
 * <pre>
 * d = g + λ·x
 * s = s + d²                   (s begins at the initial sum)
 * x = x − η/(1 + t·δ) · d/(√s + ε)
 * </pre>
 *
 * @param rate the learning rate η
 * @param rateDecay δ
 * @param weightDecay λ, added to the gradient
 * @param initialSum what the sum of squares begins at
 * @param epsilon ε, added to the root
 */
public record Adagrad(Schedule rate, double rateDecay, double weightDecay, double initialSum, double epsilon)
        implements UpdateRule {

    /**
     * Refuses what is out of range.
     *
     * @param rate the learning rate η
     * @param rateDecay δ
     * @param weightDecay λ
     * @param initialSum what the sum of squares begins at
     * @param epsilon ε
     * @throws IllegalArgumentException if a number is negative or not finite
     */
    public Adagrad {
        Options.given("rate", rate);
        Options.notNegative("rateDecay", rateDecay);
        Options.notNegative("weightDecay", weightDecay);
        Options.notNegative("initialSum", initialSum);
        Options.notNegative("epsilon", epsilon);
    }

    /**
     * Adagrad with ε = 1e-10 and no decays.
     *
     * @param rate the learning rate, greater than 0
     * @return the rule
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adagrad rate(double rate) {
        return rate(Schedule.constant(Options.positive("learning rate", rate)));
    }

    /**
     * Adagrad with a rate that changes, ε = 1e-10 and no decays.
     *
     * @param rate the learning rate
     * @return the rule
     */
    public static Adagrad rate(Schedule rate) {
        return new Adagrad(rate, 0, 0, 0, 1e-10);
    }

    /**
     * This rule with another decay of the rate.
     *
     * @param rateDecay δ, at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adagrad rateDecay(double rateDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * This rule with another weight decay.
     *
     * @param weightDecay λ, at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adagrad weightDecay(double weightDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * This rule with another start of the sum of squares.
     *
     * @param initialSum at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adagrad initialSum(double initialSum) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * This rule with another ε.
     *
     * @param epsilon at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adagrad epsilon(double epsilon) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    @Override
    public List<String> buffers() {
        return List.of("sum");
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Options.rate(rate, step) * rateFactor / (1 + step * rateDecay);
        double start = step == 0 ? initialSum : 0;
        return elements -> {
            double[] x = elements.parameter();
            double[] g = elements.gradient();
            double[] sum = elements.buffers()[0];
            double[] next = elements.next();
            for (int i = 0; i < elements.count(); i++) {
                double d = g[i] + weightDecay * x[i];
                double s = start + sum[i] + d * d;
                sum[i] = s;
                next[i] = x[i] - eta * (d / (Math.sqrt(s) + epsilon));
            }
        };
    }

    @Override
    public String description() {
        return "Adagrad(rate " + rate.description() + ", rateDecay " + rateDecay + ", weightDecay " + weightDecay
                + ", initialSum " + initialSum + ", epsilon " + epsilon + ")";
    }
}
