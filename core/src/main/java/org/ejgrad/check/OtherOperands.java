package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/** Another matrix of the graph, or another form of the same, stands for a factor or where a slope is taken. */
final class OtherOperands {
    /** In longer graphs a matrix is not replaced by every other one, but by what is made in the same step or beside. */
    private static final int LONGEST = 60;

    private final Tape tape;
    private final Roles roles;
    private final Findings findings;

    OtherOperands(Findings findings, Roles roles) {
        this.findings = findings;
        this.roles = roles;
        tape = findings.fit().tape();
    }

    /** What stands for an input, given where the rule is used; a negative place if there is none. */
    private record Other(String name, IntUnaryOperator at) {}

    /** Factors of these steps. */
    void factors(List<Step> steps) {
        for (Step step : steps) {
            for (int k = 0; k < tape.inputs(step.node()).length; k++) {
                if (k != step.input()) {
                    factor(step, k);
                }
            }
        }
    }

    /** Where the slopes of these steps are taken. */
    void slopes(List<Step> steps) {
        for (Step step : steps) {
            for (Other other : others(step, step.input())) {
                findings.test(
                        step,
                        Mistake.OTHER_OPERAND,
                        "its slope were taken at " + other.name + " instead of at its input",
                        (call, right) -> WrongSlopes.at(tape, call, value(other, call)));
                findings.test(
                        step,
                        Mistake.OTHER_OPERAND,
                        "its slope were made of " + other.name + " instead of its own result",
                        (call, right) -> WrongSlopes.ofOutput(tape, call, right, value(other, call)));
            }
        }
    }

    /** Where a softmax is taken. */
    void softmaxes(List<Step> steps) {
        for (Step step : steps) {
            if (Value.SOFTMAX.contains(tape.node(step.node()).operation())) {
                for (Other other : others(step, step.input())) {
                    findings.test(
                            step,
                            Mistake.OTHER_OPERAND,
                            "the softmax were that of " + other.name
                                    + " instead of its input, as where a mask is left out",
                            (call, right) -> WrongSlopes.at(tape, call, value(other, call)));
                }
            }
        }
    }

    private Value value(Other other, RuleCall call) {
        int node = other.at.applyAsInt(call.node());
        if (node < 0) {
            throw new IllegalArgumentException("no such value");
        }
        return tape.node(node).detached();
    }

    private String operandName(Step step, int input) {
        Value operand = tape.node(tape.inputs(step.node())[input]);
        return operand.label().isEmpty() ? "its input " + input : operand.label();
    }

    /** The rule with another matrix for one of its inputs. */
    private Value with(RuleCall call, int input, Value by) {
        Operation operation = tape.node(call.node()).operation();
        return operation.gradient(
                call.input(), OtherMistakes.replaced(call, input, by), call.output(), call.upstream());
    }

    private void factor(Step step, int other) {
        String stands = " stood for " + operandName(step, other);
        findings.test(
                step,
                Mistake.OTHER_OPERAND,
                "what its input " + other + " was computed from" + stands,
                (call, right) -> with(
                        call,
                        other,
                        tape.node(tape.inputs(tape.inputs(call.node())[other])[0])
                                .detached()));
        for (Lines.Form form : Lines.FORMS) {
            findings.test(
                    step,
                    form.mistake(),
                    form.text() + stands,
                    (call, right) ->
                            with(call, other, form.of().apply(call.inputs().get(other))));
        }
        findings.test(
                step,
                Mistake.OTHER_OPERAND,
                "what comes out" + stands,
                (call, right) -> with(call, other, call.output()));
        findings.test(
                step,
                Mistake.OTHER_OPERAND,
                "its slope there" + stands,
                (call, right) -> with(call, other, slope(tape.inputs(call.node())[other])));
        for (Other by : others(step, other)) {
            findings.test(
                    step, Mistake.OTHER_OPERAND, by.name + stands, (call, right) -> with(call, other, value(by, call)));
        }
    }

    /** The slope by which a result of one matrix was made, element by element. */
    private Value slope(int node) {
        Value made = tape.node(node);
        if (!tape.isElementwise(node)) {
            throw new IllegalArgumentException("no slope");
        }
        return made.operation()
                .gradient(
                        0,
                        List.of(tape.node(tape.inputs(node)[0]).detached()),
                        made.detached(),
                        Value.ones(made.shape()));
    }

    /** What can stand for an input: any matrix of its shape, or, in a longer graph or chain, one of each part. */
    private List<Other> others(Step step, int input) {
        int[] nodes = IntStream.range(0, tape.size())
                .filter(step.where())
                .filter(node -> input < tape.inputs(node).length)
                .toArray();
        DMatrixRMaj shape = tape.recorded(tape.inputs(step.node())[input]);
        List<Other> others = new ArrayList<>();
        Set<List<Integer>> known = new HashSet<>();
        int[] own = IntStream.of(nodes).map(node -> tape.inputs(node)[input]).toArray();
        known.add(IntStream.of(own).boxed().toList());
        if (nodes.length > 1) {
            add(others, known, nodes, "its input " + input, own);
            for (Roles.Role role : roles.series()) {
                if (Math.abs(role.nodes().size() - nodes.length) < 2
                        && fits(role.nodes().get(0), shape)) {
                    int[] series =
                            role.nodes().stream().mapToInt(Integer::intValue).toArray();
                    add(others, known, nodes, role.name(), series);
                }
            }
        }
        for (int node = tape.size() - 1; node >= 0 && tape.size() <= LONGEST; node--) {
            int at = node;
            if (fits(node, shape) && IntStream.of(own).noneMatch(i -> i == at)) {
                others.add(new Other(tape.named(node), any -> at));
            }
        }
        return others;
    }

    private boolean fits(int node, DMatrixRMaj shape) {
        return tape.recorded(node).numRows == shape.numRows && tape.recorded(node).numCols == shape.numCols;
    }

    /** Results of the same step, of the one before and of the one after; the last ones belong together. */
    private static void add(List<Other> others, Set<List<Integer>> known, int[] nodes, String name, int... series) {
        String[] when = {" one step before", "", " one step later"};
        for (int offset = -1; offset <= 1; offset++) {
            int shift = series.length - nodes.length + offset;
            int[] there = IntStream.range(0, nodes.length)
                    .map(k -> series[Math.max(0, Math.min(series.length - 1, k + shift))])
                    .toArray();
            if (known.add(IntStream.of(there).boxed().toList())) {
                others.add(new Other(name + when[offset + 1], node -> {
                    int k = Arrays.binarySearch(nodes, node);
                    return k < 0 ? -1 : there[k];
                }));
            }
        }
    }
}
