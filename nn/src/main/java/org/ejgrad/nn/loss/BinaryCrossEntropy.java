package org.ejgrad.nn.loss;

import org.ejgrad.Value;

/**
 * Binary cross-entropy −t·ln p − (1 − t)·ln(1 − p) of each element: yes or no, or several labels at once, one per
 * column.
 *
 * <p>Prefer logits: {@link #fromLogits} never overflows, and its gradient with respect to a logit z is σ(z) − t.
 */
public final class BinaryCrossEntropy {
    private BinaryCrossEntropy() {}

    /**
     * The mean of t·softplus(−z) + (1 − t)·softplus(z) over all elements.
     *
     * @param logits a row per example, a column per label
     * @param targets from 0 to 1, in the same shape
     * @return 1x1
     * @throws IllegalArgumentException if the shapes differ or a target is not from 0 to 1
     */
    public static Value fromLogits(Value logits, Value targets) {
        return fromLogits(logits, targets, BinaryOptions.DEFAULT);
    }

    /**
     * w·(v·t·softplus(−z) + (1 − t)·softplus(z)) with element weights w and positive weights v.
     *
     * @param logits a row per example, a column per label
     * @param targets from 0 to 1, in the same shape
     * @param options weights and reduction
     * @return 1x1, or the logits' shape with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ or a target is not from 0 to 1
     */
    public static Value fromLogits(Value logits, Value targets, BinaryOptions options) {
        Contract.requireSameShape("BinaryCrossEntropy.fromLogits", logits, targets);
        if (options.checked()) {
            Contract.requireUnitInterval("BinaryCrossEntropy.fromLogits", "target", targets);
        }
        Value positive = options.positive(targets);
        Value negative = options.negative(targets);
        if (options.reduction() == Reduction.NONE) {
            return SigmoidCrossEntropy.elements().apply(logits, positive, negative);
        }
        Contract.requireReducible("BinaryCrossEntropy.fromLogits", logits, options.reduction());
        return SigmoidCrossEntropy.total(options.divisor(logits.shape())).apply(logits, positive, negative);
    }
}
