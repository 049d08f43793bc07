package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Cross-entropies of scores that are to put the items of a list in order: a row per list, a column per item, and its
 * relevance in the same place of the targets. A term is a list's; the result is 1x1, or a column with
 * {@link Reduction#NONE}.
 */
public final class RankingLoss {
    private static final String PAIRWISE = "RankingLoss.pairwise";
    private static final String LISTWISE = "RankingLoss.listwise";

    private RankingLoss() {}

    /**
     * The mean of ln(1 + e^(xⱼ − xᵢ)) over the pairs of a list in which item i is more relevant than item j (Burges et
     * al. 2005, RankNet); 0 for a list without such a pair.
     *
     * @param scores a row per list
     * @param relevances of which the order counts, in the same shape; they are not differentiated
     * @param reduction of the lists' losses
     * @throws IllegalArgumentException if the shapes differ or a relevance is not finite
     */
    public static Value pairwise(Value scores, Value relevances, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        requireLists(PAIRWISE, scores, relevances);
        int items = scores.getNumCols();
        Require.memory(PAIRWISE, items, items, scores.getNumRows());
        int[] all = IntStream.range(0, items * items)
                .filter(k -> k / items < k % items)
                .toArray();
        int[] first = IntStream.of(all).map(k -> k / items).toArray();
        int[] second = IntStream.of(all).map(k -> k % items).toArray();
        Value known = relevances.detached();
        Value order = known.colsAt(first).minus(known.colsAt(second)).sign();
        Value opposed = scores.colsAt(second).minus(scores.colsAt(first)).elementMult(order);
        Value counted = order.abs();
        Value losses = counted.timesOrZero(opposed.softplus()).sum(Per.ROW);
        return reduction.of(PAIRWISE, losses.elementDiv(counted.sum(Per.ROW).maximum(1)));
    }

    /**
     * The cross-entropy of the softmax of a list's scores against the softmax of its relevances (Cao et al. 2007,
     * ListNet with the first place only).
     *
     * @param scores a row per list
     * @param relevances in the same shape
     * @param reduction of the lists' losses
     * @throws IllegalArgumentException if the shapes differ or a relevance is not finite
     */
    public static Value listwise(Value scores, Value relevances, Reduction reduction) {
        requireNonNull(reduction, "reduction");
        requireLists(LISTWISE, scores, relevances);
        return CrossEntropy.fromLogits(scores, relevances.softmax(Per.ROW), ClassOptions.DEFAULT.reduction(reduction));
    }

    private static void requireLists(String call, Value scores, Value relevances) {
        Require.sameShape(call, requireNonNull(scores, "scores"), requireNonNull(relevances, "relevances"));
        Require.each(call, "relevance", relevances, Double::isFinite, "a finite number");
        if (scores.getNumCols() == 0) {
            throw new IllegalArgumentException(call + ": the scores are " + scores.shape() + "; expected items");
        }
    }
}
