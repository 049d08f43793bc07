package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * A learnt product of two rows: x·W·yᵀ for each pair, one number per row.
 *
 * <p>It has two inputs and so is not a {@link Layer}; its parameter is {@code weight}.
 */
public final class Bilinear {
    private final Parameter weight;

    private Bilinear(Parameter weight) {
        this.weight = weight;
    }

    /**
     * A product with Xavier-uniform weights.
     *
     * @param left the columns of x
     * @param right the columns of y
     * @param seed determines the weights
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public Bilinear(int left, int right, long seed) {
        this(new Parameter(
                "weight", Initialiser.xavierUniform().matrix(checked(left, right), right, new RandomStream(seed))));
    }

    private static int checked(int left, int right) {
        String call = "Bilinear(" + left + ", " + right + ")";
        if (left < 1 || right < 1) {
            throw new IllegalArgumentException(call + ": expected at least 1 column on both sides");
        }
        Require.memory(call, left, right, 2); // one for the initialiser, one for the parameter
        return left;
    }

    /** {@return the product with given weights, columns of x times columns of y, whose elements are copied} */
    public static Bilinear of(ConstMatrix<?> weight) {
        return new Bilinear(new Parameter("weight", requireNonNull(weight, "weight")));
    }

    /**
     * x·W·yᵀ row by row.
     *
     * @param x a row per pair
     * @param y a row per pair
     * @return a column, one number per pair
     * @throws IllegalArgumentException if the numbers of rows differ or the columns do not fit the weights
     */
    public Value forward(Value x, Value y) {
        Value w = weight.value();
        if (requireNonNull(x, "x").getNumRows() != requireNonNull(y, "y").getNumRows()
                || x.getNumCols() != w.getNumRows()
                || y.getNumCols() != w.getNumCols()) {
            throw new IllegalArgumentException("Bilinear(" + w.shape() + "): the inputs are " + x.shape() + " and "
                    + y.shape() + "; expected as many rows in both, with " + w.getNumRows() + " and " + w.getNumCols()
                    + " columns");
        }
        return x.mult(w).elementMult(y).sum(Per.ROW);
    }

    /** {@return what it learns, {@code weight}} */
    public List<Parameter> parameters() {
        return List.of(weight);
    }
}
