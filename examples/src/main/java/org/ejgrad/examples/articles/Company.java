package org.ejgrad.examples.articles;

import static org.ejgrad.examples.articles.Numbers.row;
import static org.ejgrad.examples.articles.Numbers.unknown;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.Reduction;

/** "Discover Cross Entropy Loss to optimize learning of AI models" (2024): no numbers; its comparisons computed. */
final class Company {
    private static final ClassOptions SUM = ClassOptions.DEFAULT.reduction(Reduction.SUM);

    private Company() {}

    static Chapter chapter() {
        return new Chapter(
                "A2: Discover Cross Entropy Loss to optimize learning of AI models (2024)",
                "The article compares losses without a number. These are its comparisons, worked on\n"
                        + "p = [0.7, 0.2, 0.1] (what is) and q = [0.6, 0.3, 0.1] (what is believed).",
                figures());
    }

    private static List<Figure> figures() {
        Value p = row(0.7, 0.2, 0.1);
        Value q = unknown(0.6, 0.3, 0.1);
        Value entropy = Information.entropy(p, SUM);
        Value crossEntropy = Information.crossEntropy(p, q, SUM);
        Value divergence = Information.divergence(p, q, SUM);
        return List.of(
                Figure.of("A2/entropy", "entropy H(p), nats", entropy),
                Figure.of("A2/entropy-bits", "entropy H(p), bits", Information.bits(entropy)),
                Figure.of("A2/cross-entropy", "cross-entropy H(p, q)", crossEntropy),
                Figure.of("A2/divergence", "divergence KL(p ‖ q)", divergence),
                Figure.of(
                                "A2/sum",
                                "H(p) + KL(p ‖ q) − H(p, q)",
                                entropy.plus(divergence).minus(crossEntropy))
                        .note("zero but for rounding: cross-entropy is entropy plus divergence"),
                Figure.of(
                        "A2/slope-cross-entropy",
                        "gradient of H(p, q) by q",
                        crossEntropy.gradients().of(q)),
                Figure.of(
                                "A2/slope-divergence",
                                "gradient of KL(p ‖ q) by q",
                                divergence.gradients().of(q))
                        .note("the same: with p fixed there is nothing to choose between them"),
                Figure.of("A2/log-loss", "binary loss of the logit 1.5, y = 1", binary(1.5)),
                Figure.of("A2/two-classes", "categorical loss of the logits [1.5, 0], class 0", categorical(1.5))
                        .note("the same: log loss is cross-entropy with two classes"),
                Figure.of("A2/hinge-inside", "hinge of a right answer inside the margin: y = 1, s = 0.5", hinge(0.5)),
                Figure.of("A2/hinge-beyond", "hinge and its slope beyond the margin: s = 2", withSlope(2, true)),
                Figure.of("A2/log-beyond", "log loss and its slope there", withSlope(2, false))
                        .note("the hinge stops learning beyond its margin, the log loss never quite does"));
    }

    private static Value binary(double z) {
        return BinaryCrossEntropy.fromLogits(Value.constant(z), Value.constant(1));
    }

    private static Value categorical(double z) {
        return CrossEntropy.fromLogits(row(z, 0), 0);
    }

    private static Value hinge(double score) {
        return Margin.hinge(Value.constant(score), Value.constant(1), 1, Reduction.SUM);
    }

    private static Value withSlope(double score, boolean hinge) {
        Value s = Value.variable("s", score);
        Value one = Value.constant(1);
        Value loss = hinge ? Margin.hinge(s, one, 1, Reduction.SUM) : BinaryCrossEntropy.fromLogits(s, one);
        return loss.concatColumns(loss.gradients().of(s));
    }
}
