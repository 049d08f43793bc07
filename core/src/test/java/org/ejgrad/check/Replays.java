package org.ejgrad.check;

import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** The value of a recorded graph at other elements of one variable, every operation deciding for itself. */
final class Replays {
    private Replays() {}

    static double free(Tape tape, Value variable, double[] elements) {
        DMatrixRMaj[] current = tape.recorded();
        int leaf = tape.position(variable).orElseThrow();
        DMatrixRMaj moved = tape.recorded(leaf).copy();
        System.arraycopy(elements, 0, moved.data, 0, elements.length);
        current[leaf] = moved;
        for (int i : tape.dependents(leaf)) {
            current[i] = tape.compute(i, tape.arguments(i, current));
        }
        return current[tape.size() - 1].data[0];
    }
}
