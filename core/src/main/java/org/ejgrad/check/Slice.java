package org.ejgrad.check;

import java.util.Arrays;
import java.util.BitSet;
import org.ejml.data.DMatrixRMaj;

/** Which part of a matrix is computed. */
sealed interface Slice {
    /** All of it. */
    Slice WHOLE = new Whole();

    /** This part of a matrix. */
    DMatrixRMaj of(DMatrixRMaj matrix);

    /** Which element of the whole, of so many columns, an element of the part is. */
    int element(int ofPart, int columns);

    /** See {@link #WHOLE}. */
    record Whole() implements Slice {
        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            return matrix;
        }

        @Override
        public int element(int ofPart, int columns) {
            return ofPart;
        }
    }

    /** One column for several places at once: they stand side by side. */
    record Column(int column, int places) implements Slice {
        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            DMatrixRMaj part = new DMatrixRMaj(matrix.numRows, places);
            for (int from = column, to = 0; to < part.data.length; from += matrix.numCols, to += places) {
                Arrays.fill(part.data, to, to + places, matrix.data[from]);
            }
            return part;
        }

        /** Writes the column of one place. */
        void write(DMatrixRMaj part, int place, DMatrixRMaj whole) {
            for (int from = place, to = column; from < part.data.length; from += places, to += whole.numCols) {
                whole.data[to] = part.data[from];
            }
        }

        /** Writes these rows of it into a matrix that has no others. */
        void write(DMatrixRMaj part, int place, DMatrixRMaj whole, int... rows) {
            for (int i = 0, to = column; i < rows.length; i++, to += whole.numCols) {
                whole.data[to] = part.data[rows[i] * places + place];
            }
        }

        /** Adds the rows in which the column of a place is another than that of the whole. */
        void addMoved(DMatrixRMaj part, DMatrixRMaj whole, BitSet moved) {
            for (int i = 0; i < part.data.length; i++) {
                double recorded = whole.data[element(i, whole.numCols)];
                if (Double.doubleToRawLongBits(part.data[i]) != Double.doubleToRawLongBits(recorded)) {
                    moved.set(i / places);
                }
            }
        }

        @Override
        public int element(int ofPart, int columns) {
            return ofPart / places * columns + column;
        }
    }

    /** Some rows. */
    final class Rows implements Slice {
        private final int[] rows;

        Rows(int... rows) {
            this.rows = rows;
        }

        int[] numbers() {
            return rows;
        }

        boolean areThose(Rows other) {
            return Arrays.equals(rows, other.rows);
        }

        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            int columns = matrix.numCols;
            DMatrixRMaj part = new DMatrixRMaj(rows.length, columns);
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(matrix.data, rows[i] * columns, part.data, i * columns, columns);
            }
            return part;
        }

        /** Writes them into the whole. */
        void write(DMatrixRMaj part, DMatrixRMaj whole) {
            int columns = whole.numCols;
            for (int i = 0; i < rows.length; i++) {
                System.arraycopy(part.data, i * columns, whole.data, rows[i] * columns, columns);
            }
        }

        @Override
        public int element(int ofPart, int columns) {
            return rows[ofPart / columns] * columns + ofPart % columns;
        }
    }
}
