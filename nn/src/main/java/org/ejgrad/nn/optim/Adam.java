package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

/**
 * Steps scaled by running means of the gradient and of its square (Kingma and Ba 2015), with AMSGrad (Reddi et al.
 * 2018) and decoupled weight decay, which makes it AdamW (Loshchilov and Hutter 2019), if asked.
 *
 * <p>At step t = 1, 2, …, with learning rate η, decays λ and λ′, as PyTorch's {@code Adam} and {@code AdamW}:
 *
 * <pre>
 * x = x·(1 − η·λ′)                            (λ′: decoupled)
 * d = g + λ·x                                 (λ: in the gradient)
 * m = β₁·m + (1 − β₁)·d
 * v = β₂·v + (1 − β₂)·d²
 * w = v                                       (AMSGrad: the largest v so far)
 * x = x − η/(1 − β₁ᵗ) · m / (√w/√(1 − β₂ᵗ) + ε)
 * </pre>
 *
 * @param rate the learning rate η
 * @param beta1 how much of the mean gradient is kept, β₁
 * @param beta2 how much of the mean square is kept, β₂
 * @param epsilon ε, added to the root
 * @param weightDecay λ, added to the gradient
 * @param decoupledDecay λ′, taken off the parameter itself
 * @param isAmsgrad whether the largest mean square counts
 */
public record Adam(
        Schedule rate,
        Schedule beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double decoupledDecay,
        boolean isAmsgrad)
        implements UpdateRule {

    public Adam {
        requireNonNull(rate, "rate");
        requireNonNull(beta1, "beta1");
        Require.fraction(beta2, "beta2");
        Require.notNegative(epsilon, "epsilon");
        Require.notNegative(weightDecay, "weightDecay");
        Require.notNegative(decoupledDecay, "decoupledDecay");
    }

    /**
     * {@return Adam with β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adam rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return Adam with a rate that changes, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and no decay} */
    public static Adam rate(Schedule rate) {
        return new Adam(rate, Schedule.constant(0.9), 0.999, 1e-8, 0, 0, false);
    }

    /**
     * {@return this rule with other means}
     *
     * @throws IllegalArgumentException if β₁ or β₂ is not in [0, 1)
     */
    public Adam betas(double beta1, double beta2) {
        return betas(Schedule.constant(Require.fraction(beta1, "beta1")), beta2);
    }

    /**
     * {@return this rule with other means, the first of which changes}
     *
     * @throws IllegalArgumentException if β₂ is not in [0, 1)
     */
    public Adam betas(Schedule beta1, double beta2) {
        return new Adam(rate, beta1, beta2, epsilon, weightDecay, decoupledDecay, isAmsgrad);
    }

    /**
     * {@return this rule with another ε}
     *
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public Adam epsilon(double epsilon) {
        return new Adam(rate, beta1, beta2, epsilon, weightDecay, decoupledDecay, isAmsgrad);
    }

    /**
     * {@return this rule with another weight decay within the gradient, which the scaling then weakens}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public Adam weightDecay(double weightDecay) {
        return new Adam(rate, beta1, beta2, epsilon, weightDecay, decoupledDecay, isAmsgrad);
    }

    /**
     * {@return this rule with another weight decay beside the gradient: AdamW}
     *
     * @throws IllegalArgumentException if λ′ is negative or not finite
     */
    public Adam decoupledDecay(double decoupledDecay) {
        return new Adam(rate, beta1, beta2, epsilon, weightDecay, decoupledDecay, isAmsgrad);
    }

    /** {@return this rule with steps that never grow because a square was forgotten} */
    public Adam amsgrad() {
        return new Adam(rate, beta1, beta2, epsilon, weightDecay, decoupledDecay, true);
    }

    @Override
    public List<String> buffers() {
        return isAmsgrad ? List.of("mean", "square", "largest") : List.of("mean", "square");
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Schedules.rate(rate, step, rateFactor);
        double b1 = Schedules.momentum("beta1", beta1, step);
        double size = eta / Quotients.oneMinusPower(b1, step + 1.0);
        double root = Math.sqrt(Quotients.oneMinusPower(beta2, step + 1.0));
        double shrink = 1 - eta * decoupledDecay;
        boolean isDelicate = Quotients.areDelicate(epsilon, size);
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double shrunk = elements.parameter(i) * shrink;
                double d = elements.gradient(i) + weightDecay * shrunk;
                double m = b1 * elements.buffer(0, i) + (1 - b1) * d;
                double v = beta2 * elements.buffer(1, i) + (1 - beta2) * d * d;
                elements.buffer(0, i, m);
                elements.buffer(1, i, v);
                double w = isAmsgrad ? Math.max(elements.buffer(2, i), v) : v;
                if (isAmsgrad) {
                    elements.buffer(2, i, w);
                }
                double below = Math.sqrt(w) / root + epsilon;
                double q = isDelicate ? Quotients.overRoot(m, below, d) : m / below;
                elements.next(i, isDelicate && q == 0 ? shrunk : shrunk - size * q);
            }
        };
    }

    @Override
    public String description() {
        return "Adam(rate " + rate.description() + ", betas " + beta1.description() + " " + beta2 + ", epsilon "
                + epsilon
                + ", weightDecay " + weightDecay + ", decoupledDecay " + decoupledDecay + ", amsgrad " + isAmsgrad
                + ")";
    }
}
