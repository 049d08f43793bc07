package org.ejgrad.examples.articles;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.nn.data.LabelNoise;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.loss.Reduction;

/** "Robust to outliers and missing values" (A2): what one wrong label costs, and where a missing value ends. */
final class Robustness {
    private static final double DOUBTED = 1e-12;
    private static final int[] LABEL = {0};

    private Robustness() {}

    static Chapter chapter() {
        return new Chapter(
                "Is cross-entropy robust?",
                "A2 says: to outliers and missing values. One row whose label is wrong, and which a good network\n"
                        + "gives the probability 1e-12; each line shows the loss and its slope by the label's logit.",
                List.of(
                        Figure.of("robust/one-label", "cost of one wrong label at p = 1e-12", costOf(DOUBTED))
                                .dispute("not robust: it outweighs "
                                        + Math.round(costOf(DOUBTED).scalar()
                                                / costOf(0.9).scalar())
                                        + " rows with p = 0.9, and pulls with full force"),
                        Figure.of("robust/missing", "a missing value (NaN) among three logits", missing())
                                .dispute("not robust: one missing value makes the loss of the batch missing"),
                        line("cross-entropy", z -> CrossEntropy.fromLogits(z, LABEL)),
                        line("bootstrap-soft", z -> NoisyLabels.bootstrapSoft(z, LABEL, 0.8, Reduction.MEAN)),
                        line("bootstrap-hard", z -> NoisyLabels.bootstrapHard(z, LABEL, 0.8, Reduction.MEAN)),
                        line("generalised", z -> NoisyLabels.generalised(z, LABEL, 0.7, Reduction.MEAN)),
                        line("symmetric", z -> NoisyLabels.symmetric(z, LABEL, 0.1, 1, -4, Reduction.MEAN)),
                        line(
                                        "forward-corrected",
                                        z -> NoisyLabels.forwardCorrected(
                                                z, LABEL, LabelNoise.symmetricMatrix(2, 0.2), Reduction.MEAN))
                                .note(
                                        "generalised and corrected losses let the row go; bootstrapping keeps 0.8 of its pull")));
    }

    private static Figure line(String name, UnaryOperator<Value> loss) {
        Value z = Value.variable("z", new double[][] {{Elementary.log(DOUBTED), Elementary.log1p(-DOUBTED)}});
        Value cost = loss.apply(z);
        Value slope = cost.gradients().of(z).getColumn(0);
        return Figure.of("robust/" + name, name.replace('-', ' ') + ": loss, slope", cost.concatColumns(slope));
    }

    private static Value costOf(double p) {
        return CrossEntropy.fromProbabilities(Numbers.row(p, 1 - p), LABEL, Clipping.none(), ClassOptions.DEFAULT);
    }

    private static Value missing() {
        return BinaryCrossEntropy.fromLogits(Numbers.row(2, Double.NaN, -1), Numbers.row(1, 1, 0));
    }
}
