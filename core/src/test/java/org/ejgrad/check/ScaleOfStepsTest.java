package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions whose scale is not that of the first steps: huge or nothing there, and ordinary at the point. */
class ScaleOfStepsTest {
    private static final double EPSILON = 1.65e-21;
    private static final double SIGMA = 3.4e-10;
    private static final double[] ATOMS = {0, 3.8e-10, 7.9e-10, 1.16e-9};

    private static CheckReport check(ToDoubleFunction<double[]> function, double[] x, double... claimed) {
        return GradientCheck.ofFunction(function, x, claimed).run();
    }

    @ParameterizedTest
    @ValueSource(doubles = {100, 300, 700, 1000, 2026, 738000, 2460000})
    void whatGrowsFarAwaySaysNothingOfHere(double c) {
        for (UnaryOperator<Value> of : growing(c)) {
            ToDoubleFunction<double[]> function =
                    v -> of.apply(Value.constant(v[0])).scalar();
            Value x = Value.variable("x", c);
            Value y = of.apply(x);
            double slope = y.gradients().of(x).scalar();
            assertTrue(!check(function, new double[] {c}, slope).refuted());
            assertTrue(!GradientCheck.of(y).run().refuted());
            for (double wrong : new double[] {2 * slope, -slope, slope + 1, 456e9}) {
                assertTrue(check(function, new double[] {c}, wrong).refuted(), c + " claimed " + wrong);
                SimpleMatrix claim = new SimpleMatrix(new double[][] {{wrong}});
                assertTrue(GradientCheck.of(y).against(Map.of(x, claim)).run().refuted(), c + " claimed " + wrong);
            }
        }
    }

    private static Iterable<UnaryOperator<Value>> growing(double c) {
        return List.of(
                x -> x.minus(c).elementExp(),
                x -> x.minus(c).cosh().plus(x),
                x -> x.minus(c).elementPower(20).plus(x));
    }

    @Test
    void secondsOfTodayAreChecked() {
        double day = 86400;
        ToDoubleFunction<double[]> decay = t -> Math.exp(-(t[1] - t[0]) / day);
        double[] t = {1.7643e9, 1.7644e9};
        double y = decay.applyAsDouble(t);
        assertTrue(check(decay, t, y / day, -y / day).passed());
        assertTrue(check(decay, t, y, -y).refuted());
        assertTrue(check(decay, t, -y / day, y / day).refuted());
    }

    private static double energy(double... x) {
        double energy = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < i; j++) {
                double six = Math.pow(SIGMA / Math.abs(x[i] - x[j]), 6);
                energy += 4 * EPSILON * (six * six - six);
            }
        }
        return energy;
    }

    private static double[] forces(double... x) {
        double[] forces = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x.length; j++) {
                if (i != j) {
                    double six = Math.pow(SIGMA / Math.abs(x[i] - x[j]), 6);
                    forces[i] += 4 * EPSILON * (6 * six - 12 * six * six) / (x[i] - x[j]);
                }
            }
        }
        return forces;
    }

    /** The first atom is at 0, whose own size is nothing. */
    @Test
    void atomsAreCheckedInMetres() {
        double[] right = forces(ATOMS);
        assertTrue(check(ScaleOfStepsTest::energy, ATOMS, right).passed());
        for (int i = 0; i < right.length; i++) {
            double[] wrong = right.clone();
            wrong[i] = -wrong[i];
            CheckReport report = check(ScaleOfStepsTest::energy, ATOMS, wrong);
            assertEquals(
                    1,
                    report.entries().stream().filter(e -> e.verdict().refutes()).count());
        }
        GradientCheck along =
                GradientCheck.ofFunction(ScaleOfStepsTest::energy, ATOMS, right).directions(3);
        assertTrue(along.run().passed());
        double[][] wrongs = {new double[4], {-1e-9, 1e-9, 3e-10, 0}};
        for (double[] wrong : wrongs) {
            assertTrue(GradientCheck.ofFunction(ScaleOfStepsTest::energy, ATOMS, wrong)
                    .directions(3)
                    .run()
                    .refuted());
        }
    }

    /** Where the first steps go the function has come to nothing, with a slope of 0. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-10, 3.7e-8, -2e-5})
    void aForgottenGradientOfATinyLengthIsRefuted(double at) {
        ToDoubleFunction<double[]> coulomb = r -> 2.3e-28 / r[0];
        assertTrue(check(coulomb, new double[] {at}, -2.3e-28 / at / at).passed());
        assertTrue(check(coulomb, new double[] {at}, 0).refuted());
        ToDoubleFunction<double[]> bell = r -> Math.exp(-r[0] * r[0] / (2 * at * at));
        assertTrue(check(bell, new double[] {at}, -Math.exp(-0.5) / at).passed());
        assertTrue(check(bell, new double[] {at}, 0).refuted());
    }

    /** Beside 0 nothing but the function itself says how fine its features are. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 1e-10, 1e-11, 1e-12})
    void featuresBesideZeroMayBeFinerThanTheFirstLooks(double width) {
        Map<UnaryOperator<Value>, Double> slopes = Map.of(
                t -> t.square().plus(1).elementPower(-1),
                0.0,
                Value::elementExp,
                1.0,
                Value::sin,
                1.0,
                Value::sigmoid,
                0.25,
                t -> t.tanh().plus(3),
                1.0,
                t -> t.plus(2).elementLog(),
                0.5);
        slopes.forEach((of, slope) -> {
            double right = slope / width;
            double wrong = right == 0 ? 1e-3 / width : 1.001 * right;
            ToDoubleFunction<double[]> function =
                    v -> of.apply(Value.constant(v[0] / width)).scalar();
            CheckReport report = check(function, new double[] {0}, right);
            assertTrue(report.passed(), report.toString());
            assertTrue(check(function, new double[] {0}, wrong).refuted());
            Value x = Value.variable("x", 0);
            Value y = of.apply(x.scale(1 / width));
            assertTrue(GradientCheck.of(y).run().passed());
            SimpleMatrix claim = new SimpleMatrix(new double[][] {{wrong}});
            assertTrue(GradientCheck.of(y).against(Map.of(x, claim)).run().refuted());
        });
    }

    /** What an inner sum rounds away beside 0 is no feature that nearer looks should do without. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 1e-3, 100, 1e4})
    void whatAnInnerSumRoundsBesideZeroBelongsToTheSlope(double constant) {
        for (double part : new double[] {1, 1e-6}) {
            ToDoubleFunction<double[]> sum = v -> part * ((constant + v[0]) - constant) + 3 * v[0];
            ToDoubleFunction<double[]> log = v -> part * Math.log((constant + v[0]) / constant) + Math.sin(3 * v[0]);
            assertTrue(!check(sum, new double[] {0}, 3 + part).refuted());
            assertTrue(!check(sum, new double[] {0}, 3).passed());
            assertTrue(!check(log, new double[] {0}, 3 + part / constant).refuted());
            assertTrue(constant > 1 || !check(log, new double[] {0}, 3).passed());
        }
    }

    @Test
    void theRoundingOfALargeArgumentIsSaidToBeWhatHidesTheSlope() {
        assertEquals(
                "half a unit in the last place of the argument moves the value 0.932 by 9.0e-09, and the differences"
                        + " that were tried tell 5 digits of the slope; check at a smaller argument",
                check(v -> Math.sin(v[0]), new double[] {1e8}, Math.cos(1e8))
                        .worst()
                        .verdict()
                        .detail());
    }
}
