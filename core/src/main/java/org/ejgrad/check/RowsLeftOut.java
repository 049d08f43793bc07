package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.WalkFit.Prediction;
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

    Optional<Diagnosis> explain(boolean anywhere) {
        for (int node : anywhere ? tape.fromRoot() : new int[0]) {
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
        if (fit.explains(rest)) {
            return Optional.of(
                    new Diagnosis(Mistake.MISSING_TERM, "The gradient looks as if nothing of " + what + " went back."));
        }
        List<List<DMatrixRMaj>> before = new ArrayList<>();
        before.add(rest);
        for (int i = 0; i < count; i++) {
            int at = i;
            Optional<List<DMatrixRMaj>> alone = fit.predict(gate.passing(gradient -> only.apply(gradient, at)));
            if (alone.isEmpty()) {
                return Optional.empty();
            }
            before.add(fit.figures(sum(1, at(before.get(i)), 1, at(alone.get()), -1, at(rest))));
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
                Prediction without = sum(1, at(all), -1, at(until), 1, at(start));
                Prediction alone = sum(1, at(until), -1, at(start), 1, at(rest));
                Optional<Diagnosis> found = said(without, lines + " were left out")
                        .or(() -> said(sum(1, at(all), 1, at(until), -1, at(start)), lines + " were counted twice"))
                        .or(() -> said(
                                sum(share, without, 1 - share, at(rest), 0, at(rest)),
                                lines + " were left out, and the mean taken over the others"))
                        .or(() -> said(
                                sum(own, alone, 1 - own, at(rest), 0, at(rest)),
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

    private Optional<Diagnosis> said(Prediction predicted, String what) {
        return fit.explains(predicted)
                ? Optional.of(new Diagnosis(Mistake.ROWS_LEFT_OUT, "The gradient looks as if " + what + "."))
                : Optional.empty();
    }

    private static Prediction at(List<DMatrixRMaj> figures) {
        return (m, i) -> figures.get(m).data[i];
    }

    private static Prediction sum(double ka, Prediction a, double kb, Prediction b, double kc, Prediction c) {
        return (m, i) -> ka * a.at(m, i) + kb * b.at(m, i) + kc * c.at(m, i);
    }
}
