package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Value;
import org.ejml.simple.ConstMatrix;

/** The plain recurrent cell (Elman 1990): h′ = tanh(x·W + b + h·U + c), as in PyTorch. */
public final class RecurrentCell extends GatedCell {
    private RecurrentCell(Gates gates) {
        super(gates);
    }

    /**
     * A cell with weights and biases uniform in ±1/√hidden.
     *
     * @param features the columns of a step
     * @param hidden the columns of the output
     * @param seed determines the weights
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public RecurrentCell(int features, int hidden, long seed) {
        this(Gates.of("RecurrentCell", 1, features, hidden, seed));
    }

    /**
     * A cell that begins with given weights.
     *
     * @param weights W, U, b and c, whose elements are copied
     * @return the cell
     * @throws IllegalArgumentException if they are not four matrices that fit together
     */
    public static RecurrentCell of(List<ConstMatrix<?>> weights) {
        return new RecurrentCell(Gates.of("RecurrentCell", 1, weights));
    }

    @Override
    public Value next(Value projected, Value state) {
        return requireNonNull(projected, "projected").plus(gates.recur(state)).tanh();
    }
}
