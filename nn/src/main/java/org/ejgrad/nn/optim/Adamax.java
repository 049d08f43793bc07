package org.ejgrad.nn.optim;

import java.util.List;

/**
 * Adam scaled by the largest recent gradient instead of the mean square (Kingma and Ba 2015, section 7.1).
 *
 * <p>At step t = 1, 2, …, with learning rate η and weight decay λ, as PyTorch's {@code Adamax}:
 *
 * <pre>
 * d = g + λ·x
 * m = β₁·m + (1 − β₁)·d
 * u = max(β₂·u, |d| + ε)
 * x = x − η/(1 − β₁ᵗ) · m/u
 * </pre>
 *
 * @param rate the learning rate η
 * @param beta1 how much of the mean gradient is kept, β₁
 * @param beta2 how much of the largest gradient is kept, β₂
 * @param epsilon ε, added to the size of the gradient
 * @param weightDecay λ, added to the gradient
 */
public record Adamax(Schedule rate, Schedule beta1, double beta2, double epsilon, double weightDecay)
        implements UpdateRule {

    /**
     * Refuses what is out of range.
     *
     * @param rate the learning rate η
     * @param beta1 β₁
     * @param beta2 β₂
     * @param epsilon ε
     * @param weightDecay λ
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Adamax {
        Options.given("rate", rate);
        Options.given("beta1", beta1);
        Options.fraction("beta2", beta2);
        Options.notNegative("epsilon", epsilon);
        Options.notNegative("weightDecay", weightDecay);
    }

    /**
     * Adamax with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay.
     *
     * @param rate the learning rate, greater than 0
     * @return the rule
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adamax rate(double rate) {
        return rate(Schedule.constant(Options.positive("learning rate", rate)));
    }

    /**
     * Adamax with a rate that changes, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay.
     *
     * @param rate the learning rate
     * @return the rule
     */
    public static Adamax rate(Schedule rate) {
        return new Adamax(rate, Schedule.constant(0.9), 0.999, 1e-8, 0);
    }

    /**
     * This rule with other means.
     *
     * @param first β₁, in [0, 1)
     * @param second β₂, in [0, 1)
     * @return a new rule
     * @throws IllegalArgumentException if one is not in [0, 1)
     */
    public Adamax betas(double first, double second) {
        return new Adamax(rate, Schedule.constant(Options.fraction("beta1", first)), second, epsilon, weightDecay);
    }

    /**
     * This rule with another ε.
     *
     * @param epsilon at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adamax epsilon(double epsilon) {
        return new Adamax(rate, beta1, beta2, epsilon, weightDecay);
    }

    /**
     * This rule with another weight decay.
     *
     * @param weightDecay λ, at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adamax weightDecay(double weightDecay) {
        return new Adamax(rate, beta1, beta2, epsilon, weightDecay);
    }

    @Override
    public List<String> buffers() {
        return List.of("mean", "largest");
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Options.rate(rate, step) * rateFactor;
        double b1 = Options.momentum("beta1", beta1, step);
        double size = eta / (1 - Math.pow(b1, step + 1.0));
        return elements -> {
            double[] x = elements.parameter();
            double[] g = elements.gradient();
            double[] mean = elements.buffers()[0];
            double[] largest = elements.buffers()[1];
            double[] next = elements.next();
            for (int i = 0; i < elements.count(); i++) {
                double d = g[i] + weightDecay * x[i];
                double m = b1 * mean[i] + (1 - b1) * d;
                double u = Math.max(beta2 * largest[i], Math.abs(d) + epsilon);
                mean[i] = m;
                largest[i] = u;
                next[i] = x[i] - size * (m / u);
            }
        };
    }

    @Override
    public String description() {
        return "Adamax(rate " + rate.description() + ", betas " + beta1.description() + " " + beta2 + ", epsilon "
                + epsilon + ", weightDecay " + weightDecay + ")";
    }
}
