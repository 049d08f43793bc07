package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejml.data.DMatrixRMaj;

/** Mistakes in what arrives at a result or a parameter, by whichever operations it came. */
final class ArrivingMistakes {
    /** A limit is looked for among so many elements. */
    private static final int CUT = 64;

    /** Formulas of a result that stand for the whole slope of the loss by it, but for one factor. */
    private record Whole(String text, UnaryOperator<Value> of) {}

    private static final List<Whole> WHOLE = List.of(
            new Whole("itself", x -> x),
            new Whole("its sign", Value::sign),
            new Whole("its size", Value::abs),
            new Whole("its square", Value::square),
            new Whole("its tanh", Value::tanh),
            new Whole("its sigmoid", Value::sigmoid),
            new Whole("its exponential", Value::elementExp),
            new Whole("1", x -> Value.ones(x.shape())));

    private final Findings findings;
    private final WalkFit fit;
    private final Tape tape;

    ArrivingMistakes(Findings findings) {
        this.findings = findings;
        fit = findings.fit();
        tape = fit.tape();
    }

    void search() {
        int[] reaching = IntStream.of(tape.fromRoot())
                .filter(node -> !tape.node(node).isConstant() && fit.reachesAllWrong(node))
                .toArray();
        for (int node : reaching) {
            if (tape.recorded(node).getNumElements() > 1 && !tape.isLeaf(node)) {
                for (Whole whole : WHOLE) {
                    whole(node, whole);
                }
            }
        }
        for (int node : reaching) {
            reordered(node);
            cutOff(node);
        }
        for (int node : tape.fromRoot()) {
            seenOtherwise(node);
        }
        for (int node : reaching) {
            for (int other : tape.fromRoot()) {
                byAnother(node, other);
            }
        }
    }

    static Deviation arriving(int at, UnaryOperator<Value> wrong) {
        return new Deviation() {
            @Override
            public Value arrived(int node, Value gradient) {
                return node == at ? wrong.apply(gradient) : gradient;
            }
        };
    }

    private static Deviation seenAs(int at, Lines.Form form) {
        return new Deviation() {
            @Override
            public Value seen(int node, Value value) {
                return node == at ? form.of().apply(value) : value;
            }
        };
    }

    /** Every rule sees another form of one matrix. */
    private void seenOtherwise(int at) {
        for (Lines.Form form : Lines.FORMS) {
            findings.test(
                    form.mistake(),
                    "The gradient looks as if, everywhere on the way back, " + form.text() + " stood for " + named(at)
                            + ".",
                    seenAs(at, form));
        }
    }

    private void whole(int node, Whole whole) {
        Value x = tape.node(node).detached();
        DMatrixRMaj formula = whole.of.apply(x).matrix().getDDRM();
        if (Arrays.stream(formula.data).allMatch(v -> v == formula.data[0]) && !whole.text.equals("1")) {
            return;
        }
        OptionalDouble factor = findings.multiple(node, part -> arriving(node, g -> part.apply(whole.of.apply(x))));
        factor.ifPresent(k -> findings.add(new Diagnosis(
                Mistake.WRONG_SLOPE,
                String.format(
                        Locale.ROOT,
                        "The gradient looks as if the slope of the loss by %s were %.6g times %s.",
                        named(node),
                        k,
                        whole.text))));
    }

    /** Columns in the order in which a matrix is laid out by columns, where it should be by rows. */
    private void reordered(int node) {
        int columns = tape.recorded(node).numCols;
        for (int a = 2; a <= columns / 2; a++) {
            int parts = a;
            if (columns % a == 0) {
                int[] order = IntStream.range(0, columns)
                        .map(i -> i % parts * (columns / parts) + i / parts)
                        .toArray();
                findings.test(
                        Mistake.REORDERED,
                        "The gradient looks as if, in what arrives at " + named(node)
                                + ", columns were in the order of "
                                + columns / parts + " times " + parts + " instead of " + parts + " times "
                                + columns / parts + ", as where parts are put together or flattened in another order.",
                        arriving(node, g -> g.colsAt(order)));
            }
        }
    }

    /** What arrives is cut off at some limit, which lies between two of its sizes. */
    private void cutOff(int node) {
        double[] sizes = fit.arriving(node).stream()
                .flatMapToDouble(g -> Arrays.stream(g.abs().matrix().getDDRM().data))
                .sorted()
                .distinct()
                .toArray();
        for (int i = 1; i < sizes.length && sizes.length <= CUT && findings.isEmpty(); i++) {
            double low = sizes[i - 1];
            double high = sizes[i];
            OptionalDouble part =
                    findings.factor(arriving(node, g -> g.clamp(-low, low)), arriving(node, g -> g.clamp(-high, high)));
            if (part.isPresent() && part.getAsDouble() >= 0 && part.getAsDouble() <= 1) {
                findings.add(new Diagnosis(
                        Mistake.CLIPPED,
                        Hypotheses.text(
                                "The gradient looks as if what arrives at %s were cut off at ±%.6g.",
                                named(node), low + part.getAsDouble() * (high - low))));
            }
        }
    }

    /** What arrives is multiplied or divided by another matrix of the graph. */
    private void byAnother(int node, int other) {
        DMatrixRMaj a = tape.recorded(node);
        DMatrixRMaj b = tape.recorded(other);
        boolean single = b.getNumElements() == 1 && a.getNumElements() > 1;
        if (single || a.numRows != b.numRows || a.numCols != b.numCols) {
            return;
        }
        Value factor = tape.node(other).detached();
        String arrives = "The gradient looks as if, in what arrives at " + named(node) + ", a ";
        findings.test(
                Mistake.MISSING_FACTOR,
                arrives + "factor were missing, " + named(other) + ", or a division by it too many.",
                arriving(node, g -> g.elementDiv(factor)));
        findings.test(
                Mistake.MISSING_DIVISION,
                arrives + "division were missing, by " + named(other) + ", or a factor too many.",
                arriving(node, g -> g.elementMult(factor)));
    }

    private String named(int node) {
        return tape.named(node);
    }
}
