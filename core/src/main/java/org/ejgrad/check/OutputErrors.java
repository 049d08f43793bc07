package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.with;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * Reads off what is compared with the targets behind a last layer. With its weights zero all samples have its bias as
 * scores z, and the bias' gradient is the mean of their errors, for most losses k·(p − y) with p a function of z.
 */
final class OutputErrors {
    private static final int POINTS = 6;
    private static final double CLOSE = 1e-6;
    /** So many inputs of the layer are looked at, but not those that are nearly none. */
    private static final int MOST_INPUTS = 16;

    private static final double FAINT = 1e-3;

    /** A function of the scores, and what it is called if it stands for another. */
    private record Link(String text, UnaryOperator<Value> of, Mistake instead) {}

    private static final Link SOFTMAX = new Link("softmax(z)", z -> z.softmax(Per.ROW), Mistake.WRONG_SLOPE);

    private static final List<Link> LINKS = List.of(
            SOFTMAX,
            new Link("σ(z)", Value::sigmoid, Mistake.WRONG_SLOPE),
            new Link("z", z -> z, Mistake.MISSING_FACTOR),
            new Link("exp(z)", Value::elementExp, Mistake.NOT_NORMALISED),
            new Link("tanh(z)", Value::tanh, Mistake.WRONG_SLOPE),
            new Link("1 or 0 by the sign of z", z -> z.sign().plus(1).scale(0.5), Mistake.HARD_CHOICE),
            new Link("softplus(z)", Value::softplus, Mistake.WRONG_SLOPE));

    private final SimpleMatrix z;
    private final SimpleMatrix right;
    private final SimpleMatrix claimed;

    private OutputErrors(SimpleMatrix z, SimpleMatrix right, SimpleMatrix claimed) {
        this.z = z;
        this.right = right;
        this.claimed = claimed;
    }

    /**
     * If the last blocks are the weights and the bias of a layer, and both are wrong, so that their errors may be, or
     * the bias alone. The weights' gradient, the errors times the layer's inputs, must say the same.
     */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong) {
        Block bias = blocks.get(blocks.size() - 1);
        return Layers.weights(blocks, bias)
                .filter(w -> wrong.contains(bias) && (wrong.contains(w) || wrong.size() == 1))
                .flatMap(w -> {
                    int outputs = bias.shape().elements();
                    boolean isTurned = Layers.isTurned(w.shape(), bias.shape());
                    int inputs = wrong.contains(w) ? w.shape().elements() / outputs : 0;
                    int[] entries = new int[(inputs + 1) * outputs];
                    Arrays.setAll(
                            entries,
                            i -> i < outputs
                                    ? bias.offset() + i
                                    : w.offset() + (isTurned ? i % outputs * inputs + i / outputs - 1 : i - outputs));
                    double[][] z = new double[POINTS][outputs];
                    double[][] n = new double[POINTS][];
                    double[][] g = new double[POINTS][];
                    for (int k = 0; k < POINTS; k++) {
                        double[] scores = z[k];
                        int turn = k;
                        Arrays.setAll(scores, i -> 1.5 * Elsewhere.random(31 + turn, i));
                        double[] at = with(with(elsewhere.point(), w, i -> 0), bias, i -> scores[i]);
                        n[k] = elsewhere.truth(at, entries);
                        g[k] = elsewhere.claim(at, entries);
                    }
                    SimpleMatrix right = new SimpleMatrix(n);
                    SimpleMatrix claimed = new SimpleMatrix(g);
                    List<Optional<Diagnosis>> said = IntStream.rangeClosed(0, Math.min(inputs, MOST_INPUTS))
                            .mapToObj(i -> new OutputErrors(
                                    new SimpleMatrix(z),
                                    right.cols(i * outputs, (i + 1) * outputs),
                                    claimed.cols(i * outputs, (i + 1) * outputs)))
                            .filter(errors -> errors.right.elementMaxAbs() > FAINT * right.elementMaxAbs())
                            .map(OutputErrors::explain)
                            .toList();
                    return said.get(0)
                            .filter(first -> said.stream()
                                    .allMatch(other -> other.filter(d -> d.mistake() == first.mistake())
                                            .isPresent()));
                });
    }

    private Optional<Diagnosis> explain() {
        return links().filter(link -> !fit(link, right).hasUncountable())
                .findFirst()
                .flatMap(this::explain)
                .or(this::besidePenalty);
    }

    private Stream<Link> links() {
        return LINKS.stream().filter(link -> z.getNumCols() > 1 || link != SOFTMAX);
    }

    /** With as much taken out as is in proportion to the scores, which are the bias, as the slope of a penalty is. */
    private Optional<Diagnosis> besidePenalty() {
        return links().flatMapToDouble(link -> {
                    SimpleMatrix q = around(link.of.apply(Value.constant(z)).matrix());
                    SimpleMatrix own = around(z);
                    SimpleMatrix apart = q.minus(own.scale(product(q, own) / product(own, own)));
                    SimpleMatrix m = around(right);
                    double k = product(apart, m) / product(apart, apart);
                    double rate = product(own, m.minus(q.scale(k))) / product(own, own);
                    return DoubleStream.of(rate)
                            .filter(r -> Math.abs(k) > CLOSE * m.elementMaxAbs()
                                    && m.minus(q.scale(k)).minus(own.scale(r)).elementMaxAbs()
                                            <= CLOSE * m.elementMaxAbs());
                })
                .boxed()
                .findFirst()
                .filter(rate -> Math.abs(rate) > CLOSE * right.elementMaxAbs())
                .flatMap(rate ->
                        new OutputErrors(z, right.minus(z.scale(rate)), claimed.minus(z.scale(rate))).explain());
    }

    private static double product(SimpleMatrix a, SimpleMatrix b) {
        return a.elementMult(b).elementSum();
    }

    /** What is beside the mean of each column. */
    private static SimpleMatrix around(SimpleMatrix m) {
        return m.minus(SimpleMatrix.filled(POINTS, POINTS, 1.0 / POINTS).mult(m));
    }

    /** The number k and a row c for which m = k·q + c, in one row, k first; not numbers if there are none. */
    private SimpleMatrix fit(Link link, SimpleMatrix m) {
        SimpleMatrix q = link.of.apply(Value.constant(z)).matrix();
        SimpleMatrix mean = SimpleMatrix.filled(1, POINTS, 1.0 / POINTS);
        SimpleMatrix spread = around(q);
        double k = product(spread, around(m)) / product(spread, spread);
        boolean met = around(m).minus(spread.scale(k)).elementMaxAbs() <= CLOSE * m.elementMaxAbs();
        SimpleMatrix c = mean.mult(m).minus(mean.mult(q).scale(k));
        return SimpleMatrix.filled(1, 1, met ? k : Double.NaN).concatColumns(c);
    }

    private Optional<Diagnosis> explain(Link link) {
        SimpleMatrix fitted = fit(link, right);
        double k = fitted.get(0);
        SimpleMatrix y = fitted.cols(1, fitted.getNumCols()).divide(-k);
        for (Link other : LINKS) {
            if (other != link && Math.abs(fit(other, claimed).get(0)) > CLOSE * Math.abs(k)) {
                return said(link, other.instead, other.text + " stands for p.");
            }
        }
        for (WrongErrors.Wrong error : WrongErrors.ALL) {
            SimpleMatrix p = link.of.apply(Value.constant(z)).matrix();
            boolean met = IntStream.range(0, p.getNumElements())
                    .allMatch(i -> Math.abs(claimed.get(i) - k * error.mean(p.get(i), y.get(i % y.getNumCols())))
                            <= CLOSE * claimed.elementMaxAbs());
            if (met) {
                return said(link, error.mistake(), error.text() + " stands for p − y.");
            }
        }
        SimpleMatrix same = fit(link, claimed);
        double part = same.get(0) / k;
        if (Double.isNaN(part)) {
            return Optional.empty();
        }
        SimpleMatrix targets = same.cols(1, same.getNumCols()).divide(-k);
        boolean isRight = targets.minus(y).elementMaxAbs() < CLOSE;
        boolean isWhole = Math.abs(1 / part - Math.rint(1 / part)) < CLOSE && part < 0.75;
        if (Math.abs(part) < CLOSE || (isRight && isWhole && link == SOFTMAX)) {
            return said(
                    link,
                    link == SOFTMAX ? Mistake.WRONG_AXIS : Mistake.INDEPENDENT,
                    Hypotheses.text("p has %.5g times its weight", part)
                            + (link == SOFTMAX ? ": its sum is taken over more than its row, or other samples." : "."));
        }
        if (Math.abs(part - 1) < CLOSE && !isRight) {
            return said(
                    link,
                    Mistake.LINEAR_TERM,
                    "p is right, and y is another: targets or labels are left out, of the wrong sign or others.");
        }
        return targets.minus(y.scale(part)).elementMaxAbs() < CLOSE
                ? Optional.empty()
                : said(
                        link,
                        Mistake.ROWS_LEFT_OUT,
                        Hypotheses.text("p has %.5g times its weight, and y ", part) + (isRight ? "its own" : "another")
                                + ": samples are left out, counted twice or weighted otherwise, or one stands for all.");
    }

    private static Optional<Diagnosis> said(Link link, Mistake mistake, String claim) {
        return Optional.of(new Diagnosis(
                mistake,
                "With equal scores z for all samples the errors of the function are k·(p − y) with p = " + link.text
                        + "; in the claim " + claim));
    }
}
