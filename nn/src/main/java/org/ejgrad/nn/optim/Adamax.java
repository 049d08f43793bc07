package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

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

    public Adamax {
        requireNonNull(rate, "rate");
        requireNonNull(beta1, "beta1");
        Require.fraction(beta2, "beta2");
        Require.notNegative(epsilon, "epsilon");
        Require.notNegative(weightDecay, "weightDecay");
    }

    /**
     * {@return Adamax with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adamax rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return Adamax with a rate that changes, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay} */
    public static Adamax rate(Schedule rate) {
        return new Adamax(rate, Schedule.constant(0.9), 0.999, 1e-8, 0);
    }

    /**
     * {@return this rule with other means}
     *
     * @throws IllegalArgumentException if β₁ or β₂ is not in [0, 1)
     */
    public Adamax betas(double beta1, double beta2) {
        return new Adamax(rate, Schedule.constant(Require.fraction(beta1, "beta1")), beta2, epsilon, weightDecay);
    }

    /**
     * {@return this rule with another ε}
     *
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public Adamax epsilon(double epsilon) {
        return new Adamax(rate, beta1, beta2, epsilon, weightDecay);
    }

    /**
     * {@return this rule with another weight decay}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
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
        double eta = Schedules.rate(rate, step, rateFactor);
        double b1 = Schedules.momentum("beta1", beta1, step);
        double size = eta / Quotients.oneMinusPower(b1, step + 1.0);
        boolean isDelicate = Quotients.areDelicateMeans(epsilon, size);
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double x = elements.parameter(i);
                double d = elements.gradient(i) + weightDecay * x;
                double m = b1 * elements.buffer(0, i) + (1 - b1) * d;
                double u = Math.max(beta2 * elements.buffer(1, i), Math.abs(d) + epsilon);
                elements.buffer(0, i, m);
                elements.buffer(1, i, u);
                double q = isDelicate ? Quotients.over(m, u, d) : m / u;
                elements.next(i, isDelicate && q == 0 ? x : x - size * q);
            }
        };
    }

    @Override
    public String description() {
        return "Adamax(rate " + rate.description() + ", betas " + beta1.description() + " " + beta2 + ", epsilon "
                + epsilon + ", weightDecay " + weightDecay + ")";
    }
}
