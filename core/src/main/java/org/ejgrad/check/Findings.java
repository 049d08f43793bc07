package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.DeviatingWalk.RuleCall;

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

    /** Where the right contribution is wrong by an unknown multiple of something. */
    void testMultiple(Step step, Mistake mistake, String looks, BiFunction<RuleCall, Value, Value> added) {
        Deviation start = step.passing((call, right) -> right);
        Deviation end = step.passing((call, right) -> right.plus(added.apply(call, right)));
        if (factor(start, end).orElse(0) > 0) {
            add(new Diagnosis(mistake, step.looks() + looks + "."));
        }
    }
}
