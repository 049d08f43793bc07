package org.ejgrad.examples.articles;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.data.Labels;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Reduction;

/** From the likelihood to the loss, on random predictions: minus the logarithm turns the product into a sum. */
final class Likelihood {
    private static final int ROWS = 12;
    private static final int CLASSES = 4;

    private Likelihood() {}

    static Chapter chapter(long seed) {
        Value logits = Value.constant(Numbers.gaussian(ROWS, CLASSES, seed));
        int[] labels = labels(CLASSES, seed + 1);
        Value masses = Value.constant(Labels.oneHot(labels, CLASSES));
        Value p = logits.softmax(Per.ROW).elementMult(masses).sum(Per.ROW);

        Value scores = Value.constant(Numbers.gaussian(ROWS, 1, seed + 2));
        Value answers = Value.constant(Labels.oneHot(labels(2, seed + 3), 2)).getColumn(1);
        Value yes = scores.sigmoid().elementPower(answers);
        Value no = scores.negative().sigmoid().elementPower(answers.negative().plus(1));
        Value chances = yes.elementMult(no);

        ClassOptions sum = ClassOptions.DEFAULT.reduction(Reduction.SUM);
        BinaryOptions binarySum = BinaryOptions.DEFAULT.reduction(Reduction.SUM);
        return new Chapter(
                "Likelihood, log-likelihood, cross-entropy",
                ROWS + " rows with random logits and labels. The likelihood of the labels is the product of their\n"
                        + "probabilities; minus its logarithm is a sum, and that sum is the cross-entropy.",
                List.of(
                        Figure.of("likelihood/product", "Π p(label), " + CLASSES + " classes", p.product()),
                        Figure.of("likelihood/log", "−ln Π p(label)", surprise(p.product())),
                        Figure.of(
                                "likelihood/sum", "Σ −ln p(label)", surprise(p).elementSum()),
                        Figure.of("likelihood/loss", "the loss, summed", CrossEntropy.fromLogits(logits, labels, sum)),
                        Figure.of("likelihood/binary-product", "Π pʸ·(1 − p)¹⁻ʸ, yes or no", chances.product()),
                        Figure.of("likelihood/binary-log", "−ln Π pʸ·(1 − p)¹⁻ʸ", surprise(chances.product())),
                        Figure.of(
                                "likelihood/binary-sum",
                                "Σ −y·ln p − (1 − y)·ln(1 − p)",
                                surprise(chances).elementSum()),
                        Figure.of(
                                "likelihood/binary-loss",
                                "the loss, summed",
                                BinaryCrossEntropy.fromLogits(scores, answers, binarySum))));
    }

    private static int[] labels(int classes, long seed) {
        RandomStream random = new RandomStream(seed);
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            labels[row] = random.nextInt(classes);
        }
        return labels;
    }

    private static Value surprise(Value p) {
        return p.elementLog().negative();
    }
}
