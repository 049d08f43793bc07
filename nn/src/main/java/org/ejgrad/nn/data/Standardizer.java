package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.NonFinite;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Brings each input column to mean 0 and standard deviation 1, by figures taken from the training data alone.
 *
 * <p>The entry x becomes (x − mean)/deviation; the deviation divides by n, not n − 1. A column that is constant in the
 * training data gets the deviation 1, so it becomes exactly 0 there and keeps its difference elsewhere.
 *
 * <p>Each column is measured in a unit of its own, a power of two above its largest entry, and its mean is kept in
 * twice the digits: neither the scale of a column nor an offset costs digits.
 */
public final class Standardizer {
    private final List<Column> columns;

    private Standardizer(List<Column> columns) {
        this.columns = columns;
    }

    static Standardizer of(List<Column> columns) {
        return new Standardizer(List.copyOf(columns));
    }

    /**
     * What is known of a column.
     *
     * @param unit brings entries below 1, a power of two
     * @param mean of the entries times the unit, as a double
     * @param rest what the mean exceeds that double by
     * @param deviation of the entries times the unit
     */
    record Column(double unit, double mean, double rest, double deviation) {
        /** Leaves every entry as it is. */
        static final Column AS_IT_IS = new Column(1, 0, 0, 1);

        /** What is known of at least one entry. */
        static Column of(double... entries) {
            int n = entries.length;
            double low = Arrays.stream(entries).min().orElseThrow();
            double high = Arrays.stream(entries).max().orElseThrow();
            if (low == high) {
                return new Column(1, low, 0, 1);
            }
            double unit = Math.scalb(1.0, -1 - Math.getExponent(Math.max(Math.abs(low), Math.abs(high))));
            CompensatedSum sum = new CompensatedSum();
            for (double entry : entries) {
                sum.add(entry * unit);
            }
            double mean = sum.dividedBy(n);
            Column centred = new Column(unit, mean, sum.beyond(mean, n), 1);
            CompensatedSum squares = new CompensatedSum();
            for (double entry : entries) {
                double distance = centred.standardise(entry);
                squares.add(distance * distance);
            }
            return new Column(unit, mean, centred.rest(), Math.sqrt(squares.dividedBy(n)));
        }

        double standardise(double x) {
            return (x * unit - mean - rest) / deviation;
        }

        /** The mean of the entries. */
        double average() {
            return mean / unit;
        }

        double undo(double standardised) {
            return (Math.fma(standardised, deviation, mean) + rest) / unit;
        }
    }

    /**
     * Takes the means and deviations of a data set's inputs.
     *
     * @param train the training rows, at least one
     * @return a standardizer for data sets with the same columns
     * @throws IllegalArgumentException if there are no rows
     */
    public static Standardizer fit(Dataset train) {
        if (requireNonNull(train, "train").size() == 0) {
            throw new IllegalArgumentException("fit: " + train.name() + " has 0 rows; expected at least 1");
        }
        return of(IntStream.range(0, train.features())
                .mapToObj(j -> Column.of(IntStream.range(0, train.size())
                        .mapToDouble(i -> train.inputs().get(i, j))
                        .toArray()))
                .toList());
    }

    /**
     * Standardises the inputs of a data set.
     *
     * @param data any rows with the columns of the training data
     * @return the same rows and targets with standardised inputs
     * @throws IllegalArgumentException if the number of columns differs, or an entry is so many deviations from the
     *     mean that their number overflows
     */
    public Dataset apply(Dataset data) {
        SimpleMatrix inputs = apply(requireNonNull(data, "data").inputs());
        NonFinite.in(Value.constant(inputs)).ifPresent(found -> {
            throw new IllegalArgumentException("apply: row " + found.row() + ", column " + found.column() + " of "
                    + data.name() + " is " + data.inputs().get(found.row(), found.column()) + ", which the mean "
                    + means()[found.column()] + " and the deviation " + deviations()[found.column()]
                    + " of the training rows make too large for a number");
        });
        return data.withInputs(inputs);
    }

    /**
     * Standardises rows of inputs.
     *
     * @param inputs m × d. Not modified.
     * @return m × d
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix apply(ConstMatrix<?> inputs) {
        return mapped("apply", requireNonNull(inputs, "inputs"), Column::standardise);
    }

    /**
     * The opposite of {@link #apply(ConstMatrix)}, such as for predictions of standardised targets.
     *
     * @param standardised m × d. Not modified.
     * @return m × d, in the units of the training data, to within rounding
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix undo(ConstMatrix<?> standardised) {
        return mapped("undo", requireNonNull(standardised, "standardised"), Column::undo);
    }

    /** Makes an entry of one. */
    @FunctionalInterface
    private interface Entry {
        double of(Column column, double entry);
    }

    private SimpleMatrix mapped(String call, ConstMatrix<?> matrix, Entry each) {
        if (matrix.getNumCols() != columns.size()) {
            throw new IllegalArgumentException(call + ": the inputs have " + matrix.getNumCols()
                    + " columns, but the standardizer was fitted on " + columns.size());
        }
        SimpleMatrix result = new SimpleMatrix(matrix.getNumRows(), columns.size());
        for (int i = 0; i < matrix.getNumRows(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                result.set(i, j, each.of(columns.get(j), matrix.get(i, j)));
            }
        }
        return result;
    }

    /** What is known of each column. */
    List<Column> columns() {
        return columns;
    }

    /** {@return the mean of each training column} */
    public double[] means() {
        return columns.stream().mapToDouble(Column::average).toArray();
    }

    /**
     * {@return what the mean of each training column exceeds the double in {@link #means} by: a part of its last place}
     */
    public double[] beyondMeans() {
        return columns.stream()
                .mapToDouble(column -> column.rest() / column.unit())
                .toArray();
    }

    /**
     * {@return what each column is divided by: its standard deviation, or 1 for a constant column; at least the
     * smallest double}
     */
    public double[] deviations() {
        return columns.stream()
                .mapToDouble(column -> Math.max(column.deviation() / column.unit(), Double.MIN_VALUE))
                .toArray();
    }
}
