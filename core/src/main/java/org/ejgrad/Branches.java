package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/**
 * How a piecewise operation chooses between its smooth pieces.
 *
 * <p>{@code replay(decide(x), x)} equals the operation at x, and for fixed decisions replay is smooth, with the
 * operation's own gradient at x. At a kink the decision is the documented subgradient (slope 0 for relu, an equal share
 * for a tie). Both see copies of the matrices.
 *
 * @param decide from the inputs to a matrix of decisions: equal decisions mean the same pieces
 * @param replay the operation on given pieces
 */
public record Branches(Forward decide, Replay replay) {
    public Branches {
        decide = Guarded.of(decide, "decide");
        replay = Guarded.of(replay);
    }

    /** The forward function of a piecewise operation on the pieces that {@link #decide} chose elsewhere. */
    @FunctionalInterface
    public interface Replay {
        /** {@return a new matrix, a smooth function of the inputs} */
        DMatrixRMaj apply(DMatrixRMaj decisions, DMatrixRMaj... inputs);
    }
}
