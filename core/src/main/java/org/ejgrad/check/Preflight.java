package org.ejgrad.check;

import java.util.Optional;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** What must hold of a recorded graph before differences mean anything. */
final class Preflight {
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
        return operations().or(this::gradients);
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
