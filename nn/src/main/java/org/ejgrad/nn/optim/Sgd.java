package org.ejgrad.nn.optim;

import java.util.List;

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
    private static final Schedule NONE = Schedule.constant(0);

    /**
     * Refuses what is out of range.
     *
     * @param rate the learning rate η
     * @param momentum μ
     * @param dampening τ
     * @param weightDecay λ
     * @param isNesterov whether the step looks ahead
     * @throws IllegalArgumentException if a number is out of its range, or Nesterov's step is asked for without
     *     momentum or with dampening
     */
    public Sgd {
        Options.given("rate", rate);
        Options.given("momentum", momentum);
        Options.share("dampening", dampening);
        Options.notNegative("weightDecay", weightDecay);
        if (isNesterov && (momentum == NONE || dampening != 0)) {
            throw new IllegalArgumentException("nesterov with momentum " + momentum.description() + " and dampening "
                    + dampening + "; expected a momentum above 0 and no dampening");
        }
    }

    /**
     * Plain gradient descent.
     *
     * @param rate the learning rate, greater than 0
     * @return the rule
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Sgd rate(double rate) {
        return rate(Schedule.constant(Options.positive("learning rate", rate)));
    }

    /**
     * Plain gradient descent with a rate that changes.
     *
     * @param rate the learning rate
     * @return the rule
     */
    public static Sgd rate(Schedule rate) {
        return new Sgd(rate, NONE, 0, 0, false);
    }

    /**
     * This rule with another momentum.
     *
     * @param momentum μ, in [0, 1)
     * @return a new rule
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public Sgd momentum(double momentum) {
        return momentum(Options.fraction("momentum", momentum) == 0 ? NONE : Schedule.constant(momentum));
    }

    /**
     * This rule with a momentum that changes.
     *
     * @param momentum μ
     * @return a new rule
     */
    public Sgd momentum(Schedule momentum) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * This rule with another dampening.
     *
     * @param dampening τ, in [0, 1]
     * @return a new rule
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Sgd dampening(double dampening) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * This rule with another weight decay.
     *
     * @param weightDecay λ, at least 0
     * @return a new rule
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Sgd weightDecay(double weightDecay) {
        return new Sgd(rate, momentum, dampening, weightDecay, isNesterov);
    }

    /**
     * This rule with Nesterov's step.
     *
     * @return a new rule
     * @throws IllegalArgumentException if this rule has no momentum, or has dampening
     */
    public Sgd nesterov() {
        return new Sgd(rate, momentum, dampening, weightDecay, true);
    }

    @Override
    public List<String> buffers() {
        return momentum == NONE ? List.of() : List.of("momentum");
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Options.rate(rate, step) * rateFactor;
        if (momentum == NONE) {
            return elements -> {
                double[] x = elements.parameter();
                double[] g = elements.gradient();
                double[] next = elements.next();
                for (int i = 0; i < elements.count(); i++) {
                    next[i] = x[i] - eta * (g[i] + weightDecay * x[i]);
                }
            };
        }
        double mu = Options.momentum("momentum", momentum, step);
        double kept = step == 0 ? 0 : mu;
        double added = step == 0 ? 1 : 1 - dampening;
        double ahead = isNesterov ? mu : 1;
        double direct = isNesterov ? 1 : 0;
        return elements -> {
            double[] x = elements.parameter();
            double[] g = elements.gradient();
            double[] velocity = elements.buffers()[0];
            double[] next = elements.next();
            for (int i = 0; i < elements.count(); i++) {
                double d = g[i] + weightDecay * x[i];
                double v = kept * velocity[i] + added * d;
                velocity[i] = v;
                next[i] = x[i] - eta * (direct * d + ahead * v);
            }
        };
    }

    @Override
    public String description() {
        return "Sgd(rate " + rate.description() + ", momentum " + momentum.description() + ", dampening " + dampening
                + ", weightDecay " + weightDecay + ", nesterov " + isNesterov + ")";
    }
}
