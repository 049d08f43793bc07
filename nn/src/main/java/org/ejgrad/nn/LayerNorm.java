package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

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
     * @throws IllegalArgumentException if there is not at least 1 column, or they cannot fit in memory
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
        return scaled(Units.of(requireNonNull(input, "input"), Per.ROW, epsilon).normal(), scaling);
    }

    /** Scaled and shifted, if asked. */
    static Value scaled(Value normal, Optional<Scaling> scaling) {
        return scaling.map(s -> s.apply(normal)).orElse(normal);
    }

    /** {@return ε} */
    public double epsilon() {
        return epsilon;
    }

    /** {@code weight} and {@code bias}, or none. */
    @Override
    public List<Parameter> parameters() {
        return scaling.map(Scaling::parameters).orElse(List.of());
    }

    /** For example {@code LayerNorm(16, epsilon 1.0E-5)}, or {@code LayerNorm(plain, epsilon 1.0E-5)}. */
    @Override
    public String description() {
        return "LayerNorm("
                + scaling.map(s -> Integer.toString(s.weight.value().getNumCols()))
                        .orElse("plain")
                + ", epsilon " + epsilon + ")";
    }

    /** As {@link #description}. */
    @Override
    public String toString() {
        return description();
    }

    /**
     * A factor and a shift for each column: what normalisations learn.
     *
     * @param weight 1 x columns
     * @param bias 1 x columns
     */
    record Scaling(Parameter weight, Parameter bias) {
        static Scaling of(String layer, int columns) {
            Require.atLeast(columns, 1, layer + ": the number of columns");
            Require.memory(layer + "(" + columns + ")", 1, columns, 4); // factor and shift, each copied
            SimpleMatrix ones = SimpleMatrix.ones(1, columns);
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
