package org.ejgrad.examples.sequences;

import java.util.Arrays;
import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;
import org.ejml.simple.SimpleMatrix;

/**
 * The smallest language model: a table of logits, a row for each symbol and what follows it. Nothing that it can learn
 * is better than the table of counts, whose loss is the entropy of a symbol when the one before is known.
 */
final class BigramTable {
    private static final ClassOptions ROWS = ClassOptions.DEFAULT.reduction(Reduction.NONE);

    private final Value shares;
    private final Value following;
    private final Parameter logits;

    /** Of the counts of pairs; symbols after which nothing came are left out. */
    BigramTable(double[][] pairs) {
        double[][] seen =
                Arrays.stream(pairs).filter(row -> Arrays.stream(row).sum() > 0).toArray(double[][]::new);
        Value counts = Value.constant(seen);
        Value rows = counts.sum(Per.ROW);
        shares = rows.elementDiv(rows.elementSum());
        following = counts.elementDiv(rows);
        logits = new Parameter("logits", new SimpleMatrix(seen.length, pairs.length));
    }

    /** The mean loss of all pairs, in bits. */
    double bits() {
        return Information.bits(loss()).scalar();
    }

    /** The entropy of the count table, in bits: the least that the loss can be. */
    double entropy() {
        return Information.bits(
                        Information.entropy(following, ROWS).elementMult(shares).elementSum())
                .scalar();
    }

    private Value loss() {
        return CrossEntropy.fromLogits(logits.value(), following, ROWS)
                .elementMult(shares)
                .elementSum();
    }

    /** Steps of gradient descent from a table of zeros. */
    void train(int steps) {
        Optimizer optimizer = Optimizer.of(List.of(logits), Adam.rate(Schedules.cosine(0.5, steps, 0.001)));
        for (int step = 0; step < steps; step++) {
            optimizer.step(loss().gradients());
        }
    }
}
