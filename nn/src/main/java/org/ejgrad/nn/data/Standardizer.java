package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
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
    private final Column[] columns;

    private Standardizer(Column[] columns) {
        this.columns = columns;
    }

    /**
     * What is known of a column.
     *
     * @param unit brings entries below 1, a power of two
     * @param mean of the entries times the unit, as a double
     * @param rest what the mean exceeds that double by
     * @param deviation of the entries times the unit
     */
    private record Column(double unit, double mean, double rest, double deviation) {
        static Column of(ConstMatrix<SimpleMatrix> inputs, int j) {
            int n = inputs.getNumRows();
            double low = inputs.get(0, j);
            double high = low;
            for (int i = 0; i < n; i++) {
                low = Math.min(low, inputs.get(i, j));
                high = Math.max(high, inputs.get(i, j));
            }
            if (low == high) {
                return new Column(1, low, 0, 1);
            }
            double unit = Math.scalb(1.0, -1 - Math.getExponent(Math.max(Math.abs(low), Math.abs(high))));
            CompensatedSum sum = new CompensatedSum();
            for (int i = 0; i < n; i++) {
                sum.add(inputs.get(i, j) * unit);
            }
            double mean = sum.dividedBy(n);
            Column centred = new Column(unit, mean, sum.beyond(mean, n), 1);
            CompensatedSum squares = new CompensatedSum();
            for (int i = 0; i < n; i++) {
                double distance = centred.standardise(inputs.get(i, j));
                squares.add(distance * distance);
            }
            return new Column(unit, mean, centred.rest(), Math.sqrt(squares.dividedBy(n)));
        }

        double standardise(double x) {
            return (x * unit - mean - rest) / deviation;
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
        Column[] columns = new Column[train.features()];
        Arrays.setAll(columns, j -> Column.of(train.inputs(), j));
        return new Standardizer(columns);
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
        if (requireNonNull(inputs, "inputs").getNumCols() != columns.length) {
            throw new IllegalArgumentException("apply: the inputs have " + inputs.getNumCols()
                    + " columns, but the standardizer was fitted on " + columns.length);
        }
        SimpleMatrix result = new SimpleMatrix(inputs.getNumRows(), columns.length);
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int j = 0; j < columns.length; j++) {
                result.set(i, j, columns[j].standardise(inputs.get(i, j)));
            }
        }
        return result;
    }

    /** {@return the mean of each training column} */
    public double[] means() {
        return Arrays.stream(columns)
                .mapToDouble(column -> column.mean() / column.unit())
                .toArray();
    }

    /**
     * {@return what each column is divided by: its standard deviation, or 1 for a constant column; at least the
     * smallest double}
     */
    public double[] deviations() {
        return Arrays.stream(columns)
                .mapToDouble(column -> Math.max(column.deviation() / column.unit(), Double.MIN_VALUE))
                .toArray();
    }
}
