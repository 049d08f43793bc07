package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.nn.arguments.Require;

/**
 * Steps scaled by a running mean of the squared gradient (Tieleman and Hinton 2012), or of its variance if centered
 * (Graves 2013).
 *
 * <p>With learning rate η, smoothing α, weight decay λ and momentum μ, as PyTorch's {@code RMSprop}:
 *
 * <pre>
 * d = g + λ·x
 * s = α·s + (1 − α)·d²
 * m = α·m + (1 − α)·d          (centered; otherwise m = 0)
 * q = d / (√(s − m²) + ε)
 * v = μ·v + q                  (without momentum: v = q)
 * x = x − η·v
 * </pre>
 *
 * <p>The variance is not let below 0, where rounding can bring it.
 *
 * @param rate the learning rate η
 * @param alpha how much of the means is kept, α
 * @param epsilon ε, added to the root
 * @param weightDecay λ, added to the gradient
 * @param momentum μ
 * @param isCentered whether the mean's square is taken off
 */
public record RmsProp(
        Schedule rate, double alpha, double epsilon, double weightDecay, double momentum, boolean isCentered)
        implements UpdateRule {

    public RmsProp {
        requireNonNull(rate, "rate");
        Require.share(alpha, "alpha");
        Require.notNegative(epsilon, "epsilon");
        Require.notNegative(weightDecay, "weightDecay");
        Require.fraction(momentum, "momentum");
    }

    /**
     * {@return RMSProp with α = 0.99, ε = 1e-8, no decay and no momentum}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static RmsProp rate(double rate) {
        return rate(Schedule.constant(Require.positive(rate, "learning rate")));
    }

    /** {@return RMSProp with a rate that changes, α = 0.99, ε = 1e-8, no decay and no momentum} */
    public static RmsProp rate(Schedule rate) {
        return new RmsProp(rate, 0.99, 1e-8, 0, 0, false);
    }

    /**
     * {@return this rule with another smoothing}
     *
     * @throws IllegalArgumentException if α is not in [0, 1]
     */
    public RmsProp alpha(double alpha) {
        return new RmsProp(rate, alpha, epsilon, weightDecay, momentum, isCentered);
    }

    /**
     * {@return this rule with another ε}
     *
     * @throws IllegalArgumentException if ε is negative or not finite
     */
    public RmsProp epsilon(double epsilon) {
        return new RmsProp(rate, alpha, epsilon, weightDecay, momentum, isCentered);
    }

    /**
     * {@return this rule with another weight decay}
     *
     * @throws IllegalArgumentException if λ is negative or not finite
     */
    public RmsProp weightDecay(double weightDecay) {
        return new RmsProp(rate, alpha, epsilon, weightDecay, momentum, isCentered);
    }

    /**
     * {@return this rule with another momentum}
     *
     * @throws IllegalArgumentException if μ is not in [0, 1)
     */
    public RmsProp momentum(double momentum) {
        return new RmsProp(rate, alpha, epsilon, weightDecay, momentum, isCentered);
    }

    /** {@return this rule scaled by the variance} */
    public RmsProp centered() {
        return new RmsProp(rate, alpha, epsilon, weightDecay, momentum, true);
    }

    @Override
    public List<String> buffers() {
        return Stream.of("square", isCentered ? "mean" : "", momentum > 0 ? "momentum" : "")
                .filter(name -> !name.isEmpty())
                .toList();
    }

    @Override
    public Step at(long step, double rateFactor) {
        double eta = Schedules.rate(rate, step, rateFactor);
        int velocity = isCentered ? 2 : 1;
        boolean isDelicate = Quotients.areDelicate(epsilon, eta);
        return elements -> {
            int count = requireNonNull(elements, "elements").count();
            for (int i = 0; i < count; i++) {
                double x = elements.parameter(i);
                double d = elements.gradient(i) + weightDecay * x;
                double s = alpha * elements.buffer(0, i) + (1 - alpha) * d * d;
                elements.buffer(0, i, s);
                double variance = s;
                if (isCentered) {
                    double m = alpha * elements.buffer(1, i) + (1 - alpha) * d;
                    elements.buffer(1, i, m);
                    variance = Math.max(s - m * m, 0);
                }
                double below = Math.sqrt(variance) + epsilon;
                double v = isDelicate ? Quotients.overRoot(d, below, d) : d / below;
                if (momentum > 0) {
                    v += momentum * elements.buffer(velocity, i);
                    elements.buffer(velocity, i, v);
                }
                elements.next(i, x - eta * v);
            }
        };
    }

    @Override
    public String description() {
        return "RmsProp(rate " + rate.description() + ", alpha " + alpha + ", epsilon " + epsilon + ", weightDecay "
                + weightDecay + ", momentum " + momentum + ", centered " + isCentered + ")";
    }
}
