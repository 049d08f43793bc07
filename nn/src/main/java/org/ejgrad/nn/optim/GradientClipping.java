package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.nn.optim.Vectors.joined;
import static org.ejgrad.nn.optim.Vectors.largest;

import org.ejgrad.Elementary;
import org.ejgrad.Gradients;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejgrad.nn.arguments.Require;

/**
 * Limits gradients before a step, all together by their norm or each element by its size.
 *
 * <pre>{@code
 * GradientClipping.Clipped clipped = GradientClipping.byNorm(loss.gradients(), 1.0);
 * optimizer.step(clipped.gradients());
 * }</pre>
 */
public final class GradientClipping {
    private GradientClipping() {}

    /**
     * Gradients whose norm is limited.
     *
     * @param gradients the limited gradients
     * @param norm the norm they had before
     */
    public record Clipped(Gradients gradients, double norm) {
        public Clipped {
            requireNonNull(gradients, "gradients");
        }
    }

    /**
     * Limits the Euclidean norm of all gradients taken as one vector.
     *
     * @param gradients the gradients, all of which count, those of intermediate values too
     * @param limit the largest norm, greater than 0
     * @return see {@link #byNorm(Gradients, double, double)}
     * @throws IllegalArgumentException if the limit is not a finite number greater than 0
     */
    public static Clipped byNorm(Gradients gradients, double limit) {
        return byNorm(gradients, limit, 2);
    }

    /**
     * Limits the p-norm of all gradients taken as one vector, by the factor min(1, limit/norm). The limited norm is the
     * limit, to the last digits; PyTorch's {@code clip_grad_norm_} divides by norm + 1e-6 and stays below it.
     *
     * <p>This holds for all finite elements, even where their norm is too large for a double. An infinite element makes
     * the factor 0: the finite elements become 0 and the infinite ones NaN; where an element is NaN, all become NaN. An
     * optimizer's step then refuses them.
     *
     * @param gradients the gradients, all of which count
     * @param limit the largest norm, greater than 0
     * @param p the norm's order, greater than 0; infinity for the largest element
     * @return the gradients times the factor, and their norm before; the gradients themselves where the factor is 1
     * @throws IllegalArgumentException if the limit or the order is out of its range
     */
    public static Clipped byNorm(Gradients gradients, double limit, double p) {
        Require.positive(limit, "limit");
        Norm norm = Norm.of(gradients, p);
        if (norm.value() <= limit) {
            return new Clipped(gradients, norm.value());
        }
        double factor = limit / norm.value();
        boolean isExact = factor >= Double.MIN_NORMAL || !Double.isFinite(norm.unit);
        return new Clipped(
                isExact
                        ? gradients.scale(factor)
                        : gradients.map(g -> g.divide(norm.unit).scale(limit / norm.times)),
                norm.value());
    }

    /**
     * Limits each element to [−limit, limit]; NaN stays NaN.
     *
     * @param limit the largest size of an element, greater than 0
     * @return the limited gradients
     * @throws IllegalArgumentException if the limit is not a finite number greater than 0
     */
    public static Gradients byValue(Gradients gradients, double limit) {
        requireNonNull(gradients, "gradients");
        Require.positive(limit, "limit");
        return gradients.map(g -> g.clamp(-limit, limit));
    }

    /**
     * The p-norm (Σ|g|ᵖ)^(1/p) of all gradients taken as one vector, those of intermediate values included; neither too
     * large nor too small squares spoil it.
     *
     * @param gradients the gradients, all of which count
     * @param p the norm's order, greater than 0; infinity for the largest element
     * @return at least 0; NaN if an element is
     * @throws IllegalArgumentException if the order is not greater than 0
     */
    public static double norm(Gradients gradients, double p) {
        return Norm.of(gradients, p).value();
    }

    /**
     * A norm in two factors, of which neither overflows.
     *
     * @param unit the largest element's size, or a power of two near it
     * @param times how many units
     */
    private record Norm(double unit, double times) {
        static Norm of(Gradients gradients, double p) {
            requireNonNull(gradients, "gradients");
            if (!(p > 0)) {
                throw new IllegalArgumentException("p = " + p + "; expected a number greater than 0, or infinity");
            }
            double[] all = joined(gradients.values().stream().map(gradients::of).toList());
            double largest = largest(all);
            if (largest == 0 || p == Double.POSITIVE_INFINITY || !Double.isFinite(largest)) {
                return new Norm(largest, 1);
            }
            double unit = p == 2 ? Math.scalb(1.0, Math.getExponent(largest)) : largest;
            CompensatedSum powers = new CompensatedSum();
            for (double element : all) {
                double part = Math.abs(element) / unit;
                powers.add(p == 2 ? part * part : p == 1 ? part : Elementary.pow(part, p));
            }
            double sum = powers.total();
            boolean isOne = sum == 1; // 1 to whatever power
            return new Norm(unit, p == 2 ? Math.sqrt(sum) : p == 1 || isOne ? sum : Elementary.pow(sum, 1 / p));
        }

        double value() {
            return unit * times;
        }
    }
}
