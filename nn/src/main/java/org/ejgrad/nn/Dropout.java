package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Rule;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;

/**
 * Sets elements to zero at random and scales the others by 1/(1 − p), so that the expected output is the input
 * (Srivastava et al. 2014, in the "inverted" form).
 *
 * <p>The mask is a pure function of seed, position ({@link #at}) and shape: the same step drops the same elements
 * again. With p = 0 the layer is the identity, bit for bit; with p = 1 the output is zero, whatever the input. After
 * training, {@link #inference} is the identity.
 */
public final class Dropout implements Layer {
    private final double probability;
    private final long seed;
    private final long[] position;

    /**
     * Dropout at the empty position.
     *
     * @param probability of an element to become zero, from 0 to 1
     * @param seed determines the masks
     * @throws IllegalArgumentException if the probability is not from 0 to 1
     */
    public Dropout(double probability, long seed) {
        this(Require.share(probability, "Dropout: the probability"), seed, new long[0]);
    }

    private Dropout(double probability, long seed, long[] position) {
        this.probability = probability;
        this.seed = seed;
        this.position = position;
    }

    /** {@return the input, of any shape, with some elements zero and the others scaled up} */
    @Override
    public Value forward(Value input) {
        return probability == 0
                ? requireNonNull(input, "input")
                : masked(mask(requireNonNull(input, "input").shape())).apply(input);
    }

    /** mask ⊙ x, where a dropped element is zero even if it was infinite. The operation is its own derivative. */
    private static Operation masked(Value mask) {
        return Trusted.unary(
                OperationNames.DROPOUT,
                x -> mask.reading(m -> Value.TIMES_OR_ZERO.compute(m, x)),
                Rule.rule("dy ⊙ mask", (x, y, dy) -> masked(mask).apply(dy)));
    }

    private Value mask(Shape shape) {
        RandomStream random = new RandomStream(seed, position);
        DMatrixRMaj mask = new DMatrixRMaj(shape.rows(), shape.columns());
        double kept = 1 / (1 - probability);
        Arrays.setAll(mask.data, i -> random.nextDouble() < probability ? 0 : kept);
        return Value.adopting(mask);
    }

    /** The identity. */
    @Override
    public Layer inference() {
        return input -> requireNonNull(input, "input");
    }

    /** Dropout with the mask of this position. */
    @Override
    public Layer at(long... position) {
        requireNonNull(position, "position");
        return probability == 0 ? this : new Dropout(probability, seed, position.clone());
    }

    /** {@return how probable it is that an element becomes zero} */
    public double probability() {
        return probability;
    }

    /** {@return what determines the masks} */
    public long seed() {
        return seed;
    }

    /** For example {@code Dropout(0.5, seed 1)}. */
    @Override
    public String description() {
        return "Dropout(" + probability + ", seed " + seed + ")";
    }

    /** For example {@code Dropout(0.5)}. */
    @Override
    public String toString() {
        return "Dropout(" + probability + (position.length == 0 ? ")" : ", at " + Arrays.toString(position) + ")");
    }
}
