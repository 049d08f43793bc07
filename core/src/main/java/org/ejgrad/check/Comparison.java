package org.ejgrad.check;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * One claimed matrix beside the measured one, with error bars; a NaN in the measured one stands for "unknown", bars
 * that are NaN for "counts as right, but was not judged".
 */
record Comparison(String label, DMatrixRMaj claimed, DMatrixRMaj numeric, DMatrixRMaj bars, DMatrixRMaj point) {
    /** How close a prediction must come to the claim, beyond the bars. */
    private static final double CLOSE = 1e-7;

    /** And how near beside what it is off from the measured figure. */
    private static final double PART = 1e-3;

    /** How much a claim is off by its own rounding, beside its largest element. */
    private static final double ROUNDING = 1e-12;

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

    /**
     * Whether the prediction, another matrix of the same shape, is the claim, of which it says most; and is not the
     * measured truth.
     */
    boolean isExplainedBy(DMatrixRMaj predicted) {
        return isMetBy(predicted) && telling(predicted) > 0 && isSaid(predicted);
    }

    private boolean isSaid(DMatrixRMaj predicted) {
        int[] known = IntStream.range(0, size()).filter(this::known).toArray();
        return 4
                        * IntStream.of(known)
                                .filter(i -> Double.isNaN(predicted.data[i]))
                                .count()
                <= known.length;
    }

    /** In how many known elements the prediction is clearly not the measured truth. */
    int telling(DMatrixRMaj predicted) {
        double largest = largest(numeric);
        return (int) IntStream.range(0, size())
                .filter(this::known)
                .filter(i -> Math.abs(predicted.data[i] - numeric(i))
                        > slack(i) + ROUNDING * Math.max(largest, Math.abs(predicted.data[i])))
                .count();
    }

    /** Whether a prediction, another matrix of the same shape, has figures wherever the claim has. */
    boolean isFiniteLike(DMatrixRMaj predicted) {
        return IntStream.range(0, size())
                .allMatch(i -> Double.isFinite(predicted.data[i]) || !Double.isFinite(claimed(i)));
    }

    /** Whether the prediction, another matrix of the same shape, is the claim. */
    boolean isMetBy(DMatrixRMaj predicted) {
        if (predicted.numRows != rows() || predicted.numCols != columns()) {
            return false;
        }
        if (isFarOff(i -> predicted.data[i])) {
            return false;
        }
        double rounding = ROUNDING * largest(claimed);
        double largestMeasured = largest(numeric);
        double largestPredicted = largest(predicted);
        for (int i = 0; i < size(); i++) {
            double prediction = predicted.data[i];
            boolean clear = Math.abs(numeric(i)) > slack(i);
            double stretch = stretch(
                    slack(i),
                    clear ? Math.abs(numeric(i)) : largestMeasured,
                    clear ? Math.abs(prediction) : largestPredicted);
            double shown = Math.min(CLOSE * Math.abs(prediction), PART * Math.abs(prediction - numeric(i)));
            double allowed = slack(i) * stretch + shown + rounding;
            if (known(i) && !Double.isNaN(prediction) && !(Math.abs(claimed(i) - prediction) <= allowed)) {
                return false;
            }
        }
        return true;
    }

    /** Whether, at a known element of good size, the prediction is another number altogether: most are. */
    boolean isFarOff(IntToDoubleFunction predicted) {
        for (int i = 0; i < size(); i++) {
            boolean clear = known(i) && Math.abs(numeric(i)) > 1e6 * slack(i) && slack(i) > 0;
            double prediction = clear ? predicted.applyAsDouble(i) : Double.NaN;
            double apart = Math.abs(claimed(i) - prediction);
            if (apart > 1e-2 * Math.max(Math.abs(claimed(i)), Math.abs(prediction))) {
                return apart > 1e-9 * largest(claimed);
            }
        }
        return false;
    }

    /** Whether some element of the claim is off by more than noise that was underestimated could explain. */
    boolean isClearlyWrong() {
        double rounding = CLOSE * largest(numeric);
        return IntStream.range(0, size())
                .anyMatch(i -> known(i) && !(Math.abs(claimed(i) - numeric(i)) <= 2 * slack(i) + rounding));
    }

    /** By how much the bar of a prediction made from the measured figure exceeds the bar of that figure. */
    private static double stretch(double slack, double measured, double predicted) {
        return measured > slack ? Math.max(1, predicted / measured) : 1;
    }

    /** The same with wider bars, for predictions that put other elements in the place of these. */
    Comparison withBars(IntToDoubleFunction others) {
        return new Comparison(label, claimed, numeric, predict(i -> bars.data[i] + others.applyAsDouble(i)), point);
    }

    private double slack(int i) {
        return Double.isFinite(bars.data[i]) ? 4 * bars.data[i] : 0;
    }

    /** Whether the measured figure is known to so many digits that a factor can be read off. */
    boolean isSharp(int i) {
        return Math.abs(numeric(i)) > 1e4 * slack(i);
    }

    /** Whether the claim is the measured truth at this element. */
    boolean agrees(int i) {
        return !known(i) || Math.abs(claimed(i) - numeric(i)) <= slack(i) + 1e-12 * Math.abs(claimed(i));
    }

    /** Whether nothing is known to be wrong, which is not yet to be right. */
    boolean agrees() {
        for (int i = 0; i < size(); i++) {
            if (!agrees(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a verdict on every element, or on a direction through all. */
    boolean isJudged() {
        return IntStream.range(0, size()).allMatch(i -> known(i) && !Double.isNaN(bars.data[i]));
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

    /** The largest magnitude, of numbers only; 0 if there is none. */
    static double largest(DMatrixRMaj matrix) {
        double largest = 0;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            double size = Math.abs(matrix.data[i]);
            largest = size > largest && size <= Double.MAX_VALUE ? size : largest;
        }
        return largest;
    }

    /** A prediction made element by element. */
    DMatrixRMaj predict(IntToDoubleFunction element) {
        DMatrixRMaj predicted = new DMatrixRMaj(rows(), columns());
        Arrays.setAll(predicted.data, element);
        return predicted;
    }
}
