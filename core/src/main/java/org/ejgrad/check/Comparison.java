package org.ejgrad.check;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import org.ejml.data.DMatrixRMaj;

/** One claimed matrix beside the measured one, with error bars; a NaN in the measured one stands for "unknown". */
record Comparison(String label, DMatrixRMaj claimed, DMatrixRMaj numeric, DMatrixRMaj bars, DMatrixRMaj point) {
    /** How close a prediction must come to the claim, beyond the bars. */
    private static final double CLOSE = 1e-7;

    int size() {
        return claimed.getNumElements();
    }

    int rows() {
        return claimed.numRows;
    }

    int columns() {
        return claimed.numCols;
    }

    double claimed(int i) {
        return claimed.data[i];
    }

    double numeric(int i) {
        return numeric.data[i];
    }

    boolean known(int i) {
        return !Double.isNaN(numeric.data[i]);
    }

    /** Whether the prediction, another matrix of the same shape, is the claim; and is not the measured truth. */
    boolean isExplainedBy(DMatrixRMaj predicted) {
        if (!isMetBy(predicted)) {
            return false;
        }
        for (int i = 0; i < size(); i++) {
            double apart = Math.abs(predicted.data[i] - numeric(i));
            if (apart > slack(i, 1) + CLOSE * Math.abs(predicted.data[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether the prediction, another matrix of the same shape, is the claim. */
    boolean isMetBy(DMatrixRMaj predicted) {
        if (predicted.numRows != rows() || predicted.numCols != columns()) {
            return false;
        }
        double scale = largest(claimed);
        double stretch = Math.max(1, scale / Math.max(largest(numeric), Double.MIN_NORMAL));
        for (int i = 0; i < size(); i++) {
            double prediction = predicted.data[i];
            double allowed = slack(i, stretch) + CLOSE * Math.abs(prediction) + 1e-10 * scale;
            if (known(i) && !Double.isNaN(prediction) && !(Math.abs(claimed(i) - prediction) <= allowed)) {
                return false;
            }
        }
        return true;
    }

    private double slack(int i, double stretch) {
        return Double.isFinite(bars.data[i]) ? 4 * stretch * bars.data[i] : 0;
    }

    /** Whether the claim is the measured truth at this element. */
    boolean agrees(int i) {
        return !known(i) || Math.abs(claimed(i) - numeric(i)) <= slack(i, 1) + 1e-12 * Math.abs(claimed(i));
    }

    boolean agrees() {
        for (int i = 0; i < size(); i++) {
            if (!agrees(i)) {
                return false;
            }
        }
        return true;
    }

    /** The element whose measured slope is largest: the best place to read off a factor. */
    int strongest() {
        int strongest = 0;
        for (int i = 0; i < size(); i++) {
            if (known(i) && !(Math.abs(numeric(i)) <= Math.abs(numeric(strongest)))) {
                strongest = i;
            }
        }
        return strongest;
    }

    /** The largest magnitude, NaN aside; 0 if there is none. */
    static double largest(DMatrixRMaj matrix) {
        return DoubleStream.of(matrix.data)
                .map(Math::abs)
                .filter(size -> !Double.isNaN(size))
                .max()
                .orElse(0);
    }

    /** A prediction made element by element. */
    DMatrixRMaj predict(IntToDoubleFunction element) {
        DMatrixRMaj predicted = new DMatrixRMaj(rows(), columns());
        Arrays.setAll(predicted.data, element);
        return predicted;
    }
}
