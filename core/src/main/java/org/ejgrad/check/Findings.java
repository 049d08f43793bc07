package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.DeviatingWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/** The mistakes that explain a claimed gradient, one of each kind, in the order in which they were tried. */
final class Findings {
    private final WalkFit fit;
    private final List<Diagnosis> found = new ArrayList<>();

    Findings(WalkFit fit) {
        this.fit = fit;
    }

    WalkFit fit() {
        return fit;
    }

    boolean isEmpty() {
        return found.isEmpty();
    }

    void add(Diagnosis diagnosis) {
        if (isNew(diagnosis.mistake())) {
            found.add(diagnosis);
        }
    }

    private boolean isNew(Mistake mistake) {
        return found.stream().noneMatch(known -> known.mistake() == mistake);
    }

    /** The first, and a second if it is of another kind. */
    Optional<Diagnosis> said() {
        return found.stream()
                .findFirst()
                .map(first -> found.size() == 1
                        ? first
                        : new Diagnosis(
                                first.mistake(),
                                first.sentence() + " Another mistake would give the same figures: "
                                        + found.get(1).sentence()));
    }

    void test(Mistake mistake, String sentence, Deviation deviation) {
        if (isNew(mistake) && fit.explains(deviation)) {
            add(new Diagnosis(mistake, sentence));
        }
    }

    void test(Step step, Mistake mistake, String end, BiFunction<RuleCall, Value, Value> wrong) {
        test(mistake, step.looks() + end + ".", step.passing(wrong));
    }

    /** The number by which start + k·(end − start) explains the claims, asked only if nothing is found yet. */
    OptionalDouble factor(Deviation start, Deviation end) {
        return isEmpty() ? fit.factor(start, end) : OptionalDouble.empty();
    }

    /**
     * The number by which something, of a node's shape, explains the claims. If it has several elements, several must
     * reach a parameter: what is wrong in one is a multiple of anything there.
     *
     * @param wrong the walk with as much of it as is given
     */
    OptionalDouble multiple(int node, Function<UnaryOperator<Value>, Deviation> wrong) {
        Deviation nothing = wrong.apply(part -> Value.zeros(part.shape()));
        OptionalDouble k = factor(nothing, wrong.apply(part -> part));
        int elements = fit.tape().recorded(node).getNumElements();
        if (k.isEmpty() || elements == 1) {
            return k;
        }
        Optional<List<DMatrixRMaj>> without = fit.predict(nothing);
        long reaching = IntStream.range(0, elements)
                .filter(i -> !same(without, fit.predict(wrong.apply(part -> only(part, i)))))
                .limit(2)
                .count();
        return reaching > 1 ? k : OptionalDouble.empty();
    }

    private static Value only(Value all, int element) {
        DMatrixRMaj one = new DMatrixRMaj(all.getNumRows(), all.getNumCols());
        one.data[element] = all.matrix().get(element);
        return Value.constant(one);
    }

    private static boolean same(Optional<List<DMatrixRMaj>> a, Optional<List<DMatrixRMaj>> b) {
        return a.isPresent()
                && b.isPresent()
                && IntStream.range(0, a.get().size())
                        .allMatch(
                                i -> Arrays.equals(a.get().get(i).data, b.get().get(i).data));
    }
}
