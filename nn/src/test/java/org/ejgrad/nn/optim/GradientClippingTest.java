package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** GradientClipping limits what it says and keeps the direction. */
class GradientClippingTest {
    private final Value a = Value.variable("a", new SimpleMatrix(1, 2));
    private final Value b = Value.variable("b", new SimpleMatrix(1, 1));

    private Gradients gradients(double a0, double a1, double b0) {
        Value loss = a.elementMult(Value.constant(new double[][] {{a0, a1}}))
                .elementSum()
                .plus(b.scale(b0));
        return loss.gradients();
    }

    @Property(tries = 300)
    void theNormIsLimitedAndTheDirectionKept(
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a0,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double a1,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double b0,
            @ForAll @DoubleRange(min = 0.01, max = 1e3) double limit) {
        Gradients before = gradients(a0, a1, b0);
        GradientClipping.Clipped clipped = GradientClipping.byNorm(before, limit);
        double largest = Math.max(Math.abs(a0), Math.max(Math.abs(a1), Math.abs(b0)));
        assertTrue(clipped.norm() >= largest * (1 - 1e-15), "not less than an element");
        assertTrue(clipped.norm() <= 1.7321 * largest, "nor more than √3 of the largest");
        double after = GradientClipping.norm(clipped.gradients(), 2);
        if (clipped.norm() <= limit) {
            assertSame(before, clipped.gradients());
        } else {
            assertEquals(limit, after, 4 * Math.ulp(limit));
        }
    }

    @Test
    void gradientsOfIntermediateValuesCount() {
        Value h = Value.variable("w", new double[][] {{3, 4}}).scale(2);
        Value loss = h.square().elementSum();
        Gradients ofH = Gradients.withRespectTo(loss, Value.constant(1), List.of(h));
        assertEquals(20, GradientClipping.norm(ofH, 2));
        assertEquals(20, GradientClipping.byNorm(ofH, 1).norm());
        assertEquals(
                1, GradientClipping.byNorm(ofH, 1).gradients().of(h).normF().scalar(), 1e-15);
        Gradients all = loss.gradients(Gradients.Option.INTERMEDIATE);
        GradientClipping.Clipped clipped = GradientClipping.byNorm(all, 1);
        assertEquals(GradientClipping.norm(all, 2), clipped.norm());
        assertEquals(1, GradientClipping.norm(clipped.gradients(), 2), 1e-15);
        assertTrue(clipped.norm() > Math.hypot(20, 40));
    }

    @Test
    void theNormNeitherOverflowsNorVanishes() {
        assertEquals(Math.sqrt(2) * 1e200, GradientClipping.norm(gradients(1e200, 0, 1e200), 2), 1e186);
        assertEquals(5e-200, GradientClipping.norm(gradients(3e-200, 4e-200, 0), 2), 1e-214);
        assertEquals(12, GradientClipping.norm(gradients(3, -4, 5), 1), 1e-14);
        assertEquals(5, GradientClipping.norm(gradients(3, -4, 5), Double.POSITIVE_INFINITY));
        assertEquals(0, GradientClipping.norm(gradients(0, 0, 0), 2));
        assertEquals(Double.POSITIVE_INFINITY, GradientClipping.norm(gradients(1, Double.NEGATIVE_INFINITY, 0), 2));
        assertTrue(Double.isNaN(GradientClipping.norm(gradients(Double.NaN, Double.NEGATIVE_INFINITY, 0), 2)));
        assertTrue(Double.isNaN(GradientClipping.norm(gradients(1, 0, Double.NaN), Double.POSITIVE_INFINITY)));
    }

    /** The limited norm is the limit at every scale of gradients and limit, and the direction stays. */
    @Property(tries = 500)
    void theNormIsLimitedAtEveryScale(
            @ForAll long seed,
            @ForAll @IntRange(min = -1074, max = 1023) int exponent,
            @ForAll @IntRange(min = -900, max = 900) int limitExponent,
            @ForAll @IntRange(min = 0, max = 3) int order) {
        RandomStream random = new RandomStream(seed);
        double p = List.of(1.0, 2.0, 3.0, Double.POSITIVE_INFINITY).get(order);
        double limit = Math.scalb(random.nextDouble(1, 2), limitExponent);
        double[] g = new double[3];
        Arrays.setAll(g, i -> Math.scalb(random.nextDouble(-2, 2), exponent));
        Gradients before = gradients(g[0], g[1], g[2]);
        GradientClipping.Clipped clipped = GradientClipping.byNorm(before, limit, p);
        double[] after = elements(clipped.gradients());
        double exact = norm(g, p, exponent); // in units of 2^exponent
        if (Double.isFinite(clipped.norm())) {
            assertEquals(exact, Math.scalb(clipped.norm(), -exponent), 1e-15 * exact + 0.6 * slack(exponent));
        }
        for (int i = 0; i < 3; i++) {
            assertTrue(Math.abs(after[i]) <= Math.abs(g[i]), "never larger");
        }
        if (before != clipped.gradients()) {
            assertEquals(
                    Math.scalb(limit, -limitExponent),
                    norm(after, p, limitExponent),
                    4 * Math.ulp(1.0) + 4 * slack(limitExponent));
            for (int i = 0; i < 3; i++) {
                double share = Math.scalb(g[i], -exponent) / exact;
                assertEquals(share * limit, after[i], 8 * Math.ulp(limit));
            }
        }
    }

    /** How far apart numbers lie at the end of the subnormals, in units of 2^exponent. */
    private static double slack(int exponent) {
        return Math.scalb(1.0, Math.max(-1074 - exponent, -60));
    }

    private static double norm(double[] elements, double p, int exponent) {
        double[] parts = Arrays.stream(elements)
                .map(e -> Math.abs(Math.scalb(e, -exponent)))
                .toArray();
        return p == Double.POSITIVE_INFINITY
                ? Arrays.stream(parts).max().orElseThrow()
                : Math.pow(Arrays.stream(parts).map(e -> Math.pow(e, p)).sum(), 1 / p);
    }

    private double[] elements(Gradients gradients) {
        return new double[] {
            gradients.of(a).get(0, 0),
            gradients.of(a).get(0, 1),
            gradients.of(b).scalar()
        };
    }

    @Test
    void gradientsWhoseNormIsTooLargeForADoubleAreLimitedToo() {
        double max = Double.MAX_VALUE;
        double half = Math.sqrt(0.5);
        assertArrayEquals(
                new double[] {half, -half, 0},
                elements(GradientClipping.byNorm(gradients(max, -max, 0), 1).gradients()),
                2e-16);
        assertArrayEquals(
                new double[] {0.5, 0.5, 0},
                elements(GradientClipping.byNorm(gradients(max, max, 0), 1, 1).gradients()),
                1e-16);
        Value many = Value.variable("many", new SimpleMatrix(1, 4));
        Gradients four = many.scale(1e308).elementSum().gradients();
        Value limited = GradientClipping.byNorm(four, 1).gradients().of(many);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, limited.matrix().getDDRM().data, 1e-16);
        assertEquals(Double.POSITIVE_INFINITY, GradientClipping.byNorm(four, 1).norm(), "2e308 is no double");
        // Elements far below the largest keep their digits as long as the factor has all of its own.
        double[] uneven = elements(
                GradientClipping.byNorm(gradients(1e200, 1e-100, 0), 1e195).gradients());
        assertEquals(1e-105, uneven[1], 1e-120);
    }

    @Test
    void subnormalGradientsAreLimited() {
        double[] clipped = elements(
                GradientClipping.byNorm(gradients(3 * Double.MIN_VALUE, 4 * Double.MIN_VALUE, 0), Double.MIN_VALUE)
                        .gradients());
        assertArrayEquals(new double[] {Double.MIN_VALUE, Double.MIN_VALUE, 0}, clipped, "0.6 and 0.8, rounded");
        double norm = GradientClipping.norm(gradients(3e-320, 4e-320, 0), 2);
        assertEquals(5e-320, norm, Double.MIN_VALUE);
    }

    @Test
    void theNormOfASmallOrderIsStillTheNorm() {
        for (double p : new double[] {Double.MIN_VALUE, 1e-3, 0.5, 1000, 1e300}) {
            assertEquals(7, GradientClipping.norm(gradients(0, -7, 0), p), "of one element");
        }
        assertEquals(4, GradientClipping.norm(gradients(1, 1, 0), 0.5), 1e-15);
        assertEquals(2, GradientClipping.norm(gradients(2, 1, 1), 1e6), 1e-15);
    }

    @Test
    void infiniteElementsBecomeNaNAndTheOthersZero() {
        double[] one = elements(GradientClipping.byNorm(gradients(1, Double.NEGATIVE_INFINITY, 1e308), 2)
                .gradients());
        assertArrayEquals(new double[] {0, Double.NaN, 0}, one);
        double[] none =
                elements(GradientClipping.byNorm(gradients(1, Double.NaN, 2), 2).gradients());
        assertArrayEquals(new double[] {Double.NaN, Double.NaN, Double.NaN}, none);
    }

    @Test
    void elementsAreLimited() {
        Gradients clipped = GradientClipping.byValue(gradients(-7, 0.5, Double.NaN), 2);
        assertEquals(-2, clipped.of(a).get(0, 0));
        assertEquals(0.5, clipped.of(a).get(0, 1));
        assertTrue(Double.isNaN(clipped.of(b).scalar()));
    }

    /** The gradient of a clipped gradient is that of the gradient where it was not clipped, and 0 where it was. */
    @Test
    void clippingByValueCanBeDifferentiated() {
        Value x = Value.variable("x", new double[][] {{1, 3}});
        Gradients slope = x.square().elementSum().gradients(Gradients.Option.DIFFERENTIABLE); // 2x = 2, 6
        Value clipped = GradientClipping.byValue(slope, 4).of(x);
        Gradients second = clipped.elementSum().gradients();
        assertEquals(4, clipped.get(0, 1));
        assertEquals(2, second.of(x).get(0, 0));
        assertEquals(0, second.of(x).get(0, 1));
    }

    @Test
    void badLimitsAreNamed() {
        Gradients gradients = gradients(1, 2, 3);
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.byNorm(gradients, bad))
                    .toString()
                    .contains("limit = " + bad));
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.byValue(gradients, bad))
                    .toString()
                    .contains("limit = " + bad));
        }
        for (double bad : new double[] {0, -1, Double.NaN}) {
            assertTrue(assertThrows(IllegalArgumentException.class, () -> GradientClipping.norm(gradients, bad))
                    .toString()
                    .contains("p = " + bad));
        }
    }
}
