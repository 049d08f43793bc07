package org.ejgrad.examples.articles;

import static org.ejgrad.examples.articles.Numbers.row;
import static org.ejgrad.nn.loss.Reduction.SUM;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;

/** "Explanation of cross-entropy loss", a question with answers, in Russian. */
final class Questions {
    private static final Value FIRST = row(1, 0, 0, 0, 0);
    private static final Value P = row(0.1, 0.5, 0.1, 0.1, 0.2);
    private static final Value Q = row(0.1, 0.6, 0.1, 0.1, 0.1);
    private static final Value LABELS = row(1, 0, 0, 0, 1);
    private static final Value SIGMOIDS = row(0.1, 0.5, 0.1, 0.1, 0.9);

    private Questions() {}

    static Chapter chapter() {
        return new Chapter(
                "A3: Explanation of cross-entropy loss (a question with answers, in Russian)",
                "y = [1, 0, 0, 0, 0] with p = [0.1, 0.5, 0.1, 0.1, 0.2] or q = [0.1, 0.6, 0.1, 0.1, 0.1].",
                figures());
    }

    private static List<Figure> figures() {
        return List.of(
                Figure.of("A3/one-hot", "loss of p", "2.303", categorical(P, ClassOptions.DEFAULT))
                        .note("another answer prints 2.3"),
                Figure.of("A3/one-hot-other", "loss of q", "2.303 (implied)", categorical(Q, ClassOptions.DEFAULT))
                        .note("the same; in doubles q sums to " + Q.elementSum().scalar()
                                + ", so a check of sums needs a tolerance"),
                Figure.of(
                                "A3/smoothed",
                                "with labels smoothed by 0.1: p, q",
                                categorical(P, ClassOptions.DEFAULT.smoothing(0.1))
                                        .concatColumns(categorical(Q, ClassOptions.DEFAULT.smoothing(0.1))))
                        .note("soft targets tell the two apart"),
                Figure.of("A3/five-binary", "p as five binary answers, summed", "3.4", binary(P, FIRST)),
                Figure.of("A3/multi-label", "y = [1, 0, 0, 0, 1], p = [0.1, 0.5, 0.1, 0.1, 0.9]", "3.3", multiLabel())
                        .note("refused as a distribution: " + refusal()),
                Figure.of(
                                "A3/zero-at-true-class",
                                "p = 0 where y = 1, binary, PyTorch's guard",
                                BinaryCrossEntropy.fromProbabilities(Value.constant(0), Value.constant(1)))
                        .note("the question left open; below without a guard"),
                Figure.of("A3/zero-unguarded", "p = 0 at the true class: loss, slope", zero()),
                Figure.of("A3/smallest", "p = " + Double.MIN_VALUE + " at the true class", smallest()),
                Figure.of("A3/logits-far", "logits [1000, 0], class 1", CrossEntropy.fromLogits(row(1000, 0), 1))
                        .note("from logits the loss is finite, and exact"),
                Figure.of(
                                "A3/zero-times-log-zero",
                                "y = [1, 0], p = [1, 0]",
                                CrossEntropy.fromProbabilities(
                                        row(1, 0), row(1, 0), Clipping.none(), ClassOptions.DEFAULT))
                        .note("0·ln 0 counts as 0, not NaN"));
    }

    private static Value categorical(Value p, ClassOptions options) {
        return CrossEntropy.fromProbabilities(p, FIRST, Clipping.none(), options);
    }

    private static Value binary(Value p, Value y) {
        return BinaryCrossEntropy.fromProbabilities(p, y, BinaryOptions.DEFAULT.reduction(SUM));
    }

    private static Value multiLabel() {
        return binary(SIGMOIDS, LABELS);
    }

    private static String refusal() {
        try {
            CrossEntropy.fromProbabilities(SIGMOIDS, new int[] {0}, Clipping.none(), ClassOptions.DEFAULT);
            throw new AssertionError("probabilities that sum to 1.7 were taken");
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage()).replaceAll(".*: |,.*", "");
        }
    }

    private static Value zero() {
        Value p = Numbers.unknown(0, 1);
        Value loss = CrossEntropy.fromProbabilities(p, new int[] {0}, Clipping.none(), ClassOptions.DEFAULT);
        return loss.concatColumns(loss.gradients().of(p).getColumn(0));
    }

    private static Value smallest() {
        return CrossEntropy.fromProbabilities(
                row(Double.MIN_VALUE, 1), new int[] {0}, Clipping.none(), ClassOptions.DEFAULT);
    }
}
