package org.ejgrad;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;
import static org.ejgrad.PlainFunctions.LARGEST_EXPONENT;
import static org.ejgrad.PlainFunctions.LN_2_HIGH;
import static org.ejgrad.PlainFunctions.LN_2_LOW;
import static org.ejgrad.PlainFunctions.ONE;
import static org.ejgrad.PlainFunctions.ROUNDING;
import static org.ejgrad.PlainFunctions.SQRT_HALF;
import static org.ejgrad.PlainFunctions.TANH_IS_ONE;
import static org.ejgrad.ScalarFunctions.LOG_2_OF_E;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Elementary functions with the Vector API, to about one unit in the last place.
 *
 * <p>Each is computed without branches for the numbers that occur in practice; where one of a vector lies outside, its
 * elements outside are computed one by one, as without vectors. What does not fill a vector goes through one of its
 * own, so an element has the same bits wherever it stands.
 *
 * <p>The exponential and the logarithm have a loop each, through which the other functions send their elements: where
 * the compiler does not expand a call, every vector that passes it becomes an object.
 */
final class VectorFunctions {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();

    /** The bits of 2⁵². */
    private static final long TWO_TO_52 = 0x4330000000000000L;

    private static final double SQRT_2_LESS_1 = 0x1.a827999fcef32p-2;

    private VectorFunctions() {}

    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }

    private static DoubleVector load(double[] x, int i) {
        return i + LANES <= x.length
                ? DoubleVector.fromArray(SPECIES, x, i)
                : DoubleVector.fromArray(SPECIES, Arrays.copyOfRange(x, i, i + LANES), 0);
    }

    private static void store(DoubleVector y, double[] to, int i) {
        if (i + LANES <= to.length) {
            y.intoArray(to, i);
        } else {
            double[] all = new double[LANES];
            y.intoArray(all, 0);
            System.arraycopy(all, 0, to, i, to.length - i);
        }
    }

    /** Replaces the elements of y that are marked by the function of those of x. */
    private static void mend(
            VectorMask<Double> marked, DoubleVector x, double[] y, int i, DoubleUnaryOperator function) {
        for (int lane = 0; lane < LANES && i + lane < y.length; lane++) {
            if (marked.laneIsSet(lane)) {
                y[i + lane] = function.applyAsDouble(x.lane(lane));
            }
        }
    }

    /** 2ᵏ·eʳ with |r| ≤ ½·ln 2, what r has lost in its rounding, and Taylor's polynomial. */
    static void exp(double[] x, double[] y) {
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector v = load(x, i);
            DoubleVector shifted = v.fma(all(LOG_2_OF_E), all(ROUNDING));
            DoubleVector k = shifted.sub(ROUNDING);
            DoubleVector high = k.fma(all(-LN_2_HIGH), v);
            DoubleVector low = k.mul(LN_2_LOW);
            DoubleVector r = high.sub(low);
            DoubleVector lost = high.sub(r).sub(low);
            DoubleVector p = all(1 / 6227020800.0);
            p = p.fma(r, all(1 / 479001600.0));
            p = p.fma(r, all(1 / 39916800.0));
            p = p.fma(r, all(1 / 3628800.0));
            p = p.fma(r, all(1 / 362880.0));
            p = p.fma(r, all(1 / 40320.0));
            p = p.fma(r, all(1 / 5040.0));
            p = p.fma(r, all(1 / 720.0));
            p = p.fma(r, all(1 / 120.0));
            p = p.fma(r, all(1 / 24.0));
            p = p.fma(r, all(1 / 6.0));
            p = p.fma(r, all(0.5));
            p = p.fma(r.mul(r), lost).add(r).add(1);
            LongVector power = shifted.reinterpretAsLongs().add(1023).lanewise(LSHL, 52);
            store(p.mul(power.reinterpretAsDoubles()), y, i);
            VectorMask<Double> outside = v.abs().compare(LE, LARGEST_EXPONENT).not();
            if (outside.anyTrue()) {
                mend(outside, v, y, i, Elementary::exp);
            }
        }
    }

    /** Replaces k by k·ln 2 + ln(1 + f), as in FDLIBM's e_log.c, for 1 + f from √½ to √2. */
    private static void logOfParts(double[] k, double[] f) {
        for (int i = 0; i < k.length; i += LANES) {
            DoubleVector exponent = load(k, i);
            DoubleVector fraction = load(f, i);
            DoubleVector s = fraction.div(fraction.add(2));
            DoubleVector z = s.mul(s);
            DoubleVector p = all(1.479819860511658591e-01);
            p = p.fma(z, all(1.531383769920937332e-01));
            p = p.fma(z, all(1.818357216161805012e-01));
            p = p.fma(z, all(2.222219843214978396e-01));
            p = p.fma(z, all(2.857142874366239149e-01));
            p = p.fma(z, all(3.999999999940941908e-01));
            p = p.fma(z, all(6.666666666666735130e-01));
            DoubleVector half = fraction.mul(fraction).mul(0.5);
            DoubleVector part = p.fma(z, half).mul(s).add(exponent.mul(LN_2_LOW));
            store(exponent.fma(all(LN_2_HIGH), fraction.sub(half.sub(part))), k, i);
        }
    }

    /** The logarithm of x = 2ᵏ·m, where the exponent of x·√2 gives an m from √½ to √2. */
    static void log(double[] x, double[] y) {
        double[] fractions = new double[y.length];
        for (int i = 0; i < y.length; i += LANES) {
            LongVector bits = load(x, i).reinterpretAsLongs();
            LongVector exponent = bits.add(ONE - SQRT_HALF).lanewise(LSHR, 52);
            store(exponent.or(TWO_TO_52).reinterpretAsDoubles().sub(0x1p52 + 1023), y, i);
            LongVector m = bits.sub(exponent.sub(1023).lanewise(LSHL, 52));
            store(m.reinterpretAsDoubles().sub(1), fractions, i);
        }
        logOfParts(y, fractions);
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector v = load(x, i);
            VectorMask<Double> outside = v.compare(LE, Double.MAX_VALUE)
                    .and(v.compare(GE, Double.MIN_NORMAL))
                    .not();
            if (outside.anyTrue()) {
                mend(outside, v, y, i, Elementary::log);
            }
        }
    }

    /** e^(−k|x|). */
    private static void expOfMinus(double k, double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = -k * Math.abs(x[i]);
        }
        exp(y, y);
    }

    /** As {@link ScalarFunctions#tanh}, with the sign put back at the end. */
    static void tanh(double[] x, double[] y) {
        for (int i = 0; i < y.length; i++) {
            y[i] = Math.min(2 * Math.abs(x[i]), TANH_IS_ONE);
        }
        exp(y, y);
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector v = load(x, i);
            DoubleVector size = v.abs();
            DoubleVector z = v.mul(v);
            DoubleVector p = z.add(1430);
            p = p.fma(z, all(289575));
            p = p.fma(z, all(16081065));
            p = p.fma(z, all(218243025));
            DoubleVector q = z.add(1485);
            q = q.fma(z, all(315315));
            q = q.fma(z, all(18918900));
            q = q.fma(z, all(310134825));
            q = q.fma(z, all(654729075));
            DoubleVector near = size.sub(size.mul(z.mul(p).div(q)));
            DoubleVector far = all(1).sub(all(2).div(load(y, i).add(1)));
            DoubleVector result = far.blend(near, size.compare(LT, ScalarFunctions.TANH_INSIDE));
            LongVector sign = v.reinterpretAsLongs().and(Long.MIN_VALUE);
            store(result.reinterpretAsLongs().or(sign).reinterpretAsDoubles(), y, i);
        }
    }

    static void sigmoid(double[] x, double[] y) {
        expOfMinus(1, x, y);
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector power = load(y, i);
            DoubleVector above = all(1).blend(power, load(x, i).compare(LT, 0));
            store(above.div(power.add(1)), y, i);
        }
    }

    /** As {@link PlainFunctions#bell}. */
    static void bell(double k, double[] x, double[] dy, double[] dx) {
        expOfMinus(k, x, dx);
        for (int i = 0; i < dx.length; i += LANES) {
            DoubleVector power = load(dx, i);
            DoubleVector upstream = load(dy, i);
            DoubleVector product =
                    upstream.mul(power.mul(k * k).div(power.add(2).fma(power, all(1))));
            store(product.blend(0, upstream.compare(EQ, 0)), dx, i);
            VectorMask<Double> outside = load(x, i).abs().mul(k).compare(GT, LARGEST_EXPONENT);
            if (outside.anyTrue()) {
                mend(outside, load(x, i), dx, i, v -> PlainFunctions.bellOutside(k, v));
                store(load(dx, i).mul(upstream, outside).blend(0, upstream.compare(EQ, 0)), dx, i);
            }
        }
    }

    /** max(x, 0) + ln(1 + e) with e = e^(−|x|); where 1 + e exceeds √2, half of it is taken. */
    static void softplus(double[] x, double[] y) {
        double[] e = new double[y.length];
        expOfMinus(1, x, e);
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector power = load(e, i);
            VectorMask<Double> large = power.compare(GT, SQRT_2_LESS_1);
            store(all(0).blend(1, large), y, i);
            store(power.blend(power.sub(1).mul(0.5), large), e, i);
        }
        logOfParts(y, e);
        for (int i = 0; i < y.length; i++) {
            y[i] += Math.max(x[i], 0);
        }
    }

    static void gate(double[] x, double[] a, double[] y) {
        for (int i = 0; i < y.length; i += LANES) {
            DoubleVector v = load(x, i);
            DoubleVector passed = load(a, i);
            store(all(0).blend(passed, v.compare(GT, 0)), y, i);
            VectorMask<Double> nan = v.compare(NE, v);
            if (nan.anyTrue()) {
                mend(nan, passed, y, i, kept -> kept == 0 ? 0 : Double.NaN);
            }
        }
    }

    /** The sum of 0·x over so many numbers, which fill vectors: 0 if all are finite, else NaN. */
    static double timesZero(double[] x, int count) {
        DoubleVector zero = all(0);
        DoubleVector s0 = zero;
        DoubleVector s1 = zero;
        DoubleVector s2 = zero;
        DoubleVector s3 = zero;
        int i = 0;
        for (; i + 3 * LANES < count; i += 4 * LANES) {
            s0 = DoubleVector.fromArray(SPECIES, x, i).fma(zero, s0);
            s1 = DoubleVector.fromArray(SPECIES, x, i + LANES).fma(zero, s1);
            s2 = DoubleVector.fromArray(SPECIES, x, i + 2 * LANES).fma(zero, s2);
            s3 = DoubleVector.fromArray(SPECIES, x, i + 3 * LANES).fma(zero, s3);
        }
        for (; i < count; i += LANES) {
            s0 = DoubleVector.fromArray(SPECIES, x, i).fma(zero, s0);
        }
        return s0.add(s1).add(s2.add(s3)).reduceLanes(ADD);
    }

    /** Adds up the rows of x as {@link Sums} does; a row fills a vector at least, and its last two may overlap. */
    static void addRows(double[] x, double[] high, double[] low) {
        for (int j = 0; j < high.length; j += LANES) {
            int at = Math.min(j, high.length - LANES);
            DoubleVector sum = all(0);
            DoubleVector lost = all(0);
            for (int i = at; i < x.length; i += high.length) {
                DoubleVector term = DoubleVector.fromArray(SPECIES, x, i);
                DoubleVector next = sum.add(term);
                DoubleVector added = next.sub(sum);
                lost = lost.add(sum.sub(next.sub(added)).add(term.sub(added)));
                sum = next;
            }
            sum.intoArray(high, at);
            lost.intoArray(low, at);
        }
    }
}
