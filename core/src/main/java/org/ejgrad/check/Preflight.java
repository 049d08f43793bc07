package org.ejgrad.check;

import java.util.Optional;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** What must hold of a recorded graph before differences mean anything. */
final class Preflight {
    /** How far beside the recorded point piecewise operations are tried. */
    private static final double[] DISTANCES = {0.7, 0.09, 3e-3, 2e-5};

    private final Tape tape;
    private final Value loss;
    private final Value weights;

    Preflight(Tape tape, Value loss, Value weights) {
        this.tape = tape;
        this.loss = loss;
        this.weights = weights;
    }

    /** The first law that is broken, if any. */
    Optional<Verdict> verdict() {
        return operations().or(this::decisions).or(this::gradients);
    }

    /** Every operation gives its recorded result again, and leaves its inputs as they are. */
    private Optional<Verdict> operations() {
        for (int i = 0; i < tape.size(); i++) {
            if (tape.isLeaf(i)) {
                continue;
            }
            DMatrixRMaj[] given = tape.arguments(i, tape.recorded());
            DMatrixRMaj[] copies = new DMatrixRMaj[given.length];
            for (int k = 0; k < given.length; k++) {
                copies[k] = given[k].copy();
            }
            DMatrixRMaj result = tape.compute(i, copies);
            for (int k = 0; k < given.length; k++) {
                if (!Matrices.sameBits(given[k], copies[k])) {
                    return Optional.of(new Verdict.InputMutated(tape.node(i).operation() + " changed its input " + k));
                }
            }
            if (!Matrices.sameBits(result, tape.recorded(i))) {
                return Optional.of(new Verdict.NonDeterministic(
                        tape.node(i).operation() + " gave another result for the same inputs"));
            }
        }
        return Optional.empty();
    }

    /** Every piecewise operation, replayed with the decisions it takes anywhere, gives what it computes there. */
    private Optional<Verdict> decisions() {
        for (int i = 0; i < tape.size(); i++) {
            for (int k = 0; tape.isPiecewise(i) && k < DISTANCES.length; k++) {
                if (isReplayedOtherwise(i, moved(i, DISTANCES[k]))) {
                    return Optional.of(new Verdict.Inconsistent(tape.node(i).operation()
                            + ": replayed with the decisions it would take itself, it gives another result"));
                }
            }
        }
        return Optional.empty();
    }

    private boolean isReplayedOtherwise(int i, DMatrixRMaj... at) {
        try {
            return !Matrices.close(tape.replay(i, tape.decide(i, at), at), tape.compute(i, at));
        } catch (IllegalArgumentException | ArithmeticException outsideDomain) {
            return false;
        }
    }

    private DMatrixRMaj[] moved(int i, double distance) {
        DMatrixRMaj[] moved = tape.arguments(i, tape.recorded());
        for (int k = 0; k < moved.length; k++) {
            double[] away = Matrices.random(moved[k].getNumElements(), i, k);
            DMatrixRMaj there = moved[k].copy();
            for (int e = 0; e < away.length; e++) {
                there.data[e] += distance * away[e];
            }
            moved[k] = there;
        }
        return moved;
    }

    /** Two walks give the same bits, and the gradient is linear in what arrives at the value. */
    private Optional<Verdict> gradients() {
        Gradients once = loss.gradients(weights);
        Gradients again = loss.gradients(weights);
        Gradients twice = loss.gradients(weights.scale(2));
        Gradients none = loss.gradients(weights.scale(0));
        for (Value variable : once.variables()) {
            double[] a = Matrices.elements(once.of(variable));
            double[] b = Matrices.elements(again.of(variable));
            double[] c = Matrices.elements(twice.of(variable));
            double[] d = Matrices.elements(none.of(variable));
            for (int i = 0; i < a.length; i++) {
                if (Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i])) {
                    return Optional.of(new Verdict.NonDeterministic(
                            "two backward walks gave " + a[i] + " and " + b[i] + " for " + variable.label()));
                }
                boolean normal = Math.abs(a[i]) > 1e-290 && Math.abs(a[i]) < 1e290;
                if (normal && (Math.abs(c[i] - 2 * a[i]) > 0x1p-40 * Math.abs(a[i]) || d[i] != 0)) {
                    return Optional.of(new Verdict.Inconsistent("the gradient of " + variable.label()
                            + " is not linear in the gradient arriving at the value: it is " + a[i]
                            + ", for twice that "
                            + c[i] + ", for none " + d[i]));
                }
            }
        }
        return Optional.empty();
    }
}
