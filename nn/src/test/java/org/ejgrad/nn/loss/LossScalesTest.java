package org.ejgrad.nn.loss;

import static org.ejgrad.nn.loss.Exact.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.Arrays;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.junit.jupiter.api.Test;

/** Cross-entropies of logits of every size, from 10⁻³⁰⁰ to 10³⁰⁷, smoothed, weighted and soft, against fifty digits. */
class LossScalesTest {
    private static final int TRIES = 120;
    private static final int CLASSES = 4;
    private static final BigDecimal SMALLEST = BigDecimal.valueOf(-5000);

    private final RandomStream random = new RandomStream(17);

    private double[] logits(int count) {
        double scale = Math.pow(10, random.nextDouble(-300, 307));
        double[] logits = new double[count];
        Arrays.setAll(
                logits, j -> random.nextInt(6) == 0 ? random.nextDouble(-3, 3) : scale * random.nextDouble(-1, 1));
        return logits;
    }

    /** eˣ for x ≤ 0, and 0 far below where a double could tell. */
    private static BigDecimal exp(BigDecimal x) {
        return x.compareTo(SMALLEST) < 0 ? BigDecimal.ZERO : Exact.exp(x);
    }

    private static BigDecimal softplus(double x) {
        BigDecimal tail = Exact.log1p(exp(of(-Math.abs(x))));
        return x > 0 ? of(x).add(tail) : tail;
    }

    private static BigDecimal sigmoid(double x) {
        BigDecimal e = exp(of(-Math.abs(x)));
        BigDecimal large = BigDecimal.ONE.divide(BigDecimal.ONE.add(e), Exact.DIGITS);
        return x > 0 ? large : e.multiply(large);
    }

    @Test
    void categorical() {
        for (int i = 0; i < TRIES; i++) {
            double[] x = logits(CLASSES);
            double smoothing = i % 3 == 0 ? 0 : random.nextDouble();
            double[] weights = new double[CLASSES];
            Arrays.setAll(weights, j -> random.nextInt(4) == 0 ? 0 : random.nextDouble() * 5);
            int label = random.nextInt(CLASSES);
            double[] masses = new double[CLASSES];
            Arrays.setAll(masses, j -> ((1 - smoothing) * (j == label ? 1 : 0) + smoothing / CLASSES) * weights[j]);
            Value v = Value.variable("x", new double[][] {x});
            Value loss = CrossEntropy.fromLogits(
                    v,
                    new int[] {label},
                    ClassOptions.DEFAULT.weights(weights).smoothing(smoothing).reduction(Reduction.SUM));
            Value slope = loss.gradients().of(v);
            double top = Arrays.stream(x).max().orElseThrow();
            BigDecimal total = Arrays.stream(x)
                    .mapToObj(each -> exp(of(each).subtract(of(top))))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal tail = Exact.log1p(total.subtract(BigDecimal.ONE));
            BigDecimal value = BigDecimal.ZERO;
            BigDecimal mass = BigDecimal.ZERO;
            for (int j = 0; j < CLASSES; j++) {
                value = value.add(
                        of(masses[j]).multiply(of(top).subtract(of(x[j])).add(tail)));
                mass = mass.add(of(masses[j]));
            }
            requireUlps(loss.scalar(), value, 5, "value of " + Arrays.toString(x));
            double largest = Arrays.stream(masses).max().orElseThrow();
            for (int j = 0; j < CLASSES; j++) {
                BigDecimal p = exp(of(x[j]).subtract(of(top))).divide(total, Exact.DIGITS);
                double want = mass.multiply(p).subtract(of(masses[j])).doubleValue();
                assertEquals(want, slope.get(0, j), 4 * Math.ulp(largest), "slope of " + Arrays.toString(x));
            }
        }
    }

    @Test
    void binary() {
        for (int i = 0; i < TRIES; i++) {
            double z = logits(1)[0];
            double t = i % 4 == 0 ? i / 4 % 2 : random.nextDouble();
            double positiveWeight = random.nextInt(4) == 0 ? 0 : random.nextDouble() * 5;
            double weight = random.nextInt(4) == 0 ? 1e-200 : random.nextDouble() * 5;
            Value v = Value.variable("z", z);
            Value loss = BinaryCrossEntropy.fromLogits(
                    v,
                    Value.constant(t),
                    BinaryOptions.DEFAULT.positiveWeight(positiveWeight).elementWeight(Value.constant(weight)));
            double a = t * positiveWeight * weight;
            double b = (1 - t) * weight;
            BigDecimal value = of(a).multiply(softplus(-z)).add(of(b).multiply(softplus(z)));
            requireUlps(loss.scalar(), value, 4, "value of " + z);
            double want = of(b).multiply(sigmoid(z))
                    .subtract(of(a).multiply(sigmoid(-z)))
                    .doubleValue();
            assertEquals(want, loss.gradients().of(v).scalar(), 4 * Math.ulp(Math.max(a, b)), "slope of " + z);
        }
    }

    /** ln(p + ε) and ln of p clipped, of both outcomes, for every ε and both ends. */
    @Test
    void clippingPolicies() {
        for (int exponent = -300; exponent <= -1; exponent += exponent < -20 ? 35 : 1) {
            double epsilon = Math.pow(10, exponent);
            for (double p : new double[] {
                0, 1e-300, 1e-17, 1e-7, 0.3, 0.5, Math.nextUp(0.5), 0.7, 1 - 1e-7, 1 - 1e-12, 1 - 0x1p-53, 1
            }) {
                Value v = Value.constant(p);
                BigDecimal complement = BigDecimal.ONE.subtract(of(p));
                String where = "p = " + p + ", epsilon = " + epsilon;
                Clipping added = Clipping.addEpsilon(epsilon);
                requireUlps(added.log(v).scalar(), ln(of(p).add(of(epsilon))), 8, where);
                requireUlps(added.logOfComplement(v).scalar(), ln(complement.add(of(epsilon))), 8, where);
                Clipping clipped = Clipping.clip(epsilon);
                requireUlps(clipped.log(v).scalar(), ln(clip(of(p), epsilon)), 3, where);
                requireUlps(clipped.logOfComplement(v).scalar(), ln(clip(complement, epsilon)), 3, where);
            }
        }
    }

    private static BigDecimal clip(BigDecimal p, double epsilon) {
        return p.max(of(epsilon)).min(BigDecimal.ONE.subtract(of(epsilon)));
    }

    private static BigDecimal ln(BigDecimal x) {
        BigDecimal rest = x.subtract(BigDecimal.ONE);
        return rest.abs().doubleValue() < 0.1 ? Exact.log1p(rest) : Exact.ln(x);
    }

    private static void requireUlps(double got, BigDecimal want, double most, String what) {
        double ulps = Exact.ulps(got, want);
        assertTrue(ulps <= most, () -> what + ": " + got + " is " + ulps + " units from " + want.doubleValue());
    }
}
