package org.ejgrad.examples.articles;

import static org.ejgrad.examples.articles.Numbers.column;
import static org.ejgrad.examples.articles.Numbers.row;
import static org.ejgrad.nn.loss.Reduction.MEAN;
import static org.ejgrad.nn.loss.Reduction.SUM;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;

/** "Cross-Entropy Loss", an overview with NumPy code; it prints no figures, these are what its code gives. */
final class Overview {
    private static final Clipping GUARD = Clipping.addEpsilon(1e-15);

    private Overview() {}

    static Chapter chapter() {
        return new Chapter(
                "A0: Cross-Entropy Loss (an overview with NumPy code)",
                "The code computes −Σ y·ln(p + 1e-15). It prints nothing; this is what it gives.",
                figures());
    }

    private static List<Figure> figures() {
        Value p = row(0.8, 0.2);
        Value y = row(1, 0);
        Value three = row(0.2, 0.7, 0.1);
        Value two = three.concatRows(row(0.7, 0.2, 0.1));
        Value targets = row(0, 1, 0).concatRows(row(1, 0, 0));
        return List.of(
                Figure.of("A0/two-class", "\"binary\" code: y = [1, 0], p = [0.8, 0.2]", categorical(p, y, SUM))
                        .dispute("not binary: two classes of one row; the terms (1 − y)·ln(1 − p) are missing"),
                Figure.of("A0/two-class-as-bce-sum", "the same as two binary rows, summed", binary(p, y, SUM)),
                Figure.of("A0/two-class-as-bce-mean", "the same as two binary rows, averaged", binary(p, y, MEAN))
                        .note("equal to the first but for 1e-15, only because 1 − 0.2 = 0.8"),
                Figure.of(
                        "A0/three-class", "y = [0, 1, 0], p = [0.2, 0.7, 0.1]", categorical(three, row(0, 1, 0), SUM)),
                Figure.of(
                                "A0/sum-and-mean",
                                "two such rows: sum, mean",
                                categorical(two, targets, SUM).concatColumns(categorical(two, targets, MEAN)))
                        .dispute("the text averages over the rows, the code sums: they differ by the number of rows"),
                Figure.of(
                        "A0/huber",
                        "Huber loss, δ = 1, residuals 0.5 and 3",
                        Regression.huber(column(0.5, 3), column(0, 0), 1, Reduction.NONE)
                                .transpose()),
                Figure.of(
                                "A0/bootstrap",
                                "\"self-correcting\": p = [0.2, 0.7, 0.1], label 0, trust 0.8",
                                NoisyLabels.bootstrapSoft(three.elementLog(), new int[] {0}, 0.8, SUM))
                        .note("read as bootstrapping (Reed et al. 2014): 0.8·label + 0.2·own belief as the target"));
    }

    private static Value categorical(Value p, Value y, Reduction reduction) {
        return CrossEntropy.fromProbabilities(p, y, GUARD, ClassOptions.DEFAULT.reduction(reduction));
    }

    private static Value binary(Value p, Value y, Reduction reduction) {
        return BinaryCrossEntropy.fromProbabilities(p, y, BinaryOptions.DEFAULT.reduction(reduction));
    }
}
