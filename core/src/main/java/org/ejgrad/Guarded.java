package org.ejgrad;

import static java.util.Objects.requireNonNull;

import org.ejml.data.DMatrixRMaj;

/**
 * A function that somebody else wrote, kept away from the elements of values: it sees copies, and what it returns is
 * copied, so whatever it changes or keeps is its own.
 *
 * @param function the function as it was given
 */
record Guarded(Forward function) implements Forward {
    /** The function on copies, made once. */
    static Forward of(Forward function, String name) {
        return requireNonNull(function, name) instanceof Guarded || function instanceof Own
                ? function
                : new Guarded(function);
    }

    /** The same for the second half of a piecewise operation. */
    static Branches.Replay of(Branches.Replay replay) {
        return requireNonNull(replay, "replay") instanceof GuardedReplay || replay instanceof OwnReplay
                ? replay
                : new GuardedReplay(replay);
    }

    /** A function of this package, which needs no copies, only matrices whose arrays are exactly as long. */
    record Own(Forward function) implements Forward {
        @Override
        public DMatrixRMaj apply(DMatrixRMaj... inputs) {
            return function.apply(exact(inputs));
        }
    }

    /** The same for the second half of a piecewise operation. */
    record OwnReplay(Branches.Replay function) implements Branches.Replay {
        @Override
        public DMatrixRMaj apply(DMatrixRMaj decisions, DMatrixRMaj... inputs) {
            return function.apply(MatrixCopies.exact(requireNonNull(decisions, "decisions")), exact(inputs));
        }
    }

    private static DMatrixRMaj[] exact(DMatrixRMaj... inputs) {
        DMatrixRMaj[] exact = requireNonNull(inputs, "inputs").clone();
        for (int i = 0; i < exact.length; i++) {
            exact[i] = MatrixCopies.exact(requireNonNull(exact[i], "inputs"));
        }
        return exact;
    }

    @Override
    public DMatrixRMaj apply(DMatrixRMaj... inputs) {
        return owned(function.apply(copies(inputs)));
    }

    private record GuardedReplay(Branches.Replay replay) implements Branches.Replay {
        @Override
        public DMatrixRMaj apply(DMatrixRMaj decisions, DMatrixRMaj... inputs) {
            return owned(replay.apply(MatrixCopies.of(requireNonNull(decisions, "decisions")), copies(inputs)));
        }
    }

    private static DMatrixRMaj[] copies(DMatrixRMaj... inputs) {
        DMatrixRMaj[] copies = new DMatrixRMaj[requireNonNull(inputs, "inputs").length];
        for (int i = 0; i < inputs.length; i++) {
            copies[i] = MatrixCopies.of(requireNonNull(inputs[i], "inputs"));
        }
        return copies;
    }

    /** Null stays null: whoever asked for the matrix says so in its own words. */
    @SuppressWarnings("NullAway")
    private static DMatrixRMaj owned(DMatrixRMaj result) {
        return result == null ? null : MatrixCopies.of(result);
    }
}
