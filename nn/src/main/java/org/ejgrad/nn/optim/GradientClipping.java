package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Rule.rule;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Limits gradients before a step, all together by their norm or each element by its size.
 *
 * <pre>{@code
 * GradientClipping.Clipped clipped = GradientClipping.byNorm(loss.gradients(), 1.0);
 * optimizer.step(clipped.gradients());
 * }</pre>
 */
public final class GradientClipping {
    /** PyTorch's guard against a norm of 0; it makes the result's norm a millionth smaller than the limit. */
    private static final double GUARD = 1e-6;

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
     * @param gradients the gradients, all of which count
     * @param limit the largest norm, greater than 0
     * @return see {@link #byNorm(Gradients, double, double)}
     * @throws IllegalArgumentException if the limit is not a finite number greater than 0
     */
    public static Clipped byNorm(Gradients gradients, double limit) {
        return byNorm(gradients, limit, 2);
    }

    /**
     * Limits the p-norm of all gradients taken as one vector, by the factor min(1, limit/(norm + 1e-6)), as PyTorch's
     * {@code clip_grad_norm_}. An infinite norm gives the factor 0, which makes NaN of the infinities; an optimizer's
     * step then refuses them.
     *
     * @param gradients the gradients, all of which count
     * @param limit the largest norm, greater than 0
     * @param p the norm's order, greater than 0; infinity for the largest element
     * @return the gradients times the factor, and their norm before; the gradients themselves where the factor is 1
     * @throws IllegalArgumentException if the limit or the order is out of its range
     */
    public static Clipped byNorm(Gradients gradients, double limit, double p) {
        Require.positive(limit, "limit");
        double norm = norm(gradients, p);
        double factor = limit / (norm + GUARD);
        return new Clipped(factor >= 1 ? gradients : gradients.scale(factor), norm);
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
        Operation within = Operation.unary(
                "within",
                x -> Operation.map(x, v -> Math.abs(v) <= limit ? 1 : 0),
                rule("0", (x, y, dy) -> Value.zeros(x.shape())));
        Operation clip = Operation.unary(
                        "clip",
                        x -> Operation.map(x, v -> Math.max(-limit, Math.min(limit, v))),
                        rule("dy where |x| ≤ limit", (x, y, dy) -> dy.elementMult(within.apply(x))))
                .with(limit);
        return gradients.map(clip::apply);
    }

    /**
     * The p-norm (Σ|g|ᵖ)^(1/p) of all gradients of variables taken as one vector; neither too large nor too small
     * squares spoil it.
     *
     * @param p the norm's order, greater than 0; infinity for the largest element
     * @return at least 0; NaN if an element is
     * @throws IllegalArgumentException if the order is not greater than 0
     */
    public static double norm(Gradients gradients, double p) {
        requireNonNull(gradients, "gradients");
        if (!(p > 0)) {
            throw new IllegalArgumentException("p = " + p + "; expected a number greater than 0, or infinity");
        }
        List<DMatrixRMaj> matrices = new ArrayList<>();
        double largest = 0;
        for (Value variable : gradients.variables()) {
            DMatrixRMaj gradient = ((SimpleMatrix) gradients.of(variable).matrix()).getDDRM();
            matrices.add(gradient);
            for (int i = 0; i < gradient.getNumElements(); i++) {
                largest = Math.max(largest, Math.abs(gradient.data[i]));
            }
        }
        if (largest == 0 || p == Double.POSITIVE_INFINITY || !Double.isFinite(largest)) {
            return largest;
        }
        boolean safe = p == 2 && largest > 1e-100 && largest < 1e100;
        double unit = safe ? 1 : largest;
        double sum = 0;
        for (DMatrixRMaj gradient : matrices) {
            for (int i = 0; i < gradient.getNumElements(); i++) {
                double part = Math.abs(gradient.data[i]) / unit;
                sum += p == 2 ? part * part : Math.pow(part, p);
            }
        }
        return unit * (p == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / p));
    }
}
