package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejml.simple.ConstMatrix;

/** The plain recurrent cell (Elman 1990): h′ = tanh(x·W + b + h·U + c), as in PyTorch. */
public final class RecurrentCell implements Cell {
    private final Gates gates;

    private RecurrentCell(Gates gates) {
        this.gates = gates;
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
    public int features() {
        return gates.features();
    }

    @Override
    public int hidden() {
        return gates.hidden();
    }

    /** {@code weight_ih} is W, {@code weight_hh} U, {@code bias_ih} b and {@code bias_hh} c. */
    @Override
    public List<Parameter> parameters() {
        return gates.parameters();
    }

    @Override
    public Value project(Value features) {
        return gates.project(features);
    }

    @Override
    public Value next(Value projected, Value state) {
        return requireNonNull(projected, "projected").plus(gates.recur(state)).tanh();
    }

    /** For example {@code RecurrentCell(8, 64)}. */
    @Override
    public String toString() {
        return gates.describe("RecurrentCell");
    }
}
