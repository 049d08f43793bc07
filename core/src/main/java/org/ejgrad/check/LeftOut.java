package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.DeviatingWalk.RuleCall;

/** Several ways back at once that are left out, or both ways of an operation that are wrong together. */
final class LeftOut {
    /** So many ways back are tried in pairs. */
    private static final int MOST = 60;

    private final Findings findings;
    private final WalkFit fit;
    private final Tape tape;
    private final Roles roles;
    private final List<Step> steps;

    /** What an operation with two inputs passes on to each, given what it should pass to that one and to the other. */
    private record Both(Mistake mistake, String text, Passed passed) {}

    @FunctionalInterface
    private interface Passed {
        Value of(RuleCall call, Value right, Value others);
    }

    /** Which of some places in a row go back, as the end of a sentence. */
    private record Kept(String text, int fewest, BiPredicate<Integer, Integer> isKept) {}

    private static final List<Both> BOTH = List.of(
            alone(0),
            alone(1),
            new Both(
                    Mistake.SWAPPED,
                    "each input were given what belongs to the other",
                    (call, right, others) -> BackwardMistakes.fit(others, right)),
            new Both(
                    Mistake.OTHER_OPERAND,
                    "each input's own value stood for that of the other",
                    (call, right, others) ->
                            call.upstream().elementMult(call.inputs().get(call.input()))),
            new Both(
                    Mistake.WRONG_SLOPE,
                    "what arrives were passed on to both inputs",
                    (call, right, others) -> BackwardMistakes.fit(call.upstream(), right)),
            new Both(
                    Mistake.WRONG_SLOPE,
                    "each input were given one half of what arrives",
                    (call, right, others) ->
                            BackwardMistakes.fit(call.upstream(), right).scale(0.5)));

    private static final List<Kept> KEPT = List.of(
            new Kept("only the last of its %d places were passed on", 2, (k, count) -> k == count - 1),
            new Kept("only the first of its %d places were passed on", 2, (k, count) -> k == 0),
            new Kept("the last of its %d places were left out", 3, (k, count) -> k < count - 1),
            new Kept("the first of its %d places were left out", 3, (k, count) -> k > 0));

    LeftOut(Findings findings, Roles roles, List<Step> steps) {
        this.findings = findings;
        this.roles = roles;
        this.steps = steps;
        fit = findings.fit();
        tape = fit.tape();
    }

    private static Both alone(int kept) {
        return new Both(
                Mistake.MISSING_FACTOR,
                "what arrives were passed on to input " + kept + " as it is, and nothing to the other",
                (call, right, others) -> call.input() == kept
                        ? BackwardMistakes.fit(call.upstream(), right)
                        : Value.zeros(right.shape()));
    }

    void search() {
        both();
        states();
        places();
        pairs();
    }

    private static Deviation passing(BiFunction<RuleCall, Value, Value> wrong) {
        return new Deviation() {
            @Override
            public Value passOn(RuleCall call, Value right) {
                return wrong.apply(call, right);
            }
        };
    }

    private int[] places(Step step) {
        return IntStream.range(0, tape.size()).filter(step.where()).toArray();
    }

    private void both() {
        for (Step step : steps) {
            if (step.input() == 0 && tape.inputs(step.node()).length == 2 && fit.reachesAllWrong(places(step))) {
                String name = step.name().replace(", input 0", "");
                for (Both both : BOTH) {
                    findings.test(
                            both.mistake,
                            "The gradient looks as if, on the way back through " + name + ", " + both.text + ".",
                            passing((call, right) -> step.where().test(call.node())
                                    ? both.passed.of(call, right, others(call))
                                    : right));
                }
            }
        }
    }

    private Value others(RuleCall call) {
        Operation operation = tape.node(call.node()).operation();
        return operation.gradient(1 - call.input(), call.inputs(), call.output(), call.upstream());
    }

    /** Of several places in a row one alone goes back, or one does not. */
    private void places() {
        for (Step step : steps) {
            int[] nodes = places(step);
            for (Kept kept : KEPT) {
                if (nodes.length >= kept.fewest && roles.areAlike(nodes)) {
                    findings.test(
                            step,
                            Mistake.MISSING_TERM,
                            Hypotheses.text(kept.text, nodes.length),
                            (call, right) -> kept.isKept.test(Arrays.binarySearch(nodes, call.node()), nodes.length)
                                    ? right
                                    : Value.zeros(right.shape()));
                }
            }
        }
    }

    /** What comes back from later steps of a recurrence, at each step or at every second or third. */
    private void states() {
        for (Roles.Role role : roles.series()) {
            int[] nodes = role.nodes().stream().mapToInt(Integer::intValue).toArray();
            boolean isChain = IntStream.range(1, nodes.length)
                    .allMatch(k -> nodes[k] > nodes[k - 1] && fit.dependsOn(nodes[k], nodes[k - 1]));
            for (int period = 1; period <= 3 && isChain && nodes.length > period; period++) {
                int every = period;
                findings.test(
                        Mistake.BACK_THROUGH,
                        "The gradient looks as if, at "
                                + (every == 1 ? "every" : "every " + (every == 2 ? "2nd" : "3rd"))
                                + " step, what comes back from later steps to " + role.name()
                                + " were left out, as where a recurrence is truncated.",
                        passing((call, right) -> {
                            int to = Arrays.binarySearch(nodes, tape.inputs(call.node())[call.input()]);
                            boolean isCut = to >= 0 && to < nodes.length - 1 && (to + 1) % every == 0;
                            return isCut && fit.dependsOn(nodes[to + 1], call.node())
                                    ? Value.zeros(right.shape())
                                    : right;
                        }));
            }
        }
    }

    /** Two ways back that are left out, such as those through a mean and a deviation. */
    private void pairs() {
        List<Step> ways = new ArrayList<>();
        for (Step step : steps) {
            boolean matters = places(step).length == 1
                    && fit.predict(nothing(step)).filter(fit::leavesRight).isPresent();
            if (matters && ways.size() < MOST) {
                ways.add(step);
            }
        }
        for (int i = 0; i < ways.size(); i++) {
            for (int j = 0; j < i; j++) {
                Deviation a = nothing(ways.get(i));
                Deviation b = nothing(ways.get(j));
                findings.test(
                        Mistake.MISSING_TERM,
                        ways.get(i).looks() + "nothing were passed on, and nothing through "
                                + ways.get(j).name() + ": what they compute is taken for constant.",
                        passing((call, right) -> b.passOn(call, a.passOn(call, right))));
            }
        }
    }

    private static Deviation nothing(Step step) {
        return step.passing((call, right) -> Value.zeros(right.shape()));
    }
}
