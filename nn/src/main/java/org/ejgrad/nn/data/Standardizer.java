package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Brings each input column to mean 0 and standard deviation 1, by figures taken from the training data alone.
 *
 * <p>The entry x becomes (x − mean)/deviation; the deviation divides by n, not n − 1. A column that is constant in the
 * training data gets the deviation 1, so it becomes exactly 0 there and keeps its difference elsewhere.
 */
public final class Standardizer {
    private final double[] means;
    private final double[] deviations;

    private Standardizer(double[] means, double[] deviations) {
        this.means = means;
        this.deviations = deviations;
    }

    /**
     * Takes the means and deviations of a data set's inputs.
     *
     * @param train the training rows, at least one
     * @return a standardizer for data sets with the same columns
     * @throws IllegalArgumentException if there are no rows, or a column is so large that its deviation overflows
     */
    public static Standardizer fit(Dataset train) {
        int n = requireNonNull(train, "train").size();
        if (n == 0) {
            throw new IllegalArgumentException("fit: " + train.name() + " has 0 rows; expected at least 1");
        }
        ConstMatrix<SimpleMatrix> inputs = train.inputs();
        double[] means = new double[train.features()];
        double[] deviations = new double[train.features()];
        for (int j = 0; j < means.length; j++) {
            double low = inputs.get(0, j);
            double high = low;
            for (int i = 0; i < n; i++) {
                low = Math.min(low, inputs.get(i, j));
                high = Math.max(high, inputs.get(i, j));
            }
            means[j] = low == high ? low : mean(inputs, j);
            double squares = 0;
            for (int i = 0; i < n; i++) {
                double distance = inputs.get(i, j) - means[j];
                squares += distance * distance;
            }
            double deviation = Math.sqrt(squares / n);
            if (!Double.isFinite(deviation)) {
                throw new IllegalArgumentException("fit: column " + j + " of " + train.name() + " ranges from " + low
                        + " to " + high + "; its standard deviation overflows");
            }
            deviations[j] = deviation == 0 ? 1 : deviation;
        }
        return new Standardizer(means, deviations);
    }

    /** The mean of distances from a first mean, added to it: a large offset costs no digits. */
    private static double mean(ConstMatrix<SimpleMatrix> inputs, int column) {
        double mean = 0;
        for (int pass = 0; pass < 2; pass++) {
            double sum = 0;
            for (int i = 0; i < inputs.getNumRows(); i++) {
                sum += inputs.get(i, column) - mean;
            }
            mean += sum / inputs.getNumRows();
        }
        return mean;
    }

    /**
     * Standardises the inputs of a data set.
     *
     * @param data any rows with the columns of the training data
     * @return the same rows and targets with standardised inputs
     * @throws IllegalArgumentException if the number of columns differs
     */
    public Dataset apply(Dataset data) {
        return data.withInputs(apply(requireNonNull(data, "data").inputs()));
    }

    /**
     * Standardises rows of inputs.
     *
     * @param inputs m × d. Not modified.
     * @return m × d
     * @throws IllegalArgumentException if the number of columns differs
     */
    public SimpleMatrix apply(ConstMatrix<?> inputs) {
        if (requireNonNull(inputs, "inputs").getNumCols() != means.length) {
            throw new IllegalArgumentException("apply: the inputs have " + inputs.getNumCols()
                    + " columns, but the standardizer was fitted on " + means.length);
        }
        SimpleMatrix result = new SimpleMatrix(inputs.getNumRows(), means.length);
        for (int i = 0; i < inputs.getNumRows(); i++) {
            for (int j = 0; j < means.length; j++) {
                result.set(i, j, (inputs.get(i, j) - means[j]) / deviations[j]);
            }
        }
        return result;
    }

    /** {@return the mean of each training column} */
    public double[] means() {
        return means.clone();
    }

    /** {@return what each column is divided by: its standard deviation, or 1 for a constant column} */
    public double[] deviations() {
        return deviations.clone();
    }
}
