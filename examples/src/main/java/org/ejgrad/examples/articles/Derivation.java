package org.ejgrad.examples.articles;

import static org.ejgrad.examples.articles.Numbers.column;
import static org.ejgrad.examples.articles.Numbers.row;
import static org.ejgrad.examples.articles.Numbers.unknown;
import static org.ejgrad.nn.loss.Reduction.MEAN;
import static org.ejgrad.nn.loss.Reduction.NONE;
import static org.ejgrad.nn.loss.Reduction.SUM;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.Reduction;

/** "Cross-Entropy Loss: Detailed Explanation and Derivation" (2024), with softmax and a multi-label appendix. */
final class Derivation {
    private static final Value TARGETS = row(1, 0, 1);

    private Derivation() {}

    static Chapter chapter() {
        return new Chapter(
                "A1: Cross-Entropy Loss: Detailed Explanation and Derivation (2024)",
                "From the likelihood to the loss, then an appendix with three labels at once: cat, bird, dog\n"
                        + "with logits 2, −1, 0.5 and labels 1, 0, 1.",
                figures());
    }

    private static List<Figure> figures() {
        Value z = unknown(2, -1, 0.5);
        Value sigmoid = z.sigmoid();
        Value terms = loss(z, NONE);
        return List.of(
                Figure.of("A1/neglog-0.9", "−ln 0.9", "0.105", surprise(0.9)),
                Figure.of("A1/neglog-0.1", "−ln 0.1", "2.302", surprise(0.1)).dispute("truncated"),
                Figure.of("A1/log-0.7", "ln 0.7", "-0.357", Value.constant(0.7).elementLog()),
                Figure.of(
                        "A1/toy-bce",
                        "mean binary loss of y = [1, 0], p = [0.9, 0.3]",
                        "0.231",
                        BinaryCrossEntropy.fromProbabilities(column(0.9, 0.3), column(1, 0))),
                Figure.of("A1/sigmoid-1", "σ(2)", "0.88", sigmoid.getColumn(0)),
                Figure.of("A1/sigmoid-2", "σ(−1)", "0.27", sigmoid.getColumn(1)),
                Figure.of("A1/sigmoid-3", "σ(0.5)", "0.62", sigmoid.getColumn(2)),
                Figure.of("A1/multilabel-L1", "cat: −ln σ(2)", "0.13", terms.getColumn(0)),
                Figure.of("A1/multilabel-L2", "bird: −ln(1 − σ(−1))", "0.31", terms.getColumn(1)),
                Figure.of("A1/multilabel-L3", "dog: −ln σ(0.5)", "0.48", terms.getColumn(2))
                        .dispute("−ln of the rounded 0.62 is " + Numbers.text(surprise(0.62))),
                Figure.of("A1/multilabel-total", "mean of the three", "0.31", loss(z, MEAN))
                        .dispute("the mean of the rounded 0.13, 0.31, 0.48"),
                Figure.of("A1/multilabel-none", "sum of the three", terms.elementSum())
                        .dispute("\"summing over classes\" stands beside a formula that divides by their number"),
                Figure.of("A1/multilabel-soft-margin", "mean, as the multi-label margin loss", margin(z)),
                Figure.of("A1/gradient", "gradient of the mean with respect to the logits", gradient(z))
                        .note("(σ(z) − y)/3"));
    }

    private static Value surprise(double p) {
        return BinaryCrossEntropy.fromProbabilities(Value.constant(p), Value.constant(1));
    }

    private static Value loss(Value logits, Reduction reduction) {
        return BinaryCrossEntropy.fromLogits(logits, TARGETS, BinaryOptions.DEFAULT.reduction(reduction));
    }

    private static Value margin(Value logits) {
        return Margin.multiLabel(logits, TARGETS, ClassOptions.DEFAULT.reduction(SUM));
    }

    private static Value gradient(Value logits) {
        return loss(logits, MEAN).gradients().of(logits);
    }
}
