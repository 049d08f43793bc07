package org.ejgrad;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;

/** Where in a matrix certain elements are: its places numbered row by row. NaN counts as larger than every number. */
final class Places {
    private Places() {}

    /** The first places of each row in the order of their elements; equal ones stay in the order they are in. */
    static DMatrixRMaj sorted(DMatrixRMaj x, boolean descending, int count) {
        if (count < 0 || count > x.numCols) {
            throw new IllegalArgumentException("the count is " + count + "; expected 0 to " + x.numCols);
        }
        Comparator<Integer> order = Comparator.comparingDouble(i -> x.data[i]);
        DMatrixRMaj places = new DMatrixRMaj(x.numRows, count);
        Integer[] line = new Integer[x.numCols];
        for (int row = 0; row < x.numRows; row++) {
            int start = row * x.numCols;
            Arrays.setAll(line, j -> start + j);
            Arrays.sort(line, descending ? order.reversed() : order);
            for (int j = 0; j < count; j++) {
                places.data[row * count + j] = line[j];
            }
        }
        return places;
    }

    /** The place of the largest element of each row up to each place. */
    static DMatrixRMaj runningMax(DMatrixRMaj x) {
        DMatrixRMaj places = Kernels.like(x);
        for (int row = 0; row < x.numRows; row++) {
            int best = row * x.numCols;
            for (int i = best; i < (row + 1) * x.numCols; i++) {
                best = isLarger(x.data[i], x.data[best]) ? i : best;
                places.data[i] = best;
            }
        }
        return places;
    }

    /** The column of the largest element of each row. */
    static int[] argMax(String call, DMatrixRMaj x) {
        if (x.numCols == 0 && x.numRows > 0) {
            throw new IllegalArgumentException(call + ": argmax of 0 elements");
        }
        int[] columns = new int[x.numRows];
        for (int row = 0; row < x.numRows; row++) {
            for (int column = 1; column < x.numCols; column++) {
                int start = row * x.numCols;
                columns[row] = isLarger(x.data[start + column], x.data[start + columns[row]]) ? column : columns[row];
            }
        }
        return columns;
    }

    private static boolean isLarger(double v, double best) {
        return v > best || (Double.isNaN(v) && !Double.isNaN(best));
    }
}
