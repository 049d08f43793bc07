package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Value;
import org.ejml.simple.ConstMatrix;

/**
 * Long short-term memory (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000), as PyTorch has
 * it. The state is h and c side by side, h the output. With the gates side by side in the order i, f, g, o,
 *
 * <pre>
 * i  = σ(x·Wi + bi + h·Ui + ci)      g  = tanh(x·Wg + bg + h·Ug + cg)
 * f  = σ(x·Wf + bf + h·Uf + cf)      o  = σ(x·Wo + bo + h·Uo + co)
 * c′ = f ⊙ c + i ⊙ g                 h′ = o ⊙ tanh c′
 * </pre>
 */
public final class LstmCell extends GatedCell {
    private LstmCell(Gates gates) {
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
    public LstmCell(int features, int hidden, long seed) {
        this(Gates.of("LstmCell", 4, features, hidden, seed));
    }

    /**
     * A cell that begins with given weights.
     *
     * @param weights W, U, b and c, whose elements are copied
     * @return the cell
     * @throws IllegalArgumentException if they are not four matrices that fit together
     */
    public static LstmCell of(List<ConstMatrix<?>> weights) {
        return new LstmCell(Gates.of("LstmCell", 4, weights));
    }

    /** Twice as many columns as the output. */
    @Override
    public int stateColumns() {
        return 2 * hidden();
    }

    @Override
    public Value next(Value projected, Value state) {
        int hidden = hidden();
        Value all = requireNonNull(projected, "projected").plus(gates.recur(output(state)));
        Value inAndForget = all.cols(0, 2 * hidden).sigmoid();
        Value candidate = all.cols(2 * hidden, 3 * hidden).tanh();
        Value out = all.cols(3 * hidden, 4 * hidden).sigmoid();
        Value kept = inAndForget.cols(hidden, 2 * hidden).elementMult(state.cols(hidden, 2 * hidden));
        Value memory = inAndForget.cols(0, hidden).elementMult(candidate).plus(kept);
        return out.elementMult(memory.tanh()).concatColumns(memory);
    }

    @Override
    public Value output(Value state) {
        return requireNonNull(state, "state").cols(0, hidden());
    }
}
