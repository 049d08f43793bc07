package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.same;
import static org.ejgrad.check.Elsewhere.with;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * A last layer whose scores are the same for all samples: what its parameters get is then the sum of their errors at
 * these scores. With its weights zero the scores are its bias. Without a bias its inputs must be the same for all
 * samples, as they are where other weights before it are zero: the scores are then multiples of one of its rows.
 */
final class AlikeScores {
    private static final int MOST_INPUTS = 8;
    private static final int MOST_OUTPUTS = 6;
    private static final double CLOSE = 1e-5;
    private static final double ROUNDING = 1e-11;
    private static final double FAR = 0x1p6;
    /** How much the inputs must be beside the largest of them to count. */
    private static final double CLEAR = 0.02;

    private final Elsewhere elsewhere;
    private final Block w;
    private final double[] start;
    /** Of each input the entries of its outputs; that of the scores stands first. */
    private final int[][] rows;
    /** How large each input is beside the first. */
    private final double[] inputs;

    private final double least;

    private AlikeScores(Elsewhere elsewhere, Block w, double[] start, int[][] rows, double... inputs) {
        this.elsewhere = elsewhere;
        this.w = w;
        this.start = start;
        this.rows = rows;
        this.inputs = inputs;
        least = ROUNDING * largest(elsewhere.truth(elsewhere.point(), own()));
    }

    /** The last layer whose weights are wrong, if none is behind it. */
    static Optional<AlikeScores> of(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong) {
        return wrong.stream()
                .filter(b -> Layers.areWeights(blocks, b))
                .reduce((a, b) -> b)
                .filter(w -> blocks.stream()
                        .skip(blocks.indexOf(w) + 1L)
                        .noneMatch(v -> Layers.areWeights(blocks, v)
                                && v.shape().rows() == w.shape().columns()))
                .flatMap(w -> Layers.bias(blocks, w)
                        .map(bias -> withBias(elsewhere, w, bias))
                        .or(() -> behindAlike(elsewhere, blocks, w)));
    }

    private static AlikeScores withBias(Elsewhere elsewhere, Block w, Block bias) {
        int[] scores = IntStream.range(0, Math.min(bias.shape().elements(), MOST_OUTPUTS))
                .map(i -> bias.offset() + i)
                .toArray();
        return new AlikeScores(elsewhere, w, with(elsewhere.point(), w, i -> 0), new int[][] {scores}, 1);
    }

    private static Optional<AlikeScores> behindAlike(Elsewhere elsewhere, List<Block> blocks, Block w) {
        List<Block> before = blocks.subList(0, blocks.indexOf(w));
        return IntStream.range(0, before.size())
                .mapToObj(i -> before.get(before.size() - 1 - i))
                .flatMap(zero -> behind(elsewhere, with(elsewhere.point(), zero, i -> 0), w).stream())
                .findFirst();
    }

    private static Optional<AlikeScores> behind(Elsewhere elsewhere, double[] alike, Block w) {
        int outputs = w.shape().columns();
        int[][] rows = IntStream.range(0, Math.min(w.shape().rows(), MOST_INPUTS))
                .mapToObj(k -> IntStream.range(0, Math.min(outputs, MOST_OUTPUTS))
                        .map(j -> w.offset() + k * outputs + j)
                        .toArray())
                .toArray(int[][]::new);
        double[] start = with(alike, w, i -> 0);
        double[][] first = gradients(elsewhere::truth, with(alike, w, i -> 4 * Elsewhere.random(50, i)), rows);
        int most = IntStream.range(0, rows.length).reduce(0, (a, b) -> largest(first[b]) > largest(first[a]) ? b : a);
        int[] scores = rows[most];
        rows[most] = rows[0];
        rows[0] = scores;
        double[] g = first[most];
        int strongest = IntStream.range(0, g.length).reduce(0, (a, b) -> Math.abs(g[b]) > Math.abs(g[a]) ? b : a);
        first[most] = first[0];
        double[] inputs = Arrays.stream(first)
                .mapToDouble(row -> row[strongest] / g[strongest])
                .toArray();
        inputs[0] = 1;
        AlikeScores found = new AlikeScores(elsewhere, w, start, rows, inputs);
        boolean areSeveral =
                Arrays.stream(inputs).filter(x -> Math.abs(x) > CLEAR).count() > 1;
        return Optional.of(found).filter(any -> areSeveral && found.isAlike());
    }

    /** Whether all samples have the same inputs: what each gets is in proportion to them at any scores. */
    private boolean isAlike() {
        return IntStream.rangeClosed(1, 3).allMatch(turn -> {
            double[] scores = new double[outputs()];
            Arrays.setAll(scores, j -> 2 * Elsewhere.random(51 + turn, j));
            return !Double.isNaN(truth(scores)[0]);
        });
    }

    int outputs() {
        return rows[0].length;
    }

    double[] truth(double... scores) {
        return errors(elsewhere::truth, scores);
    }

    /** NaN where they are not the same in all inputs. */
    double[] claim(double... scores) {
        return errors(elsewhere::claim, scores);
    }

    /** Where errors cancel in their sum, what is left of it is rounding. */
    private double[] errors(BiFunction<double[], int[], double[]> gradient, double... scores) {
        double[] at = start.clone();
        for (int j = 0; j < scores.length; j++) {
            at[rows[0][j]] = scores[j];
        }
        double[][] all = gradients(gradient, at, rows);
        double size = Arrays.stream(all).mapToDouble(Elsewhere::largest).max().orElse(0);
        double most = Math.max(CLOSE * size, least);
        boolean isAlike = IntStream.range(0, all.length)
                .allMatch(k -> IntStream.range(0, all[k].length)
                        .allMatch(j -> !(Math.abs(all[k][j] - inputs[k] * all[0][j]) > most)));
        return isAlike ? all[0] : Arrays.stream(all[0]).map(any -> Double.NaN).toArray();
    }

    /** Whether the claim for all the weights is the same at other scores. */
    boolean isConstant() {
        return IntStream.rangeClosed(1, 3)
                .mapToObj(turn -> {
                    double[] at = start.clone();
                    for (int i : rows[0]) {
                        at[i] = 2 * Elsewhere.random(51 + turn, i);
                    }
                    return elsewhere.claim(at, own());
                })
                .reduce((a, b) -> same(a, b) ? a : new double[] {Double.NaN})
                .filter(any -> !Double.isNaN(any[0]))
                .isPresent();
    }

    /**
     * Whether nothing but the targets can be others in what the weights get: what the claim is off by does not change
     * with them, or is the same on both sides where they are large, as bounded errors are there whatever the scores.
     */
    boolean areTargets() {
        double[] apart = apart(elsewhere.point());
        IntStream turns = IntStream.rangeClosed(1, 3);
        return turns.allMatch(turn -> same(apart(elsewhere.near(List.of(w), turn)), apart))
                || IntStream.rangeClosed(1, 3).anyMatch(turn -> {
                    double[] low = with(elsewhere.point(), w, i -> -FAR * Elsewhere.random(55 + turn, i));
                    double[] high = with(elsewhere.point(), w, i -> FAR * Elsewhere.random(55 + turn, i));
                    return same(apart(low), apart(high), largest(elsewhere.truth(high, own())));
                });
    }

    private double[] apart(double[] at) {
        return plus(elsewhere.claim(at, own()), -1, elsewhere.truth(at, own()));
    }

    private int[] own() {
        return Elsewhere.entries(List.of(w));
    }

    private static double[][] gradients(BiFunction<double[], int[], double[]> gradient, double[] at, int[]... rows) {
        return Arrays.stream(rows).map(row -> gradient.apply(at, row)).toArray(double[][]::new);
    }
}
