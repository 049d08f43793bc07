package org.ejgrad.check;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds the operation that has a kink at the recorded point though it is not declared piecewise: the first on the tape
 * whose result turns there while its inputs do not.
 */
final class HiddenKink {
    private static final double FAR = 0x1.3p-11;
    private static final double NEAR = 0x1.5p-17;

    private final Tape tape;

    HiddenKink(Tape tape) {
        this.tape = tape;
    }

    /** The operation, given the values of the whole tape at four places along a line: far and near, left and right. */
    Optional<String> operation(Replay replay) {
        DMatrixRMaj[][] at = {replay.at(-FAR), replay.at(FAR), replay.at(-NEAR), replay.at(NEAR)};
        boolean[] turns = new boolean[tape.size()];
        for (int i = 0; i < tape.size(); i++) {
            turns[i] = turns(i, at);
            boolean isOwn = Arrays.stream(tape.inputs(i)).noneMatch(input -> turns[input]);
            if (turns[i] && isOwn && !tape.isLeaf(i) && !tape.isPiecewise(i)) {
                return Optional.of(tape.node(i).operation().toString());
            }
        }
        return Optional.empty();
    }

    /** All values of the tape with the point moved along a line. */
    @FunctionalInterface
    interface Replay {
        DMatrixRMaj[] at(double t);
    }

    /** Whether the slope of an element turns by as much at the near places as at the far ones. */
    private boolean turns(int i, DMatrixRMaj[][] at) {
        DMatrixRMaj here = tape.recorded(i);
        for (int e = 0; e < here.getNumElements(); e++) {
            double x = here.data[e];
            double far = (at[0][i].data[e] - 2 * x + at[1][i].data[e]) / FAR;
            double near = (at[2][i].data[e] - 2 * x + at[3][i].data[e]) / NEAR;
            boolean isSeen = Math.abs(near) * NEAR > 0x1p-48 * Math.abs(x) && near != 0;
            if (isSeen && Math.abs(near - far) < Math.abs(far) / 2) {
                return true;
            }
        }
        return false;
    }
}
