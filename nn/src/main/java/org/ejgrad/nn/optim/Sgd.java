package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

/**
 * Gradient descent, with momentum if asked (Polyak 1964; Nesterov 1983 in the form of Sutskever et al. 2013).
 *
 * <p>With learning rate η, weight decay λ, momentum μ and dampening τ, as PyTorch's {@code SGD}:
 *
 * <pre>
 * d = g + λ·x
 * v = μ·v + (1 − τ)·d          (v = d at the first step)
 * x = x − η·v                  (Nesterov: x − η·(d + μ·v); without momentum: x − η·d)
 * </pre>
 *
 * <pre>{@code
 * Optimizer optimizer = Optimizer.of(network.parameters(), Sgd.rate(0.1).momentum(0.9).nesterov());
 * }</pre>
 *
 * @param rate the learning rate η
 * @param momentum μ
 * @param dampening τ
 * @param weightDecay λ, added to the gradient
 * @param isNesterov whether the step looks ahead along the momentum
 */
public record Sgd(Schedule rate, Schedule momentum, double dampening, double weightDecay, boolean isNesterov)
        implements UpdateRule {
    /** Refuses what is out of range, and Nesterov's step without momentum or with dampening. */
    public Sgd {
        requireNonNull(rate, "rate");
        requireNonNull(momentum, "momentum");
        Require.share(dampening, "dampening");
        Require.notNegative(weightDecay, "weightDecay");
        if (isNesterov && (!hasMomentum(momentum) || dampening != 0)) {
            throw new IllegalArgumentException("nesterov with momentum " + momentum.description() + " and dampening "
                    + dampening + "; expected a momentum above 0 and no dampening");
        }
    }

    /**
     * {@return plain gradient descent}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Sgd rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return plain gradient descent with a rate that changes} */
    public static Sgd rate(Schedule rate) {
        return new Sgd(rate, Schedule.constant(0), 0, 0, false);
    }

    /**
     * {@return this rule with another momentum}
     *
     * @throws IllegalArgumentException if μ is not in [0, 1)
     */
    public Sgd momentum(double momentum) {
        return momentum(Schedule.constant(Require.fraction(momentum, "momentum")));
    }

    /** {@return this rule with a momentum that changes} */
    public Sgd momentum(Schedule momentum) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * {@return this rule with another dampening}
     *
     * @throws IllegalArgumentException if τ is not in [0, 1]
     */
    public Sgd dampening(double dampening) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * {@return this rule with another weight decay}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public Sgd weightDecay(double weightDecay) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * {@return this rule with Nesterov's step}
     *
     * @throws IllegalArgumentException if this rule has no momentum, or has dampening
     */
    public Sgd nesterov() {
        return new Sgd(rate, momentum, dampening, weightDecay, true);
    }

    @Override
    public List<String> buffers() {
        return hasMomentum(momentum) ? List.of("momentum") : List.of();
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Schedules.rate(rate, step, rateFactor);
        if (!hasMomentum(momentum)) {
            return elements -> {
                int count = requireNonNull(elements, "elements").count();
                for (int i = 0; i < count; i++) {
                    double x = elements.parameter(i);
                    elements.next(i, x - eta * (elements.gradient(i) + weightDecay * x));
                }
            };
        }
        double mu = Schedules.momentum("momentum", momentum, step);
        double kept = step == 0 ? 0 : mu;
        double added = step == 0 ? 1 : 1 - dampening;
        double ahead = isNesterov ? mu : 1;
        double direct = isNesterov ? 1 : 0;
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double x = elements.parameter(i);
                double d = elements.gradient(i) + weightDecay * x;
                double v = kept * elements.buffer(0, i) + added * d;
                elements.buffer(0, i, v);
                elements.next(i, x - eta * (direct * d + ahead * v));
            }
        };
    }

    /** Whether it is more than the constant 0, for which nothing is remembered. */
    private static boolean hasMomentum(Schedule momentum) {
        return !(momentum instanceof Schedule.Constant constant && constant.value() == 0);
    }

    @Override
    public String description() {
        return "Sgd(rate " + rate.description() + ", momentum " + momentum.description() + ", dampening " + dampening
                + ", weightDecay " + weightDecay + ", nesterov " + isNesterov + ")";
    }
}
