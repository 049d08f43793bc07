package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * Losses that want scores to be on the right side by a margin. Targets t are −1 or 1; on the margin itself the slope is
 * 0. The result is 1x1, or has the scores' shape (of losses per row a column) with {@link Reduction#NONE}; targets have
 * the scores' shape.
 */
public final class Margin {
    private Margin() {}

    /**
     * The hinge loss max(0, margin − t·x).
     *
     * @param margin how far on the right side is far enough
     * @throws IllegalArgumentException if the shapes differ or a target is neither −1 nor 1
     */
    public static Value hinge(Value scores, Value targets, double margin, Reduction reduction) {
        return requireNonNull(reduction, "reduction")
                .of("Margin.hinge", shortfall("Margin.hinge", scores, targets, margin));
    }

    /**
     * The squared hinge loss max(0, margin − t·x)².
     *
     * @param margin how far on the right side is far enough
     * @throws IllegalArgumentException if the shapes differ or a target is neither −1 nor 1
     */
    public static Value squaredHinge(Value scores, Value targets, double margin, Reduction reduction) {
        Value shortfall = shortfall("Margin.squaredHinge", scores, targets, margin);
        return requireNonNull(reduction, "reduction").of("Margin.squaredHinge", shortfall.square());
    }

    /**
     * The soft margin loss ln(1 + e^(−t·x)), finite for every finite score.
     *
     * @throws IllegalArgumentException if the shapes differ or a target is neither −1 nor 1
     */
    public static Value soft(Value scores, Value targets, Reduction reduction) {
        requireSigns("Margin.soft", requireNonNull(scores, "scores"), targets);
        Value opposed = targets.elementMult(scores).negative();
        return requireNonNull(reduction, "reduction").of("Margin.soft", opposed.softplus());
    }

    /**
     * The hinge embedding loss of distances: x for a similar pair (t = 1), max(0, margin − x) for a dissimilar one.
     *
     * @param margin how far apart is far enough
     * @throws IllegalArgumentException if the shapes differ or a target is neither −1 nor 1
     */
    public static Value hingeEmbedding(Value distances, Value targets, double margin, Reduction reduction) {
        Require.finite(margin, "Margin.hingeEmbedding: margin");
        requireSigns("Margin.hingeEmbedding", requireNonNull(distances, "distances"), targets);
        Value apart = distances.negative().plus(margin).relu();
        Value similar = targets.detached().greaterThan(0);
        return requireNonNull(reduction, "reduction").of("Margin.hingeEmbedding", similar.where(distances, apart));
    }

    /**
     * The margin ranking loss max(0, −t·(x₁ − x₂) + margin): the first should be larger where t = 1.
     *
     * @param margin by how much it should be larger
     * @throws IllegalArgumentException if the shapes differ or a target is neither −1 nor 1
     */
    public static Value ranking(Value first, Value second, Value targets, double margin, Reduction reduction) {
        Require.sameShape("Margin.ranking", requireNonNull(first, "first"), requireNonNull(second, "second"));
        return requireNonNull(reduction, "reduction")
                .of("Margin.ranking", shortfall("Margin.ranking", first.minus(second), targets, margin));
    }

    /**
     * The multi-class hinge loss of Crammer and Singer: for each row w_c·Σ_{j≠c} max(0, margin − x_c + x_j)^power /
     * classes, w being the class weights.
     *
     * @param scores a row per example, a column per class
     * @param labels the class c of each row
     * @param power 1 or 2
     * @param margin by how much the true class should lead
     * @param options class weights and reduction
     * @throws IllegalArgumentException if a label is not a class, the power is neither 1 nor 2, or there is label
     *     smoothing
     */
    public static Value multiClass(Value scores, int[] labels, int power, double margin, ClassOptions options) {
        requireNonNull(scores, "scores");
        requireNonNull(labels, "labels");
        requireNonNull(options, "options");
        if (power != 1 && power != 2) {
            throw new IllegalArgumentException("Margin.multiClass: the power is " + power + "; expected 1 or 2");
        }
        options.requireNoSmoothing("Margin.multiClass", "this loss compares with one class");
        ClassOptions.Targets targets = options.targets("Margin.multiClass", scores, labels);
        Require.finite(margin, "Margin.multiClass: margin");
        Value oneHot = options.oneHot("Margin.multiClass", scores, labels);
        Value zeros = Value.zeros(scores.shape());
        Value own = oneHot.where(scores, zeros).sum(Per.ROW);
        Value excess = scores.minus(own).plus(margin).relu();
        Value others = oneHot.where(zeros, power == 1 ? excess : excess.square());
        Value rows = others.sum(Per.ROW).divide(scores.getNumCols());
        return targets.reduce(targets.masses().sum(Per.ROW).timesOrZero(rows), options.reduction());
    }

    /**
     * The multi-label soft margin loss: for each row the mean over the labels of w·(−t·ln σ(x) − (1 − t)·ln σ(−x)),
     * with targets 0 or 1 (or between). It is the binary cross-entropy, reduced row by row; the weighted mean divides
     * by the weights' mean too.
     *
     * @param logits a row per example, a column per label
     * @param targets from 0 to 1, in the same shape
     * @param options class weights of the labels, the reduction of the rows, and whether targets are checked
     * @throws IllegalArgumentException if the shapes differ, a target is not from 0 to 1, or there is label smoothing
     *     or an ignored label
     */
    public static Value multiLabel(Value logits, Value targets, ClassOptions options) {
        String call = "Margin.multiLabel";
        requireNonNull(logits, "logits");
        requireNonNull(targets, "targets");
        requireNonNull(options, "options").requireNoSmoothing(call, "each label is a question of its own");
        options.requireNoIgnored(call, "a row has several labels");
        BinaryOptions elements = BinaryOptions.DEFAULT.reduction(Reduction.NONE);
        Value weights = Value.ones(logits.shape());
        if (!options.classWeights().isEmpty()) {
            if (options.classWeights().size() != logits.getNumCols()) {
                throw new IllegalArgumentException(call + ": "
                        + options.classWeights().size() + " class weights for " + logits.getNumCols()
                        + " labels; expected one per label");
            }
            weights = options.weightRow().broadcastTo(logits.shape());
            elements = elements.elementWeight(options.weightRow());
        }
        Value terms =
                BinaryCrossEntropy.fromLogits(logits, targets, options.checked() ? elements : elements.unchecked());
        return options.targets(call, weights.divide(logits.getNumCols()))
                .reduce(terms.mean(Per.ROW), options.reduction());
    }

    private static Value shortfall(String call, Value scores, Value targets, double margin) {
        Require.finite(margin, call + ": margin");
        requireSigns(call, requireNonNull(scores, "scores"), targets);
        return targets.elementMult(scores).negative().plus(margin).relu();
    }

    private static void requireSigns(String call, Value scores, Value targets) {
        Require.sameShape(call, scores, requireNonNull(targets, "targets"));
        Require.each(call, "target", targets, t -> t == 1 || t == -1, "-1 or 1");
    }
}
