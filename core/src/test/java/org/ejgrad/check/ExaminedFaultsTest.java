package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Functions that have misled the checker: a wrong slope of theirs never passes, a right one is never refuted. Beside
 * each one that was met there are others of its kind.
 */
class ExaminedFaultsTest {
    private final List<String> faults = new ArrayList<>();

    @AfterEach
    void nothingPassesOrIsRefutedThatShouldNot() {
        assertEquals(List.of(), faults);
    }

    private void right(String name, CheckReport report) {
        if (report.refuted()) {
            faults.add("right, but refuted: " + name + ": " + report.worst());
        }
    }

    private void wrong(String name, CheckReport report) {
        if (report.passed()) {
            faults.add("wrong, but passed: " + name + ": " + report.worst());
        }
    }

    private static CheckReport of(DoubleUnaryOperator function, double x, double claimed) {
        return GradientCheck.ofFunction(v -> function.applyAsDouble(v[0]), new double[] {x}, new double[] {claimed})
                .run();
    }

    private void right(String name, DoubleUnaryOperator function, double x, double slope) {
        right(name + " at " + x + ", " + slope, of(function, x, slope));
    }

    private void wrong(String name, DoubleUnaryOperator function, double x, double slope) {
        wrong(name + " at " + x + ", " + slope, of(function, x, slope));
    }

    private void both(String name, DoubleUnaryOperator function, double x, double right, double wrong) {
        right(name, function, x, right);
        wrong(name, function, x, wrong);
    }

    /** A number between two, the same in every run. */
    private static double uniform(int i, int what, double low, double high) {
        return low + (high - low) * Randomness.uniform(4242, i, what);
    }

    /** A positive number of any size between two. */
    private static double sized(int i, int what, double low, double high) {
        return Math.exp(uniform(i, what, Math.log(low), Math.log(high)));
    }

    private static double relu(double t) {
        return Math.max(t, 0);
    }

    private static double sigmoid(double t) {
        return 1 / (1 + Math.exp(-t));
    }

    /** Between its slopes each for itself, but no function near the point has both. */
    @Test
    void claimsAtOneKinkFitTogether() {
        for (int n = 2; n <= 10; n++) {
            double[] equal = new double[n];
            Arrays.fill(equal, 2);
            double[] whole = new double[n];
            Arrays.fill(whole, 1);
            double[] shares = new double[n];
            Arrays.fill(shares, 1.0 / n);
            double[] one = new double[n];
            one[n / 2] = 1;
            ToDoubleFunction<double[]> largest = x -> Arrays.stream(x).max().orElseThrow();
            ToDoubleFunction<double[]> smallest =
                    x -> 3 * Arrays.stream(x).min().orElseThrow() + x[0];
            right(
                    "shares of " + n,
                    GradientCheck.ofFunction(largest, equal, shares).run());
            right("one of " + n, GradientCheck.ofFunction(largest, equal, one).run());
            wrong(
                    "the whole to each of " + n,
                    GradientCheck.ofFunction(largest, equal, whole).run());
            wrong(
                    "nothing to any of " + n,
                    GradientCheck.ofFunction(largest, equal, new double[n]).run());
            double[] three = new double[n];
            three[0] = 1;
            three[n - 1] += 3;
            right(
                    "three of " + n,
                    GradientCheck.ofFunction(smallest, equal, three).run());
        }
        ToDoubleFunction<double[]> opposed = x -> Math.max(x[0], 0) - Math.max(x[1], 0) + Math.abs(x[2]);
        for (double[] choice : new double[][] {{0, 0, 0}, {0, -1, 0}, {1, 0, -1}, {0.5, -0.25, 0.3}}) {
            right(
                    "one choice for each",
                    GradientCheck.ofFunction(opposed, new double[3], choice).run());
        }
    }

    @Test
    void valuesOfAnySizeAreMeasuredAlike() {
        for (int exponent = -960; exponent <= 960; exponent += 60) {
            double unit = Math.scalb(1.0, exponent);
            CheckReport report = of(x -> unit * (x * x - 1.5 * x), 3, unit * 4.5);
            assertTrue(report.passed(), exponent + ": " + report.worst());
            wrong("parabola of 2^" + exponent, of(x -> unit * (x * x - 1.5 * x), 3, unit * 4.4999));
        }
    }

    @Test
    void roundingDownHasTheSlopeZeroBetweenItsSteps() {
        both("floor", Math::floor, 5000.3, 0, 1);
        both("cast", t -> (int) t, 8000.7, 0, 1);
        both("floor + t", t -> Math.floor(t) + t, 1.0000001, 1, 2);
        for (int i = 0; i < Campaign.cases(50, 1000); i++) {
            double x = uniform(i, 1, -1, 1) * Math.pow(10, i % 7);
            both("floor", Math::floor, x, 0, 1);
            both("rint", Math::rint, x, 0, 1);
            both("cast", t -> (int) t, x, 0, 1);
            both("floor + 3t", t -> Math.floor(t) + 3 * t, x, 3, 4);
        }
    }

    @Test
    void aQuantiserHasNotTheSlopeOfWhatItRounds() {
        both("12 bits", t -> Math.rint(4096 * t) / 4096, 0.3, 0, 1);
        for (int bits = 3; bits <= 26; bits++) {
            double parts = Math.scalb(1.0, bits);
            DoubleUnaryOperator quantiser = t -> Math.rint(parts * t) / parts;
            both(bits + " bits", quantiser, 0.3, 0, 1);
            both(bits + " bits", quantiser, uniform(bits, 2, 0.1, 9), 0, 1);
            both(bits + " decimal parts", t -> Math.rint(1.7 * parts * t) / parts, -0.377, 0, 1.7);
        }
    }

    @Test
    void aQuantiserOfFewUnitsInTheLastPlaceIsNoRounding() {
        both("1e6 parts", t -> Math.rint(1e6 * t) / 1e6, 63695.05624583698, 0, 0.9999999999083612);
        for (int i = 0; i < Campaign.cases(60, 2000); i++) {
            double x = uniform(i, 20, -1, 1) * Math.pow(10, 4 + i % 3);
            double units = sized(i, 21, 600, 1e5);
            double whole = Math.rint(1 / (units * Math.ulp(x)));
            double binary = Math.scalb(1.0, Math.getExponent(whole));
            for (double parts : new double[] {whole, binary}) {
                both(parts + " parts", t -> Math.rint(parts * t) / parts, x, 0, 1);
            }
        }
    }

    @Test
    void valuesThatStandStillBesideThePointHaveNotTheSlopeZero() {
        DoubleUnaryOperator arsinh = t -> Math.log(t + Math.sqrt(t * t + 1));
        wrong("arsinh", arsinh, -23635.961767468205, 0);
        DoubleUnaryOperator softplus = t -> Math.log(1 + Math.exp(t));
        DoubleUnaryOperator circle = t -> Math.sqrt(1 + t * t) - 1;
        for (int i = 0; i < Campaign.cases(60, 2000); i++) {
            wrong("arsinh", arsinh, -sized(i, 22, 1e3, 1e6), 0);
            wrong("softplus", softplus, uniform(i, 23, -33, -10), 0);
            wrong("circle", circle, -sized(i, 24, 1e-7, 1e-3), 0);
            wrong("roots", t -> Math.sqrt(t + 4) - Math.sqrt(t), sized(i, 25, 1e6, 1e10), 0);
        }
    }

    /** A claim that passes, but is further from the slope than twice the bar. */
    private void withinBar(String name, DoubleUnaryOperator function, double x, double slope, double claimed) {
        CheckedEntry entry = of(function, x, claimed).entries().get(0);
        if (entry.verdict().passes() && !(Math.abs(claimed - slope) <= 2 * entry.bar())) {
            faults.add("beyond its bar, but passed: " + name + " at " + x + ", " + slope + ": " + entry);
        }
    }

    @Test
    void stepsTooFineToBeSeenFromAfarAreSeenFromNearby() {
        for (int i = 0; i < 60; i++) {
            double k = new double[] {8, 100, 128, 1000}[i % 4];
            double x = (i % 8 < 4 ? 1 : -1) * sized(i, 1, 1e5, 3e6);
            DoubleUnaryOperator stairs = t -> Math.floor(k * t) * Math.sin(t);
            double slope = Math.floor(k * x) * Math.cos(x);
            right("stairs times sine", stairs, x, slope);
            withinBar("stairs times sine", stairs, x, slope, k * Math.sin(x) + k * x * Math.cos(x));
            withinBar("stairs times sine", stairs, x, slope, slope * (1 + 1e-6));
        }
        for (int i = 0; i < 30; i++) {
            double width = sized(i, 2, 3e-6, 1e-4);
            double x = uniform(i, 3, 0.3, 5);
            double low = Math.sin(Math.floor(x / width) * width);
            double slope = (Math.sin(Math.floor(x / width) * width + width) - low) / width;
            DoubleUnaryOperator table = t -> {
                double left = Math.floor(t / width) * width;
                return Math.sin(left) + (t - left) * ((Math.sin(left + width) - Math.sin(left)) / width);
            };
            right("table", table, x, slope);
            withinBar("table", table, x, slope, Math.cos(x));
        }
    }

    @Test
    void aFlatPartIsNoStep() {
        for (double kink : new double[] {1e-8, 1e-6, 1e-4, 1e-3, 0.1}) {
            assertTrue(of(t -> relu(t - 0.3 - kink) + 2, 0.3, 0).passed(), "relu " + kink + " from its kink");
            wrong("relu", t -> relu(t - 0.3 - kink) + 2, 0.3, 1);
        }
    }

    @Test
    void wavesAsShortAsAFewUnitsInTheLastPlaceAreNotMeasured() {
        right("sin", Math::sin, -4.568656059869234e14, 0.9133146707080557);
        for (int i = 0; i < Campaign.cases(30, 1000); i++) {
            double x = sized(i, 26, 1e13, 1e16);
            both("sin", Math::sin, x, Math.cos(x), Math.cos(x) + 1);
            wrong("sin", Math::sin, x, 0);
            Value a = Value.variable("a", x);
            right("sin at " + x, GradientCheck.of(a.sin()).run());
        }
    }

    @Test
    void aKinkAFewUnitsInTheLastPlaceAsideIsNotAtThePoint() {
        for (int i = 0; i < Campaign.cases(60, 2000); i++) {
            double kink = i == 0 ? 595.8509746760326 : uniform(i, 27, -900, 900);
            double side = i % 2 == 0 ? 1 : -1;
            double x = kink + side * sized(i, 28, 1e-12, 1e-8);
            double exp = Math.exp(0.01 * x);
            wrong("abs * exp", t -> Math.abs(t - kink) * Math.exp(0.01 * t), x, 0.99 * side * exp);
            wrong("abs", t -> Math.abs(t - kink) + Math.sin(t), x, Math.cos(x) + 0.98 * side);
            both("max", t -> Math.max(t - kink, 0.1 * (t - kink)), x, side > 0 ? 1 : 0.1, 0.6);
            both("bend", t -> (t - kink) * Math.abs(t - kink) + t, x, 1 + 2 * Math.abs(x - kink), 0.9);
        }
    }

    @Test
    void noiseThatGrowsIsNoSingularity() {
        double c = 1.5505300087642635;
        double x = 1036905.3572346971;
        right("reciprocals", t -> 1 / t - 1 / (t + c), x, -1 / (x * x) + 1 / ((x + c) * (x + c)));
    }

    @Test
    void wavesThatGoIntoTheStepsAreSeen() {
        DoubleUnaryOperator day = t -> 0.3 * t + Math.sin(2 * Math.PI * t);
        DoubleUnaryOperator quarter = t -> t + Math.sin(8 * Math.PI * t);
        for (int i = 0; i < Campaign.cases(30, 1000); i++) {
            double date = i == 0 ? 16923.66 : uniform(i, 3, 1e4, 3e4);
            both("day", day, date, 0.3 + 2 * Math.PI * Math.cos(2 * Math.PI * date), 0.3);
            double year = i == 0 ? 2024.3 : uniform(i, 4, 1900, 2100);
            both("quarter", quarter, year, 1 + 8 * Math.PI * Math.cos(8 * Math.PI * year), 1);
            Value x = Value.variable("x", date);
            Value seasonal = x.scale(0.3).plus(x.scale(2 * Math.PI).sin());
            right("day at " + date, GradientCheck.of(seasonal).run());
            wrong("day at " + date, Wrong.claiming(seasonal, x, 0.3));
        }
    }

    @Test
    void aConstantProgramIsCheckedAgainstItsClaims() {
        Value x = Value.variable("x", 2);
        GradientCheck check = GradientCheck.of(List.of(x), l -> Value.constant(3));
        wrong("constant", check.against(Map.of(x, SimpleMatrix.filled(1, 1, 7))).run());
        wrong(
                "constant",
                check.against(Map.of(x, SimpleMatrix.filled(1, 1, 1e-4))).run());
        assertTrue(check.against(Map.of(x, SimpleMatrix.filled(1, 1, 0))).run().passed());
        assertTrue(check.run().passed());
    }

    @Test
    void besideAKinkOnlyTheSlopeOfItsSidePasses() {
        for (double distance : new double[] {1e-3, 1e-5, 1e-7, 3e-8, 1e-9, 1e-11, 1e-13, 1e-15, 1e-20}) {
            for (double claimed : new double[] {0, 0.3, 0.5, 0.9999}) {
                wrong("relu", ExaminedFaultsTest::relu, distance, claimed);
                wrong("relu", ExaminedFaultsTest::relu, -distance, 1 - claimed);
            }
            right("relu", ExaminedFaultsTest::relu, distance, 1);
            right("relu", ExaminedFaultsTest::relu, -distance, 0);
        }
        assertTrue(of(ExaminedFaultsTest::relu, 1e-7, 1).passed());
        assertTrue(of(ExaminedFaultsTest::relu, -1e-7, 0).passed());
    }

    @Test
    void atAKinkNothingPassesThatIsOutsideByMoreThanTheTolerance() {
        DoubleUnaryOperator corner = t -> Math.abs(t) + Math.sin(t);
        for (double claimed : new double[] {2.000002, 2.0001, -0.000002, -1}) {
            wrong("abs + sin", corner, 0, claimed);
        }
        for (double claimed : new double[] {0, 0.7, 2}) {
            right("abs + sin", corner, 0, claimed);
        }
    }

    @Test
    void aSmoothBendIsNoKink() {
        both("bend", t -> Math.sqrt(t * t + 1e-17), -1e-9, -1e-9 / Math.sqrt(1.1e-17), 0.5);
        for (double square : new double[] {1e-10, 1e-13, 1e-15, 1e-17, 1e-19, 1e-22}) {
            for (double x : new double[] {-1e-9, 3e-9, 1e-7, -1e-11}) {
                double slope = x / Math.sqrt(x * x + square);
                both("bend " + square, t -> Math.sqrt(t * t + square), x, slope, 0.1 - slope / 2);
                wrong("bend " + square, t -> Math.sqrt(t * t + square), x, 0.9 * slope);
            }
        }
    }

    @Test
    void aBranchInJavaIsSeenOnEitherSide() {
        Value x = Value.variable("x", 1);
        for (int seed = 1; seed <= 40; seed++) {
            GradientCheck jumpDown = GradientCheck.of(
                    List.of(x),
                    l -> l.get(0).scalar() >= 1 ? l.get(0).square() : l.get(0).scale(5));
            GradientCheck jumpUp = GradientCheck.of(
                    List.of(x),
                    l -> l.get(0).scalar() <= 1 ? l.get(0).square() : l.get(0).scale(5));
            wrong("jump, seed " + seed, jumpDown.seed(seed).run());
            wrong("jump, seed " + seed, jumpUp.seed(seed).run());
            GradientCheck kink = GradientCheck.of(
                    List.of(x),
                    l -> l.get(0).scalar() >= 1
                            ? l.get(0).square()
                            : l.get(0).scale(5).minus(4));
            CheckReport report = kink.seed(seed).run();
            assertEquals(1, report.notes().size(), report.toString());
            assertEquals("kink-in", report.worst().verdict().name(), report.toString());
        }
    }

    @Test
    void atATieOnlyTheDocumentedSlopePasses() {
        for (double claimed : new double[] {1e-4, 0.5, 0.7, 1}) {
            Value x = Value.variable("x", 0);
            wrong("relu at 0, " + claimed, Wrong.claiming(x.relu(), x, claimed));
            wrong("abs at 0, " + claimed, Wrong.claiming(x.abs(), x, -claimed));
        }
        Value inputs = Value.constant(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
        Value targets = Value.constant(new double[][] {{0}, {1}, {1}, {0}});
        for (int net = 0; net < Campaign.cases(5, 100); net++) {
            Value w1 = Value.variable("w1", matrix(net, 5, 2, 4));
            Value w2 = Value.variable("w2", matrix(net, 6, 4, 1));
            Value loss = inputs.affine(w1, Value.variable("b1", new DMatrixRMaj(1, 4)))
                    .relu()
                    .affine(w2, Value.variable("b2", new DMatrixRMaj(1, 1)))
                    .minus(targets)
                    .square()
                    .mean();
            right("xor " + net, GradientCheck.of(loss).run());
            for (double factor : new double[] {0.5, 0.9, 1.1, -1}) {
                wrong("xor " + net + " times " + factor, Wrong.byFactor(loss, factor));
                SimpleMatrix bias = loss.gradients().of(w2).matrix();
                bias.set(net % 4, factor * bias.get(net % 4) + 1e-3);
                wrong(
                        "xor " + net + ", one entry",
                        GradientCheck.of(loss).against(Map.of(w2, bias)).run());
            }
        }
    }

    private static DMatrixRMaj matrix(int i, int what, int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int e = 0; e < matrix.data.length; e++) {
            matrix.data[e] = uniform(i, 100 * what + e, -2, 2);
        }
        return matrix;
    }

    @Test
    void decisionsThatAreTheInputItselfAreComparedWithTheReplay() {
        for (UnaryOperator<DMatrixRMaj> forward : List.<UnaryOperator<DMatrixRMaj>>of(
                x -> Operation.map(x, Math::floor),
                x -> Operation.map(x, v -> Math.rint(16 * v) / 16),
                x -> Operation.map(x, v -> Math.ceil(3 * v) / 3))) {
            Operation straight = Operation.unary("straight", forward, Rule.rule("dy", (x, y, dy) -> dy))
                    .piecewise(m -> m[0].copy(), (d, m) -> m[0].copy());
            for (double x : new double[] {1.5, 0.3, -2.7, 5000.3}) {
                wrong(
                        "straight through at " + x,
                        GradientCheck.of(straight.apply(Value.variable("x", x))).run());
            }
        }
    }

    @Test
    void noiseThatHidesBehindAConstantIsHeard() {
        DoubleUnaryOperator softplus = t -> Math.log(1 + Math.exp(t));
        right("softplus", softplus, -9.648036049044721, sigmoid(-9.648036049044721));
        for (int i = 0; i < Campaign.cases(200, 5000); i++) {
            double x = uniform(i, 7, -10, -5);
            both("softplus", softplus, x, sigmoid(x), 1.01 * sigmoid(x));
            Value a = Value.variable("a", x);
            right(
                    "softplus at " + x,
                    GradientCheck.of(a.elementExp().plus(1).elementLog()).run());
            Value b = Value.variable("b", uniform(i, 8, 0.1, 10));
            right(
                    "square about 1e8 at " + b.scalar(),
                    GradientCheck.of(b.plus(1e4).square().minus(1e8)).run());
        }
    }

    @Test
    void cancellationIsHeard() {
        DoubleUnaryOperator wave = t -> Math.sin(t * t);
        for (int i = 0; i < Campaign.cases(200, 5000); i++) {
            double x = i == 0 ? 5.605913692165849 : uniform(i, 9, -8, 8);
            double slope = 2 * x * Math.cos(x * x);
            both("sin t^2", wave, x, slope, slope * (1 + 1e-6));
        }
        for (double x : new double[] {2.2221528899795e7, 1e7, 3e5, 77777, 12.5}) {
            double slope = -0.5 / (Math.sqrt(x) * Math.sqrt(x + 1) * (Math.sqrt(x + 1) + Math.sqrt(x)));
            both("difference of roots", t -> Math.sqrt(t + 1) - Math.sqrt(t), x, slope, 2 * slope);
        }
    }

    @Test
    void inversesOfAnyConditionAreNotRefuted() {
        for (int i = 0; i < Campaign.cases(60, 2000); i++) {
            DMatrixRMaj matrix = matrix(i, 10, 3, 3);
            double part = sized(i, 11, 1e-6, 1);
            for (int c = 0; c < 3; c++) {
                matrix.data[6 + c] = matrix.data[c] + matrix.data[3 + c] + part * matrix.data[6 + c];
            }
            Value sum = Value.variable("a", matrix).invert().elementSum();
            right("inverse " + i, GradientCheck.of(sum).run());
            right(
                    "inverse " + i + " along directions",
                    GradientCheck.of(sum).directions(5).seed(i).run());
            wrong("inverse " + i, Wrong.byFactor(sum, 1 + 1e-4));
        }
    }

    @Test
    void singlePrecisionIsNotRefuted() {
        for (int i = 0; i < Campaign.cases(50, 1000); i++) {
            double x = i == 0 ? 1.1 : uniform(i, 12, 0.2, 3);
            both("float 100 + t^2", t -> (float) (100 + t * t), x, 2 * x, 2.2 * x);
            wrong("float 100 + t^2", t -> (float) (100 + t * t), x, 0);
            both("float t^2", t -> (float) (t * t), x, 2 * x, 2.2 * x);
            both("sin of float", t -> (float) Math.sin((float) t), x, Math.cos(x), 0);
        }
    }

    @Test
    void aSolverThatHalvesIsNotRefuted() {
        for (double tolerance : new double[] {1e-4, 1e-6, 1e-8, 1e-10, 1e-12}) {
            DoubleUnaryOperator root = t -> root(t, tolerance);
            for (int i = 0; i < Campaign.cases(20, 500); i++) {
                double x = uniform(i, 13, 0.5, 9);
                double z = root(x, 0);
                both("root to " + tolerance, root, x, 1 / (3 * z * z + 1), 1.3 / (3 * z * z + 1));
            }
        }
    }

    /** z where z³ + z = t. */
    private static double root(double t, double tolerance) {
        double low = 0;
        double high = 3;
        for (int i = 0; i < 60 && high - low > tolerance; i++) {
            double middle = (low + high) / 2;
            boolean isBelow = middle * middle * middle + middle < t;
            low = isBelow ? middle : low;
            high = isBelow ? high : middle;
        }
        return (low + high) / 2;
    }

    @Test
    void besideAPoleAndNearZeroStepsBecomeAsSmallAsTheyMust() {
        double near = 1e-3 + 1e-8;
        both("pole", t -> 1 / (t - 1e-3), near, -1 / Math.pow(near - 1e-3, 2), 0);
        wrong("pole", t -> 1 / (t - 1e-3), 1.4e-7, 0);
        both("log", Math::log, 1e-15, 1e15, 0);
        for (int i = 0; i < Campaign.cases(60, 1000); i++) {
            double pole = uniform(i, 14, -2, 2);
            double x = pole + sized(i, 15, 1e-11, 0.1);
            double slope = -1 / ((x - pole) * (x - pole));
            both("pole", t -> 1 / (t - pole), x, slope, 0);
            wrong("pole", t -> 1 / (t - pole), x, 1.01 * slope);
            double tiny = sized(i, 16, 1e-300, 0.1);
            both("log", Math::log, tiny, 1 / tiny, 1.1 / tiny);
            wrong("log", Math::log, tiny, 0);
            both("root", Math::sqrt, tiny, 0.5 / Math.sqrt(tiny), 0.55 / Math.sqrt(tiny));
        }
    }

    @Test
    void narrowFeaturesAreNotOverlooked() {
        for (int i = 0; i < Campaign.cases(100, 2000); i++) {
            double width = sized(i, 17, 1e-10, 1e-5);
            double middle = i % 2 == 0 ? 0 : uniform(i, 18, -2, 2);
            double x = middle + width * uniform(i, 19, 0.2, 1.5);
            double at = (x - middle) / width;
            double bell = Math.exp(-at * at);
            DoubleUnaryOperator gauss = t -> Math.exp(-(t - middle) * (t - middle) / width / width);
            both("gauss", gauss, x, -2 * at / width * bell, 0);
            both("3t + gauss", t -> 3 * t + 1e-3 * gauss.applyAsDouble(t), x, 3 - 2e-3 * at / width * bell, 3);
            both("sigmoid", t -> sigmoid((t - middle) / width), x, sigmoid(at) * sigmoid(-at) / width, 0);
            DoubleUnaryOperator lorentz = t -> 1 / (1 + (t - middle) * (t - middle) / width / width);
            both("lorentz", lorentz, x, -2 * at / width / Math.pow(1 + at * at, 2), 0);
        }
    }

    @Test
    void atLargeArgumentsWavesAreNotRefuted() {
        for (int i = 0; i < Campaign.cases(100, 2000); i++) {
            double x = i == 0 ? 1e12 : sized(i, 20, 1e3, 5e12);
            both("sin", Math::sin, x, Math.cos(x), 0);
            both("3t + sin", t -> 3 * t + Math.sin(t), x, 3 + Math.cos(x), 3);
        }
    }

    @Test
    void aKinkUnderCurvatureIsAKink() {
        DoubleUnaryOperator bowl = t -> 1e6 * t * t + 1e-3 * relu(t);
        both("bowl", bowl, 0, 0, 2e-3);
        both("bowl", bowl, 0, 1e-3, -1e-3);
        DoubleUnaryOperator crest = t -> Math.cos(t) + 1e-4 * Math.abs(t);
        both("crest", crest, 0, 1e-4, 3e-4);
        both("crest", crest, 0, -1e-4, -3e-4);
        for (int i = 0; i < Campaign.cases(60, 1000); i++) {
            double turn = sized(i, 21, 1e-6, 1);
            double curvature = sized(i, 22, 1, 1e6);
            double tilt = uniform(i, 23, -2, 2);
            DoubleUnaryOperator bent = t -> curvature * t * t + turn * Math.abs(t) + tilt * t;
            both("bent", bent, 0, tilt + turn, tilt + 2 * turn);
            both("bent", bent, 0, tilt - turn, tilt - 2 * turn);
            both("cos", t -> Math.cos(t) + turn * Math.abs(t), 0, turn, 3 * turn);
        }
    }

    @Test
    void reluNetworksInPlainJavaAreNotRefuted() {
        for (int net = 0; net < Campaign.cases(12, 200); net++) {
            for (double distance : new double[] {0, 1e-9, 1e-8, 1e-7, 1e-5}) {
                PlainNetwork plain = new PlainNetwork(net, distance);
                double[] gradient = plain.gradient();
                GradientCheck right = GradientCheck.ofFunction(plain::loss, plain.weights, gradient);
                right("network " + net + ", kinks at " + distance, right.run());
                if (distance > 0) {
                    right(
                            "network " + net + ", kinks at " + distance + ", directions",
                            right.directions(2).run());
                }
                double[] stretched = gradient.clone();
                for (int i = 0; i < 15; i++) {
                    stretched[i] *= 1.21635517;
                }
                wrong(
                        "network " + net + ", kinks at " + distance,
                        GradientCheck.ofFunction(plain::loss, plain.weights, stretched)
                                .run());
            }
        }
    }

    /** Three inputs, five relus, one output, as somebody would write it; two relus are near their kinks. */
    private static final class PlainNetwork {
        private static final double[] TARGETS = {0.5, -1, 2, 0.1};
        private final double[][] inputs = new double[4][3];
        private final double[] weights = new double[25];

        PlainNetwork(int net, double distance) {
            for (int i = 0; i < 12; i++) {
                inputs[i / 3][i % 3] = uniform(net, 3000 + i, -2, 2);
            }
            for (int i = 0; i < weights.length; i++) {
                weights[i] = uniform(net, 4000 + i, -2, 2);
            }
            for (int unit = 0; unit < 2; unit++) {
                weights[15 + unit] = 0;
                weights[15 + unit] = (Randomness.bit(net, 5000, unit) ? distance : -distance) - sum(unit, unit);
            }
        }

        private double sum(int row, int unit) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                sum += inputs[row][k] * weights[5 * k + unit];
            }
            return sum + weights[15 + unit];
        }

        private double error(int row) {
            double output = 0;
            for (int unit = 0; unit < 5; unit++) {
                output += relu(sum(row, unit)) * weights[20 + unit];
            }
            return output - TARGETS[row];
        }

        double loss(double... other) {
            PlainNetwork moved = new PlainNetwork(0, 0);
            System.arraycopy(other, 0, moved.weights, 0, other.length);
            double sum = 0;
            for (int row = 0; row < 4; row++) {
                System.arraycopy(inputs[row], 0, moved.inputs[row], 0, 3);
                sum += Math.pow(moved.error(row), 2);
            }
            return sum / 4;
        }

        double[] gradient() {
            double[] gradient = new double[25];
            for (int row = 0; row < 4; row++) {
                double outer = error(row) / 2;
                for (int unit = 0; unit < 5; unit++) {
                    double z = sum(row, unit);
                    double inner = z > 0 ? outer * weights[20 + unit] : 0;
                    gradient[20 + unit] += outer * relu(z);
                    gradient[15 + unit] += inner;
                    for (int k = 0; k < 3; k++) {
                        gradient[5 * k + unit] += inner * inputs[row][k];
                    }
                }
            }
            return gradient;
        }
    }

    @Test
    void aKinkThatIsNotDeclaredDoesNotDisturbOtherEntries() {
        Operation own = Operation.unary(
                "own relu",
                x -> Operation.map(x, ExaminedFaultsTest::relu),
                Rule.rule(
                        "",
                        (x, y, dy) -> dy.elementMult(
                                Value.constant(Operation.map(x.matrix().getDDRM(), t -> t > 0 ? 1 : 0)))));
        Value x = Value.variable("x", new double[][] {{0, 1, -1, 0.5}, {2, -3, 0.1, 7}});
        CheckReport report = GradientCheck.of(
                        own.apply(x).square().plus(own.apply(x)).elementSum())
                .run();
        assertTrue(report.passed(), report.toString());
        assertEquals("kink-in", report.entries().get(0).verdict().name());
        assertEquals(
                List.of("own relu has a kink here, but is not declared piecewise: see Operation.piecewise."),
                report.notes());
        for (CheckedEntry entry : report.entries().subList(1, 8)) {
            assertTrue(entry.verdict().name().startsWith("agree"), entry.toString());
        }
    }
}
