package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

/**
 * Steps in the proportion of past steps to past gradients (Zeiler 2012).
 *
 * <p>With learning rate η, smoothing ρ and weight decay λ, as PyTorch's {@code Adadelta}:
 *
 * <pre>
 * d = g + λ·x
 * s = ρ·s + (1 − ρ)·d²
 * q = √(a + ε)/√(s + ε) · d
 * a = ρ·a + (1 − ρ)·q²
 * x = x − η·q
 * </pre>
 *
 * @param rate the learning rate η
 * @param rho how much of the means is kept, ρ
 * @param epsilon ε, within the roots
 * @param weightDecay λ, added to the gradient
 */
public record Adadelta(Schedule rate, double rho, double epsilon, double weightDecay) implements UpdateRule {

    public Adadelta {
        requireNonNull(rate, "rate");
        Require.share(rho, "rho");
        Require.notNegative(epsilon, "epsilon");
        Require.notNegative(weightDecay, "weightDecay");
    }

    /**
     * {@return Adadelta with ρ = 0.9, ε = 1e-6 and no decay; the article has the rate 1}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adadelta rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return Adadelta with a rate that changes, ρ = 0.9, ε = 1e-6 and no decay} */
    public static Adadelta rate(Schedule rate) {
        return new Adadelta(rate, 0.9, 1e-6, 0);
    }

    /**
     * {@return this rule with another smoothing}
     *
     * @throws IllegalArgumentException if ρ is not in [0, 1]
     */
    public Adadelta rho(double rho) {
        return new Adadelta(rate, rho, epsilon, weightDecay);
    }

    /**
     * {@return this rule with another ε}
     *
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public Adadelta epsilon(double epsilon) {
        return new Adadelta(rate, rho, epsilon, weightDecay);
    }

    /**
     * {@return this rule with another weight decay}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public Adadelta weightDecay(double weightDecay) {
        return new Adadelta(rate, rho, epsilon, weightDecay);
    }

    @Override
    public List<String> buffers() {
        return List.of("square", "moved");
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Schedules.rate(rate, step, rateFactor);
        boolean isDelicate = Quotients.areDelicate(Math.sqrt(epsilon), eta);
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double x = elements.parameter(i);
                double d = elements.gradient(i) + weightDecay * x;
                double s = rho * elements.buffer(0, i) + (1 - rho) * d * d;
                double moved = Math.sqrt(elements.buffer(1, i) + epsilon);
                double below = Math.sqrt(s + epsilon);
                double q = isDelicate ? moved == 0 ? 0 : moved * Quotients.overRoot(d, below, d) : moved * (d / below);
                elements.buffer(0, i, s);
                elements.buffer(1, i, rho * elements.buffer(1, i) + (1 - rho) * q * q);
                elements.next(i, x - eta * q);
            }
        };
    }

    @Override
    public String description() {
        return "Adadelta(rate " + rate.description() + ", rho " + rho + ", epsilon " + epsilon + ", weightDecay "
                + weightDecay + ")";
    }
}
