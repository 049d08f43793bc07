package org.ejgrad.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.DeviatingWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/**
 * Explains a hand-written gradient by less usual mistakes: another slope, another matrix in the place of a factor, rows
 * that are left out. Where mistakes of two kinds give the same figures, both are named.
 */
final class OtherMistakes {
    private final WalkFit fit;
    private final Tape tape;
    private final Roles roles;
    private final List<Step> all;
    private final List<Step> steps;
    private final Findings findings;
    private final OtherTargets targets;
    private final OtherOperands operands;
    private final Set<String> bent;

    OtherMistakes(WalkFit fit, Roles roles, List<Step> steps) {
        this.fit = fit;
        this.roles = roles;
        all = steps;
        findings = new Findings(fit);
        targets = new OtherTargets(findings);
        operands = new OtherOperands(findings, roles);
        this.tape = fit.tape();
        this.steps = steps.stream()
                .filter(step ->
                        !tape.node(tape.inputs(step.node())[step.input()]).isConstant())
                .filter(step -> fit.reachesAllWrong(reached(step)))
                .toList();
        bent = bent();
    }

    /** The inputs through which a step goes on, in all its uses. */
    private int[] reached(Step step) {
        return IntStream.range(0, tape.size())
                .filter(step.where())
                .filter(node -> step.input() < tape.inputs(node).length)
                .map(node -> tape.inputs(node)[step.input()])
                .toArray();
    }

    /** Mistakes in these steps, and, if asked for, in what arrives anywhere. */
    Optional<Diagnosis> explain(boolean anywhere) {
        List<Runnable> searches = List.of(
                this::slopes,
                this::softmaxes,
                this::rules,
                this::collisions,
                () -> new RowsLeftOut(fit, steps).explain(anywhere).ifPresent(findings::add),
                this::movedRows,
                () -> operands.factors(steps),
                () -> operands.slopes(bentSteps()),
                () -> operands.softmaxes(steps),
                anywhere ? this::updatedWeights : () -> {},
                () -> targets.search(steps),
                anywhere ? targets::errors : () -> {},
                anywhere ? new LeftOut(findings, roles, all)::search : () -> {},
                this::masks,
                anywhere ? () -> new ArrivingMistakes(findings).search() : () -> {},
                this::factors);
        for (Runnable search : searches) {
            search.run();
            if (!findings.isEmpty()) {
                return findings.said();
            }
        }
        return Optional.empty();
    }

    private void slopes() {
        for (Step step : bentSteps()) {
            for (WrongSlopes.Wrong wrong : WrongSlopes.all()) {
                findings.test(
                        step,
                        Mistake.WRONG_SLOPE,
                        wrong.text() + ", where x goes in and y comes out",
                        (call, right) -> WrongSlopes.passed(tape, call, right, wrong.passed()));
            }
            findings.test(
                    step,
                    Mistake.AT_OUTPUT,
                    "its slope were taken at the gradient that arrives instead of at its input",
                    (call, right) -> WrongSlopes.at(tape, call, call.upstream()));
        }
    }

    /** The rules that multiply by a slope which is not the same everywhere, as node and input. */
    private Set<String> bent() {
        Set<String> bent = new HashSet<>();
        fit.predict(new Deviation() {
            @Override
            public Value passOn(RuleCall call, Value right) {
                try {
                    WrongSlopes.slopes(tape, call, right);
                    bent.add(call.node() + "," + call.input());
                } catch (RuntimeException otherwise) {
                    // not elementwise, or straight
                }
                return right;
            }
        });
        return bent;
    }

    private List<Step> bentSteps() {
        return steps.stream().filter(this::isBent).toList();
    }

    private boolean isBent(Step step) {
        return IntStream.range(0, tape.size())
                .filter(step.where())
                .anyMatch(node -> bent.contains(node + "," + step.input()));
    }

    static List<Value> replaced(RuleCall call, int input, Value by) {
        List<Value> inputs = new ArrayList<>(call.inputs());
        inputs.set(input, BackwardMistakes.fit(by, inputs.get(input)));
        return inputs;
    }

    private void softmaxes() {
        for (Step step : steps) {
            Operation operation = tape.node(step.node()).operation();
            for (WrongSoftmaxes.Wrong wrong : WrongSoftmaxes.of(operation)) {
                findings.test(step, wrong.mistake(), wrong.text(), wrong.passed());
            }
            if (Value.LOG_SOFTMAX.contains(operation)) {
                findings.test(
                        step,
                        Mistake.OTHER_OPERAND,
                        "the softmax were that of the scores one operation earlier",
                        (call, right) -> {
                            int earlier = tape.inputs(tape.inputs(call.node())[0])[0];
                            Value x = BackwardMistakes.fit(tape.node(earlier).detached(), right);
                            Value inside = operation.apply(x);
                            return operation.gradient(0, List.of(x), inside, call.upstream());
                        });
                oneLabel(step, operation);
            }
            for (WrongSoftmaxes.Wrong wrong : WrongSoftmaxes.stoodFor(operation)) {
                targets.test(step, wrong.mistake(), wrong.text(), wrong.passed());
            }
        }
    }

    /** Wrong rules of operations that put elements together. */
    private void rules() {
        for (Step step : steps) {
            int input = tape.inputs(step.node())[0];
            boolean alone =
                    tape.inputs(step.node()).length == 1 && tape.recorded(input).getNumElements() > 1;
            if (alone && !bent.contains(step.node() + ",0")) {
                for (WrongRules.Wrong wrong : WrongRules.all()) {
                    findings.test(
                            wrong.mistake(),
                            "The gradient looks as if the rule of " + step.name() + " were wrong: it " + wrong.text()
                                    + ".",
                            step.passing((call, right) -> BackwardMistakes.fit(
                                    wrong.rule().of(call.inputs().get(0), call.output(), call.upstream()), right)));
                }
            }
        }
    }

    /** What belongs to one row is taken from its neighbour. */
    private void movedRows() {
        for (Step step : steps) {
            Operation operation = tape.node(step.node()).operation();
            for (int by : new int[] {1, -1}) {
                String neighbour = by == 1 ? "next" : "previous";
                findings.test(
                        step,
                        Mistake.ROWS_MIXED,
                        "every row of what arrives, such as its label, were that of the " + neighbour + " row",
                        (call, right) -> BackwardMistakes.again(operation, call, Lines.rolled(call.upstream(), by)));
            }
        }
    }

    /** One row has the label of another class. */
    private void oneLabel(Step step, Operation operation) {
        DMatrixRMaj shape = tape.recorded(step.node());
        for (int row = 0; row < shape.numRows && shape.getNumElements() <= 256; row++) {
            for (int by = 1; by < shape.numCols; by++) {
                int moved = row;
                int places = by;
                findings.test(
                        step,
                        Mistake.ROWS_MIXED,
                        "row " + row + " alone had another label, that of the class " + by + " places further",
                        (call, right) -> BackwardMistakes.again(
                                operation,
                                call,
                                call.upstream()
                                        .minus(BackwardMistakes.onlyRow(call.upstream(), moved))
                                        .plus(BackwardMistakes.onlyRow(
                                                call.upstream().roll(Per.ROW, places), moved))));
            }
        }
    }

    /** Of several rows that come from one, as in a table whose rows are looked up, not all are added. */
    private void collisions() {
        for (Step step : steps) {
            Operation operation = tape.node(step.node()).operation();
            boolean looked = tape.inputs(step.node()).length == 1
                    && tape.recorded(step.node()).numRows > 1
                    && tape.recorded(tape.inputs(step.node())[0]).numRows > 1
                    && tape.recorded(step.node()).numRows < 200;
            if (looked) {
                Lines.COLLISIONS.forEach(collision -> findings.test(
                        step,
                        Mistake.OVERWRITTEN,
                        "where several rows come from one, " + collision.text(),
                        (call, right) -> Lines.collided(
                                call.upstream(), dy -> BackwardMistakes.again(operation, call, dy), collision.kept())));
            }
        }
    }

    /** Weights that an optimizer has already moved. */
    private void updatedWeights() {
        List<DMatrixRMaj> truth = fit.truth();
        for (int i = 0; i < truth.size(); i++) {
            int leaf = fit.leaf(i);
            if (leaf < 0) {
                continue;
            }
            for (DMatrixRMaj gradient : List.of(fit.comparisons().get(i).claimed(), truth.get(i))) {
                Value moved = tape.node(leaf).detached().minus(Value.constant(gradient));
                OptionalDouble rate = findings.factor(seeing(-1, moved), seeing(leaf, moved));
                if (rate.isPresent() && findings.isEmpty()) {
                    findings.add(new Diagnosis(
                            Mistake.UPDATED_WEIGHTS,
                            String.format(
                                    Locale.ROOT,
                                    "The gradient looks as if %s had been changed by %.6g times its gradient before it was"
                                            + " used on the way back.",
                                    fit.comparisons().get(i).label(),
                                    -rate.getAsDouble())));
                }
            }
        }
    }

    private static Deviation seeing(int at, Value other) {
        return new Deviation() {
            @Override
            public Value seen(int node, Value value) {
                return node == at ? other : value;
            }
        };
    }

    private void masks() {
        for (Step step : steps) {
            if (findings.isEmpty() && tape.node(step.node()).operation() == Value.ELEMENT_MULT) {
                new OtherMasks(fit, step).explain().ifPresent(findings::add);
            }
        }
    }

    /** What is passed on is wrong by one factor, or by one and a power of x or y. */
    private void factors() {
        for (Step step : steps) {
            int input = tape.inputs(step.node())[step.input()];
            findings.multiple(input, part -> step.passing((call, right) -> part.apply(right)))
                    .ifPresent(k -> findings.add(Factors.said(step, k, tape)));
            for (WrongSlopes.Wrong wrong : isBent(step) ? WrongSlopes.upToFactor() : List.<WrongSlopes.Wrong>of()) {
                findings.multiple(
                                input,
                                part -> step.passing((call, right) ->
                                        part.apply(WrongSlopes.passed(tape, call, right, wrong.passed()))))
                        .ifPresent(k -> findings.add(new Diagnosis(
                                Mistake.WRONG_SLOPE,
                                String.format(
                                        Locale.ROOT,
                                        "%s%s, times %.6g, where x goes in and y comes out.",
                                        step.looks(),
                                        wrong.text(),
                                        k))));
            }
        }
    }
}
