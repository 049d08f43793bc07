package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.same;
import static org.ejgrad.check.Elsewhere.with;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Recognises mistakes by how a claim that can be asked for anywhere changes from point to point, beside how the
 * gradient does.
 */
final class ClaimsElsewhere {
    private static final int LARGEST = 2000;

    private final Elsewhere elsewhere;
    private final List<Block> blocks;
    private final List<Block> wrong;
    private final String labels;
    private final int[] entries;
    private final double[] point;

    private ClaimsElsewhere(TestedFunction function, List<String> wrong) {
        elsewhere = new Elsewhere(function);
        blocks = function.blocks();
        point = function.point();
        this.wrong = blocks.stream().filter(b -> wrong.contains(b.label())).toList();
        labels = String.join(", ", wrong);
        entries = Elsewhere.entries(this.wrong);
    }

    /**
     * If the claim is the same when it is asked for again, and wrong in more than one entry, but not by rows, which
     * needs no more words.
     */
    static Optional<Diagnosis> explain(TestedFunction function, List<Comparison> comparisons, List<Comparison> wrong) {
        double[] claimed = comparisons.stream()
                .flatMapToDouble(c -> Arrays.stream(c.claimed().data))
                .toArray();
        long off = wrong.stream()
                .flatMapToInt(c -> IntStream.range(0, c.size()).filter(i -> !c.agrees(i)))
                .count();
        if (off < 2 || claimed.length > LARGEST || Whereabouts.isScaled(wrong.get(0), true)) {
            return Optional.empty();
        }
        return function.claimedAt(function.point())
                .filter(g -> same(g, claimed))
                .flatMap(g -> new ClaimsElsewhere(
                                function, wrong.stream().map(Comparison::label).toList())
                        .explain());
    }

    private Optional<Diagnosis> explain() {
        List<Block> later = blocks.stream()
                .skip(blocks.indexOf(wrong.get(wrong.size() - 1)) + 1L)
                .filter(b -> Layers.areWeights(blocks, b))
                .toList();
        Optional<Block> behind = later.stream().findFirst();
        return constants()
                .or(() -> OutputErrors.explain(elsewhere, blocks, wrong))
                .or(() -> OtherTerms.explain(elsewhere, blocks, wrong, true))
                .or(() -> OutputTails.explain(elsewhere, blocks, wrong))
                .or(() -> later.stream().flatMap(v -> withoutLater(v).stream()).findFirst())
                .or(this::straight)
                .or(() -> behind.flatMap(this::laterWeights))
                .or(this::backThrough)
                .or(() -> behind.flatMap(v -> AlikeUnits.explain(elsewhere, blocks, wrong, v)))
                .or(() -> behind.flatMap(v -> Gates.explain(elsewhere, blocks, wrong, v)))
                .or(this::unmoved)
                .or(this::scaled)
                .or(() -> Saturated.explain(elsewhere, blocks, wrong))
                .or(() -> LayerInputs.explain(elsewhere, blocks, wrong))
                .or(() -> OtherTerms.explain(elsewhere, blocks, wrong, false))
                .or(this::gradientOfAnother);
    }

    private static Optional<Diagnosis> said(Mistake mistake, String text) {
        return Optional.of(new Diagnosis(mistake, text));
    }

    private double[] truth(double[] at) {
        return elsewhere.truth(at, entries);
    }

    private double[] claim(double[] at) {
        return elsewhere.claim(at, entries);
    }

    /** What does not change from point to point: the claim, or what it is off by. */
    private Optional<Diagnosis> constants() {
        double[] g = claim(point);
        double[] n = truth(point);
        double[] apart = plus(g, -1, n);
        boolean claims = true;
        boolean errors = true;
        boolean bends = false;
        for (int k = 1; k <= 3; k++) {
            double[] at = elsewhere.near(blocks, k);
            double[] there = claim(at);
            double[] right = truth(at);
            double scale = Math.max(largest(right), largest(there));
            claims &= same(there, g);
            errors &= same(plus(there, -1, right), apart, scale);
            bends |= !same(right, n, scale);
        }
        if (claims && bends) {
            return said(
                    Mistake.INDEPENDENT,
                    "The claim for " + labels + " is the same wherever it was asked for, the gradient is not: all that"
                            + " depends on the parameters is left out, such as the predictions, or a constant or a sign"
                            + " stands for it.");
        }
        double[] little = plus(point, 1e-3, plus(elsewhere.near(blocks, 1), -1, point));
        bends &= !same(truth(little), n);
        return errors && bends
                ? said(
                        Mistake.LINEAR_TERM,
                        "What the claim for " + labels + " is off by is the same at every point: something that does"
                                + " not depend on the parameters is another there, such as targets or labels (left out,"
                                + " of the wrong sign, of other rows), or is added, such as a former gradient.")
                : Optional.empty();
    }

    /** A claim that changes in proportion where the gradient bends. */
    private Optional<Diagnosis> straight() {
        double[] step = plus(elsewhere.near(blocks, 1), -1, point);
        return isStraight(this::claim, step) && !isStraight(this::truth, step)
                ? said(
                        Mistake.WRONG_SLOPE,
                        "The claim for " + labels + " changes in proportion to the parameters, as the gradient of a"
                                + " square does, the gradient itself bends: the slope of a function, such as the softmax,"
                                + " the activation or the loss, is left out, that of a square stands for it, or all but a"
                                + " square, such as a penalty's, is left out.")
                : Optional.empty();
    }

    private boolean isStraight(UnaryOperator<double[]> gradient, double... step) {
        double[] middle = gradient.apply(point);
        double[] ends = plus(gradient.apply(plus(point, -1, step)), 1, gradient.apply(plus(point, 1, step)));
        return same(ends, plus(middle, 1, middle));
    }

    /** A claim that has nothing of what goes back through weights behind it. */
    private Optional<Diagnosis> withoutLater(Block v) {
        double[] zero = with(point, v, i -> 0);
        double[] g = claim(zero);
        double[] n = truth(zero);
        return same(g, claim(point))
                        && same(g, claim(elsewhere.near(List.of(v), 1)))
                        && !same(n, truth(point), Math.max(largest(n), largest(g)))
                        && isOwn(v, wrong, elsewhere::truth)
                ? said(
                        Mistake.INDEPENDENT,
                        "The claim for " + labels + " does not depend on " + v.label()
                                + ", the gradient does: what arrives from there is left out, or something else stands for"
                                + " it.")
                : Optional.empty();
    }

    /** With weights near zero behind it, what goes back is those weights times errors that they do not change. */
    private Optional<Diagnosis> laterWeights(Block v) {
        double[] zero = with(point, v, i -> 0);
        double[] rest = truth(zero);
        double[] excess = plus(claim(zero), -1, rest);
        double little = 1e-6 * Math.max(largest(truth(point)), largest(claim(point)));
        return largest(rest) > little && !isOwn(v, wrong, elsewhere::truth)
                ? Optional.empty()
                : largest(excess) > little ? otherWeights(v, rest, excess) : nearZero(v, rest);
    }

    /** Whether what is left where a matrix is zero changes with nothing but its own parameter, as a penalty's slope. */
    private boolean isOwn(Block v, List<Block> parts, BiFunction<double[], int[], double[]> gradient) {
        return parts.stream().allMatch(own -> {
            int[] some = Elsewhere.entries(List.of(own));
            List<Block> others = blocks.stream().filter(b -> b != own && b != v).toList();
            double[] here = gradient.apply(with(point, v, i -> 0), some);
            double[] there = gradient.apply(with(elsewhere.near(others, 1), v, i -> 0), some);
            return same(here, there);
        });
    }

    private Optional<Diagnosis> otherWeights(Block v, double[] rest, double... g) {
        // What is the same where the weights are not zero is added; and with a penalty, what changes with nothing but
        // its own parameter may be another penalty's.
        if (same(g, plus(claim(point), -1, truth(point)))
                || (largest(rest) > 1e-9 * largest(g)
                        && isOwn(
                                v, wrong, (x, some) -> plus(elsewhere.claim(x, some), -1, elsewhere.truth(x, some))))) {
            return Optional.empty();
        }
        double[] step = elsewhere.truth(
                with(point, v, i -> 0),
                IntStream.range(v.offset(), v.offset() + v.shape().elements()).toArray());
        double[] moved = derivative(v, i -> -step[i], this::truth);
        double rate = product(moved, g) / product(moved, moved);
        boolean updated = isNear(g, plus(new double[g.length], rate, moved));
        return said(
                updated ? Mistake.UPDATED_WEIGHTS : Mistake.OTHER_OPERAND,
                "Where " + v.label() + " is zero nothing goes back through it to " + labels
                        + ", in the claim something does: "
                        + (updated
                                ? Hypotheses.text(
                                        "%s is used on the way back after it was changed by %.5g times its gradient.",
                                        v.label(), -rate)
                                : "another matrix, such as one that was changed already, stands for " + v.label()
                                        + " on the way back."));
    }

    /** The derivative of a gradient with respect to a matrix that is zero, in a direction. */
    private double[] derivative(Block v, IntToDoubleFunction direction, UnaryOperator<double[]> gradient) {
        double size = IntStream.range(0, v.shape().elements())
                .mapToDouble(i -> Math.abs(direction.applyAsDouble(i)))
                .max()
                .orElse(1);
        double[] zero = with(point, v, i -> 0);
        double[] u = with(new double[point.length], v, direction);
        return change(step -> gradient.apply(plus(zero, 1, step)), 0x1p-6 / size, u);
    }

    private static boolean isNear(double[] a, double[] b) {
        return same(a, b, 100 * Math.max(largest(a), largest(b)));
    }

    private Optional<Diagnosis> nearZero(Block v, double... rest) {
        int columns = v.shape().columns();
        IntToDoubleFunction direction = i -> Elsewhere.random(5, i);
        IntToDoubleFunction turned = i -> Elsewhere.random(5, i % columns * columns + i / columns);
        double[] claimed = derivative(v, direction, this::claim);
        double[] right = derivative(v, direction, this::truth);
        double[] near = with(point, v, i -> 0x1p-10 * direction.applyAsDouble(i));
        double[] once = plus(claim(near), -1, rest);
        double[] own = plus(truth(near), -1, rest);
        boolean isProportional = largest(right) > 1e-6 * largest(truth(point))
                && largest(plus(own, -0x1p-10, right)) < 0.01 * largest(own);
        if (isProportional && largest(plus(once, -0x1p-10, claimed)) > 0.1 * largest(once)) {
            return said(
                    Mistake.WRONG_SLOPE,
                    "The gradient of " + labels + " changes in proportion to " + v.label()
                            + " when that is small, the"
                            + " claim does not: what goes back is cut off or bent, signs stand for " + v.label()
                            + ", or the part in proportion to it is left out.");
        }
        return v.shape().rows() == columns
                        && isNear(claimed, derivative(v, turned, this::truth))
                        && !isNear(claimed, right)
                ? said(
                        Mistake.NOT_TRANSPOSED,
                        "The claim for " + labels + " is right for the transpose of " + v.label()
                                + ": on the way back it is not transposed, or is where it should not be.")
                : Optional.empty();
    }

    /** Where a later matrix is zero, nothing goes back through it: what is left may be right, or nothing. */
    private Optional<Diagnosis> backThrough() {
        for (Block by : blocks) {
            List<Block> parts = wrong.stream().filter(b -> b != by).toList();
            int[] some = Elsewhere.entries(parts);
            boolean before = Layers.areWeights(blocks, by)
                    && wrong.stream().anyMatch(b -> blocks.indexOf(b) < blocks.indexOf(by))
                    && wrong.stream()
                            .allMatch(b -> blocks.indexOf(b) <= blocks.indexOf(by)
                                    || Layers.bias(blocks, by).filter(b::equals).isPresent());
            double[] zero = with(point, by, i -> 0);
            double[] right = before ? elsewhere.truth(zero, some) : new double[0];
            double[] there = elsewhere.claim(zero, some);
            boolean isRight = before && same(right, there);
            boolean isNothing = before && largest(there) < 1e-9 * largest(right);
            if (largest(right) > 1e-3 * largest(elsewhere.claim(point, some))
                    && (isRight || isNothing)
                    && (same(elsewhere.claim(point, some), right) || !isOwn(by, parts, elsewhere::truth))) {
                String where = "Where " + by.label()
                        + " is zero, and so nothing goes back through it, the claim for what" + " stands before it is ";
                return isRight
                        ? said(
                                Mistake.BACK_THROUGH,
                                where + "right: what goes back through " + by.label()
                                        + " is left out, such as that of earlier steps, or wrong.")
                        : said(
                                Mistake.OVERWRITTEN,
                                where + "zero and the gradient is not: only what goes back through " + by.label()
                                        + " is left in it, the rest is left out or overwritten.");
            }
        }
        return Optional.empty();
    }

    /** A function that does not change with one of its matrices, and a claim that says it does. */
    private Optional<Diagnosis> unmoved() {
        return wrong.stream()
                .filter(b -> IntStream.rangeClosed(1, 3).allMatch(turn -> {
                    int[] own = Elsewhere.entries(List.of(b));
                    double[] at = elsewhere.near(blocks, turn);
                    double size = largest(elsewhere.claim(at, own));
                    return size > 1e-3 * largest(truth(at)) && largest(elsewhere.truth(at, own)) < 1e-6 * size;
                }))
                .findFirst()
                .map(b -> new Diagnosis(
                        Mistake.MISSING_TERM,
                        "The function does not change with " + b.label()
                                + ", as with a shift before a softmax or a normalisation; the claim says that it does: what"
                                + " goes back through what is taken off there, such as a mean, is left out, has another"
                                + " factor or is summed along the wrong axis."));
    }

    /** A function that does not change when one of its matrices is made larger, and a claim that says it does. */
    private Optional<Diagnosis> scaled() {
        for (Block by : wrong) {
            int[] own = IntStream.range(by.offset(), by.offset() + by.shape().elements())
                    .toArray();
            double[] large = with(point, by, i -> 0x1p10 * point[by.offset() + i]);
            double[] n = elsewhere.truth(large, own);
            double[] g = elsewhere.claim(large, own);
            double[] x = Arrays.stream(own).mapToDouble(i -> large[i]).toArray();
            double size = largest(x) * largest(n);
            if (own.length > 1 && Math.abs(product(x, n)) < 1e-4 * size && Math.abs(product(x, g)) > 1e-2 * size) {
                return said(
                        Mistake.MISSING_TERM,
                        "The function does not change when " + by.label()
                                + " is made larger, as before a normalisation;"
                                + " the claim says that it does: what goes back through the deviation, the norm or a mean"
                                + " is left out, has the wrong sign or another factor, or what is made of it for "
                                + by.label() + " is wrong.");
            }
        }
        return Optional.empty();
    }

    /** A claim whose derivatives are symmetric is the gradient of something. */
    private Optional<Diagnosis> gradientOfAnother() {
        int last = blocks.indexOf(wrong.get(wrong.size() - 1));
        boolean areErrorsRight = wrong.stream()
                .allMatch(w ->
                        Layers.bias(blocks, w).filter(b -> !wrong.contains(b)).isPresent());
        if (areErrorsRight || blocks.stream().skip(last + 1L).anyMatch(b -> Layers.areWeights(blocks, b))) {
            return Optional.empty();
        }
        UnaryOperator<double[]> claim = step -> claim(plus(point, 1, step));
        double coupling = 0;
        double apart = 0;
        for (int k = 0; k < 4; k++) {
            double[] u = new double[point.length];
            double[] v = new double[point.length];
            for (int i = 0; i < entries.length; i++) {
                (i % (2 + k) == 0 ? u : v)[entries[i]] = Elsewhere.random(11 + k, i);
            }
            double uv = product(some(u), change(claim, 0x1p-14, v));
            double vu = product(some(v), change(claim, 0x1p-14, u));
            coupling = Math.max(coupling, Math.min(Math.abs(uv), Math.abs(vu)));
            apart = Math.max(apart, Math.abs(uv - vu));
        }
        if (!(coupling > 1e-3 * largest(claim(point)) && apart <= 1e-6 * coupling)) {
            return Optional.empty();
        }
        return said(
                Mistake.OTHER_FUNCTION,
                "The claim for " + labels
                        + " is a gradient, as its own derivatives are symmetric, but that of another function: "
                        + "other samples or steps are summed up (some left out, counted twice or weighted otherwise),"
                        + " or other inputs or targets, another constant or another formula stand there, such as one"
                        + " without some term.");
    }

    private double[] some(double... all) {
        return Arrays.stream(entries).mapToDouble(i -> all[i]).toArray();
    }

    /** How something changes in a direction, by steps of this length. */
    private static double[] change(UnaryOperator<double[]> gradient, double h, double... u) {
        double[] zero = new double[u.length];
        double[] near = plus(gradient.apply(plus(zero, h, u)), -1, gradient.apply(plus(zero, -h, u)));
        double[] far = plus(gradient.apply(plus(zero, 2 * h, u)), -1, gradient.apply(plus(zero, -2 * h, u)));
        Arrays.setAll(near, i -> (8 * near[i] - far[i]) / (12 * h));
        return near;
    }

    private static double product(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }
}
