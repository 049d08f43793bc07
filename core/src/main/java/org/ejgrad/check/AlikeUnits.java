package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.with;

import java.util.List;
import java.util.Optional;
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
    private static final double SMALL = 0x1p-9;

    private static final double[] BIASES = {-1.25, -0.6, 0.35, 0.8, 1.3};

    private final Elsewhere elsewhere;
    private final Block w;
    private final Optional<Block> bias;
    private final Block v;
    private final boolean isFirst;
    private final double[] start;
    private final int[] own;

    private AlikeUnits(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, Block w, Block v) {
        this.elsewhere = elsewhere;
        this.w = w;
        this.v = v;
        bias = Layers.bias(blocks, w);
        isFirst = w == blocks.get(0);
        own = Elsewhere.entries(List.of(w));
        double[] at = with(elsewhere.point(), w, i -> 0);
        for (Block other : wrong) {
            at = bias.isEmpty() && other.shape().rows() > 1 ? with(at, other, i -> 0) : at;
        }
        start = at;
    }

    /** The last wrong layer, or the first without a bias, if a matrix that agrees stands behind it. */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, Block behind) {
        Block first = wrong.get(0);
        return Layers.weights(wrong, wrong.get(wrong.size() - 1))
                .or(() -> Optional.of(first)
                        .filter(f ->
                                f == blocks.get(0) && Layers.bias(blocks, f).isEmpty()))
                .filter(w -> w.shape().columns() == behind.shape().rows())
                .map(w -> new AlikeUnits(elsewhere, blocks, wrong, w, behind))
                .filter(units -> units.own.length == units.w.shape().elements() && units.isLayer())
                .flatMap(AlikeUnits::explain);
    }

    private double[] truth(double[] at) {
        return elsewhere.truth(at, own);
    }

    private double[] claim(double[] at) {
        return elsewhere.claim(at, own);
    }

    private double[] alike(double z, double size, int turn) {
        double[] at = with(
                start, v, i -> size * Elsewhere.random(41 + turn, i % v.shape().columns()));
        return bias.isPresent() ? with(at, bias.get(), i -> z) : at;
    }

    /** A gradient behind nearly no weights: the part that is in proportion to them. */
    private double[] back(UnaryOperator<double[]> gradient, double z, int turn) {
        return plus(gradient.apply(alike(z, SMALL, turn)), -1, gradient.apply(alike(z, -SMALL, turn)));
    }

    /** Whether what goes back to each unit is in proportion to the weights behind it, and to them alone. */
    private boolean isLayer() {
        double[] at = alike(BIASES[2], SMALL, 0);
        double[] n = truth(at);
        int row = v.shape().columns();
        double[] other = truth(with(at, v, i -> (i < row ? 3 : 1) * at[v.offset() + i]));
        return IntStream.range(0, n.length)
                .allMatch(i -> Math.abs(other[i] - (i % w.shape().columns() == 0 ? 3 : 1) * n[i]) < 0.05 * largest(n));
    }

    private Optional<Diagnosis> explain() {
        int points = bias.isPresent() ? BIASES.length : 1;
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

    private Diagnosis wrongSlope(double[] claimed, double[] right) {
        boolean one = claimed.length > 1 && isAlike(claimed, claimed.length);
        String table = IntStream.range(0, claimed.length)
                .mapToObj(k -> Hypotheses.text("%.4g instead of %.4g at %.4g", claimed[k], right[k], BIASES[k]))
                .collect(Collectors.joining(", "));
        return new Diagnosis(
                one ? Mistake.MISSING_FACTOR : Mistake.WRONG_SLOPE,
                "On the way back from " + v.label() + " to " + w.label()
                        + " the slope of the function between them is wrong, for all samples and units alike: "
                        + (claimed.length == 1
                                ? Hypotheses.text(
                                        "where %s is zero it is %.5g times what it should be, elsewhere it is not.",
                                        w.label(), claimed[0])
                                : "in proportion, it is " + table + (one ? ": it is left out." : ".")));
    }

    /** No single factor: what is wrong is not the same for all units and samples. */
    private Optional<Diagnosis> unlike(double[] g, double[] n) {
        String place = "On the way back from " + v.label() + " to " + w.label() + ", where " + w.label()
                + " is zero and so all samples are alike, ";
        int columns = w.shape().columns();
        Optional<Diagnosis> same = Optional.of(new Diagnosis(
                Mistake.ROWS_LEFT_OUT,
                place + "what goes back is wrong by the same for all units: some samples are left out there, counted"
                        + " twice, weighted otherwise or taken for others."));
        Optional<Diagnosis> other = Optional.of(new Diagnosis(
                isAlike(g, columns) ? Mistake.MISSING_FACTOR : Mistake.MASK_REPLACED,
                place + "what goes back is wrong in another way for each unit: a mask or a weight of single units and"
                        + " samples is " + (isAlike(g, columns) ? "left out." : "another there.")));
        return isAlike(g, columns) && isAlike(n, columns) ? same : other.filter(any -> isFirst);
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= NEAR * Math.max(1, Math.abs(b));
    }

    private static boolean isAlike(double[] gradient, int columns) {
        return IntStream.range(0, gradient.length)
                .allMatch(i -> Math.abs(gradient[i] - gradient[i / columns * columns]) <= NEAR * largest(gradient));
    }

    /** The one factor between two gradients; NaN if there is none. */
    private static double ratio(double[] g, double[] n) {
        int strongest = IntStream.range(0, n.length).reduce(0, (a, b) -> Math.abs(n[b]) > Math.abs(n[a]) ? b : a);
        double ratio = g[strongest] / n[strongest];
        return largest(plus(g, -ratio, n)) <= NEAR * Math.max(largest(g), largest(n)) ? ratio : Double.NaN;
    }
}
