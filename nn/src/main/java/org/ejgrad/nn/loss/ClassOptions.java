package org.ejgrad.nn.loss;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * What a categorical loss can be asked for, beyond predictions and targets.
 *
 * <pre>{@code
 * CrossEntropy.fromLogits(network.forward(input), labels, ClassOptions.DEFAULT.weights(1, 1, 5).smoothing(0.1));
 * }</pre>
 *
 * @param classWeights a factor for each class, or empty for none
 * @param ignoredLabel rows with this label contribute nothing and are not counted
 * @param smoothingShare ε: targets t become (1 − ε)·t + ε/classes (Szegedy et al. 2016)
 * @param reduction how the rows' losses become one number
 * @param checked whether target rows and predicted probabilities must be distributions
 * @param strict whether a batch in which no row counts is refused instead of giving 0
 */
public record ClassOptions(
        List<Double> classWeights,
        OptionalInt ignoredLabel,
        double smoothingShare,
        Reduction reduction,
        boolean checked,
        boolean strict) {
    /** No weights, nothing ignored, no smoothing, the mean over the rows that count, distributions checked. */
    public static final ClassOptions DEFAULT =
            new ClassOptions(List.of(), OptionalInt.empty(), 0, Reduction.MEAN, true, false);

    /**
     * Refuses what is out of range.
     *
     * @throws IllegalArgumentException if a weight is negative or not finite, or the smoothing is not from 0 to 1
     */
    public ClassOptions {
        classWeights = Require.elements(classWeights, "classWeights");
        requireNonNull(ignoredLabel, "ignoredLabel");
        requireNonNull(reduction, "reduction");
        for (int i = 0; i < classWeights.size(); i++) {
            Require.notNegative(classWeights.get(i), "ClassOptions: the weight of class " + i);
        }
        Require.share(smoothingShare, "ClassOptions: the label smoothing");
    }

    /** {@return these options with a factor for each class} */
    public ClassOptions weights(double... weights) {
        List<Double> boxed =
                Arrays.stream(requireNonNull(weights, "weights")).boxed().toList();
        return new ClassOptions(boxed, ignoredLabel, smoothingShare, reduction, checked, strict);
    }

    /** {@return these options with a label whose rows contribute nothing and are not counted} */
    public ClassOptions ignoring(int label) {
        return new ClassOptions(classWeights, OptionalInt.of(label), smoothingShare, reduction, checked, strict);
    }

    /** {@return these options with label smoothing by a share ε, from 0 to 1} */
    public ClassOptions smoothing(double share) {
        return new ClassOptions(classWeights, ignoredLabel, share, reduction, checked, strict);
    }

    /** {@return these options with another way to make the rows' losses one number} */
    public ClassOptions reduction(Reduction reduction) {
        return new ClassOptions(classWeights, ignoredLabel, smoothingShare, reduction, checked, strict);
    }

    /** {@return these options without the check that target rows and predicted probabilities are distributions} */
    public ClassOptions unchecked() {
        return new ClassOptions(classWeights, ignoredLabel, smoothingShare, reduction, false, strict);
    }

    /** {@return these options, refusing a batch in which no row counts} */
    public ClassOptions strictly() {
        return new ClassOptions(classWeights, ignoredLabel, smoothingShare, reduction, checked, true);
    }

    /** {@return how many rows a mean with these options counts: those whose label is not ignored} */
    public int countedRows(int... labels) {
        return (int) Arrays.stream(requireNonNull(labels, "labels"))
                .filter(label -> !isIgnored(label))
                .count();
    }

    boolean isIgnored(int label) {
        return ignoredLabel.isPresent() && ignoredLabel.getAsInt() == label;
    }

    /** The targets of labelled rows: one-hot rows, or rows of zeros for ignored labels. */
    Targets targets(String call, Value prediction, int... labels) {
        Value targets = oneHot(call, prediction, labels);
        int counted = countedRows(labels);
        Value shares = smoothed(targets);
        if (smoothingShare > 0) {
            shares = shares.elementMult(targets.sum(Per.ROW));
        }
        return weighted(call, targets, shares, counted);
    }

    /** One-hot rows, or rows of zeros for ignored labels. */
    Value oneHot(String call, Value prediction, int... labels) {
        Require.asMany(call, requireNonNull(labels, "labels").length, prediction.getNumRows());
        Require.classes(call, labels, prediction.getNumCols(), ignoredLabel);
        return Value.adopting(oneHot(labels, prediction.getNumCols()).getDDRM());
    }

    /**
     * {@return a one-hot row per label, which for an ignored label is a row of zeros}
     *
     * @throws IllegalArgumentException if a label is not a class, or that takes more memory than there is
     */
    public SimpleMatrix oneHot(int[] labels, int classes) {
        Require.classes("oneHot", requireNonNull(labels, "labels"), classes, ignoredLabel);
        Require.memory("oneHot", labels.length, Require.atLeast(classes, 0, "oneHot: the number of classes"), 1);
        SimpleMatrix rows = new SimpleMatrix(labels.length, classes);
        for (int row = 0; row < labels.length; row++) {
            if (!isIgnored(labels[row])) {
                rows.set(row, labels[row], 1);
            }
        }
        return rows;
    }

    /** The targets of rows of probabilities. */
    Targets targets(String call, Value prediction, Value targets) {
        requireNoIgnored(call, "rows of probabilities have no label");
        Require.sameShape(call, prediction, requireNonNull(targets, "targets"));
        requireDistributions(call, "target", targets);
        return weighted(call, targets, smoothed(targets), prediction.getNumRows());
    }

    /** Of rows that all count, with their weights as masses. */
    Targets targets(String call, Value masses) {
        return new Targets(masses, divisor(call, masses, masses.getNumRows()));
    }

    /** Refuses smoothing, where a loss can make nothing of it. */
    void requireNoSmoothing(String call, String reason) {
        requireNo(call, "label smoothing", smoothingShare == 0, smoothingShare, "0, " + reason);
    }

    /** Refuses an ignored label, where rows have none. */
    void requireNoIgnored(String call, String reason) {
        requireNo(call, "ignored label", ignoredLabel.isEmpty(), ignoredLabel.orElse(0), "none, " + reason);
    }

    /** Refuses all that is about labels, where a loss compares with none. */
    void requireNoLabels(String call, String reason) {
        requireNo(call, "list of class weights", classWeights.isEmpty(), classWeights, "none, " + reason);
        requireNoSmoothing(call, reason);
        requireNoIgnored(call, reason);
    }

    private static void requireNo(String call, String option, boolean isAbsent, Object given, String expected) {
        if (!isAbsent) {
            throw new IllegalArgumentException(call + ": the " + option + " is " + given + "; expected " + expected);
        }
    }

    /** Refuses rows that are no distributions, if these options are checked. */
    void requireDistributions(String call, String what, Value rows) {
        if (checked) {
            Require.distributions(call, what, rows, ", give the option unchecked() if that is meant");
        }
    }

    private Value smoothed(Value targets) {
        return smoothingShare == 0
                ? targets
                : targets.scale(1 - smoothingShare).plus(smoothingShare / targets.getNumCols());
    }

    /** The class weights as a row. */
    Value weightRow() {
        return Value.constant(new double[][] {
            classWeights.stream().mapToDouble(Double::doubleValue).toArray()
        });
    }

    private Targets weighted(String call, Value targets, Value shares, int counted) {
        if (classWeights.isEmpty()) {
            return new Targets(shares, divisor(call, targets, counted));
        }
        if (classWeights.size() != targets.getNumCols()) {
            throw new IllegalArgumentException(call + ": " + classWeights.size() + " class weights for "
                    + targets.getNumCols() + " classes; expected one per class");
        }
        Value weights = weightRow();
        double unit = reduction.unit(() -> targets.detached().greaterThan(0).elementMult(weights));
        // In a unit of the weights that are applied others may be infinite.
        UnaryOperator<Value> weigh = masses -> unit == 1
                ? masses.elementMult(weights)
                : masses.timesOrZero(weights.scale(unit).broadcastTo(masses.shape()));
        return new Targets(weigh.apply(shares), divisor(call, weigh.apply(targets), counted));
    }

    /** What the sum of the rows' losses is divided by, as a value: it depends on the targets if they are variable. */
    private Value divisor(String call, Value applied, int counted) {
        if (reduction == Reduction.NONE || reduction == Reduction.SUM) {
            return ONE;
        }
        int rows = applied.getNumRows();
        if (rows == 0) {
            throw new IllegalArgumentException(call + ": mean of 0 elements: the batch is empty");
        }
        boolean weighted = reduction == Reduction.WEIGHTED_MEAN && !classWeights.isEmpty();
        Value divisor =
                weighted ? applied.elementSum() : Value.constant(reduction == Reduction.ROW_MEAN ? rows : counted);
        if (divisor.scalar() != 0) {
            return divisor;
        }
        if (strict) {
            throw new IllegalArgumentException(
                    call + ": no row counts: every label is ignored or every applied weight is 0");
        }
        return ONE;
    }

    private static final Value ONE = Value.constant(1);

    /**
     * What a categorical loss compares with.
     *
     * @param masses target probability times weight, rows x classes
     * @param divisor 1x1: what the sum of the rows' losses is divided by
     */
    record Targets(Value masses, Value divisor) {
        /** The rows' losses as one number, or as they are. */
        Value reduce(Value rows, Reduction reduction) {
            if (reduction == Reduction.NONE) {
                return rows;
            }
            boolean isPlain =
                    divisor.isConstant() && divisor.scalar() == rows.shape().elements();
            return isPlain ? rows.mean() : Reduction.mean(rows, divisor);
        }
    }
}
