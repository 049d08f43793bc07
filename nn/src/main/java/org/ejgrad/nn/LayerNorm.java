package org.ejgrad.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Layer normalisation (Ba et al. 2016): each row minus its mean, divided by √(its variance + ε), then scaled and
 * shifted column by column.
 *
 * <p>The variance divides by the number of columns. A row of equal elements gives zeros, with gradient zero. The
 * parameters are {@code weight} (ones at first) and {@code bias} (zeros).
 */
public final class LayerNorm implements Layer {
    /** The square of any number times this fits. */
    private static final double SMALL = 0x1p-520;

    private final double epsilon;
    private final Optional<Scaling> scaling;

    private LayerNorm(double epsilon, Optional<Scaling> scaling) {
        this.epsilon = Require.positive(epsilon, "LayerNorm: epsilon");
        this.scaling = scaling;
    }

    /**
     * A layer with ε = 10⁻⁵.
     *
     * @param columns of the rows to normalise
     * @throws IllegalArgumentException if there is not at least 1 column
     */
    public LayerNorm(int columns) {
        this(columns, 1e-5);
    }

    /**
     * A layer with an ε of one's choice.
     *
     * @param columns of the rows to normalise
     * @param epsilon ε, positive
     * @throws IllegalArgumentException if there is not at least 1 column or ε is not positive and finite
     */
    public LayerNorm(int columns, double epsilon) {
        this(epsilon, Optional.of(Scaling.of("LayerNorm", columns)));
    }

    /**
     * {@return a layer without parameters, for rows of any length}
     *
     * @throws IllegalArgumentException if ε is not positive and finite
     */
    public static LayerNorm plain(double epsilon) {
        return new LayerNorm(epsilon, Optional.empty());
    }

    @Override
    public Value forward(Value input) {
        Value centred = input.minus(input.mean(Per.ROW));
        return normal(centred, Per.ROW, epsilon, scaling);
    }

    /**
     * centred / √(its variance + ε), each group by its own, scaled and shifted if asked. A group whose squares overflow
     * is first divided by a power of two, and ε, which then drowns, by its square.
     */
    static Value normal(Value centred, Per per, double epsilon, Optional<Scaling> scaling) {
        Value variance = centred.square().mean(per);
        if (variance.reading(v -> Arrays.stream(v.data).allMatch(x -> x < Double.POSITIVE_INFINITY))) {
            return normal(centred, variance, epsilon, scaling);
        }
        Value fits = variance.detached().lessThan(Double.POSITIVE_INFINITY);
        Value factor = fits.where(Value.constant(1), Value.constant(SMALL));
        Value small = centred.elementMult(factor);
        Value normal = small.elementMult(
                small.square().mean(per).plus(factor.square().scale(epsilon)).rsqrt());
        return scaling.map(s -> s.apply(normal)).orElse(normal);
    }

    /** centred / √(variance + ε), scaled and shifted if asked. */
    static Value normal(Value centred, Value variance, double epsilon, Optional<Scaling> scaling) {
        Value normal = centred.elementMult(variance.plus(epsilon).rsqrt());
        return scaling.map(s -> s.apply(normal)).orElse(normal);
    }

    /** {@code weight} and {@code bias}, or none. */
    @Override
    public List<Parameter> parameters() {
        return scaling.map(Scaling::parameters).orElse(List.of());
    }

    /**
     * A factor and a shift for each column: what normalisations learn.
     *
     * @param weight 1 x columns
     * @param bias 1 x columns
     */
    record Scaling(Parameter weight, Parameter bias) {
        static Scaling of(String layer, int columns) {
            SimpleMatrix ones = SimpleMatrix.ones(1, Require.atLeast(columns, 1, layer + ": the number of columns"));
            return new Scaling(new Parameter("weight", ones), new Parameter("bias", new SimpleMatrix(1, columns)));
        }

        Value apply(Value normal) {
            return normal.elementMult(weight.value()).plus(bias.value());
        }

        List<Parameter> parameters() {
            return List.of(weight, bias);
        }
    }
}
