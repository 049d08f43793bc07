package org.ejgrad.check;

import java.util.BitSet;
import org.ejml.data.DMatrixRMaj;

/** Which part of a matrix is computed, for one place on a line or several. */
sealed interface Slice {
    /** This part of a matrix. */
    DMatrixRMaj of(DMatrixRMaj matrix);

    /** Which element of the whole, of so many columns, an element of the part is. */
    int element(int ofPart, int columns);

    /** To which place an element of the part belongs. */
    int place(int ofPart, int columns);

    /** All of it, at one place. */
    record Whole(int place) implements Slice {
        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            return matrix;
        }

        @Override
        public int element(int ofPart, int columns) {
            return ofPart;
        }

        @Override
        public int place(int ofPart, int columns) {
            return place;
        }
    }

    /** One column for each place: they stand side by side. */
    final class Columns implements Slice {
        private final int[] columns;

        private Columns(int... columns) {
            this.columns = columns;
        }

        /** The columns in which entries stand. */
        static Columns of(int[] entries, int columns) {
            int[] of = entries.clone();
            for (int place = 0; place < of.length; place++) {
                of[place] %= columns;
            }
            return new Columns(of);
        }

        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            DMatrixRMaj part = new DMatrixRMaj(matrix.numRows, columns.length);
            for (int start = 0, to = 0; to < part.data.length; start += matrix.numCols) {
                for (int column : columns) {
                    part.data[to++] = matrix.data[start + column];
                }
            }
            return part;
        }

        /** Writes the column of one place. */
        void write(DMatrixRMaj part, int place, DMatrixRMaj whole) {
            for (int from = place, to = columns[place]; from < part.data.length; from += columns.length) {
                whole.data[to] = part.data[from];
                to += whole.numCols;
            }
        }

        /** Writes that column back as it was. */
        void restore(DMatrixRMaj recorded, int place, DMatrixRMaj whole) {
            for (int at = columns[place]; at < whole.data.length; at += whole.numCols) {
                whole.data[at] = recorded.data[at];
            }
        }

        /** The column that several places share. */
        int column(int place) {
            return columns[place];
        }

        /** What stands in rows of the columns of places. */
        DMatrixRMaj of(DMatrixRMaj part, Rows rows) {
            DMatrixRMaj moved = new DMatrixRMaj(rows.rows.length, rows.places);
            for (int i = 0; i < rows.rows.length; i++) {
                int from = rows.rows[i] * columns.length + rows.first;
                System.arraycopy(part.data, from, moved.data, i * rows.places, rows.places);
            }
            return moved;
        }

        /** Writes what stands in rows into a matrix of these. */
        void write(DMatrixRMaj part, Rows rows, DMatrixRMaj gathered) {
            DMatrixRMaj moved = of(part, rows);
            for (int i = 0, to = columns[rows.first]; i < moved.data.length; i++, to += gathered.numCols) {
                gathered.data[to] = moved.data[i];
            }
        }

        /** Adds the rows in which the column of a place is another than that of the whole. */
        void addMoved(DMatrixRMaj part, int place, DMatrixRMaj whole, BitSet moved) {
            int at = columns[place];
            for (int row = 0, i = place; i < part.data.length; row++, i += columns.length, at += whole.numCols) {
                if (Double.doubleToRawLongBits(part.data[i]) != Double.doubleToRawLongBits(whole.data[at])) {
                    moved.set(row);
                }
            }
        }

        @Override
        public int element(int ofPart, int ofWhole) {
            return ofPart / columns.length * ofWhole + columns[ofPart % columns.length];
        }

        @Override
        public int place(int ofPart, int ofWhole) {
            return ofPart % columns.length;
        }
    }

    /** Some rows, each of them for several places, which stand one below the other before the next row. */
    final class Rows implements Slice {
        private final int[] rows;
        private final int first;
        private final int places;

        /** These rows for so many places, from one on. */
        Rows(int[] rows, int first, int places) {
            this.rows = rows;
            this.first = first;
            this.places = places;
        }

        int[] numbers() {
            return rows;
        }

        int first() {
            return first;
        }

        @Override
        public DMatrixRMaj of(DMatrixRMaj matrix) {
            int columns = matrix.numCols;
            DMatrixRMaj part = new DMatrixRMaj(rows.length * places, columns);
            for (int i = 0; i < part.numRows; i++) {
                System.arraycopy(matrix.data, rows[i / places] * columns, part.data, i * columns, columns);
            }
            return part;
        }

        /** Writes those of one place into the whole. */
        void write(DMatrixRMaj part, int place, DMatrixRMaj whole) {
            int columns = whole.numCols;
            for (int i = 0, from = place - first; i < rows.length; i++, from += places) {
                System.arraycopy(part.data, from * columns, whole.data, rows[i] * columns, columns);
            }
        }

        /** Writes them back as they were. */
        void restore(DMatrixRMaj recorded, DMatrixRMaj whole) {
            int columns = whole.numCols;
            for (int row : rows) {
                System.arraycopy(recorded.data, row * columns, whole.data, row * columns, columns);
            }
        }

        @Override
        public int element(int ofPart, int columns) {
            return rows[ofPart / columns / places] * columns + ofPart % columns;
        }

        @Override
        public int place(int ofPart, int columns) {
            return first + ofPart / columns % places;
        }
    }
}
