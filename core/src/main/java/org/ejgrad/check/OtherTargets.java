package org.ejgrad.check;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.RuleCall;

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

    /** Something is added to p − t. */
    void test(Step step, Mistake mistake, String end, BiFunction<RuleCall, Value, Value> added) {
        findings.test(
                step,
                mistake,
                end,
                (call, right) -> right.plus(
                        BackwardMistakes.fit(added.apply(call, right), right).scale(multiple(call, right))));
    }

    /** Constants that can be targets: of several rows, and no more than there are. */
    private List<Value> targets(int rows) {
        return IntStream.range(0, tape.size())
                .filter(i -> tape.isLeaf(i) && tape.node(i).isConstant())
                .filter(i -> rows > 1 && tape.recorded(i).numRows == rows)
                .mapToObj(i -> tape.node(i).detached())
                .toList();
    }

    /** How many times a difference p − t of some targets arrives. */
    private double multiple(RuleCall call, Value right) {
        Value scores = call.inputs().get(call.input());
        double largest = right.abs().elementMax().scalar();
        for (Value t : targets(right.getNumRows())) {
            for (UnaryOperator<Value> prediction : PREDICTIONS) {
                if (t.shape().equals(right.shape())) {
                    Value difference = prediction.apply(scores).minus(t);
                    double multiple = right.dot(difference).scalar()
                            / difference.dot(difference).scalar();
                    Value rest = right.minus(difference.scale(multiple));
                    if (rest.abs().elementMax().scalar() <= CLOSE * largest) {
                        return multiple;
                    }
                }
            }
        }
        throw new IllegalArgumentException("no multiple of a difference");
    }
}
