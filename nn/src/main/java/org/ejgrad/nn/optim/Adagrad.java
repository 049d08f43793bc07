package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

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

    public Adagrad {
        requireNonNull(rate, "rate");
        Require.notNegative(rateDecay, "rateDecay");
        Require.notNegative(weightDecay, "weightDecay");
        Require.notNegative(initialSum, "initialSum");
        Require.notNegative(epsilon, "epsilon");
    }

    /**
     * {@return Adagrad with ε = 1e-10 and no decays}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adagrad rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return Adagrad with a rate that changes, ε = 1e-10 and no decays} */
    public static Adagrad rate(Schedule rate) {
        return new Adagrad(rate, 0, 0, 0, 1e-10);
    }

    /**
     * {@return this rule with another decay of the rate}
     *
     * @throws IllegalArgumentException if δ is negative or not finite
     */
    public Adagrad rateDecay(double rateDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * {@return this rule with another weight decay}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public Adagrad weightDecay(double weightDecay) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * {@return this rule with another start of the sum of squares}
     *
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Adagrad initialSum(double initialSum) {
        return new Adagrad(rate, rateDecay, weightDecay, initialSum, epsilon);
    }

    /**
     * {@return this rule with another ε}
     *
     * @throws IllegalArgumentException if ε is negative or not finite
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
        double eta = Schedules.rate(rate, step, rateFactor) / (1 + step * rateDecay);
        double start = step == 0 ? initialSum : 0;
        boolean isDelicate = Quotients.areDelicate(epsilon, eta);
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double x = elements.parameter(i);
                double d = elements.gradient(i) + weightDecay * x;
                double s = start + elements.buffer(0, i) + d * d;
                elements.buffer(0, i, s);
                double below = Math.sqrt(s) + epsilon;
                elements.next(i, x - eta * (isDelicate ? Quotients.overRoot(d, below, d) : d / below));
            }
        };
    }

    @Override
    public String description() {
        return "Adagrad(rate " + rate.description() + ", rateDecay " + rateDecay + ", weightDecay " + weightDecay
                + ", initialSum " + initialSum + ", epsilon " + epsilon + ")";
    }
}
