package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values that no step moves, because something larger hides what they would do: no slope is read off them. */
class StillValuesTest {
    private static CheckReport check(DoubleUnaryOperator function, double x, double claimed) {
        return GradientCheck.ofFunction(v -> function.applyAsDouble(v[0]), new double[] {x}, new double[] {claimed})
                .run();
    }

    private static void assertUndecided(CheckReport report) {
        assertTrue(!report.passed() && !report.refuted(), report.toString());
    }

    private static CheckReport checkGraph(Value y, Value x, double claimed) {
        return GradientCheck.of(y)
                .against(Map.of(x, new SimpleMatrix(new double[][] {{claimed}})))
                .run();
    }

    @ParameterizedTest
    @ValueSource(doubles = {6e-8, -6e-8, 1.2e-7, 5e-7})
    void aClaimThatALargeConstantHidesIsNotCertified(double claimed) {
        assertUndecided(check(x -> 1e9 + 1e-8 * x * x, 3, claimed));
        Value x = Value.variable("x", 3);
        assertUndecided(checkGraph(x.square().scale(1e-8).plus(1e9), x, claimed));
    }

    @Test
    void whatWouldMoveTheValueIsRefuted() {
        CheckReport report = check(x -> 1e9 + 1e-8 * x * x, 3, 1e-3);
        assertTrue(report.refuted(), report.toString());
        assertTrue(check(x -> 3, 1, 1e-3).refuted());
        assertTrue(check(x -> 3, 1, 0).passed());
    }

    @Test
    void itIsSaidWhichSlopesWouldNotMoveTheValue() {
        assertEquals(
                "no step moves the value 1.00e+16, and slopes up to 3.5e+01 would not either; leave out the constant part"
                        + " of the value, or check the part that varies alone",
                check(x -> 1e16 + Math.sin(x), 1, -0.54).worst().verdict().detail());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 3e-6, 1e-7, 1e-9})
    void singlePrecisionThatStandsStillRefutesNoSmallSlope(double part) {
        DoubleUnaryOperator rounded = x -> (float) (1000 + part * (Math.sin(x) + x * x));
        double slope = part * (Math.cos(0.3) + 0.6);
        assertUndecided(check(rounded, 0.3, slope));
        assertUndecided(check(rounded, 0.3, -slope));
        assertTrue(check(rounded, 0.3, 0.1).refuted());
    }

    /** The claim 0 passes where no step moves the value, but the bar says what slopes would not either. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-5, 1e-7, 1e-9})
    void theBarOfAZeroHoldsTheSlopesThatSinglePrecisionHides(double slope) {
        CheckedEntry entry =
                check(x -> (float) (1000 + slope * x), 0.3, 0).entries().get(0);
        assertTrue(entry.verdict().passes() && entry.bar() >= slope, entry.toString());
        CheckedEntry exact = check(x -> 1000.1 + 0 * x, 0.3, 0).entries().get(0);
        assertTrue(exact.verdict().passes() && exact.bar() < 1e-10, exact.toString());
    }

    /** The sum 1 + eˣ is rounded to parts of 1, whatever the smaller value that comes of it. */
    @ParameterizedTest
    @CsvSource({"-36", "-37", "-38.99", "-40", "-41.5", "-50", "-60"})
    void theRoundingOfAnInnerSumIsHeardWhereTheValueIsZero(double x) {
        DoubleUnaryOperator softplus = t -> Math.log(1 + Math.exp(t));
        assertTrue(!check(softplus, x, Math.exp(x)).refuted());
        assertTrue(!check(softplus, x, 0.01).passed());
        Value v = Value.variable("x", x);
        Value y = v.elementExp().plus(1).elementLog();
        assertTrue(!GradientCheck.of(y).run().refuted());
        assertTrue(!checkGraph(y, v, 0.01).passed());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-4, 1e-5, 1e-6, 1e-7})
    void aNarrowExtremumHasASlope(double width) {
        for (DoubleUnaryOperator extremum : new DoubleUnaryOperator[] {
            x -> Math.exp(-x * x / (2 * width * width)),
            x -> 1 / (1 + x * x / (width * width)),
            x -> 1 / Math.cosh(x / width)
        }) {
            CheckReport report = check(extremum, 0, 0);
            assertTrue(report.passed(), report.toString());
            assertTrue(check(x -> extremum.applyAsDouble(x) + x, 0, 1).passed());
            assertTrue(check(x -> extremum.applyAsDouble(x) + x, 0, 0).refuted());
            assertTrue(check(extremum, 0, 0.1 / width).refuted());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0.05",
        "1000, 0.1",
        "10000, 0.5",
        "10000, 0.9",
        "10000, 1.73",
        "10000, 2.1",
        "100000, 0.1",
        "100000, 0.45"
    })
    void theRoundingOfALongSumIsHeardAlongOneNumber(int terms, double x) {
        double slope = mean(terms, u -> -u * u * Math.exp(-x * u * u));
        DoubleUnaryOperator function = t -> mean(terms, u -> Math.exp(-t * u * u));
        CheckReport report = check(function, x, slope);
        assertTrue(report.passed(), report.toString());
        assertTrue(check(function, x, slope * (1 + 1e-5)).refuted());
    }

    private static double mean(int terms, DoubleUnaryOperator of) {
        double sum = 0;
        for (int i = 0; i < terms; i++) {
            sum += of.applyAsDouble((i + 0.5) / terms);
        }
        return sum / terms;
    }
}
