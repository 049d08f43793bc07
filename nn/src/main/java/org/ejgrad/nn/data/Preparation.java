package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.arguments.Nearest;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * All that was learnt from training rows to make matrices of a table: columns, categories, means and deviations, what
 * fills missing cells, class names. It is applied to other rows as it is, and kept with a network as text.
 *
 * <p>The columns of a table are found by their names, in any order; others are passed over.
 */
public final class Preparation {
    private final Targets targets;
    private final Missing missing;
    private final Unseen unseen;
    private final List<RawColumn> columns;
    private final Standardizer scale;

    Preparation(Targets targets, Missing missing, Unseen unseen, List<RawColumn> columns, Standardizer scale) {
        this.targets = targets;
        this.missing = missing;
        this.unseen = unseen;
        this.columns = columns;
        this.scale = scale;
    }

    // ---- what to learn ----------------------------------------------------------------------------------------------

    /**
     * {@return a plan to predict one of several classes}
     *
     * @param target the column of class names
     */
    public static PreparationPlan classification(String target) {
        return new PreparationPlan(TargetKind.CLASSES, List.of(requireNonNull(target, "target")), OptionalInt.empty());
    }

    /**
     * {@return a plan to predict one of several classes}
     *
     * @param target the position of the column of class names from 0; −1 is the last
     */
    public static PreparationPlan classification(int target) {
        return new PreparationPlan(TargetKind.CLASSES, List.of(), OptionalInt.of(target));
    }

    /**
     * {@return a plan to predict numbers}
     *
     * @param targets the columns of the numbers, at least one
     * @throws IllegalArgumentException if there are none, or one is given twice
     */
    public static PreparationPlan regression(String... targets) {
        return new PreparationPlan(TargetKind.NUMBERS, Require.elements(targets, "targets"), OptionalInt.empty());
    }

    /**
     * {@return a plan to predict a number}
     *
     * @param target the position of its column from 0; −1 is the last
     */
    public static PreparationPlan regression(int target) {
        return new PreparationPlan(TargetKind.NUMBERS, List.of(), OptionalInt.of(target));
    }

    /**
     * {@return a plan to predict several labels, any number of which may hold at once}
     *
     * @param columns a column for each, of 0 or 1, no or yes, false or true, in capitals or small letters
     * @throws IllegalArgumentException if there are none, or one is given twice
     */
    public static PreparationPlan labels(String... columns) {
        return new PreparationPlan(TargetKind.LABELS, Require.elements(columns, "columns"), OptionalInt.empty());
    }

    // ---- what was learnt --------------------------------------------------------------------------------------------

    /** {@return what is predicted} */
    public TargetKind kind() {
        return targets.kind();
    }

    /** {@return the columns of the targets} */
    public List<String> targetNames() {
        return targets.names();
    }

    /** {@return the classes in the order of their indices, or the labels; none for numbers} */
    public List<String> classNames() {
        return targets.classNames();
    }

    /** {@return the columns that inputs are made of, in the order of the inputs} */
    public List<RawColumn> rawColumns() {
        return columns;
    }

    /** {@return the names of the inputs: a column of numbers by its name, a category as {@code column=category}} */
    public List<String> featureNames() {
        return columns.stream().flatMap(RawColumn::featureNames).toList();
    }

    /** {@return how many numbers a network has to give for each row: one per class, label or target} */
    public int outputs() {
        return targets.outputs();
    }

    /** {@return what becomes of missing cells} */
    public Missing missing() {
        return missing;
    }

    /** {@return what becomes of texts that no training row had} */
    public Unseen unseen() {
        return unseen;
    }

    /** {@return what is done to the inputs at last; those that stay as they are have mean 0 and deviation 1} */
    public Standardizer scale() {
        return scale;
    }

    /** {@return what is done to numbers to predict; no columns where classes or labels are predicted} */
    public Standardizer targetScale() {
        return targets.scale();
    }

    // ---- its use ----------------------------------------------------------------------------------------------------

    /**
     * The inputs of a table and its targets, whose columns must be there.
     *
     * @param table any rows; those that {@link Missing#DROP_ROW} leaves out are named by {@link #datasetRows}
     * @return class indices, a row of 0 and 1 for several labels, or numbers of mean 0 and deviation 1 in the training
     *     rows unless they were to stay raw
     * @throws IllegalArgumentException if a column is not there, or a cell is not what the training rows had in its
     *     column; the message names file, line and column
     */
    public Dataset dataset(Table table) {
        Table kept = missing == Missing.DROP_ROW
                ? requireNonNull(table, "table").rows(datasetRows(table))
                : requireNonNull(table, "table");
        if (kept.size() == 0) {
            throw new IllegalArgumentException(table.name() + ": none of " + table.size()
                    + " rows is complete; expected at least 1 in which no input and no target is missing");
        }
        SimpleMatrix expected = targets.matrix(kept);
        return Dataset.owning(
                table.name(), inputs(kept), expected, featureNames(), classNames(), kind() == TargetKind.CLASSES);
    }

    /**
     * The inputs of a table, one row for each of its rows.
     *
     * @param table any rows, with or without targets
     * @return n × d
     * @throws IllegalArgumentException if a column is not there, or a cell is not what the training rows had in its
     *     column, or it is missing and was not to be filled; the message names file, line and column
     */
    public SimpleMatrix inputs(Table table) {
        requireNonNull(table, "table").names(rawNames());
        Require.memory("inputs", table.size(), scale.columns().size(), 1);
        SimpleMatrix inputs = new SimpleMatrix(table.size(), scale.columns().size());
        int at = 0;
        for (RawColumn column : columns) {
            if (column.kind() == ColumnKind.NUMBER) {
                putNumbers(inputs, at++, table, column);
            } else {
                putCategories(inputs, at, table, column);
                at += column.categories().size();
            }
        }
        return inputs;
    }

    private void putNumbers(SimpleMatrix inputs, int at, Table table, RawColumn column) {
        double[] numbers = table.numbers(column.name());
        for (int i = 0; i < numbers.length; i++) {
            if (Double.isNaN(numbers[i]) && column.fill().isEmpty()) {
                throw table.missing(i, column.name());
            }
            double number = Double.isNaN(numbers[i]) ? column.fill().getAsDouble() : numbers[i];
            inputs.set(
                    i,
                    at,
                    finite(table, i, column.name(), scale.columns().get(at).standardise(number)));
        }
    }

    static double finite(Table table, int row, String column, double standardised) {
        if (!Double.isFinite(standardised)) {
            throw table.fault(row, column, " is so far from the numbers of the training rows that it overflows");
        }
        return standardised;
    }

    private void putCategories(SimpleMatrix inputs, int at, Table table, RawColumn column) {
        List<String> categories = column.categories();
        Map<String, Integer> places = new HashMap<>();
        categories.forEach(category -> places.put(category, places.size()));
        ClassLabels byNumber = new ClassLabels(column.isOfNumbers() ? categories : List.of());
        List<String> texts = table.labels(column.name());
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            Integer known = places.get(text);
            int place = known != null ? known : byNumber.named(text).orElse(-1);
            if (place >= 0) {
                inputs.set(i, at + place, 1);
            } else if (texts.get(i).isEmpty() && (missing == Missing.REFUSE || missing == Missing.DROP_ROW)) {
                throw table.missing(i, column.name());
            } else if (unseen == Unseen.REFUSE) {
                throw table.fault(
                        i,
                        column.name(),
                        (texts.get(i).isEmpty()
                                        ? " is missing, which it is in no training row"
                                        : " is in no training row")
                                + "; expected one of "
                                + CsvFormat.shortened(column.categories().toString())
                                + ", or another policy for unseen ones"
                                + Nearest.question(texts.get(i), column.categories()));
            }
        }
    }

    /**
     * {@return whether a table has the columns of the targets, all of them}
     *
     * @param table any rows
     */
    public boolean hasTargets(Table table) {
        return targets.names().stream().allMatch(requireNonNull(table, "table")::has);
    }

    /**
     * {@return the rows that {@link #dataset} makes of a table: all, or under {@link Missing#DROP_ROW} those in which
     * no input and no target is missing}
     *
     * @param table any rows
     * @throws IllegalArgumentException if a column is not there
     */
    public int[] datasetRows(Table table) {
        return kept(
                table,
                Stream.concat(rawNames().stream(), targets.names().stream()).toList());
    }

    /**
     * {@return the rows of which {@link #inputs} can be made: all, or under {@link Missing#DROP_ROW} those in which no
     * input is missing}
     *
     * @param table any rows
     * @throws IllegalArgumentException if a column is not there
     */
    public int[] inputRows(Table table) {
        return kept(table, rawNames());
    }

    private int[] kept(Table table, List<String> names) {
        requireNonNull(table, "table").names(names);
        return missing == Missing.DROP_ROW
                ? table.completeRows(names)
                : IntStream.range(0, table.size()).toArray();
    }

    private List<String> rawNames() {
        return columns.stream().map(RawColumn::name).toList();
    }

    /**
     * What a network's outputs say in the units of the table: numbers to predict are brought back to the mean and the
     * deviation of the training rows. Outputs for classes and labels stay as they are.
     *
     * @param outputs n × {@link #outputs()}. Not modified.
     * @return as many
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix predictions(ConstMatrix<?> outputs) {
        return targets.predictions(requireNonNull(outputs, "outputs"));
    }

    // ---- as text ----------------------------------------------------------------------------------------------------

    /** {@return this as a JSON text, for {@link #fromJson}} */
    public String toJson() {
        return PreparationJson.of(this);
    }

    /**
     * Reads what {@link #toJson} wrote, to the last bit.
     *
     * @param text the JSON text
     * @throws DatasetFormatException if it is anything else; the message names the place and what was expected there
     */
    public static Preparation fromJson(String text) throws DatasetFormatException {
        return PreparationJson.parse(requireNonNull(text, "text"));
    }

    /** {@return one line for the targets and one for the inputs} */
    @Override
    public String toString() {
        List<String> names = featureNames();
        return "predicts " + targets + "\nfrom " + Figures.counted(names.size(), "input") + " of "
                + Figures.counted(columns.size(), "column") + " "
                + CsvFormat.shortened(PlainText.line(names.toString()));
    }
}
