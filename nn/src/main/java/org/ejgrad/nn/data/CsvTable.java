package org.ejgrad.nn.data;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** The numbers of a CSV file as they are read: rows of inputs, and the target of each. */
final class CsvTable {
    private static final int MOST_NUMBERS = Integer.MAX_VALUE - 8;

    private final int columns;
    private final int target;
    private double[] inputs = new double[0];
    private double[] targets = new double[0];
    private int rows;

    /** An empty table of files with so many columns, the target's among them. */
    CsvTable(int columns, int target) {
        this.columns = columns;
        this.target = target;
    }

    int columns() {
        return columns;
    }

    int target() {
        return target;
    }

    int rows() {
        return rows;
    }

    /** Begins another row, of zeros. */
    void begin(String file) {
        long numbers = (rows + 1L) * columns;
        if (numbers > MOST_NUMBERS) {
            throw new ResourceLimitException(file + ": more than " + MOST_NUMBERS + " numbers");
        }
        rows++;
        inputs = withRoom(inputs, (long) rows * (columns - 1));
        targets = withRoom(targets, rows);
    }

    private static double[] withRoom(double[] numbers, long count) {
        return count <= numbers.length
                ? numbers
                : Arrays.copyOf(numbers, (int) Math.min(count + (count >> 1), MOST_NUMBERS));
    }

    /** Puts a number into a column of the row that was begun last. */
    void put(int column, double number) {
        if (column == target) {
            targets[rows - 1] = number;
        } else {
            inputs[(rows - 1) * (columns - 1) + (column < target ? column : column - 1)] = number;
        }
    }

    SimpleMatrix inputs() {
        return matrix(inputs, columns - 1);
    }

    SimpleMatrix targets() {
        return matrix(targets, 1);
    }

    private SimpleMatrix matrix(double[] numbers, int width) {
        return SimpleMatrix.wrap(DMatrixRMaj.wrap(rows, width, Arrays.copyOf(numbers, rows * width)));
    }
}
