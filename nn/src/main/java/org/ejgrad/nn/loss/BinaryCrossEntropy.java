package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;

/**
 * Binary cross-entropy −t·ln p − (1 − t)·ln(1 − p) of each element: yes or no, or several labels at once, one per
 * column.
 *
 * <p>Prefer logits: {@link #fromLogits} never overflows, and its gradient with respect to a logit z is σ(z) − t.
 * Targets, from 0 to 1, have the prediction's shape; the result is 1x1, or has that shape with {@link Reduction#NONE}.
 */
public final class BinaryCrossEntropy {
    private static final String LOGITS = "BinaryCrossEntropy.fromLogits";
    private static final String PROBABILITIES = "BinaryCrossEntropy.fromProbabilities";

    private BinaryCrossEntropy() {}

    /**
     * The mean of t·softplus(−z) + (1 − t)·softplus(z) over all elements.
     *
     * @throws IllegalArgumentException if the shapes differ or a target is not from 0 to 1
     */
    public static Value fromLogits(Value logits, Value targets) {
        return fromLogits(logits, targets, BinaryOptions.DEFAULT);
    }

    /**
     * w·(v·t·softplus(−z) + (1 − t)·softplus(z)) with element weights w and positive weights v.
     *
     * @param options weights and reduction
     * @throws IllegalArgumentException if the shapes differ or a target is not from 0 to 1
     */
    public static Value fromLogits(Value logits, Value targets, BinaryOptions options) {
        Require.sameShape(LOGITS, requireNonNull(logits, "logits"), requireNonNull(targets, "targets"));
        requireUnitInterval(LOGITS, "target", targets, options);
        options.requireFitting(LOGITS, logits.shape());
        options.reduction().requireTerms(LOGITS, logits);
        return SigmoidCrossEntropy.LOSS.of(logits, targets, options);
    }

    /**
     * The mean of −t·ln p − (1 − t)·ln(1 − p), with PyTorch's guards: each logarithm is at least −100, and the gradient
     * (p − t)/(p·(1 − p)) has a denominator of at least 10⁻¹².
     *
     * @throws IllegalArgumentException if the shapes differ, or a probability or target is not from 0 to 1
     */
    public static Value fromProbabilities(Value probabilities, Value targets) {
        return fromProbabilities(probabilities, targets, BinaryOptions.DEFAULT);
    }

    /**
     * The binary cross-entropy of probabilities, with PyTorch's guards.
     *
     * @param options weights and reduction
     * @throws IllegalArgumentException if the shapes differ, or a probability or target is not from 0 to 1
     */
    public static Value fromProbabilities(Value probabilities, Value targets, BinaryOptions options) {
        requireProbabilities(probabilities, targets, options);
        options.reduction().requireTerms(PROBABILITIES, probabilities);
        return FlooredCrossEntropy.LOSS.of(probabilities, targets, options);
    }

    /**
     * The binary cross-entropy of probabilities under a clipping policy of one's choice.
     *
     * @param clipping what happens near ln 0
     * @param options weights and reduction
     * @throws IllegalArgumentException if the shapes differ, or a probability or target is not from 0 to 1
     */
    public static Value fromProbabilities(
            Value probabilities, Value targets, Clipping clipping, BinaryOptions options) {
        requireProbabilities(probabilities, targets, options);
        requireNonNull(clipping, "clipping");
        Value positive = options.positive(targets);
        Value negative = options.negative(targets);
        Value p = StructuralZeros.toTakeLogarithmsOf(positive, probabilities);
        Value q = StructuralZeros.toTakeLogarithmsOfComplements(negative, probabilities);
        Value logs = Require.returned(PROBABILITIES, "clipping.log", clipping.log(p), probabilities);
        Value others =
                Require.returned(PROBABILITIES, "clipping.logOfComplement", clipping.logOfComplement(q), probabilities);
        Value terms = positive.timesOrZero(logs).plus(negative.timesOrZero(others));
        return options.reduce(PROBABILITIES, terms.negative());
    }

    private static void requireProbabilities(Value probabilities, Value targets, BinaryOptions options) {
        requireNonNull(probabilities, "probabilities");
        Require.sameShape(PROBABILITIES, probabilities, requireNonNull(targets, "targets"));
        requireUnitInterval(PROBABILITIES, "probability", probabilities, options);
        requireUnitInterval(PROBABILITIES, "target", targets, options);
        options.requireFitting(PROBABILITIES, probabilities.shape());
    }

    private static void requireUnitInterval(String call, String what, Value value, BinaryOptions options) {
        if (requireNonNull(options, "options").checked() && !value.reading(BinaryCrossEntropy::isUnitInterval)) {
            Require.each(call, what, value, p -> p >= 0 && p <= 1, "a number from 0 to 1");
        }
    }

    /** The same in a loop without calls; most values pass. */
    private static boolean isUnitInterval(DMatrixRMaj matrix) {
        boolean all = true;
        for (double p : matrix.data) {
            all &= p >= 0 && p <= 1;
        }
        return all;
    }
}
