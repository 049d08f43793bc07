package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.check.Hypotheses.Hypothesis;

/** Says in one sentence what a refuted gradient looks like. */
final class Diagnostician {
    private final List<Evidence> evidence;
    private final List<Evidence> wrong;

    Diagnostician(List<Evidence> evidence) {
        this.evidence = evidence;
        wrong = evidence.stream().filter(e -> !e.agrees()).toList();
    }

    /** From the figures alone. */
    Optional<Diagnosis> fromFigures() {
        return wrong.isEmpty()
                ? Optional.empty()
                : simple().or(this::exchanged).or(this::further).or(() -> Optional.of(unknown()));
    }

    /** For a gradient that somebody else computed for a known graph. */
    Optional<Diagnosis> fromGraph(Tape tape, Value weights, int... leaves) {
        return wrong.isEmpty()
                ? Optional.empty()
                : simple().or(this::exchanged)
                        .or(() -> new Slips(tape, weights, evidence, leaves).explain())
                        .or(this::further)
                        .or(() -> Optional.of(unknown()));
    }

    /** For a gradient that the graph's own rules computed. */
    Optional<Diagnosis> fromRules(Tape tape, long seed) {
        return wrong.isEmpty()
                ? Optional.empty()
                : new RuleCheck(tape, seed).explain().or(this::fromFigures);
    }

    private Optional<Diagnosis> simple() {
        return first(Hypotheses.SIMPLE);
    }

    private Optional<Diagnosis> further() {
        return first(Hypotheses.FURTHER);
    }

    /** The first hypothesis that explains every wrong matrix in the same way. */
    private Optional<Diagnosis> first(List<Hypothesis> hypotheses) {
        for (Hypothesis hypothesis : hypotheses) {
            List<Diagnosis> found = new ArrayList<>();
            for (Evidence e : wrong) {
                hypothesis.test(e).ifPresent(found::add);
            }
            if (found.size() == wrong.size()) {
                return Optional.of(
                        new Diagnosis(found.get(0).mistake(), found.get(0).sentence() + others()));
            }
        }
        return Optional.empty();
    }

    private String others() {
        if (wrong.size() == 1) {
            return evidence.size() > 1 ? " The other parameters agree." : "";
        }
        List<String> labels = wrong.stream().skip(1).map(Evidence::label).toList();
        String same = " So " + (labels.size() == 1 ? "is " : "are ") + String.join(", ", labels) + ".";
        return wrong.size() < evidence.size() ? same + " The other parameters agree." : same;
    }

    /** Two parameters of one shape with each other's gradients. */
    private Optional<Diagnosis> exchanged() {
        for (Evidence a : wrong) {
            for (Evidence b : wrong) {
                if (a != b && a.isExplainedBy(b.numeric()) && b.isExplainedBy(a.numeric())) {
                    return Optional.of(new Diagnosis(
                            Mistake.SWAPPED,
                            "The gradients of " + a.label() + " and " + b.label() + " are exchanged."));
                }
            }
        }
        return Optional.empty();
    }

    private Diagnosis unknown() {
        String labels = String.join(", ", wrong.stream().map(Evidence::label).toList());
        return new Diagnosis(
                Mistake.UNKNOWN,
                wrong.size() < evidence.size()
                        ? "Only " + labels + (wrong.size() == 1 ? " is" : " are")
                                + " wrong; no usual mistake explains the figures."
                        : "No usual mistake explains the figures.");
    }
}
