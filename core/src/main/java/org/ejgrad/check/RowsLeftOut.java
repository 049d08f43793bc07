package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejml.data.DMatrixRMaj;

/**
 * Looks for rows or columns of a result, such as samples or minibatches, that go back not at all, or twice.
 *
 * <p>What one line alone gives is found by one walk; what several of them give together is then a sum.
 */
final class RowsLeftOut {
    /** More lines are not tried one by one. */
    private static final int LONGEST = 128;

    private final WalkFit fit;
    private final Tape tape;
    private final List<Step> steps;

    /** A way to let only a part of what arrives at some place go on. */
    private interface Gate {
        Deviation passing(UnaryOperator<Value> part);
    }

    RowsLeftOut(WalkFit fit, List<Step> steps) {
        this.fit = fit;
        this.steps = steps;
        tape = fit.tape();
    }

    Optional<Diagnosis> explain() {
        for (int node : tape.fromRoot()) {
            if (!tape.node(node).isConstant() && fit.reachesAllWrong(node)) {
                Optional<Diagnosis> found = among(node, what(node), part -> arriving(node, part));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return steps.stream()
                .filter(step -> tape.isLeaf(tape.inputs(step.node())[step.input()]))
                .flatMap(step -> among(
                        step.node(),
                        what(step.node()) + ", in the gradient of " + tape.named(tape.inputs(step.node())[step.input()])
                                + ",",
                        part -> passing(step, part))
                        .stream())
                .findFirst();
    }

    private Optional<Diagnosis> among(int node, String what, Gate gate) {
        DMatrixRMaj shape = tape.recorded(node);
        return among("row", what, shape.numRows, gate, BackwardMistakes::onlyRow)
                .or(() -> among("column", what, shape.numCols, gate, BackwardMistakes::onlyColumn));
    }

    private Deviation passing(Step step, UnaryOperator<Value> part) {
        return step.passing((call, right) ->
                BackwardMistakes.again(tape.node(call.node()).operation(), call, part.apply(call.upstream())));
    }

    private Optional<Diagnosis> among(
            String line, String what, int count, Gate gate, BiFunction<Value, Integer, Value> only) {
        if (count < 2 || count > LONGEST) {
            return Optional.empty();
        }
        Optional<List<DMatrixRMaj>> beside = fit.predict(gate.passing(gradient -> gradient.scale(0)));
        if (beside.isEmpty()) {
            return Optional.empty();
        }
        List<DMatrixRMaj> rest = beside.get();
        List<List<DMatrixRMaj>> before = new ArrayList<>();
        before.add(rest);
        for (int i = 0; i < count; i++) {
            int at = i;
            Optional<List<DMatrixRMaj>> alone = fit.predict(gate.passing(gradient -> only.apply(gradient, at)));
            if (alone.isEmpty()) {
                return Optional.empty();
            }
            before.add(sum(1, before.get(i), 1, alone.get(), -1, rest));
        }
        List<DMatrixRMaj> all = before.get(count);
        for (int length = 1; length < count && !fit.isTired(); length++) {
            for (int from = 0; from + length <= count && !fit.isTired(); from++) {
                List<DMatrixRMaj> until = before.get(from + length);
                List<DMatrixRMaj> start = before.get(from);
                String lines = (length == 1 ? line + " " + from : line + "s " + from + " to " + (from + length - 1))
                        + " of " + what;
                double share = count / (double) (count - length);
                double own = count / (double) length;
                Optional<Diagnosis> found = said(sum(1, all, -1, until, 1, start), lines + " were left out")
                        .or(() -> said(sum(1, all, 1, until, -1, start), lines + " were counted twice"))
                        .or(() -> said(
                                sum(share, sum(1, all, -1, until, 1, start), 1 - share, rest, 0, rest),
                                lines + " were left out, and the mean taken over the others"))
                        .or(() -> said(
                                sum(own, sum(1, until, -1, start, 1, rest), 1 - own, rest, 0, rest),
                                lines + " stood for all: the mean were taken over them alone"));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static Deviation arriving(int node, UnaryOperator<Value> part) {
        return new Deviation() {
            @Override
            public Value arrived(int at, Value gradient) {
                return at == node ? part.apply(gradient) : gradient;
            }
        };
    }

    private String what(int node) {
        String label = tape.node(node).label();
        return label.isEmpty()
                ? "what " + tape.node(node).operation() + " at depth "
                        + tape.node(node).depth() + " gives"
                : label;
    }

    private Optional<Diagnosis> said(List<DMatrixRMaj> predicted, String what) {
        return fit.explains(predicted)
                ? Optional.of(new Diagnosis(Mistake.ROWS_LEFT_OUT, "The gradient looks as if " + what + "."))
                : Optional.empty();
    }

    private static List<DMatrixRMaj> sum(
            double ka, List<DMatrixRMaj> a, double kb, List<DMatrixRMaj> b, double kc, List<DMatrixRMaj> c) {
        IntFunction<DMatrixRMaj> one = m -> {
            DMatrixRMaj sum = a.get(m).createLike();
            for (int i = 0; i < sum.getNumElements(); i++) {
                sum.data[i] = ka * a.get(m).data[i] + kb * b.get(m).data[i] + kc * c.get(m).data[i];
            }
            return sum;
        };
        return IntStream.range(0, a.size()).mapToObj(one).toList();
    }
}
