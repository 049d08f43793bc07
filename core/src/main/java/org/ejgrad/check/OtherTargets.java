package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/**
 * Recognises what stood for the targets t, or for the predictions p, where what arrives is a multiple of p − t. The
 * multiple is that of the right gradient: with any other, p + t would look as if there were no targets.
 */
final class OtherTargets {
    /** What predictions can be of the scores they are made of. */
    private static final List<UnaryOperator<Value>> PREDICTIONS =
            List.of(z -> z, Value::sigmoid, z -> z.softmax(Per.ROW), Value::tanh, Value::elementExp);

    /** How near what arrives must come to a multiple of the difference, beside its largest element. */
    private static final double CLOSE = 1e-9;

    private final Findings findings;
    private final Tape tape;

    OtherTargets(Findings findings) {
        this.findings = findings;
        tape = findings.fit().tape();
    }

    /** Tries other codings and places of the targets. */
    void search(List<Step> steps) {
        for (Step step : steps) {
            for (Value t : targets(tape.recorded(tape.inputs(step.node())[step.input()]).numRows)) {
                for (Lines.Form form : Lines.FORMS) {
                    test(
                            step,
                            form.mistake(),
                            form.text() + " stood for the targets",
                            (call, right) -> t.minus(form.of().apply(t)));
                }
            }
        }
    }

    /** Tries other formulas than p − t where that, many times, is all that arrives at the scores. */
    void errors() {
        for (int node : tape.fromRoot()) {
            Optional<Value> arrives = findings.fit().arriving(node);
            if (findings.isEmpty() && arrives.isPresent() && findings.fit().reachesAllWrong(node)) {
                difference(tape.node(node).detached(), arrives.get()).ifPresent(found -> errors(node, found));
            }
        }
    }

    private void errors(int node, Difference found) {
        String place = "The gradient looks as if, in what arrives at " + tape.named(node) + ", ";
        for (WrongErrors.Wrong wrong : WrongErrors.ALL) {
            DMatrixRMaj p = found.p.matrix().getDDRM();
            DMatrixRMaj t = found.t.matrix().getDDRM();
            Arrays.setAll(p.data, i -> found.k * wrong.of().applyAsDouble(p.data[i], t.data[i]));
            findings.test(
                    wrong.mistake(),
                    place + wrong.text() + " stood for p − y, with predictions p and targets y.",
                    ArrivingMistakes.arriving(node, any -> Value.constant(p)));
        }
        for (String which : List.of("where y is 0", "where y is not 0")) {
            Value kept = found.t.sign().abs();
            Value part = which.endsWith("not 0") ? kept : kept.negative().plus(1);
            findings.test(
                    Mistake.PARTLY_ZERO,
                    place + "p − y had been kept only " + which + ".",
                    ArrivingMistakes.arriving(node, any -> any.elementMult(part)));
        }
        Value even = Value.filled(found.t.shape(), 1.0 / Math.max(2, found.t.getNumCols()));
        findings.factor(
                        ArrivingMistakes.arriving(node, any -> any),
                        ArrivingMistakes.arriving(
                                node, any -> found.p.minus(even).scale(found.k)))
                .ifPresent(smoothing -> findings.add(new Diagnosis(
                        Mistake.OTHER_OPERAND,
                        place + Hypotheses.text("the targets were smoothed by %.6g.", smoothing))));
    }

    /** Something is added to p − t. */
    void test(Step step, Mistake mistake, String end, BiFunction<RuleCall, Value, Value> added) {
        findings.test(
                step,
                mistake,
                end,
                (call, right) -> right.plus(BackwardMistakes.fit(added.apply(call, right), right)
                        .scale(difference(call.inputs().get(call.input()), right)
                                .orElseThrow(() -> new IllegalArgumentException("no multiple of a difference"))
                                .k)));
    }

    /** Constants that can be targets: of several rows, and no more than there are. */
    private List<Value> targets(int rows) {
        return IntStream.range(0, tape.size())
                .filter(i -> tape.isLeaf(i) && tape.node(i).isConstant())
                .filter(i -> rows > 1 && tape.recorded(i).numRows == rows)
                .mapToObj(i -> tape.node(i).detached())
                .toList();
    }

    /** What arrives at scores: k times the difference of predictions p and targets t. */
    private record Difference(double k, Value p, Value t) {}

    private Optional<Difference> difference(Value scores, Value right) {
        double largest = right.abs().elementMax().scalar();
        for (Value t : targets(right.getNumRows())) {
            for (UnaryOperator<Value> prediction : PREDICTIONS) {
                if (t.shape().equals(right.shape())) {
                    Value p = prediction.apply(scores);
                    Value difference = p.minus(t);
                    double multiple = right.dot(difference).scalar()
                            / difference.dot(difference).scalar();
                    Value rest = right.minus(difference.scale(multiple));
                    if (rest.abs().elementMax().scalar() <= CLOSE * largest) {
                        return Optional.of(new Difference(multiple, p, t));
                    }
                }
            }
        }
        return Optional.empty();
    }
}
