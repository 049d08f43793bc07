package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * Categorical cross-entropy −Σⱼ tⱼ·ln pⱼ: each row belongs to one of several classes.
 *
 * <p>Prefer logits: {@link #fromLogits} never overflows, and its gradient with respect to a row of logits is softmax(x)
 * − t. Targets are a class index per row, or rows of probabilities (one-hot or soft); the index c gives the same bits
 * as the one-hot row of c, also with weights. Predictions have a row per example and a column per class, rows of
 * probabilities that shape too; the result is 1x1, or a column with {@link Reduction#NONE}. The mean's denominator is
 * in {@link Reduction}.
 */
public final class CrossEntropy {
    private static final String LOGITS = "CrossEntropy.fromLogits";
    private static final String PROBABILITIES = "CrossEntropy.fromProbabilities";
    private static final String LOG_PROBABILITIES = "CrossEntropy.fromLogProbabilities";

    private CrossEntropy() {}

    /**
     * The mean of ln Σₖ eˣᵏ − xᴄ over the rows.
     *
     * @param labels the class c of each row
     * @throws IllegalArgumentException if there is not one label per row or a label is not a class
     */
    public static Value fromLogits(Value logits, int... labels) {
        return fromLogits(logits, labels, ClassOptions.DEFAULT);
    }

    /**
     * The cross-entropy of labelled rows.
     *
     * @param labels the class of each row, or the ignored label
     * @param options weights, ignored label, smoothing, reduction
     * @throws IllegalArgumentException if there is not one label per row or a label is not a class
     */
    public static Value fromLogits(Value logits, int[] labels, ClassOptions options) {
        requireNonNull(options, "options");
        return softmax(logits, options.targets(LOGITS, requireNonNull(logits, "logits"), labels), options);
    }

    /**
     * The mean of Σⱼ tⱼ·(ln Σₖ eˣᵏ − xⱼ) over the rows.
     *
     * @throws IllegalArgumentException if the shapes differ or a target row is not a distribution to within 1e-6
     */
    public static Value fromLogits(Value logits, Value targets) {
        return fromLogits(logits, targets, ClassOptions.DEFAULT);
    }

    /**
     * The cross-entropy of rows with target probabilities.
     *
     * @param options weights, smoothing, reduction
     * @throws IllegalArgumentException if the shapes differ, a target row is not a distribution to within 1e-6, or a
     *     label is ignored
     */
    public static Value fromLogits(Value logits, Value targets, ClassOptions options) {
        requireNonNull(options, "options");
        return softmax(logits, options.targets(LOGITS, requireNonNull(logits, "logits"), targets), options);
    }

    /**
     * The cross-entropy of sequences: each step of each row belongs to a class, or to none where its label is ignored.
     *
     * @param logits a row per example, the steps' logits side by side
     * @param labels the class of each step, or the ignored label, in a row per example
     * @param options weights, ignored label, smoothing, reduction; a term is a step's
     * @return 1x1, or the steps' losses in the labels' shape with {@link Reduction#NONE}
     * @throws IllegalArgumentException if the logits are not as many for each label, or a label is not a class
     */
    public static Value fromLogitsOfSteps(Value logits, ConstMatrix<?> labels, ClassOptions options) {
        String call = "CrossEntropy.fromLogitsOfSteps";
        requireNonNull(options, "options");
        Shape steps = new Shape(requireNonNull(labels, "labels").getNumRows(), labels.getNumCols());
        int columns = requireNonNull(logits, "logits").getNumCols();
        if (logits.getNumRows() != steps.rows()
                || columns == 0
                || steps.columns() == 0
                || columns % steps.columns() != 0) {
            throw new IllegalArgumentException(call + ": the logits are " + logits.shape() + " and the labels " + steps
                    + "; expected as many rows, and for each label as many logits");
        }
        int width = columns / steps.columns();
        int[] classes = new int[steps.elements()];
        for (int i = 0; i < classes.length; i++) {
            double label = labels.get(i / steps.columns(), i % steps.columns());
            classes[i] = (int) label;
            boolean isClass = (classes[i] >= 0 && classes[i] < width) || options.isIgnored(classes[i]);
            if (classes[i] != label || !isClass) {
                throw new IllegalArgumentException(
                        call + ": the label at row " + i / steps.columns() + ", column " + i % steps.columns() + " is "
                                + label + "; expected the number of a class, 0 to " + (width - 1));
            }
        }
        Value rows = logits.reshape(classes.length, width);
        Value losses = softmax(rows, options.targets(call, rows, classes), options);
        return options.reduction() == Reduction.NONE ? losses.reshape(steps.rows(), steps.columns()) : losses;
    }

    private static Value softmax(Value logits, ClassOptions.Targets targets, ClassOptions options) {
        if (options.reduction() == Reduction.NONE) {
            return SoftmaxCrossEntropy.ROWS.apply(logits, targets.masses());
        }
        if (targets.divisor().isConstant()) {
            double divisor = targets.divisor().scalar();
            return SoftmaxCrossEntropy.total(logits.getNumRows(), divisor).apply(logits, targets.masses());
        }
        return Reduction.mean(
                SoftmaxCrossEntropy.total(logits.getNumRows(), 1).apply(logits, targets.masses()),
                () -> SoftmaxCrossEntropy.ROWS.apply(logits, targets.masses()),
                targets.divisor());
    }

    /**
     * The mean of −ln pᴄ of rows that are probabilities already, infinite where the probability of a class that occurs
     * is 0; prefer {@link #fromLogits}.
     *
     * @param labels the class c of each row
     * @throws IllegalArgumentException if a row of probabilities is not a distribution to within 1e-6, or a label is
     *     not a class
     */
    public static Value fromProbabilities(Value probabilities, int... labels) {
        return fromProbabilities(probabilities, labels, Clipping.none(), ClassOptions.DEFAULT);
    }

    /**
     * The mean of −Σⱼ tⱼ·ln pⱼ of rows that are probabilities already, infinite where the probability of a class that
     * occurs is 0; prefer {@link #fromLogits}.
     *
     * @throws IllegalArgumentException if the shapes differ, or a row is not a distribution to within 1e-6
     */
    public static Value fromProbabilities(Value probabilities, Value targets) {
        return fromProbabilities(probabilities, targets, Clipping.none(), ClassOptions.DEFAULT);
    }

    /**
     * −Σⱼ tⱼ·ln pⱼ of rows that are probabilities already; prefer {@link #fromLogits}.
     *
     * @param labels the class of each row, or the ignored label
     * @param clipping what happens near ln 0
     * @param options weights, ignored label, smoothing, reduction
     * @throws IllegalArgumentException if a row of probabilities is not a distribution to within 1e-6, or a label is
     *     not a class
     */
    public static Value fromProbabilities(Value probabilities, int[] labels, Clipping clipping, ClassOptions options) {
        requireNonNull(clipping, "clipping");
        requireNonNull(options, "options");
        options.requireDistributions(PROBABILITIES, "probability", requireNonNull(probabilities, "probabilities"));
        return surprise(clipping, probabilities, options.targets(PROBABILITIES, probabilities, labels), options);
    }

    /**
     * −Σⱼ tⱼ·ln pⱼ of rows that are probabilities already; prefer {@link #fromLogits}.
     *
     * @param clipping what happens near ln 0
     * @param options weights, smoothing, reduction
     * @throws IllegalArgumentException if the shapes differ, a row is not a distribution to within 1e-6, or a label is
     *     ignored
     */
    public static Value fromProbabilities(Value probabilities, Value targets, Clipping clipping, ClassOptions options) {
        requireNonNull(clipping, "clipping");
        requireNonNull(options, "options");
        options.requireDistributions(PROBABILITIES, "probability", requireNonNull(probabilities, "probabilities"));
        return surprise(clipping, probabilities, options.targets(PROBABILITIES, probabilities, targets), options);
    }

    /**
     * The mean negative log-likelihood −ln pᴄ of rows that are logarithms of probabilities.
     *
     * @param labels the class c of each row
     * @throws IllegalArgumentException if a row is not that of a distribution to within 1e-6, or a label is not a class
     */
    public static Value fromLogProbabilities(Value logProbabilities, int... labels) {
        return fromLogProbabilities(logProbabilities, labels, ClassOptions.DEFAULT);
    }

    /**
     * The mean of −Σⱼ tⱼ·ln pⱼ of rows that are logarithms of probabilities.
     *
     * @throws IllegalArgumentException if the shapes differ, or a row is not (that of) a distribution to within 1e-6
     */
    public static Value fromLogProbabilities(Value logProbabilities, Value targets) {
        return fromLogProbabilities(logProbabilities, targets, ClassOptions.DEFAULT);
    }

    /**
     * The negative log-likelihood −ln pᴄ of rows that are logarithms of probabilities, such as those of logSoftmax.
     *
     * @param labels the class c of each row, or the ignored label
     * @param options weights, ignored label, smoothing, reduction, and whether distributions are checked
     * @throws IllegalArgumentException if a row is not that of a distribution to within 1e-6, there is not one label
     *     per row or a label is not a class
     */
    public static Value fromLogProbabilities(Value logProbabilities, int[] labels, ClassOptions options) {
        requireNonNull(labels, "labels");
        requireLogProbabilities(logProbabilities, options);
        return surprise(logProbabilities, options.targets(LOG_PROBABILITIES, logProbabilities, labels), options);
    }

    /**
     * −Σⱼ tⱼ·ln pⱼ of rows that are logarithms of probabilities, such as those of logSoftmax.
     *
     * @param options weights, smoothing, reduction, and whether distributions are checked
     * @throws IllegalArgumentException if the shapes differ, a row is not (that of) a distribution to within 1e-6, or a
     *     label is ignored
     */
    public static Value fromLogProbabilities(Value logProbabilities, Value targets, ClassOptions options) {
        requireNonNull(targets, "targets");
        requireLogProbabilities(logProbabilities, options);
        return surprise(logProbabilities, options.targets(LOG_PROBABILITIES, logProbabilities, targets), options);
    }

    private static void requireLogProbabilities(Value logProbabilities, ClassOptions options) {
        requireNonNull(logProbabilities, "logProbabilities");
        if (requireNonNull(options, "options").checked()) {
            Require.each(
                    LOG_PROBABILITIES,
                    "logarithm",
                    logProbabilities,
                    l -> l <= 1e-6,
                    "that of a probability, at most 0");
            options.requireDistributions(
                    LOG_PROBABILITIES,
                    "probability",
                    logProbabilities.detached().elementExp());
        }
    }

    private static Value surprise(
            Clipping clipping, Value probabilities, ClassOptions.Targets targets, ClassOptions options) {
        Value counted = StructuralZeros.toTakeLogarithmsOf(targets.masses(), probabilities);
        Value logs = Require.returned(PROBABILITIES, "clipping.log", clipping.log(counted), probabilities);
        return surprise(logs, targets, options);
    }

    private static Value surprise(Value logProbabilities, ClassOptions.Targets targets, ClassOptions options) {
        Value logs = StructuralZeros.beside(targets.masses(), logProbabilities);
        Value rows = RowTotals.ofNegative(targets.masses().timesOrZero(logs));
        return targets.reduce(rows, options.reduction());
    }
}
