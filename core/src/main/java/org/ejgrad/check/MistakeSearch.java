package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.check.Hypotheses.Hypothesis;
import org.ejml.data.DMatrixRMaj;

/** Says in one sentence what a refuted gradient looks like. */
final class MistakeSearch {
    private final List<Comparison> comparisons;
    private final List<Comparison> wrong;
    private final Optional<TestedFunction> function;

    MistakeSearch(List<Comparison> comparisons) {
        this(comparisons, Optional.empty());
    }

    /** With the function that may be evaluated again. */
    MistakeSearch(List<Comparison> comparisons, Optional<TestedFunction> function) {
        this.comparisons = comparisons;
        this.function = function;
        wrong = comparisons.stream().filter(c -> !c.agrees()).toList();
    }

    /** From the figures alone. */
    Optional<Diagnosis> fromFigures() {
        return search(false, Optional::empty, Optional::empty, () -> "");
    }

    /** For a gradient that somebody else computed for a known graph. */
    Optional<Diagnosis> fromGraph(Tape tape, Value weights, List<Value> variables) {
        BackwardMistakes mistakes = new BackwardMistakes(tape, weights, comparisons, variables);
        return search(true, mistakes::usual, mistakes::other, mistakes::behind);
    }

    /** For a gradient that the graph's own rules computed. */
    Optional<Diagnosis> fromRules(Tape tape, long seed) {
        return wrong.isEmpty()
                ? Optional.empty()
                : new RuleCheck(tape, seed).explain().or(this::fromFigures);
    }

    private Optional<Diagnosis> search(
            boolean inGraph,
            Supplier<Optional<Diagnosis>> usual,
            Supplier<Optional<Diagnosis>> other,
            Supplier<String> behind) {
        return wrong.isEmpty()
                ? Optional.empty()
                : first(Hypotheses.SIMPLE)
                        .or(this::exchanged)
                        .or(() -> usual.get().map(this::orWholeFactor))
                        .or(() -> first(Hypotheses.FURTHER))
                        .or(() -> new Penalties(comparisons, wrong).explain())
                        .or(this::commonFactor)
                        .or(other)
                        .or(() -> function.flatMap(f -> OtherPoints.explain(f, comparisons)))
                        .or(() -> LineFactors.explain(comparisons, wrong))
                        .or(this::addedToAnother)
                        .or(() -> first(Hypotheses.LAST))
                        .or(this::eachItsOwn)
                        .or(() -> function.flatMap(f -> ClaimsElsewhere.explain(f, comparisons, wrong)))
                        .or(() -> inGraph ? Optional.empty() : RankOne.explain(comparisons, wrong))
                        .or(() -> Optional.of(new Whereabouts(comparisons, wrong).said(behind.get())));
    }

    /** One factor for all there is. */
    private Optional<Diagnosis> commonFactor() {
        double[] factors = wrong.stream()
                .mapToDouble(c -> c.claimed(c.strongest()) / c.numeric(c.strongest()))
                .toArray();
        boolean common = wrong.size() == comparisons.size()
                && DoubleStream.of(factors).allMatch(f -> Math.abs(f / factors[0] - 1) < 1e-7);
        double norm = Hypotheses.norm(wrong.stream().flatMapToDouble(c -> DoubleStream.of(c.claimed().data)));
        return !common
                ? Optional.empty()
                : first(List.of(Hypotheses::otherFactor))
                        .map(found -> factors[0] > 0 && Hypotheses.isRoundNorm(norm)
                                ? new Diagnosis(
                                        Mistake.RESCALED,
                                        Hypotheses.text(
                                                "The gradient as a whole points the right way, but is rescaled to the"
                                                        + " norm %.6g, as by clipping.",
                                                norm))
                                : found);
    }

    /** A mean taken twice, say, is a division by a whole number as well. */
    private Diagnosis orWholeFactor(Diagnosis found) {
        return found.mistake() == Mistake.FACTOR_TWICE
                ? first(List.of(Hypotheses::integerFactor))
                        .map(whole -> new Diagnosis(
                                whole.mistake(),
                                whole.sentence() + " Another mistake would give the same figures: " + found))
                        .orElse(found)
                : found;
    }

    /** The first hypothesis that explains every wrong matrix in the same way. */
    private Optional<Diagnosis> first(List<Hypothesis> hypotheses) {
        for (Hypothesis hypothesis : hypotheses) {
            List<Diagnosis> found = new ArrayList<>();
            for (Comparison c : wrong) {
                hypothesis.test(c).ifPresent(found::add);
            }
            if (found.size() == wrong.size()) {
                return Optional.of(new Diagnosis(found.get(0).mistake(), together(found)));
            }
        }
        return Optional.empty();
    }

    /** One sentence for all if they say the same, or one for each. */
    private String together(List<Diagnosis> found) {
        List<String> labels = wrong.stream().map(Comparison::label).toList();
        long different = IntStream.range(0, labels.size())
                .mapToObj(i -> found.get(i).sentence().replace("of " + labels.get(i) + " ", ""))
                .distinct()
                .count();
        List<String> said =
                new ArrayList<>(found.stream().map(Diagnosis::sentence).toList());
        if (labels.size() > 1 && different == 1) {
            List<String> others = labels.subList(1, labels.size());
            said.subList(1, labels.size()).clear();
            said.add("So " + (others.size() == 1 ? "is " : "are ") + String.join(", ", others) + ".");
        }
        if (wrong.size() < comparisons.size()) {
            said.add(
                    comparisons.stream().allMatch(c -> wrong.contains(c) || c.isJudged())
                            ? "The other parameters agree."
                            : "Nothing else was found wrong, but not all was judged.");
        }
        return String.join(" ", said);
    }

    /** Every wrong matrix for a reason of its own. */
    private Optional<Diagnosis> eachItsOwn() {
        List<Hypothesis> known = Stream.of(Hypotheses.SIMPLE, Hypotheses.FURTHER)
                .flatMap(List::stream)
                .toList();
        List<Diagnosis> found = wrong.stream()
                .flatMap(c -> known.stream().flatMap(h -> h.test(c).stream()).limit(1))
                .toList();
        return found.size() == wrong.size()
                ? Optional.of(new Diagnosis(found.get(0).mistake(), together(found)))
                : Optional.empty();
    }

    /** Every wrong matrix has the gradient of another parameter in its sum. */
    private Optional<Diagnosis> addedToAnother() {
        return first(List.of(
                this::another,
                c -> comparisons.stream()
                        .filter(other -> other != c && other.rows() == c.rows() && other.columns() == c.columns())
                        .filter(other -> {
                            DMatrixRMaj sum = c.predict(i -> c.numeric(i) + other.numeric(i));
                            return c.telling(sum) >= 2 && c.isMetBy(sum);
                        })
                        .findFirst()
                        .map(other -> Hypotheses.of(
                                c, Mistake.SUMMED_TOO_MUCH, "has that of " + other.label() + " in its sum"))));
    }

    /** The gradient of another parameter, which is right itself. */
    private Optional<Diagnosis> another(Comparison c) {
        return comparisons.stream()
                .filter(other -> other != c && other.agrees() && other.telling(other.predict(i -> 0)) >= 2)
                .filter(other -> c.isExplainedBy(other.numeric()) && c.telling(other.numeric()) >= 2)
                .findFirst()
                .map(other -> Hypotheses.of(
                        c,
                        Mistake.SWAPPED,
                        "is that of " + other.label()
                                + ": the two are taken for each other, or what one has as a factor is left out"));
    }

    /** Two parameters of one shape with each other's gradients. */
    private Optional<Diagnosis> exchanged() {
        for (Comparison a : wrong) {
            for (Comparison b : wrong) {
                if (a.isExplainedBy(b.numeric()) && b.isExplainedBy(a.numeric())) {
                    return Optional.of(new Diagnosis(
                            Mistake.SWAPPED,
                            "The gradients of " + a.label() + " and " + b.label() + " are exchanged."));
                }
            }
        }
        return Optional.empty();
    }
}
