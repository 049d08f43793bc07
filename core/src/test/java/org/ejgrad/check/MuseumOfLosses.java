package org.ejgrad.check;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** Faults whose value and gradient are consistent, so that no gradient check sees them: a law does. */
final class MuseumOfLosses {
    private static final Value LOGITS = Value.constant(new double[][] {{0.2, -1, 0.7}, {1.5, 0.1, -0.4}});
    private static final int[] LABELS = {2, 0};
    private static final Value ONE_HOT = Value.constant(new double[][] {{0, 0, 1}, {1, 0, 0}});

    private MuseumOfLosses() {}

    private static String equal(String law, double a, double b) {
        return Math.abs(a - b) <= 1e-12 * Math.max(1, Math.abs(a)) ? Exhibit.CLEAN : law;
    }

    static List<Exhibit> all() {
        return List.of(
                new Exhibit(
                        "deepjavalibrary/djl 1316",
                        "sigmoid cross-entropy from probabilities lost its minus sign",
                        "law: probabilities and logits give the same loss",
                        faulty -> {
                            Value z = Value.constant(new double[][] {{0.3, -1.2}});
                            Value t = Value.constant(new double[][] {{1, 0}});
                            Value p = z.sigmoid();
                            Value likelihood = t.elementMult(p.elementLog())
                                    .plus(t.negative()
                                            .plus(1)
                                            .elementMult(p.negative().plus(1).elementLog()))
                                    .mean();
                            double fromLogits =
                                    z.softplus().minus(t.elementMult(z)).mean().scalar();
                            return equal(
                                    "law: probabilities and logits give the same loss",
                                    fromLogits,
                                    likelihood.scale(faulty ? 1 : -1).scalar());
                        }),
                new Exhibit(
                        "Tribuo LogMulticlass",
                        "the loss is not positive: its sign is that of the likelihood",
                        "law: a loss is not negative",
                        faulty -> {
                            double loss = LOGITS.logSoftmax(Per.ROW)
                                    .selectColumns(LABELS)
                                    .mean()
                                    .scale(faulty ? 1 : -1)
                                    .scalar();
                            return loss < 0 ? "law: a loss is not negative" : Exhibit.CLEAN;
                        }),
                new Exhibit(
                        "pytorch/pytorch 40560",
                        "the weighted mean divides by the weights for indices, by the rows for one-hot",
                        "law: class index and one-hot give the same loss",
                        faulty -> {
                            Value weights = Value.constant(new double[][] {{0.2, 1, 3}});
                            Value each = LOGITS.logSoftmax(Per.ROW).elementMult(weights);
                            double sum = each.selectColumns(LABELS).elementSum().scalar();
                            double byIndex = -sum / 3.2;
                            double byOneHot =
                                    -each.elementMult(ONE_HOT).elementSum().scalar() / (faulty ? 2 : 3.2);
                            return equal("law: class index and one-hot give the same loss", byIndex, byOneHot);
                        }),
                new Exhibit(
                        "pytorch/pytorch 16045, tensorflow 37770",
                        "a column against a row broadcast to a square",
                        "law: a perfect prediction has no loss",
                        faulty -> {
                            Value target = Value.constant(new double[][] {{1}, {2}, {3}});
                            Value prediction = Value.constant(new double[][] {{1}, {2}, {3}});
                            Value other = faulty ? target.transpose().broadcastTo(3, 3) : target;
                            Value same = faulty ? prediction.broadcastTo(3, 3) : prediction;
                            double loss = same.minus(other).square().mean().scalar();
                            return equal("law: a perfect prediction has no loss", 0, loss);
                        }),
                new Exhibit(
                        "ariecattan/SciCo 2",
                        "softmax before a cross-entropy that takes logits: the loss has a floor",
                        "law: the loss of ever surer right answers tends to 0",
                        faulty -> {
                            Value sure = ONE_HOT.scale(100);
                            Value input = faulty ? sure.softmax(Per.ROW) : sure;
                            double loss = -input.logSoftmax(Per.ROW)
                                    .selectColumns(LABELS)
                                    .mean()
                                    .scalar();
                            return equal("law: the loss of ever surer right answers tends to 0", 0, loss);
                        }),
                new Exhibit(
                        "keras-team/keras 9664",
                        "clipped probabilities: a sure wrong answer gets no gradient",
                        "law: a wrong answer is pushed towards the right one",
                        faulty -> {
                            Value z = Value.variable("z", new double[][] {{40, 0}});
                            Value p = z.softmax(Per.ROW).getColumn(1);
                            Value floor = Value.filled(new Shape(1, 1), 1e-7);
                            Value clipped = p.minus(floor).relu().plus(floor);
                            Value loss = faulty
                                    ? clipped.elementLog().negative()
                                    : z.logSoftmax(Per.ROW).getColumn(1).negative();
                            double slope = loss.elementSum().gradients().of(z).get(0, 1);
                            return slope < 0 ? Exhibit.CLEAN : "law: a wrong answer is pushed towards the right one";
                        }));
    }
}
