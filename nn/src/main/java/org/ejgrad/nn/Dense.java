package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A fully connected layer: x·w + b, the row b added to every row.
 *
 * <p>The weights are inputs x outputs, the bias is 1 x outputs; the parameters are called {@code weight} and
 * {@code bias}.
 */
public final class Dense implements Layer {
    private final Parameter weight;
    private final Optional<Parameter> bias;
    private final List<Parameter> parameters;

    private Dense(Parameter weight, Optional<Parameter> bias) {
        this.weight = weight;
        this.bias = bias;
        this.parameters = bias.isPresent() ? List.of(weight, bias.get()) : List.of(weight);
    }

    /**
     * A layer with Xavier-uniform weights and a bias of zeros.
     *
     * @param inputs the columns it takes
     * @param outputs the columns it gives
     * @param seed determines the weights
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public Dense(int inputs, int outputs, long seed) {
        this(inputs, outputs, Initialiser.xavierUniform(), seed);
    }

    /**
     * A layer with weights of the given kind and a bias of zeros.
     *
     * @param inputs the columns it takes
     * @param outputs the columns it gives
     * @param initialiser how the weights begin
     * @param seed determines the weights
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public Dense(int inputs, int outputs, Initialiser initialiser, long seed) {
        this(
                new Parameter("weight", initial(inputs, outputs, initialiser, seed)),
                Optional.of(new Parameter("bias", new SimpleMatrix(1, outputs))));
    }

    /**
     * A layer without bias.
     *
     * @param inputs the columns it takes
     * @param outputs the columns it gives
     * @param initialiser how the weights begin
     * @param seed determines the weights
     * @return the layer x·w
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public static Dense withoutBias(int inputs, int outputs, Initialiser initialiser, long seed) {
        return withoutBias(initial(inputs, outputs, initialiser, seed));
    }

    /** {@return the layer x·w that begins with given weights, inputs x outputs, whose elements are copied} */
    public static Dense withoutBias(ConstMatrix<?> weight) {
        return new Dense(new Parameter("weight", requireNonNull(weight, "weight")), Optional.empty());
    }

    /**
     * A layer that begins with given weights and bias.
     *
     * @param weight inputs x outputs; its elements are copied
     * @param bias 1 x outputs; its elements are copied
     * @return the layer x·w + b
     * @throws IllegalArgumentException if the bias is not a row with a number per column of the weights
     */
    public static Dense of(ConstMatrix<?> weight, ConstMatrix<?> bias) {
        requireNonNull(weight, "weight");
        if (requireNonNull(bias, "bias").getNumRows() != 1 || bias.getNumCols() != weight.getNumCols()) {
            throw new IllegalArgumentException("Dense.of: the bias is " + bias.getNumRows() + "x" + bias.getNumCols()
                    + "; expected 1x" + weight.getNumCols() + ", one number per column of the weights");
        }
        return new Dense(new Parameter("weight", weight), Optional.of(new Parameter("bias", bias)));
    }

    private static SimpleMatrix initial(int inputs, int outputs, Initialiser initialiser, long seed) {
        String call = "Dense(" + inputs + ", " + outputs + ")";
        if (inputs < 1 || outputs < 1) {
            throw new IllegalArgumentException(call + ": expected at least 1 input and 1 output");
        }
        Require.memory(call, inputs, outputs, 2); // one for the initialiser, one for the parameter
        SimpleMatrix made = requireNonNull(initialiser, "initialiser").matrix(inputs, outputs, new RandomStream(seed));
        if (made == null || made.getNumRows() != inputs || made.getNumCols() != outputs) {
            throw new IllegalArgumentException(call + ": the initialiser made "
                    + (made == null ? "null" : made.getNumRows() + "x" + made.getNumCols()));
        }
        return made;
    }

    /**
     * x·w + b.
     *
     * @param input a row per example, a column per input
     * @return a row per example, a column per output
     * @throws IllegalArgumentException if the input has another number of columns
     */
    @Override
    public Value forward(Value input) {
        Value w = weight.value();
        if (requireNonNull(input, "input").getNumCols() != w.getNumRows()) {
            throw new IllegalArgumentException(
                    this + ": the input is " + input.shape() + "; expected " + w.getNumRows() + " columns");
        }
        return bias.isPresent() ? input.affine(w, bias.get().value()) : input.mult(w);
    }

    /** {@code weight} and, if there is one, {@code bias}. */
    @Override
    public List<Parameter> parameters() {
        return parameters;
    }

    /** {@return the weights, inputs x outputs} */
    public Parameter weight() {
        return weight;
    }

    /** {@return the bias, 1 x outputs, or empty} */
    public Optional<Parameter> bias() {
        return bias;
    }

    /** As {@link #toString}, and whether there is a bias. */
    @Override
    public String description() {
        return this + (bias.isPresent() ? "" : " without bias");
    }

    /** For example {@code Dense(64, 10)}. */
    @Override
    public String toString() {
        return "Dense(" + weight.value().getNumRows() + ", " + weight.value().getNumCols() + ")";
    }
}
