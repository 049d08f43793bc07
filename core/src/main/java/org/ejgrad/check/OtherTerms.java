package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.with;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Recognises a mistake in one term of a function that is a sum: what the claim is off by does not change with the
 * weights that only other terms have. Where these are zero, the term may be all that is left.
 */
final class OtherTerms {
    /** What changes less is not said to change. */
    private static final double CLEAR = 1e-2;
    /** How much may seem to change where a slope bends, beside what the claim is off by. */
    private static final double CLOSE = 1e-4;

    private final Elsewhere elsewhere;
    private final String labels;
    private final int[] entries;
    private final double[] right;
    private final double[] apart;

    private OtherTerms(Elsewhere elsewhere, List<Block> wrong) {
        this.elsewhere = elsewhere;
        labels = labels(wrong);
        entries = Elsewhere.entries(wrong);
        right = elsewhere.truth(elsewhere.point(), entries);
        apart = apart(elsewhere.point());
    }

    /** If weights agree that the term has nothing of; with one factor for what is left without them, or with none. */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, boolean withFactor) {
        OtherTerms terms = new OtherTerms(elsewhere, wrong);
        List<Block> others = blocks.stream()
                .filter(v -> !wrong.contains(v) && Layers.areWeights(blocks, v))
                .filter(terms::isElsewhere)
                .toList();
        return others.isEmpty() ? Optional.empty() : terms.said(others, withFactor);
    }

    private static String labels(List<Block> some) {
        return some.stream().map(Block::label).collect(Collectors.joining(", "));
    }

    private double[] apart(double[] at) {
        return plus(elsewhere.claim(at, entries), -1, elsewhere.truth(at, entries));
    }

    /** Whether the gradient changes with a matrix, and what the claim is off by does not. */
    private boolean isElsewhere(Block v) {
        return IntStream.rangeClosed(1, 2).allMatch(turn -> {
            double[] at = elsewhere.near(List.of(v), turn);
            double[] moved = plus(elsewhere.truth(at, entries), -1, right);
            return largest(moved) > CLEAR * Math.max(largest(right), largest(apart)) && isNear(apart(at), apart);
        });
    }

    private boolean isNear(double[] a, double... b) {
        return largest(plus(a, -1, b)) <= CLOSE * largest(apart);
    }

    private Optional<Diagnosis> said(List<Block> others, boolean withFactor) {
        double[] at = elsewhere.point();
        for (Block v : others) {
            at = with(at, v, i -> 0);
        }
        double[] rest = elsewhere.truth(at, entries);
        double[] claimed = elsewhere.claim(at, entries);
        int most = IntStream.range(0, rest.length).reduce(0, (a, b) -> Math.abs(rest[b]) > Math.abs(rest[a]) ? b : a);
        double k = claimed[most] / rest[most];
        boolean isLeft = Math.abs(rest[most]) > CLEAR * largest(right)
                && isNear(claimed, plus(new double[rest.length], k, rest));
        if (isLeft != withFactor) {
            return Optional.empty();
        }
        Mistake mistake = !isLeft || Math.abs(k) < CLEAR
                ? Mistake.MISSING_TERM
                : Math.abs(k + 1) < CLEAR ? Mistake.SIGN_FLIPPED : Mistake.CONSTANT_FACTOR;
        String term = !isLeft
                ? "is left out, has the wrong sign or another factor, or other targets or a wrong slope of its own."
                : switch (mistake) {
                    case MISSING_TERM -> "is left out.";
                    case SIGN_FLIPPED -> "has the wrong sign.";
                    default -> Hypotheses.text("is %.5g times what it should be.", k);
                };
        return Optional.of(new Diagnosis(
                mistake,
                "What the claim for " + labels + " is off by does not change with " + labels(others)
                        + ", the gradient does: a term that has nothing of " + labels(others)
                        + ", such as a penalty, a prior or another loss, " + term));
    }
}
