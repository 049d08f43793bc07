package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads off what goes back through the function behind a layer. With its weights w zero, one number for its bias and
 * equal rows of weights v behind it, all its samples and all its units are alike.
 */
final class AlikeUnits {
    private static final double NEAR = 1e-4;

    /** Behind weights this small, what goes back is in proportion to them as far as that shows. */
    private static final double SMALL = 0x1p-12;

    /** What changes by this part of what changes most does depend. */
    private static final double CLEAR = 0.3;

    /** A step from zero that changes no slope by this part, but at a kink. */
    private static final double LITTLE = 0x1p-7;

    private static final double KINK = 0.2;

    private static final int MOST_OUTPUTS = 16;
    private static final int NONE = -1;
    private static final int UNLIKE = -2;

    private static final double[] BIASES = {-1.25, -0.6, 0.35, 0.8, 1.3};

    private final Elsewhere elsewhere;
    private final Block w;
    private final Optional<Block> bias;
    private final Block v;
    private final boolean isFirst;
    private final List<Block> others;
    private final boolean isTurned;
    private final double[] start;
    private final int[] own;

    private AlikeUnits(
            Elsewhere elsewhere, List<Block> blocks, Block w, Optional<Block> bias, Block v, List<Block> zero) {
        this.elsewhere = elsewhere;
        this.w = w;
        this.v = v;
        this.bias = bias;
        isFirst = w == blocks.get(0);
        others = blocks.subList(0, blocks.indexOf(v)).stream()
                .filter(other -> other != w
                        && !bias.filter(other::equals).isPresent()
                        && !(bias.isPresent() && zero.contains(other)))
                .toList();
        isTurned = isTurned(blocks, w, v);
        own = Elsewhere.entries(List.of(w));
        double[] at = with(elsewhere.point(), w, i -> 0);
        for (Block other : zero) {
            at = with(at, other, i -> 0);
        }
        start = at;
    }

    /**
     * The last wrong layer, or the first without a bias, if a matrix that agrees stands behind it. Of weights that have
     * one bias, as in a recurrence, all are zero, and of several matrices behind a layer all but one, if need be.
     */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, Block behind) {
        List<Block> matrices =
                wrong.stream().filter(b -> Layers.areWeights(blocks, b)).toList();
        if (matrices.isEmpty()) {
            return Optional.empty();
        }
        Block first = wrong.get(0);
        Block end = wrong.get(wrong.size() - 1);
        Optional<Block> bias =
                Optional.of(end).filter(b -> Layers.weights(wrong, b).isPresent());
        List<Block> together = matrices.stream()
                .filter(b -> bias.isPresent()
                        && units(b, false) == end.shape().elements()
                        && matrices.containsAll(blocks.subList(blocks.indexOf(b), blocks.indexOf(end))))
                .toList();
        List<Block> heads = blocks.subList(blocks.indexOf(behind) + 1, blocks.size()).stream()
                .filter(b -> Layers.areWeights(blocks, b)
                        && b.shape().rows() == behind.shape().rows())
                .toList();
        List<AlikeUnits> ways = new ArrayList<>();
        if (bias.isPresent()) {
            Block own = Layers.weights(wrong, end).orElseThrow();
            ways.add(
                    together.size() > 1
                            ? new AlikeUnits(elsewhere, blocks, together.get(0), bias, behind, together)
                            : new AlikeUnits(elsewhere, blocks, own, bias, behind, List.of()));
            if (!heads.isEmpty()) {
                ways.add(new AlikeUnits(elsewhere, blocks, own, bias, behind, heads));
            }
        } else {
            boolean isPlain =
                    first == blocks.get(0) && Layers.bias(blocks, first).isEmpty();
            if (isPlain) {
                ways.add(new AlikeUnits(elsewhere, blocks, first, bias, behind, matrices));
            }
            if (end != first && Layers.bias(blocks, end).isEmpty() && matrices.contains(end)) {
                ways.add(new AlikeUnits(elsewhere, blocks, end, bias, behind, List.of()));
            }
        }
        return ways.stream()
                .filter(way -> units(way.w, way.isTurned) == units(behind, !way.isTurned))
                .filter(way -> way.own.length == way.w.shape().elements() && way.isLayer())
                .findFirst()
                .flatMap(way -> way.otherElements().or(way::explain));
    }

    private static boolean isTurned(List<Block> blocks, Block w, Block v) {
        return Layers.bias(blocks, w)
                .map(b -> Layers.isTurned(w.shape(), b.shape()))
                .orElse(w.shape().columns() != v.shape().rows());
    }

    private static int units(Block weights, boolean areRows) {
        return areRows ? weights.shape().rows() : weights.shape().columns();
    }

    /** The unit that an element of w belongs to. */
    private int unit(int i) {
        return isTurned ? i / w.shape().columns() : i % w.shape().columns();
    }

    /** The element of w of the first unit with the same input. */
    private int first(int i) {
        return isTurned ? i % w.shape().columns() : i - unit(i);
    }

    /** The unit that an element of v is multiplied with. */
    private int unitBefore(int i) {
        return isTurned ? i % v.shape().columns() : i / v.shape().columns();
    }

    /** What an element of v gives to. */
    private int output(int i) {
        return isTurned ? i / v.shape().columns() : i % v.shape().columns();
    }

    private double[] truth(double[] at) {
        return elsewhere.truth(at, own);
    }

    private double[] claim(double[] at) {
        return elsewhere.claim(at, own);
    }

    private double[] alike(double z, double size, int turn) {
        return alike(z, i -> size * Elsewhere.random(41 + turn, output(i)));
    }

    private double[] alike(double z, IntToDoubleFunction weight) {
        double[] at = with(start, v, weight);
        return bias.isPresent() ? with(at, bias.get(), i -> z) : at;
    }

    /** A gradient behind nearly no weights: the part that is in proportion to them. */
    private double[] back(UnaryOperator<double[]> gradient, double z, int turn) {
        return back(gradient, z, i -> Elsewhere.random(41 + turn, output(i)));
    }

    private double[] back(UnaryOperator<double[]> gradient, double z, IntToDoubleFunction weight) {
        return plus(
                gradient.apply(alike(z, i -> SMALL * weight.applyAsDouble(i))),
                -1,
                gradient.apply(alike(z, i -> -SMALL * weight.applyAsDouble(i))));
    }

    /** Whether what goes back to each unit is in proportion to the weights behind it, and to them alone. */
    private boolean isLayer() {
        double[] at = alike(BIASES[2], SMALL, 0);
        double[] n = truth(at);
        double[] other = truth(with(at, v, i -> (unitBefore(i) == 0 ? 3 : 1) * at[v.offset() + i]));
        return IntStream.range(0, n.length)
                .allMatch(i -> Math.abs(other[i] - (unit(i) == 0 ? 3 : 1) * n[i]) < 0.05 * largest(n));
    }

    /** Whether other elements of v stand in the place of those behind a unit: what it gets back changes with them. */
    private boolean isMixed() {
        int units = units(w, isTurned);
        double[][] changes = new double[units][];
        double most = 0;
        for (int unit = 0; unit < units; unit++) {
            int moved = unit;
            changes[unit] =
                    back(this::claim, BIASES[2], i -> unitBefore(i) == moved ? Elsewhere.random(41, output(i)) : 0);
            most = Math.max(most, largest(changes[unit]));
        }
        double clear = CLEAR * most;
        return IntStream.range(0, units)
                .anyMatch(unit -> IntStream.range(0, own.length)
                        .anyMatch(i -> unit(i) != unit && Math.abs(changes[unit][i]) > clear));
    }

    /** For each output of v, that whose part comes back in the place of its own; none if that is not so of all. */
    private Optional<int[]> outputs() {
        int outputs = units(v, isTurned);
        double[][] right = new double[outputs][];
        double[][] claimed = new double[outputs][];
        for (int k = 0; k < outputs; k++) {
            int of = k;
            right[k] = back(this::truth, BIASES[2], i -> output(i) == of ? 1 : 0);
            claimed[k] = back(this::claim, BIASES[2], i -> output(i) == of ? 1 : 0);
        }
        double most = Arrays.stream(right).mapToDouble(Elsewhere::largest).max().orElse(0);
        int[] found = IntStream.range(0, outputs)
                .map(k -> IntStream.concat(IntStream.of(k), IntStream.range(0, outputs))
                        .filter(other -> largest(plus(claimed[k], -1, right[other])) <= NEAR * most)
                        .findFirst()
                        .orElse(largest(claimed[k]) <= NEAR * most ? NONE : UNLIKE))
                .toArray();
        boolean areOwn = IntStream.range(0, outputs).allMatch(k -> found[k] == k);
        boolean isSome = IntStream.of(found).anyMatch(k -> k >= 0);
        return areOwn || !isSome || IntStream.of(found).anyMatch(k -> k == UNLIKE)
                ? Optional.empty()
                : Optional.of(found);
    }

    /** Where the weights behind are the right ones, but not in the right places. */
    private Optional<Diagnosis> otherElements() {
        String place = "On the way back from " + v.label() + " to " + w.label() + " ";
        if (isMixed()) {
            return Optional.of(new Diagnosis(
                    Mistake.OTHER_OPERAND,
                    place + "what a unit gets depends on elements of " + v.label()
                            + " that belong to another: they are taken from other places, as by another index, or with a"
                            + " reshape where a transpose belongs."));
        }
        String lines = isTurned ? "row" : "column";
        return units(v, isTurned) > MOST_OUTPUTS
                ? Optional.empty()
                : outputs()
                        .map(found -> new Diagnosis(
                                Mistake.OTHER_OPERAND,
                                place + "another " + lines + " of " + v.label()
                                        + " stands for one, or the errors that they are multiplied with are taken from another: "
                                        + IntStream.range(0, found.length)
                                                .filter(k -> found[k] != k)
                                                .mapToObj(k -> lines + " " + k
                                                        + (found[k] == NONE
                                                                ? " is left out"
                                                                : " meets the errors of " + found[k]))
                                                .collect(Collectors.joining(", "))
                                        + "."));
    }

    private Optional<Diagnosis> explain() {
        int points = bias.isPresent() ? BIASES.length : 1;
        if (points == 1 && isKinked()) {
            return Optional.empty();
        }
        double[] right = new double[points];
        double[] claimed = new double[points];
        for (int turn = 1; turn >= 0; turn--) {
            double[] whole = back(this::truth, BIASES[points - 1], turn);
            for (int k = 0; k < points; k++) {
                double[] n = back(this::truth, BIASES[k], turn);
                double[] g = back(this::claim, BIASES[k], turn);
                double before = claimed[k];
                right[k] = ratio(n, whole);
                claimed[k] = ratio(g, whole);
                if (Double.isNaN(claimed[k]) || (turn == 0 && !isClose(claimed[k], before))) {
                    return unlike(g, n);
                }
            }
        }
        double[] large = alike(BIASES[points - 1], 1, 0);
        double[] wide =
                with(alike(BIASES[points - 1], SMALL, 0), w, i -> elsewhere.point()[w.offset() + i]);
        boolean isEven = IntStream.range(0, points).allMatch(k -> isClose(claimed[k], claimed[points - 1] * right[k]));
        boolean isMet = points > 1 ? isEven : isClose(ratio(claim(wide), truth(wide)), claimed[0]);
        return isMet || !isClose(ratio(claim(large), truth(large)), claimed[points - 1])
                ? Optional.empty()
                : Optional.of(wrongSlope(claimed, right));
    }

    /** Whether at zero itself there is no slope, as that of a relu. */
    private boolean isKinked() {
        double[] at = alike(0, SMALL, 0);
        double[] up = truth(with(at, w, i -> LITTLE));
        double[] down = truth(with(at, w, i -> -LITTLE));
        return largest(plus(up, -1, down)) > KINK * largest(up);
    }

    private Diagnosis wrongSlope(double[] claimed, double[] right) {
        boolean one = claimed.length > 1 && isAlike(claimed, k -> 0);
        String table = IntStream.range(0, claimed.length)
                .mapToObj(k -> Hypotheses.text("%.4g instead of %.4g at %.4g", claimed[k], right[k], BIASES[k]))
                .collect(Collectors.joining(", "));
        return new Diagnosis(
                one ? Mistake.MISSING_FACTOR : Mistake.WRONG_SLOPE,
                "On the way back from " + v.label() + " to " + w.label()
                        + " the slope of the function between them is wrong, for all samples and units alike"
                        + (isOnlyRoad() ? ": " : ", or one of several ways back is left out: ")
                        + (claimed.length == 1
                                ? Hypotheses.text(
                                        isClose(claimed[0], 1)
                                                ? "it is right where %s is zero, and not elsewhere."
                                                : "where %s is zero it is %.5g times what it should be, elsewhere it is not.",
                                        w.label(),
                                        claimed[0])
                                : "in proportion, it is " + table + (one ? ": it is left out." : ".")));
    }

    /** Whether with w zero what comes to v depends on nothing else before it. */
    private boolean isOnlyRoad() {
        double[] at = alike(BIASES[2], 1, 0);
        double[] moved = at;
        for (Block other : others) {
            moved = with(moved, other, i -> Elsewhere.random(43, other.offset() + i));
        }
        int[] behind = Elsewhere.entries(List.of(v));
        return Elsewhere.same(elsewhere.truth(at, behind), elsewhere.truth(moved, behind));
    }

    /** No single factor: what is wrong is not the same for all units and samples. */
    private Optional<Diagnosis> unlike(double[] g, double[] n) {
        if (!isOnlyRoad() || isNearly(g, n)) {
            return Optional.empty();
        }
        String place = "On the way back from " + v.label() + " to " + w.label() + ", where " + w.label()
                + " is zero and samples are alike behind it, ";
        Optional<Diagnosis> same = Optional.of(new Diagnosis(
                Mistake.ROWS_LEFT_OUT,
                place + "what goes back is wrong by the same for all units: some samples, steps or positions are left"
                        + " out there, counted twice, weighted otherwise or taken for others, or one of several ways"
                        + " back is left out."));
        Optional<Diagnosis> other = Optional.of(new Diagnosis(
                isAlike(g, this::first) ? Mistake.MISSING_FACTOR : Mistake.MASK_REPLACED,
                place + "what goes back is wrong in another way for each unit: a mask or a weight of single units and"
                        + " samples is " + (isAlike(g, this::first) ? "left out." : "another there.")));
        return isAlike(g, this::first) && isAlike(n, this::first) ? same : other.filter(any -> isFirst);
    }

    /** Whether one factor between two gradients is missed by little only, as where what is behind them bends. */
    private static boolean isNearly(double[] g, double[] n) {
        double square = Arrays.stream(n).map(v -> v * v).sum();
        double product =
                IntStream.range(0, n.length).mapToDouble(i -> g[i] * n[i]).sum();
        return largest(plus(g, -product / square, n)) < 0.05 * largest(g);
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(b));
    }

    private static boolean isAlike(double[] gradient, IntUnaryOperator like) {
        return IntStream.range(0, gradient.length)
                .allMatch(i -> Math.abs(gradient[i] - gradient[like.applyAsInt(i)]) <= NEAR * largest(gradient));
    }

    /** The one factor between two gradients; NaN if there is none. */
    private static double ratio(double[] g, double[] n) {
        int strongest = IntStream.range(0, n.length).reduce(0, (a, b) -> Math.abs(n[b]) > Math.abs(n[a]) ? b : a);
        double ratio = g[strongest] / n[strongest];
        return largest(plus(g, -ratio, n)) <= NEAR * Math.max(largest(g), largest(n)) ? ratio : Double.NaN;
    }
}
