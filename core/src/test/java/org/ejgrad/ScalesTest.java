package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.Trials;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * Reductions of numbers of any size, subnormal ones to those near the largest, against exact decimal arithmetic: values
 * and gradients are right wherever they are numbers that fit.
 */
class ScalesTest {
    private static final int TRIES = 25 * Integer.getInteger("ejgrad.tries", 40);
    private static final MathContext DIGITS = new MathContext(60);
    private static final BigDecimal LARGEST = new BigDecimal(Double.MAX_VALUE);

    // ---- numbers ----------------------------------------------------------------------------------------------------

    /** Groups of 1 to 12 numbers: of about one size, of mixed sizes, all equal, or close together. */
    private static Arbitrary<double[]> groups() {
        Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 12);
        Arbitrary<Integer> exponents = Arbitraries.integers().between(-1074, 1023);
        Arbitrary<Double> digits = Arbitraries.doubles().between(-1, 1).filter(v -> v != 0);
        return sizes.flatMap(n -> exponents.flatMap(exponent -> digits.list()
                .ofSize(n)
                .flatMap(all -> exponents
                        .list()
                        .ofSize(n)
                        .flatMap(own ->
                                Arbitraries.integers().between(0, 5).map(kind -> group(kind, exponent, all, own))))));
    }

    private static double[] group(int kind, int exponent, List<Double> digits, List<Integer> own) {
        double[] group = new double[digits.size()];
        for (int i = 0; i < group.length; i++) {
            double v = digits.get(i);
            group[i] = switch (kind) {
                case 0 -> Math.scalb(v, own.get(i));
                case 1 -> Math.scalb(digits.get(0), exponent);
                case 2 -> Math.scalb(1 + Math.scalb(v, -40), exponent);
                case 3 -> i % 3 == 2 ? 0 : Math.scalb(v, exponent);
                case 4 -> Math.scalb(v, i % 2 == 0 ? exponent : Math.min(-exponent, 1023));
                default -> Math.scalb(v, exponent);
            };
        }
        return group;
    }

    private static void forAll(String name, int tries, Trials.Check<double[]> check) {
        Trials.forAll(
                name,
                groups().map(group -> List.of(new SimpleMatrix(new double[][] {group}))),
                tries,
                (row, seed) -> check.accept(row.get(0).getDDRM().data, seed));
    }

    /** At most so many units in the last place beside the exact number; infinite only if the exact one does not fit. */
    private static void requireClose(String what, BigDecimal exact, double found, double units) {
        requireWithin(what, exact, found, units * Math.ulp(exact.doubleValue()));
    }

    private static void requireWithin(String what, BigDecimal exact, double found, double bound) {
        double nearest = exact.doubleValue();
        if (Double.isInfinite(nearest) || exact.abs().compareTo(LARGEST) >= 0) {
            assertTrue(Math.abs(found) >= Double.MAX_VALUE * (1 - 1e-14), what + " is " + found + " but exceeds all");
            return;
        }
        assertTrue(Double.isFinite(found), what + " is " + found + " but should be " + nearest);
        BigDecimal error = new BigDecimal(found).subtract(exact).abs();
        assertTrue(error.compareTo(new BigDecimal(bound)) <= 0, what + " is " + found + " but should be " + nearest);
    }

    private static BigDecimal[] exact(double... group) {
        return Arrays.stream(group).mapToObj(BigDecimal::new).toArray(BigDecimal[]::new);
    }

    private static BigDecimal sum(BigDecimal... terms) {
        return Arrays.stream(terms).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal mean(BigDecimal... terms) {
        return sum(terms).divide(new BigDecimal(terms.length), DIGITS);
    }

    private static BigDecimal[] map(BigDecimal[] terms, UnaryOperator<BigDecimal> function) {
        return Arrays.stream(terms).map(function).toArray(BigDecimal[]::new);
    }

    /** n times the distances from the mean, exactly. */
    private static BigDecimal[] distances(BigDecimal... terms) {
        BigDecimal sum = sum(terms);
        return map(terms, v -> v.multiply(new BigDecimal(terms.length)).subtract(sum));
    }

    private static BigDecimal squares(BigDecimal... terms) {
        return sum(map(terms, v -> v.multiply(v, DIGITS)));
    }

    private static BigDecimal product(BigDecimal... terms) {
        return Arrays.stream(terms).reduce(BigDecimal.ONE, (a, b) -> a.multiply(b, DIGITS));
    }

    private static double[] gradient(Function<Value, Value> function, double... group) {
        Value x = Value.variable("x", new double[][] {group});
        Value y = function.apply(x);
        return y.gradients(Value.ones(y.shape())).of(x).matrix().getDDRM().data;
    }

    private static double value(Function<Value, Value> function, double... group) {
        return function.apply(Value.constant(new double[][] {group})).scalar();
    }

    // ---- sums and spreads -------------------------------------------------------------------------------------------

    @Test
    void runningSums() {
        forAll("running sums", TRIES, (group, seed) -> {
            Value sums = Value.row(group).cumSum(Per.ROW);
            double largest = 0;
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < group.length; i++) {
                largest = Math.max(largest, Math.abs(group[i]));
                sum = sum.add(new BigDecimal(group[i]));
                requireWithin("sum " + i, sum, sums.get(0, i), near(sum, largest));
            }
        });
        assertEquals(1e308, Value.row(1e308, 1e308, -1e308).cumSum(Per.ROW).get(0, 2));
        Value all = Value.row(1e-320, 1e-320, Double.POSITIVE_INFINITY, 1).cumSum(Per.ROW);
        assertEquals(2e-320, all.get(0, 1));
        assertEquals(Double.POSITIVE_INFINITY, all.get(0, 3));
    }

    @Test
    void sumsAndMeans() {
        forAll("sums", TRIES, (group, seed) -> {
            double largest = Arrays.stream(group).map(Math::abs).max().orElseThrow();
            BigDecimal sum = sum(exact(group));
            requireWithin("the sum", sum, value(Value::elementSum, group), near(sum, largest));
            BigDecimal mean = mean(exact(group));
            requireWithin("the mean", mean, value(x -> x.mean(), group), near(mean, largest));
        });
    }

    /** One unit in the last place, and more only where the terms cancel to the last of their doubled digits. */
    private static double near(BigDecimal exact, double largest) {
        double remaining = Math.abs(exact.doubleValue());
        return Math.max(Math.ulp(remaining), remaining < largest * 0x1p-48 ? 0x1p-96 * largest : 0);
    }

    @Test
    void variances() {
        forAll("variances", TRIES, (group, seed) -> {
            BigDecimal cube = new BigDecimal(group.length).pow(3);
            BigDecimal variance = squares(distances(exact(group))).divide(cube, DIGITS);
            requireClose("the variance", variance, value(x -> x.variance(0), group), 8);
        });
    }

    @Test
    void aVarianceMayFitWhereASquareDoesNot() {
        Value x = Value.variable(
                "x", new double[][] {{4e154, 0, 0, 0, 0, 0, 0, 0, 0, 0}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}});
        Value y = x.variance(Per.ROW, 0);
        assertEquals(1.44e308, y.get(0, 0), 1e294);
        assertEquals(8.25, y.get(1, 0));
        Value slopes = y.gradients(Value.ones(y.shape())).of(x);
        assertEquals(7.2e153, slopes.get(0, 0), 1e139);
        assertEquals(0.9, slopes.get(1, 9), 1e-15);
    }

    @Test
    void standardDeviations() {
        forAll("deviations", TRIES, (group, seed) -> {
            BigDecimal n = new BigDecimal(group.length);
            BigDecimal[] distances = distances(exact(group));
            BigDecimal size = root(squares(distances));
            BigDecimal deviation = size.divide(root(n.pow(3)), DIGITS);
            requireClose("the deviation", deviation, value(x -> x.standardDeviation(0), group), 8);
            double[] slopes = gradient(x -> x.standardDeviation(0), group);
            for (int i = 0; i < group.length; i++) {
                BigDecimal slope =
                        size.signum() == 0 ? BigDecimal.ZERO : distances[i].divide(size.multiply(root(n)), DIGITS);
                assertEquals(slope.doubleValue(), slopes[i], 1e-14, "slope " + i);
            }
        });
    }

    @Test
    void norms() {
        forAll("norms", TRIES, (group, seed) -> {
            BigDecimal[] x = exact(group);
            BigDecimal norm = root(squares(x));
            requireClose("the norm", norm, value(Value::normF, group), 3);
            double[] slopes = gradient(Value::normF, group);
            double[] unit = Value.constant(new double[][] {group})
                    .normalize(Per.ROW, 2, 0)
                    .matrix()
                    .getDDRM()
                    .data;
            for (int i = 0; i < group.length && norm.signum() > 0; i++) {
                BigDecimal share = x[i].divide(norm, DIGITS);
                assertEquals(share.doubleValue(), slopes[i], 1e-15, "slope " + i);
                assertEquals(share.doubleValue(), unit[i], 1e-15, "element " + i + " of the normalised group");
            }
            BigDecimal cubes = sum(map(x, v -> v.abs().pow(3, DIGITS)));
            double size = cubes.signum() == 0 ? 0 : cubeRoot(cubes);
            assertEquals(1, ratio(value(v -> v.norm(3), group), size), 1e-14, "the 3-norm");
            requireClose("the 1-norm", sum(map(x, BigDecimal::abs)), value(v -> v.norm(1), group), 1);
        });
    }

    /** Powers by which a rounded quotient would be noise, against sixty digits; slopes and the Hessian times v. */
    @Test
    void normsOfLargeOrders() {
        double[] x = {3, -4, 4, 3.99999, 0};
        requireNorm(
                1e5,
                x,
                4.0000408809838676,
                new double[] {0, -0.35987117677611414, 0.35987117677611414, 0.28026856736515705, 0},
                Value.row(1, 2, -1, 1, 0.5),
                new double[] {0, 10801.994004452423, -1805.3045528437633, 12607.330075621375, 0});
        requireNorm(
                1000,
                new double[] {0.5, 0.4999, -0.25},
                0.50029915439012392,
                new double[] {0.55016792176962415, 0.45052049110884546, -1.0269034109102306e-301},
                Value.row(1, -2, 3),
                new double[] {1484.6970094331499, -1484.9940082347968, 1.1591043698181506e-297});
        Value zeros = Value.variable("x", new double[][] {{0, 0}, {1e-320, 0}});
        Value norms = zeros.norm(Per.ROW, 1e5);
        assertEquals(0, norms.get(0, 0));
        assertEquals(1e-320, norms.get(1, 0));
        Value slopes = norms.gradients(Value.column(1, 1)).of(zeros);
        assertEquals(0, slopes.get(0, 0));
        assertEquals(1, slopes.get(1, 0));
        assertEquals(0, slopes.get(1, 1));
    }

    /** Groups that are as many powers of two larger or smaller have the same slopes; an empty group has the norm 0. */
    @Test
    void normsOfLargeOrdersAtAnyScale() {
        for (double p : new double[] {11, 50, 1000}) {
            double[] x = {13, -11, 0, 7, 2};
            double[] slopes = gradient(v -> v.norm(p), x);
            for (double scale : new double[] {0x1p-1074, 0x1p-1050, 0x1p-1000, 0x1p-810, 0x1p1001, 0x1p1019}) {
                double[] scaled = Arrays.stream(x).map(v -> v * scale).toArray();
                assertEquals(value(v -> v.norm(p), x) * scale, value(v -> v.norm(p), scaled));
                assertArrayEquals(slopes, gradient(v -> v.norm(p), scaled), "order " + p + ", scale " + scale);
            }
        }
        Value empty = Value.zeros(new Shape(2, 0)).norm(Per.ROW, 12);
        assertEquals("2x1", empty.shape().toString());
        assertEquals(0, empty.elementSum().scalar());
    }

    private static void requireNorm(double p, double[] x, double y, double[] slopes, Value v, double[] bends) {
        Value at = Value.variable("x", new double[][] {x});
        Value norm = at.norm(p);
        assertEquals(y, norm.scalar(), 2 * Math.ulp(y));
        Value found = norm.gradients().of(at);
        Value bend = Derivatives.hessianVector(z -> z.norm(p), at, v);
        for (int i = 0; i < x.length; i++) {
            assertEquals(slopes[i], found.get(0, i), 1e-13 * Math.abs(slopes[i]));
            assertEquals(bends[i], bend.get(0, i), 1e-12 * Math.abs(bends[i]));
        }
    }

    private static double ratio(double found, double expected) {
        boolean same = found == expected || Math.abs(found - expected) <= Double.MIN_VALUE;
        return same ? 1 : found / expected;
    }

    private static BigDecimal root(BigDecimal square) {
        return square.signum() == 0 ? square : square.sqrt(DIGITS);
    }

    /** Newton's step from a first guess by logarithm. */
    private static double cubeRoot(BigDecimal cube) {
        int shift = (cube.precision() - cube.scale()) / 3;
        double digits = Math.cbrt(cube.scaleByPowerOfTen(-3 * shift).doubleValue());
        return new BigDecimal(digits).scaleByPowerOfTen(shift).doubleValue();
    }

    // ---- products ---------------------------------------------------------------------------------------------------

    @Test
    void products() {
        forAll("products", TRIES, (group, seed) -> {
            int n = group.length;
            BigDecimal[] x = exact(group);
            double[] products = Value.constant(new double[][] {group})
                    .cumProduct(Per.ROW)
                    .matrix()
                    .getDDRM()
                    .data;
            for (int k = 0; k < n; k++) {
                requireClose("running product " + k, product(Arrays.copyOf(x, k + 1)), products[k], n);
            }
            requireClose("the product", product(x), value(Value::product, group), n);
            double[] slopes = gradient(Value::product, group);
            for (int i = 0; i < n; i++) {
                requireClose("slope " + i, product(without(x, i)), slopes[i], n);
            }
        });
    }

    @Test
    void secondDerivativesOfProducts() {
        forAll("second derivatives", TRIES / 10, (group, seed) -> {
            int n = group.length;
            Value x = Value.variable("x", new double[][] {group});
            BiFunction<Integer, Value, Value> slope =
                    (i, y) -> y.gradients(Value.ones(y.shape()), Gradients.Option.DIFFERENTIABLE)
                            .of(x)
                            .cols(i, i + 1);
            for (int i = 0; i < n; i++) {
                Value first = slope.apply(i, x.product());
                double[] second = first.gradients().orZero(x).matrix().getDDRM().data;
                for (int k = 0; k < n; k++) {
                    BigDecimal expected = k == i ? BigDecimal.ZERO : product(without(exact(group), i, k));
                    requireClose("derivative " + i + ", " + k, expected, second[k], n);
                }
            }
        });
    }

    private static BigDecimal[] without(BigDecimal[] terms, Integer... places) {
        List<BigDecimal> rest = new ArrayList<>();
        for (int i = 0; i < terms.length; i++) {
            if (!Arrays.asList(places).contains(i)) {
                rest.add(terms[i]);
            }
        }
        return rest.toArray(new BigDecimal[0]);
    }

    // ---- known cases ------------------------------------------------------------------------------------------------

    @Test
    void theMeanOfEqualElementsIsThatElement() {
        for (double v : new double[] {0.1, 14.62, -1 / 3.0, 1e-310, Double.MIN_VALUE, Double.MAX_VALUE, 1e300, 49}) {
            for (int n = 1; n <= 300; n++) {
                double[][] x = new double[n][2];
                for (double[] row : x) {
                    Arrays.fill(row, v);
                }
                Value all = Value.variable("x", x);
                assertEquals(v, all.mean().scalar(), 0);
                assertEquals(v, all.mean(Per.COLUMN).get(0, 1), 0);
                assertEquals(0, all.standardDeviation(0).scalar(), 0);
                Value deviation = all.standardDeviation(Per.COLUMN, 0);
                assertEquals(0, deviation.elementSum().scalar(), 0);
                assertEquals(
                        0, deviation.elementSum().gradients().of(all).normF().scalar(), 0);
            }
        }
    }

    @Test
    void sumsOfManyNumbersKeepTheirDigits() {
        double[][] tenths = new double[1][1_000_000];
        Arrays.fill(tenths[0], 0.1);
        Value x = Value.constant(tenths);
        double exact = new BigDecimal(0.1).multiply(new BigDecimal(1_000_000)).doubleValue();
        assertEquals(exact, x.elementSum().scalar(), 0);
        assertEquals(exact, x.sum(Per.ROW).scalar(), 0);
        assertEquals(exact, x.transpose().sum(Per.COLUMN).scalar(), 0);
    }

    @Test
    void aGroupHasTheSameBitsWhereverItStands() {
        forAll("places", TRIES / 10, (group, seed) -> {
            Value row = Value.constant(new double[][] {group});
            Value rows = row.concatRows(Value.ones(row.shape()), row);
            for (Function<Value, Value> function : List.<Function<Value, Value>>of(
                    x -> x.sum(Per.ROW), x -> x.mean(Per.ROW), x -> x.norm(Per.ROW, 2), x -> x.product(Per.ROW))) {
                double[] alone = function.apply(row).matrix().getDDRM().data;
                double[] among = function.apply(rows).matrix().getDDRM().data;
                assertArrayEquals(new double[] {alone[0], alone[0]}, new double[] {among[0], among[2]});
            }
            for (Function<Value, Value> function : List.<Function<Value, Value>>of(
                    x -> x.sum(Per.COLUMN), x -> x.mean(Per.COLUMN), x -> x.standardDeviation(Per.COLUMN, 0))) {
                double alone = function.apply(row.transpose()).scalar();
                Value columns = rows.transpose();
                assertEquals(alone, function.apply(columns).get(0, 2));
            }
        });
    }
}
