package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.NonFinite;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Examples to learn from: a row of inputs and a row of targets each, with names for the columns and the classes.
 *
 * <p>The targets are n × 1 class indices (classification), n × k numbers in [0, 1] for k classes (one-hot, multi-label
 * or soft), or, where there are no class names, n × m numbers to predict (regression). A data set never changes; every
 * method that "changes" one returns another.
 */
public final class Dataset {
    private final String name;
    private final SimpleMatrix inputs;
    private final SimpleMatrix targets;
    private final List<String> featureNames;
    private final List<String> classNames;
    private final boolean hasIndices;

    /** With a single class, n × 1 targets may be indices or rows: which of them, only hasIndices tells. */
    private Dataset(
            String name,
            SimpleMatrix inputs,
            SimpleMatrix targets,
            List<String> featureNames,
            List<String> classNames,
            boolean hasIndices) {
        this.name = name;
        this.inputs = inputs;
        this.targets = targets;
        this.featureNames = featureNames;
        this.classNames = classNames;
        this.hasIndices = hasIndices;
    }

    /**
     * {@return a data set of two matrices and names}
     *
     * @param name what messages call it
     * @param inputs n × d finite numbers. Copied.
     * @param targets n × 1 class indices (also for a single class), n × k numbers in [0, 1] for k class names, or n × m
     *     for no class names. Copied.
     * @param featureNames d different names, or none for x0, x1, …
     * @param classNames k different names, or none for regression
     * @throws IllegalArgumentException if row counts differ, an entry is not finite, a label is not a class, or the
     *     names do not fit
     */
    public static Dataset of(
            String name,
            ConstMatrix<?> inputs,
            ConstMatrix<?> targets,
            List<String> featureNames,
            List<String> classNames) {
        return owning(name, finite(name, "inputs", inputs), finite(name, "targets", targets), featureNames, classNames);
    }

    /**
     * {@return a classification data set with unnamed features}
     *
     * @param name what messages call it
     * @param inputs n × d finite numbers. Copied.
     * @param labels n class indices
     * @param classNames the classes in the order of their indices, at least one
     * @throws IllegalArgumentException if the row counts differ, an input is not finite, or a label is not a class
     */
    public static Dataset classification(String name, ConstMatrix<?> inputs, int[] labels, String... classNames) {
        requireNonNull(name, "name");
        requireNonNull(inputs, "inputs");
        requireNonNull(labels, "labels");
        List<String> classes = Require.elements(classNames, "classNames");
        if (classes.isEmpty()) {
            throw new IllegalArgumentException(PlainText.line(name) + ": classification needs at least one class name");
        }
        return owning(name, finite(name, "inputs", inputs), column(labels), List.of(), classes);
    }

    /**
     * {@return a regression data set with unnamed features}
     *
     * @param name what messages call it
     * @param inputs n × d finite numbers. Copied.
     * @param targets n × m finite numbers. Copied.
     * @throws IllegalArgumentException if the row counts differ or an entry is not finite
     */
    public static Dataset regression(String name, ConstMatrix<?> inputs, ConstMatrix<?> targets) {
        return of(name, inputs, targets, List.of(), List.of());
    }

    /** Takes the matrices as they are: they must be finite, and nobody else may hold them. */
    static Dataset owning(
            String name,
            SimpleMatrix inputs,
            SimpleMatrix targets,
            List<String> featureNames,
            List<String> classNames) {
        return owning(name, inputs, targets, featureNames, classNames, targets.getNumCols() == 1);
    }

    static Dataset owning(
            String name,
            SimpleMatrix inputs,
            SimpleMatrix targets,
            List<String> featureNames,
            List<String> classNames,
            boolean hasIndices) {
        requireNonNull(name, "name");
        int n = inputs.getNumRows();
        if (targets.getNumRows() != n) {
            throw new IllegalArgumentException(PlainText.line(name) + ": " + n + " rows of inputs, but "
                    + targets.getNumRows() + " rows of targets; expected as many");
        }
        List<String> named = Require.elements(featureNames, "featureNames");
        List<String> features = named.isEmpty()
                ? IntStream.range(0, inputs.getNumCols()).mapToObj(j -> "x" + j).toList()
                : named;
        List<String> classes = Require.elements(classNames, "classNames");
        if (features.size() != inputs.getNumCols()) {
            throw new IllegalArgumentException(PlainText.line(name) + ": " + features.size() + " feature names for "
                    + inputs.getNumCols() + " columns of inputs; expected as many");
        }
        requireDifferent(name, "feature", features);
        requireDifferent(name, "class", classes);
        if (!classes.isEmpty()) {
            requireClasses(name, targets, classes.size(), hasIndices);
        }
        return new Dataset(name, inputs, targets, features, classes, hasIndices);
    }

    /** {@return what messages and tables call it} */
    public String name() {
        return name;
    }

    /** {@return the inputs, n × d} */
    public ConstMatrix<SimpleMatrix> inputs() {
        return inputs;
    }

    /** {@return the targets: n × 1 class indices, n × k rows over the classes, or n × m numbers to predict} */
    public ConstMatrix<SimpleMatrix> targets() {
        return targets;
    }

    /** {@return the d names of the input columns} */
    public List<String> featureNames() {
        return featureNames;
    }

    /** {@return the k names of the classes, in the order of their indices; none for regression} */
    public List<String> classNames() {
        return classNames;
    }

    /** {@return the number of rows, n} */
    public int size() {
        return inputs.getNumRows();
    }

    /** {@return the number of input columns, d} */
    public int features() {
        return inputs.getNumCols();
    }

    /** {@return the number of classes, k; 0 for regression} */
    public int classes() {
        return classNames.size();
    }

    /**
     * {@return what the targets are: numbers if there are no classes; labels if there is a column per class and a row
     * that does not share out one whole among them, as a row does which has no label or several}
     */
    public TargetKind kind() {
        if (classNames.isEmpty()) {
            return TargetKind.NUMBERS;
        }
        return hasIndices || IntStream.range(0, size()).allMatch(this::isShared)
                ? TargetKind.CLASSES
                : TargetKind.LABELS;
    }

    private boolean isShared(int row) {
        double sum = IntStream.range(0, classes())
                .mapToDouble(c -> targets.get(row, c))
                .sum();
        return Math.abs(sum - 1) <= 1e-6;
    }

    /**
     * The class index of each row.
     *
     * @return n indices from 0 to k − 1
     * @throws IllegalArgumentException if the targets are rows that are not one-hot
     * @throws IllegalStateException if this is a regression data set
     */
    public int[] labels() {
        if (classNames.isEmpty()) {
            throw new IllegalStateException(name + ": a regression data set has no labels");
        }
        return hasIndices
                ? IntStream.range(0, size()).map(i -> (int) targets.get(i, 0)).toArray()
                : Labels.indices(targets);
    }

    /**
     * How many rows each class has.
     *
     * @return k counts
     * @throws IllegalArgumentException if the targets are rows that are not one-hot
     * @throws IllegalStateException if this is a regression data set
     */
    public int[] classCounts() {
        return Labels.counts(labels(), classes());
    }

    /**
     * Some of the rows, in the order asked for; a row may be taken several times.
     *
     * @param rows row numbers from 0 to n − 1
     * @return a data set of those rows
     * @throws IllegalArgumentException if there is no such row
     */
    public Dataset rows(int... rows) {
        for (int row : requireNonNull(rows, "rows")) {
            if (row < 0 || row >= size()) {
                throw new IllegalArgumentException(
                        PlainText.line(name) + ": there is no row " + row + "; expected 0 to " + (size() - 1));
            }
        }
        return new Dataset(name, take(inputs, rows), take(targets, rows), featureNames, classNames, hasIndices);
    }

    /**
     * The same rows with one-hot targets.
     *
     * @return a data set with n × k targets
     * @throws IllegalArgumentException if the targets are rows that are not one-hot
     * @throws IllegalStateException if this is a regression data set
     * @throws ResourceLimitException if n·k exceeds 2²⁷ entries
     */
    public Dataset oneHot() {
        return new Dataset(name, inputs, Labels.oneHot(labels(), classes()), featureNames, classNames, false);
    }

    /**
     * {@return the same data by another name}
     *
     * @param name what messages are to call it
     */
    public Dataset named(String name) {
        return new Dataset(requireNonNull(name, "name"), inputs, targets, featureNames, classNames, hasIndices);
    }

    /**
     * The same rows with other inputs, for example standardised ones.
     *
     * @param inputs n × d' finite numbers. Copied.
     * @return a data set; it keeps the feature names if d' = d
     * @throws IllegalArgumentException if the number of rows differs or an entry is not finite
     */
    public Dataset withInputs(ConstMatrix<?> inputs) {
        SimpleMatrix others = finite(name, "inputs", inputs);
        List<String> names = others.getNumCols() == features() ? featureNames : List.of();
        return owning(name, others, targets, names, classNames, hasIndices);
    }

    /**
     * {@return the same rows with other targets for the same classes, for example smoothed ones}
     *
     * @param targets n × 1 indices or n × k rows, or n × m numbers for regression; with a single class, what the
     *     targets are now. Copied.
     * @throws IllegalArgumentException if the number of rows differs or a target does not fit the classes
     */
    public Dataset withTargets(ConstMatrix<?> targets) {
        SimpleMatrix others = finite(name, "targets", targets);
        boolean indices = classes() == 1 ? hasIndices : others.getNumCols() == 1;
        return owning(name, inputs, others, featureNames, classNames, indices);
    }

    /** The same rows with class indices as targets. */
    Dataset withLabels(int... labels) {
        return owning(name, inputs, column(labels), featureNames, classNames, true);
    }

    /**
     * {@return the same rows with every input divided by a constant, as 255 for grey levels of one byte}
     *
     * @param divisor finite and not 0
     * @throws IllegalArgumentException if the divisor is 0 or not finite
     */
    public Dataset divideInputs(double divisor) {
        if (!Double.isFinite(divisor) || divisor == 0) {
            throw new IllegalArgumentException(
                    "divideInputs: the divisor is " + divisor + "; expected a finite number other than 0");
        }
        DMatrixRMaj quotient = new DMatrixRMaj(size(), features());
        CommonOps_DDRM.divide(inputs.getDDRM(), divisor, quotient);
        requireFinite(name, "inputs", Value.constant(quotient));
        return new Dataset(name, SimpleMatrix.wrap(quotient), targets, featureNames, classNames, hasIndices);
    }

    /** {@return one line: name, rows, features, and the classes with their rows} */
    @Override
    public String toString() {
        String text = PlainText.line(name) + ": " + Figures.counted(size(), "row") + ", "
                + Figures.counted(features(), "feature") + ", ";
        if (classNames.isEmpty()) {
            return text + Figures.counted(targets.getNumCols(), "target");
        }
        if (!hasIndices || classes() > 20) {
            return text + Figures.counted(classes(), kind() == TargetKind.LABELS ? "label" : "class");
        }
        int[] counts = classCounts();
        return IntStream.range(0, counts.length)
                .mapToObj(c -> PlainText.line(classNames.get(c)) + " " + counts[c])
                .collect(joining(", ", text + Figures.counted(classes(), "class") + " (", ")"));
    }

    static SimpleMatrix column(int[] labels) {
        return new SimpleMatrix(
                labels.length, 1, true, Arrays.stream(labels).asDoubleStream().toArray());
    }

    private static SimpleMatrix take(SimpleMatrix from, int[] rows) {
        int columns = from.getNumCols();
        if ((long) rows.length * columns > Integer.MAX_VALUE - 8) {
            throw new ResourceLimitException(
                    "rows: " + rows.length + " rows of " + columns + " columns are more than one matrix holds");
        }
        DMatrixRMaj taken = new DMatrixRMaj(rows.length, columns);
        DMatrixRMaj source = from.getDDRM();
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(source.data, rows[i] * columns, taken.data, i * columns, columns);
        }
        return SimpleMatrix.wrap(taken);
    }

    private static SimpleMatrix finite(String name, String part, ConstMatrix<?> matrix) {
        Value copy = Value.constant(requireNonNull(matrix, part));
        requireFinite(name, part, copy);
        return copy.matrix();
    }

    private static void requireFinite(String name, String part, Value matrix) {
        NonFinite.in(matrix).ifPresent(found -> {
            throw new IllegalArgumentException(PlainText.line(name) + ": row " + found.row() + ", column "
                    + found.column() + " of the " + part + " is " + found.number() + "; expected a finite number");
        });
    }

    private static void requireClasses(String name, SimpleMatrix targets, int classes, boolean hasIndices) {
        int columns = targets.getNumCols();
        if (columns != 1 && columns != classes) {
            throw new IllegalArgumentException(PlainText.line(name) + ": the targets have " + columns + " columns for "
                    + classes + " classes; expected 1 (class indices) or " + classes);
        }
        for (int i = 0; i < targets.getNumRows(); i++) {
            for (int j = 0; j < columns; j++) {
                double target = targets.get(i, j);
                if (hasIndices && (target != Math.rint(target) || target < 0 || target >= classes)) {
                    throw new IllegalArgumentException(
                            PlainText.line(name) + ": " + Labels.outOfRange(i, target, classes));
                }
                if (target < 0 || (target > 1 && !hasIndices)) {
                    throw new IllegalArgumentException(PlainText.line(name) + ": row " + i + ", class " + j
                            + " has target " + target + "; expected a number in [0, 1]");
                }
            }
        }
    }

    private static void requireDifferent(String name, String kind, List<String> names) {
        HashSet<String> seen = new HashSet<>();
        for (String each : names) {
            if (!seen.add(each)) {
                throw new IllegalArgumentException(
                        PlainText.line(name) + ": two " + kind + " names are \"" + PlainText.line(each) + "\"");
            }
        }
    }
}
