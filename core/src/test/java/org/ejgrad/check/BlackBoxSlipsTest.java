package org.ejgrad.check;

import static org.ejgrad.check.Hand.each;
import static org.ejgrad.check.Mistake.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.check.BlackBoxSlips.Program;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Mistakes in gradients by hand of programs in plain matrices: how many are named from the figures alone. */
class BlackBoxSlipsTest {
    private static final int SEEDS = Campaign.cases(2, 10);
    private static final long RUN = Long.getLong("ejgrad.seed", 0);

    private record Case(
            String name, Set<Mistake> fitting, LongFunction<CheckReport> check, LongFunction<CheckReport> again) {}

    private final List<Case> cases = new ArrayList<>();

    private void in(LongFunction<Program> program, String name, Mistake... fitting) {
        LongFunction<CheckReport> once = seed -> {
            Program p = program.apply(seed);
            return p.check(p.gradient().apply(p.point(), name));
        };
        cases.add(new Case(
                name, Set.of(fitting), once, seed -> program.apply(seed).check(name)));
    }

    /** A mistake made with the right gradient. */
    private void after(
            LongFunction<Program> program,
            String name,
            BiFunction<Program, SimpleMatrix[], SimpleMatrix[]> change,
            Mistake... fitting) {
        LongFunction<CheckReport> once = seed -> {
            Program p = program.apply(seed);
            return p.check(change.apply(p, right(p, p.point())));
        };
        cases.add(new Case(name, Set.of(fitting), once, once));
    }

    private static SimpleMatrix[] right(Program p, SimpleMatrix[] at) {
        return p.gradient().apply(at, "");
    }

    private static SimpleMatrix[] map(SimpleMatrix[] g, UnaryOperator<SimpleMatrix> f) {
        return Arrays.stream(g).map(f).toArray(SimpleMatrix[]::new);
    }

    private static SimpleMatrix[] with(SimpleMatrix[] g, int part, SimpleMatrix other) {
        SimpleMatrix[] changed = g.clone();
        changed[part] = other;
        return changed;
    }

    private static SimpleMatrix[] moved(SimpleMatrix[] at, SimpleMatrix[] along, double by) {
        SimpleMatrix[] to = at.clone();
        Arrays.setAll(to, i -> at[i].plus(along[i].scale(by)));
        return to;
    }

    private static double norm(SimpleMatrix... g) {
        return Math.sqrt(Arrays.stream(g).mapToDouble(BlackBoxSlips::squares).sum());
    }

    private static SimpleMatrix exchanged(SimpleMatrix m, int a, int b) {
        SimpleMatrix changed = m.copy();
        changed.insertIntoThis(a, 0, m.rows(b, b + 1));
        changed.insertIntoThis(b, 0, m.rows(a, a + 1));
        return changed;
    }

    private static SimpleMatrix columnByColumn(SimpleMatrix m) {
        SimpleMatrix changed = m.transpose();
        changed.reshape(m.getNumRows(), m.getNumCols());
        return changed;
    }

    private static SimpleMatrix withZeroRow(SimpleMatrix m, int row) {
        SimpleMatrix changed = m.copy();
        changed.setRow(row, 0, new double[m.getNumCols()]);
        return changed;
    }

    private void plan() {
        LongFunction<Program> logistic = BlackBoxSlips::logistic;
        in(logistic, "sum for the mean", MISSING_DIVISION);
        in(logistic, "penalty forgotten", WEIGHT_DECAY);
        in(logistic, "penalty without its 2", WEIGHT_DECAY);
        in(logistic, "bias penalised", WEIGHT_DECAY);
        in(logistic, "slope of the sigmoid once more", FACTOR_TWICE, WRONG_SLOPE);
        in(logistic, "labels added", SIGN_FLIPPED, MISSING_TERM, LINEAR_TERM);
        in(logistic, "labels -1 and 1", WRONG_SLOPE, OTHER_OPERAND, ROWS_MIXED, LINEAR_TERM);
        in(logistic, "labels of the next sample", ROWS_MIXED, LINEAR_TERM);
        in(logistic, "decision for probability", HARD_CHOICE);
        in(logistic, "no sigmoid", MISSING_FACTOR, WRONG_SLOPE, OTHER_OPERAND);
        in(logistic, "last sample left out", ROWS_LEFT_OUT);
        LongFunction<Program> softmax = BlackBoxSlips::softmax;
        in(softmax, "labels of the next sample", ROWS_MIXED, LINEAR_TERM);
        in(softmax, "last sample left out", ROWS_LEFT_OUT);
        in(softmax, "largest for probability", HARD_CHOICE);
        in(softmax, "targets alone", MISSING_TERM, INDEPENDENT);
        in(softmax, "not normalised", NOT_NORMALISED);
        in(softmax, "softmax over samples", WRONG_AXIS);
        in(softmax, "own slope alone", SOFTMAX_DIAGONAL, MISSING_TERM);
        in(softmax, "mean over all elements", EXTRA_DIVISION);
        after(softmax, "sign", (p, g) -> map(g, SimpleMatrix::negative), SIGN_FLIPPED);
        after(softmax, "column by column", (p, g) -> with(g, 0, columnByColumn(g[0])), WRONG_LAYOUT);
        after(softmax, "inputs exchanged", (p, g) -> with(g, 0, exchanged(g[0], 1, 3)), REORDERED);
        after(
                softmax,
                "classes exchanged",
                (p, g) -> map(g, m -> exchanged(m.transpose(), 0, 2).transpose()),
                REORDERED);
        after(softmax, "cut off", (p, g) -> map(g, m -> each(m, v -> Math.max(-0.05, Math.min(0.05, v)))), CLIPPED);
        after(
                softmax,
                "one parameter cut off",
                (p, g) -> with(g, 0, each(g[0], v -> Math.max(-0.05, Math.min(0.05, v)))),
                CLIPPED);
        after(softmax, "clipped by norm", (p, g) -> map(g, m -> m.scale(0.1 / norm(g))), RESCALED);
        after(softmax, "normalised", (p, g) -> map(g, m -> m.divide(norm(m))), RESCALED);
        after(softmax, "Adam's step", (p, g) -> map(g, m -> each(m, v -> v / (Math.abs(v) + 1e-8))), OPTIMIZER_STEP);
        after(
                softmax,
                "velocity",
                (p, g) -> {
                    SimpleMatrix[] before = g;
                    for (int i = 0; i < 100; i++) { // until the step from there leads here
                        before = right(p, moved(p.point(), before, 0.1));
                    }
                    return moved(g, before, 0.9);
                },
                OPTIMIZER_STEP);
        after(softmax, "forward differences", (p, g) -> forward(p, 1e-4), FORWARD_DIFFERENCES);
        after(softmax, "float", (p, g) -> map(g, m -> each(m, v -> (float) v)), SINGLE_PRECISION);
        after(softmax, "after the step", (p, g) -> right(p, moved(p.point(), g, -0.1)), STALE);
        after(softmax, "weight decay added", (p, g) -> moved(g, p.point(), 0.01), WEIGHT_DECAY);
        LongFunction<Program> layers = seed -> BlackBoxSlips.layers(seed, false);
        in(layers, "slope left out", MISSING_FACTOR);
        in(layers, "1 - z²", WRONG_SLOPE);
        in(layers, "1 - h", WRONG_SLOPE);
        in(layers, "updated w2", UPDATED_WEIGHTS, STALE);
        in(layers, "z for h", OTHER_OPERAND, LAYER_INPUT);
        in(layers, "w2 not transposed", NOT_TRANSPOSED);
        after(layers, "no gradient of b1", (p, g) -> with(g, 1, g[1].scale(0)), ZERO);
        after(layers, "mean for the sum in b2", (p, g) -> with(g, 3, g[3].divide(8)), EXTRA_DIVISION);
        after(layers, "accumulated twice", (p, g) -> map(g, m -> m.scale(2)), TWICE);
        after(layers, "½ differentiated away", (p, g) -> map(g, m -> m.scale(0.5)), HALF);
        after(layers, "biases exchanged", (p, g) -> with(with(g, 1, g[3]), 3, g[1]), SWAPPED);
        after(layers, "b2 has the gradient of b1", (p, g) -> with(g, 3, g[1]), SWAPPED);
        after(layers, "b1 added to b2", (p, g) -> with(g, 3, g[3].plus(g[1])), SUMMED_TOO_MUCH);
        after(layers, "w2 transposed", (p, g) -> with(g, 2, g[2].transpose()), TRANSPOSED);
        after(layers, "one unit forgotten", (p, g) -> with(g, 2, withZeroRow(g[2], 3)), PARTLY_ZERO);
        after(layers, "one entry", (p, g) -> with(g, 0, g[0].plus(entry(4, 2, 1))), ONE_ENTRY);
        after(
                layers,
                "zero and sign", // one factor for each
                (p, g) -> with(with(g, 1, g[1].scale(0)), 2, g[2].negative()),
                ZERO,
                SIGN_FLIPPED,
                CONSTANT_FACTOR);
        after(
                layers,
                "sum and sign",
                (p, g) -> with(with(g, 0, g[0].scale(8)), 1, g[1].negative()),
                SIGN_FLIPPED,
                MISSING_DIVISION,
                CONSTANT_FACTOR);
        after(
                layers,
                "zero and transposed",
                (p, g) -> with(with(g, 1, g[1].scale(0)), 2, g[2].transpose()),
                ZERO,
                TRANSPOSED);
        LongFunction<Program> relu = seed -> BlackBoxSlips.layers(seed, true);
        in(relu, "slope left out", MISSING_FACTOR);
        in(relu, "slope exchanged", WRONG_SLOPE, MASK_INVERTED);
        in(relu, "h for its slope", WRONG_SLOPE);
        LongFunction<Program> norm = BlackBoxSlips::batchNorm;
        in(norm, "centring lost", MISSING_TERM);
        in(norm, "deviation held fixed", MISSING_TERM);
        in(norm, "mean and deviation held fixed", MISSING_TERM);
        in(norm, "not divided by the deviation", MISSING_FACTOR, LINES_SCALED);
        in(norm, "gamma left out", MISSING_FACTOR);
        in(norm, "gamma of z", OTHER_OPERAND);
        in(norm, "gamma of the centred", OTHER_OPERAND, MISSING_FACTOR, LINES_SCALED);
        LongFunction<Program> embedding = BlackBoxSlips::embedding;
        in(embedding, "overwritten", OVERWRITTEN, ROWS_LEFT_OUT);
        in(embedding, "mean of the repeated", LINES_SCALED, ROWS_LEFT_OUT);
        in(embedding, "ids from one", SHIFTED, REORDERED);
        LongFunction<Program> recurrent = BlackBoxSlips::recurrent;
        in(recurrent, "last step only", MISSING_TERM);
        in(recurrent, "slope left out", MISSING_FACTOR, WRONG_SLOPE);
        in(recurrent, "state after for before", OTHER_OPERAND, LAYER_INPUT);
        in(recurrent, "w overwritten", OVERWRITTEN);
        in(recurrent, "w not transposed", NOT_TRANSPOSED);
    }

    private static SimpleMatrix entry(int n, int row, int column) {
        SimpleMatrix m = new SimpleMatrix(n, n);
        m.set(row, column, 0.1);
        return m;
    }

    private static SimpleMatrix[] forward(Program p, double h) {
        SimpleMatrix[] g = map(p.point(), SimpleMatrix::copy);
        double center = p.value().apply(p.point());
        for (int part = 0; part < g.length; part++) {
            for (int i = 0; i < g[part].getNumElements(); i++) {
                SimpleMatrix[] at = map(p.point(), SimpleMatrix::copy);
                at[part].set(i, at[part].get(i) + h);
                g[part].set(i, (p.value().apply(at) - center) / h);
            }
        }
        return g;
    }

    @Test
    void manyAreNamedAndNoneMisleads() {
        judge(Case::check, 0.5);
    }

    @Test
    void mostAreNamedWhereTheClaimIsAFunction() {
        judge(Case::again, 0.85);
    }

    private void judge(Function<Case, LongFunction<CheckReport>> check, double share) {
        plan();
        int tried = 0;
        int named = 0;
        int placed = 0;
        List<String> misleading = new ArrayList<>();
        for (Case one : cases) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                CheckReport report = check.apply(one).apply(RUN + 100L * seed);
                if (!report.refuted()) {
                    Campaign.print("not refuted: %s %d", one.name, seed);
                    continue;
                }
                Diagnosis said = report.diagnosis().orElseThrow();
                String line = one.name + " " + seed + ": " + said.mistake() + " " + said;
                tried++;
                if (one.fitting.contains(said.mistake())) {
                    named++;
                } else if (SlipsTest.PLACES.contains(said.mistake())) {
                    placed++;
                    Campaign.print("placed %s", line);
                } else {
                    misleading.add(line);
                }
            }
        }
        String figures = named + " named and " + placed + " placed of " + tried;
        Campaign.print("black box: %s", figures);
        assertEquals(List.of(), misleading);
        assertTrue(named >= share * tried, figures);
    }

    @Test
    void rightGradientsPass() {
        List<LongFunction<Program>> programs = List.of(
                BlackBoxSlips::logistic,
                BlackBoxSlips::softmax,
                seed -> BlackBoxSlips.layers(seed, false),
                seed -> BlackBoxSlips.layers(seed, true),
                BlackBoxSlips::batchNorm,
                BlackBoxSlips::embedding,
                BlackBoxSlips::recurrent);
        for (LongFunction<Program> program : programs) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Program p = program.apply(RUN + 100L * seed);
                CheckReport report = p.check(right(p, p.point()));
                assertTrue(!report.refuted() && report.diagnosis().isEmpty(), report.toString());
            }
        }
    }
}
