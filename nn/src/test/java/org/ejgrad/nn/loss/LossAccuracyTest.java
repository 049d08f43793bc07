package org.ejgrad.nn.loss;

import static org.ejgrad.nn.loss.Exact.ONE;
import static org.ejgrad.nn.loss.Exact.of;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * How many units in the last place each loss and its gradient are off, against fifty digits: logits from −10⁴ to 10⁴,
 * probabilities from 10⁻³⁰⁰ to 1 − 2⁻⁵³. The table is written to {@code target/ejgrad/loss-accuracy.txt}.
 *
 * <p>Two gradients are allowed more: that of the generalised cross-entropy has the factor e^(−q·l), whose error grows
 * with the loss l itself, up to 2·10⁴ here; that of the entropy, −1 − ln p, cancels around p = 1/e.
 */
class LossAccuracyTest {
    private static final int TRIES = 50;
    private static final ClassOptions ROWS =
            ClassOptions.DEFAULT.reduction(Reduction.NONE).unchecked();
    private static final BinaryOptions ELEMENTS = BinaryOptions.DEFAULT.reduction(Reduction.NONE);

    /**
     * A loss of one row.
     *
     * @param name of the loss
     * @param logits whether the row holds logits, otherwise probabilities
     * @param size of the row
     * @param loss to 1x1
     * @param value to fifty digits
     * @param gradient to fifty digits
     * @param valueBound the largest error allowed, in units in the last place
     * @param gradientBound likewise
     */
    private record Row(
            String name,
            boolean logits,
            int size,
            Function<Value, Value> loss,
            Function<BigDecimal[], BigDecimal> value,
            Function<BigDecimal[], BigDecimal[]> gradient,
            double valueBound,
            double gradientBound) {}

    private static Value one(double number) {
        return Value.constant(number);
    }

    /** ln Σ eˣ − x₀ as ln(1 + Σ e^(xⱼ − x₀)), j > 0. */
    private static BigDecimal crossEntropy(BigDecimal... x) {
        BigDecimal rest = BigDecimal.ZERO;
        for (int j = 1; j < x.length; j++) {
            rest = rest.add(Exact.exp(x[j].subtract(x[0])));
        }
        return Exact.log1p(rest);
    }

    /** softmax − one-hot(0), without cancellation. */
    private static BigDecimal[] crossEntropyGradient(BigDecimal... x) {
        BigDecimal[] p = new BigDecimal[x.length];
        BigDecimal others = BigDecimal.ZERO;
        for (int k = x.length - 1; k >= 0; k--) {
            BigDecimal sum = BigDecimal.ZERO;
            for (BigDecimal other : x) {
                sum = sum.add(Exact.exp(other.subtract(x[k])));
            }
            p[k] = ONE.divide(sum, Exact.DIGITS);
            others = k == 0 ? others : others.add(p[k]);
        }
        p[0] = others.negate();
        return p;
    }

    private static BigDecimal probability(BigDecimal... x) {
        return Exact.exp(crossEntropy(x).negate());
    }

    private static BigDecimal wrong(BigDecimal... x) {
        return crossEntropyGradient(x)[0].negate();
    }

    // spotless:off
    private static final List<Row> TABLE = List.of(
        new Row("binary cross-entropy from logits, t = 1", true, 1, z -> BinaryCrossEntropy.fromLogits(z, one(1)),
            x -> Exact.softplus(x[0].negate()), x -> new BigDecimal[] {Exact.sigmoid(x[0].negate()).negate()}, 2, 3),
        new Row("binary cross-entropy from logits, t = 0", true, 1, z -> BinaryCrossEntropy.fromLogits(z, one(0)),
            x -> Exact.softplus(x[0]), x -> new BigDecimal[] {Exact.sigmoid(x[0])}, 2, 3),
        new Row("cross-entropy from 4 logits", true, 4, x -> CrossEntropy.fromLogits(x, 0),
            LossAccuracyTest::crossEntropy, LossAccuracyTest::crossEntropyGradient, 2, 3),
        new Row("soft margin, t = 1", true, 1, x -> Margin.soft(x, one(1), Reduction.SUM),
            x -> Exact.softplus(x[0].negate()), x -> new BigDecimal[] {Exact.sigmoid(x[0].negate()).negate()}, 2, 3),
        new Row("focal loss of 3 logits, γ = 2", true, 3, x -> Focal.categorical(x, new int[] {0}, 2, ROWS),
            x -> wrong(x).pow(2, Exact.DIGITS).multiply(crossEntropy(x)),
            x -> {
                BigDecimal l = crossEntropy(x);
                BigDecimal w = wrong(x);
                BigDecimal slope = w.pow(2, Exact.DIGITS)
                        .add(w.multiply(probability(x)).multiply(l).multiply(BigDecimal.valueOf(2)), Exact.DIGITS);
                return Arrays.stream(crossEntropyGradient(x)).map(slope::multiply).toArray(BigDecimal[]::new);
            }, 5, 6),
        new Row("generalised cross-entropy of 3 logits, q = 1/2", true, 3,
            x -> NoisyLabels.generalised(x, new int[] {0}, 0.5, Reduction.SUM),
            x -> Exact.expm1(crossEntropy(x).divide(BigDecimal.valueOf(-2))).multiply(BigDecimal.valueOf(-2)),
            x -> Arrays.stream(crossEntropyGradient(x))
                    .map(g -> g.multiply(Exact.exp(crossEntropy(x).divide(BigDecimal.valueOf(-2)))))
                    .toArray(BigDecimal[]::new), 4, 5000),
        new Row("binary cross-entropy from p, t = 1", false, 1,
            p -> BinaryCrossEntropy.fromProbabilities(p, one(1), Clipping.none(), ELEMENTS),
            p -> Exact.ln(p[0]).negate(), p -> new BigDecimal[] {ONE.divide(p[0], Exact.DIGITS).negate()}, 2, 1),
        new Row("binary cross-entropy from p, t = 0", false, 1,
            p -> BinaryCrossEntropy.fromProbabilities(p, one(0), Clipping.none(), ELEMENTS),
            p -> Exact.log1p(p[0].negate()).negate(),
            p -> new BigDecimal[] {ONE.divide(ONE.subtract(p[0]), Exact.DIGITS)}, 2, 2),
        new Row("entropy of one p, −p·ln p", false, 1, p -> Information.entropy(p, ROWS),
            p -> p[0].multiply(Exact.ln(p[0])).negate(),
            p -> new BigDecimal[] {Exact.ln(p[0]).add(ONE).negate()}, 2, 200),
        new Row("squared error", true, 1, x -> Regression.squaredError(x, one(0.5), Reduction.SUM),
            x -> x[0].subtract(of(0.5)).pow(2), x -> new BigDecimal[] {x[0].subtract(of(0.5)).multiply(of(2))}, 2, 1),
        new Row("Huber, δ = 1", true, 1, x -> Regression.huber(x, one(0), 1, Reduction.SUM),
            x -> x[0].abs().compareTo(ONE) <= 0 ? x[0].pow(2).multiply(of(0.5)) : x[0].abs().subtract(of(0.5)),
            x -> new BigDecimal[] {x[0].max(ONE.negate()).min(ONE)}, 2, 1),
        new Row("Poisson from the logarithm of the rate, t = 0", true, 1,
            x -> Regression.poissonFromLogRate(x, one(0), Reduction.SUM),
            x -> Exact.exp(x[0]), x -> new BigDecimal[] {Exact.exp(x[0])}, 1, 1));
    // spotless:on

    @Test
    void eachLossIsAsAccurateAsStated() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("largest error in units in the last place           value  gradient");
        List<String> tooLarge = new ArrayList<>();
        for (Row row : TABLE) {
            double[] worst = worst(row);
            lines.add(String.format(Locale.ROOT, "%-48s %7.2f %9.2f", row.name(), worst[0], worst[1]));
            if (!(worst[0] <= row.valueBound() && worst[1] <= row.gradientBound())) {
                tooLarge.add(lines.get(lines.size() - 1));
            }
        }
        Path file = Path.of("target", "ejgrad", "loss-accuracy.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, lines, StandardCharsets.UTF_8);
        assertTrue(tooLarge.isEmpty(), () -> String.join("\n", tooLarge));
    }

    private static double[] worst(Row row) {
        double[] worst = new double[2];
        RandomStream random = new RandomStream(7);
        for (int i = 0; i < TRIES; i++) {
            double[] in = new double[row.size()];
            Arrays.setAll(in, j -> row.logits() ? logit(random) : probability(random));
            Value x = Value.variable("x", new SimpleMatrix(new double[][] {in}));
            Value loss = row.loss().apply(x);
            Value gradient = loss.gradients().of(x);
            BigDecimal[] exact = Arrays.stream(in).mapToObj(Exact::of).toArray(BigDecimal[]::new);
            worst[0] = Math.max(worst[0], Exact.ulps(loss.scalar(), row.value().apply(exact)));
            BigDecimal[] exactGradient = row.gradient().apply(exact);
            for (int j = 0; j < in.length; j++) {
                worst[1] = Math.max(worst[1], Exact.ulps(gradient.get(0, j), exactGradient[j]));
            }
        }
        return worst;
    }

    /** ±10⁻⁸ … ±10⁴, all magnitudes equally likely; some around 700, where results are as small as doubles go. */
    private static double logit(RandomStream random) {
        double size = random.nextInt(8) == 0 ? random.nextDouble(600, 700) : Math.pow(10, random.nextDouble(-8, 4));
        return random.nextInt(2) == 0 ? size : -size;
    }

    /** 10⁻³⁰⁰ … 1 − 2⁻⁵³, close to 0 and close to 1 alike. */
    private static double probability(RandomStream random) {
        return switch (random.nextInt(3)) {
            case 0 -> Math.pow(10, random.nextDouble(-300, 0));
            case 1 -> 1 - Math.pow(2, -1 - random.nextInt(53));
            default -> random.nextDouble();
        };
    }
}
