package org.ejgrad.nn.loss;

import org.ejgrad.Value;

/** Losses for predicting numbers; d is prediction − target, and the mean is over all elements. */
public final class Regression {
    private Regression() {}

    /**
     * The mean squared error, mean of d².
     *
     * @param prediction any shape
     * @param target the same shape
     * @return 1x1
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value squaredError(Value prediction, Value target) {
        return squaredError(prediction, target, Reduction.MEAN);
    }

    /**
     * The squared error d².
     *
     * @param prediction any shape
     * @param target the same shape
     * @param reduction how the elements' terms become one number
     * @return 1x1, or the prediction's shape with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Value squaredError(Value prediction, Value target, Reduction reduction) {
        return reduction.of(
                "squaredError", difference("squaredError", prediction, target).square());
    }

    private static Value difference(String call, Value prediction, Value target) {
        Contract.requireSameShape("Regression." + call, prediction, target);
        return prediction.minus(target);
    }
}
