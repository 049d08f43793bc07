package org.ejgrad.check;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Reads off what is wrong in a loss by how its errors go on far below and far above all targets, whatever loss it is:
 * to zero, to a bound, in proportion to the scores, or beyond.
 */
final class OutputTails {
    private static final double[] FAR = {0x1p6, 0x1p10};
    private static final double[] NEAR = {-7.3, -4.1, -2.6, -1.7, -1.2, -0.7, -0.3, 0.1, 0.4, 0.9, 1.4, 1.9, 3.1, 5.2};
    /** Between two points so near nothing jumps, most of the time. */
    private static final double STEP = 0x1p-7;

    private static final double CLOSE = 1e-5;
    private static final int JUMPS = 3;
    private static final double BESIDE = 0.06;

    /** What errors do on one side, and with which power of the scores they grow there. */
    private enum Tail {
        ZERO(0),
        BOUND(0),
        LINE(1),
        MORE(2),
        OTHER(Double.NaN);

        private final double growth;

        Tail(double growth) {
            this.growth = growth;
        }
    }

    private final AlikeScores scores;
    private final int output;
    private final double[] right;
    private final double[] claimed;
    private final double scale;

    private OutputTails(AlikeScores scores, int output) {
        this.scores = scores;
        this.output = output;
        right = at(this::truth);
        claimed = at(this::claim);
        scale = median(Arrays.stream(right).map(Math::abs).toArray());
    }

    /** If the weights of the last layer are wrong. */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong) {
        return AlikeScores.of(elsewhere, blocks, wrong)
                .flatMap(scores -> explain(
                        scores,
                        wrong.stream().map(Block::label).toList(),
                        wrong.stream().filter(w -> Layers.areWeights(blocks, w)).count() > 1));
    }

    private static Optional<Diagnosis> explain(AlikeScores scores, List<String> labels, boolean areErrors) {
        List<OutputTails> outputs = IntStream.range(0, scores.outputs())
                .mapToObj(j -> new OutputTails(scores, j))
                .toList();
        if (outputs.stream()
                .anyMatch(o -> o.scale == 0 || DoubleStream.of(o.claimed).anyMatch(Double::isNaN))) {
            return Optional.empty();
        }
        List<OutputTails> wrong = outputs.stream().filter(o -> !o.isRight()).toList();
        if (wrong.isEmpty()) {
            return !areErrors || !scores.areTargets()
                    ? Optional.empty()
                    : said(
                            Mistake.ROWS_MIXED,
                            "Where all samples have the same scores the claim for " + String.join(", ", labels)
                                    + " is right, whatever these are: what belongs to each sample, such as its target or label, is"
                                    + " taken from another, as from rows in another order, or something goes by how samples"
                                    + " differ, as by which is the largest.");
        }
        List<Diagnosis> found =
                wrong.stream().flatMap(o -> o.explain().stream()).toList();
        return Optional.of(found)
                .filter(all -> all.size() == wrong.size()
                        && all.stream().map(Diagnosis::mistake).distinct().count() == 1)
                .map(all -> all.get(0));
    }

    /** Whether the claim is right at all scores, small or large, but for those beside which a slope jumps. */
    private boolean isRight() {
        return DoubleStream.of(1, 4, 16)
                .allMatch(k -> DoubleStream.of(NEAR)
                        .allMatch(t -> DoubleStream.of(0, -BESIDE, BESIDE)
                                .anyMatch(beside -> isNearly(claim(k * (t + beside)), truth(k * (t + beside))))));
    }

    private static double median(double... v) {
        return Arrays.stream(v).sorted().toArray()[v.length / 2];
    }

    private double[] scoresAt(double t) {
        double[] all = new double[scores.outputs()];
        all[output] = t;
        return all;
    }

    private double truth(double t) {
        return scores.truth(scoresAt(t))[output];
    }

    private double claim(double t) {
        return scores.claim(scoresAt(t))[output];
    }

    private static double[] at(DoubleUnaryOperator errors) {
        return Arrays.stream(NEAR).map(errors).toArray();
    }

    /** But for a few points, where one of the two may bend or jump. */
    private boolean isNearly(double[] a, double... b) {
        return IntStream.range(0, a.length).filter(i -> !isNearly(a[i], b[i])).count() <= JUMPS;
    }

    private boolean isNearly(double a, double b) {
        return Math.abs(a - b) <= CLOSE * Math.max(scale, Math.max(Math.abs(a), Math.abs(b)));
    }

    /** Values at three points, each twice as far as the one before. */
    private static double[] far(DoubleUnaryOperator errors, double t) {
        return DoubleStream.of(t, 2 * t, 4 * t).map(errors).toArray();
    }

    private Tail tail(double... v) {
        double step = v[2] - v[1];
        if (!Double.isFinite(step)) {
            return Tail.MORE;
        }
        if (isNearly(v[2], v[1]) && isNearly(v[1], v[0])) {
            return isNearly(v[2], 0) ? Tail.ZERO : Tail.BOUND;
        }
        if (Math.abs(step - 2 * (v[1] - v[0])) < 1e-3 * Math.abs(step)) {
            return Tail.LINE;
        }
        return Math.abs(v[2]) > 2.5 * Math.abs(v[1]) ? Tail.MORE : Tail.OTHER;
    }

    private Optional<Diagnosis> explain() {
        double[] apart = Elsewhere.plus(claimed, -1, right);
        double[] same = new double[apart.length];
        Arrays.fill(same, median(apart));
        if (isNearly(apart, same) && !isNearly(same[0], 0)) {
            return said(
                    Mistake.LINEAR_TERM,
                    "With equal scores for all samples the errors of the claim are off by the same whatever the scores"
                            + " are: targets or labels are left out, of the wrong sign or others, or a term in proportion to the"
                            + " scores is.");
        }
        boolean isConstant = isNearly(claimed, at(t -> claim(t + STEP)));
        if (isConstant && !isNearly(right, at(t -> truth(t + STEP)))) {
            boolean isOne = DoubleStream.of(claimed).allMatch(c -> isNearly(c, claimed[0]));
            return isOne && (isNearly(claimed[0], 0) || !scores.isConstant())
                    ? Optional.empty()
                    : said(
                            isOne ? Mistake.INDEPENDENT : Mistake.HARD_CHOICE,
                            "With equal scores for all samples the errors of the claim "
                                    + (isOne
                                            ? "do not change with the scores: what does is left out, or they are only compared"
                                                    + " among the samples, as in a softmax along the wrong axis."
                                            : "jump from one number to another and are constant between, those of the function are"
                                                    + " not: a sign, a step or another hard decision stands for a slope."));
        }
        for (double far : FAR) {
            double[] low = far(this::truth, -far);
            double[] high = far(this::truth, far);
            if (tail(low) != Tail.OTHER && tail(high) != Tail.OTHER) {
                return compare(low, high, far(this::claim, -far), far(this::claim, far));
            }
        }
        return Optional.empty();
    }

    private Optional<Diagnosis> compare(double[] low, double[] high, double[] claimedLow, double[] claimedHigh) {
        Tail[] own = {tail(low), tail(high)};
        Tail[] others = {tail(claimedLow), tail(claimedHigh)};
        String words = "With equal scores for all samples the errors of the function "
                + words(own, low[2], high[2]) + ", those of the claim " + words(others, claimedLow[2], claimedHigh[2])
                + ": ";
        boolean isMore = false;
        boolean isLess = false;
        boolean isLasting = false;
        for (int side = 0; side < 2; side++) {
            if (others[side] == Tail.OTHER) {
                return Optional.empty();
            }
            isLasting |= own[side] == Tail.ZERO && others[side] == Tail.BOUND;
            isMore |= others[side].growth > own[side].growth;
            isLess |= others[side].growth < own[side].growth;
        }
        if (isMore) {
            return isLess
                    ? Optional.empty()
                    : said(
                            Mistake.WRONG_SLOPE,
                            words + "what bounds them is left out, such as a threshold, a tanh, a σ, a softmax or a"
                                    + " division by a sum, or another loss stands for it, such as a square.");
        }
        if (isLess) {
            return said(
                    Mistake.WRONG_SLOPE,
                    words + "they are cut off, or a bounded function or another loss stands for them.");
        }
        if (own[0] == Tail.LINE || own[1] == Tail.LINE || own[0] == Tail.MORE || own[1] == Tail.MORE) {
            return Optional.empty();
        }
        if (isLasting) {
            return said(
                    Mistake.WRONG_SLOPE,
                    words + "what makes them vanish is left out, such as a mask, a threshold or the slope of a σ or a"
                            + " softmax, or another loss stands for it.");
        }
        double first = claimedLow[2] / low[2];
        double second = claimedHigh[2] / high[2];
        boolean isLowRight = isNearly(claimedLow[2], low[2]);
        boolean isHighRight = isNearly(claimedHigh[2], high[2]);
        boolean isNothing = own[0] == Tail.ZERO && own[1] == Tail.ZERO;
        if (isLowRight && isHighRight) {
            return isNothing
                    ? Optional.empty()
                    : said(
                            Mistake.WRONG_SLOPE,
                            words
                                    + "far off they are right, and not between: another threshold or margin, or another function"
                                    + " between the bounds stands there, or other targets, or samples are left out by what is predicted.");
        }
        boolean isZero = isNearly(claimedLow[2], 0) && isNearly(claimedHigh[2], 0);
        if (isZero) {
            return said(
                    Mistake.WRONG_SLOPE,
                    words + "beyond a threshold they are left out, or a factor that vanishes there, such as p·(1 − p),"
                            + " is too many.");
        }
        if (first * second < 0 && !isNearly(claimedLow[2], 0) && !isNearly(claimedHigh[2], 0)) {
            return said(Mistake.ABSOLUTE, words + "on one side their sign is lost.");
        }
        if (Math.abs(first / second - 1) < 1e-3) {
            return said(
                    first > 1 ? Mistake.WRONG_SLOPE : Mistake.ROWS_LEFT_OUT,
                    words
                            + Hypotheses.text(
                                    "far off they are %.5g times what they should be, and another multiple between: another"
                                            + " bound or threshold stands there, or samples are left out, counted twice or"
                                            + " weighted otherwise.",
                                    first));
        }
        boolean isOther = !isLowRight && !isHighRight && Math.min(Math.abs(first), Math.abs(second)) < CLOSE;
        return said(
                isOther ? Mistake.WRONG_SLOPE : Mistake.ROWS_LEFT_OUT,
                words
                        + (isLowRight || isHighRight
                                ? "on one side they are right, on the other not: "
                                : Hypotheses.text("they are %.5f and %.5f times as large: ", first, second))
                        + "samples, such as those of a class or of one sign of the errors, are left out, counted twice or"
                        + " weighted otherwise, or another loss stands there.");
    }

    private static Optional<Diagnosis> said(Mistake mistake, String text) {
        return Optional.of(new Diagnosis(mistake, text));
    }

    private static String words(Tail[] tails, double low, double high) {
        String first = words(tails[0], low);
        String second = words(tails[1], high);
        return first.equals(second) ? first : first + " on one side and " + second + " on the other";
    }

    private static String words(Tail tail, double at) {
        return switch (tail) {
            case ZERO -> "go to 0";
            case BOUND -> Hypotheses.text("go to %.4g", at);
            case LINE -> "grow in proportion";
            default -> "grow faster than that";
        };
    }
}
