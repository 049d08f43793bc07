package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Value;
import org.ejml.simple.ConstMatrix;

/**
 * The gated recurrent unit (Cho et al. 2014), as PyTorch has it. With the gates side by side in the order r, z, n,
 *
 * <pre>
 * r  = σ(x·Wr + br + h·Ur + cr)
 * z  = σ(x·Wz + bz + h·Uz + cz)
 * n  = tanh(x·Wn + bn + r ⊙ (h·Un + cn))
 * h′ = (1 − z) ⊙ n + z ⊙ h
 * </pre>
 */
public final class GruCell extends GatedCell {
    private GruCell(Gates gates) {
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
    public GruCell(int features, int hidden, long seed) {
        this(Gates.of("GruCell", 3, features, hidden, seed));
    }

    /**
     * A cell that begins with given weights.
     *
     * @param weights W, U, b and c, whose elements are copied
     * @return the cell
     * @throws IllegalArgumentException if they are not four matrices that fit together
     */
    public static GruCell of(List<ConstMatrix<?>> weights) {
        return new GruCell(Gates.of("GruCell", 3, weights));
    }

    @Override
    public Value next(Value projected, Value state) {
        int hidden = hidden();
        Value x = requireNonNull(projected, "projected");
        Value h = gates.recur(state);
        Value rz = x.cols(0, 2 * hidden).plus(h.cols(0, 2 * hidden)).sigmoid();
        Value r = rz.cols(0, hidden);
        Value z = rz.cols(hidden, 2 * hidden);
        Value n = r.elementMult(h.cols(2 * hidden, 3 * hidden))
                .plus(x.cols(2 * hidden, 3 * hidden))
                .tanh();
        return state.minus(n).elementMult(z).plus(n);
    }
}
