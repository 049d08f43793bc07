package org.ejgrad.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** Finds the elements of piecewise operations that would decide otherwise if their inputs moved very little. */
final class KinkSearch {
    private static final int NEAREST = -50;
    private static final int FARTHEST = -10;
    private static final int PATTERNS = 8;

    private final Tape tape;
    private final BitSet[] at;
    private final List<Kink> found = new ArrayList<>();

    KinkSearch(Tape tape) {
        this.tape = tape;
        at = new BitSet[tape.size()];
        for (int i = 0; i < tape.size(); i++) {
            at[i] = new BitSet();
            if (tape.isPiecewise(i)) {
                search(i);
            }
        }
        found.sort(Comparator.comparingDouble(Kink::distance));
    }

    /** For each operation on the tape, the decisions that are made exactly at a kink. */
    BitSet[] at() {
        return at;
    }

    /** Nearest first. */
    List<Kink> found() {
        return found;
    }

    private void search(int i) {
        BitSet seen = new BitSet();
        scan(i, 0, 0, seen);
        at[i].or(seen);
        for (int exponent = NEAREST; exponent <= FARTHEST; exponent++) {
            scan(i, Math.scalb(1.0, exponent), exponent, seen);
        }
    }

    /**
     * Moves all inputs by the distance, in several patterns of signs, and notes the decisions that change. Where each
     * depends on one element only, up and down are all there is.
     */
    private void scan(int i, double distance, int seed, BitSet seen) {
        DMatrixRMaj[] arguments = tape.arguments(i, tape.recorded());
        DMatrixRMaj decided = tape.decisions(i);
        int patterns = tape.isElementwise(i) ? 2 : PATTERNS;
        for (int pattern = 0; pattern < patterns; pattern++) {
            DMatrixRMaj[] moved = new DMatrixRMaj[arguments.length];
            for (int k = 0; k < moved.length; k++) {
                moved[k] = move(arguments[k], distance, seed, pattern, k);
            }
            DMatrixRMaj other;
            try {
                other = tape.decide(i, moved);
            } catch (RuntimeException refused) {
                patterns = PATTERNS;
                continue;
            }
            if (other.getNumElements() != decided.getNumElements()) {
                continue;
            }
            for (int e = 0; e < decided.getNumElements(); e++) {
                if (Double.compare(other.data[e], decided.data[e]) != 0 && !seen.get(e)) {
                    seen.set(e);
                    found.add(new Kink(name(i), e / decided.numCols, e % decided.numCols, distance));
                }
            }
        }
    }

    private static DMatrixRMaj move(DMatrixRMaj matrix, double distance, int seed, int pattern, int argument) {
        DMatrixRMaj moved = matrix.copy();
        for (int e = 0; e < moved.getNumElements(); e++) {
            double x = moved.data[e];
            double size = distance == 0 ? 2 * Math.ulp(x) : distance;
            moved.data[e] = x + (isUp(seed, pattern, argument, e) ? size : -size);
        }
        return moved;
    }

    /** All up, all down, the first argument against the others, and other random patterns at every distance. */
    private static boolean isUp(int seed, int pattern, int argument, int element) {
        return switch (pattern) {
            case 0 -> true;
            case 1 -> false;
            case 2 -> argument == 0;
            case 3 -> argument != 0;
            default -> Randomness.bit(seed, pattern, argument, element);
        };
    }

    private String name(int i) {
        Value node = tape.node(i);
        String operation = node.operation().toString();
        return node.label().isEmpty() ? operation : operation + " \"" + node.label() + "\"";
    }
}
