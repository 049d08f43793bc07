package org.ejgrad;

import java.util.Arrays;
import java.util.Comparator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Which element goes where: places in a matrix, numbered row by row, and what is moved between them. NaN counts as
 * larger than every number.
 */
final class IndexKernels {
    private IndexKernels() {}

    /** In place of a source: the result is filled with a number there. */
    static final int NOWHERE = -1;

    /** Which element of the input goes to one place of the result. */
    @FunctionalInterface
    interface Source {
        int at(int row, int column);
    }

    /** A matrix of elements of x, each from its source. */
    static DMatrixRMaj take(DMatrixRMaj x, Shape to, double fill, Source source) {
        DMatrixRMaj y = ElementKernels.zeros(to);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0; column < y.numCols; column++, i++) {
                int place = source.at(row, column);
                y.data[i] = place == NOWHERE ? fill : x.data[place];
            }
        }
        return y;
    }

    /** Zeros to which each element of x is added at its source. */
    static DMatrixRMaj put(DMatrixRMaj x, Shape to, Source source) {
        DMatrixRMaj y = ElementKernels.zeros(to);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                int place = source.at(row, column);
                if (place != NOWHERE) {
                    y.data[place] += x.data[i];
                }
            }
        }
        return y;
    }

    /** The sources that a matrix of places names. */
    static Source source(DMatrixRMaj places) {
        return (i, j) -> (int) places.data[i * places.numCols + j];
    }

    // ---- places within groups ---------------------------------------------------------------------------------------

    /** The place of the k-th element of a group. */
    static int place(DMatrixRMaj x, Per per, int group, int k) {
        return switch (per) {
            case ROW -> group * x.numCols + k;
            case COLUMN -> k * x.numCols + group;
            case ALL -> k;
        };
    }

    /** The first places of each group in the order of their elements; equal ones stay in the order they are in. */
    static DMatrixRMaj sorted(DMatrixRMaj x, Per per, boolean descending, int count) {
        int size = per.sizeIn(Shape.of(x));
        if (count < 0 || count > size) {
            throw new IllegalArgumentException("the count is " + count + "; expected 0 to " + size);
        }
        Comparator<Integer> order = Comparator.comparingDouble(i -> x.data[i]);
        int groups = per.resultOf(Shape.of(x)).elements();
        DMatrixRMaj places = per == Per.COLUMN ? new DMatrixRMaj(count, groups) : new DMatrixRMaj(groups, count);
        Integer[] line = new Integer[size];
        for (int group = 0; group < groups; group++) {
            int own = group;
            Arrays.setAll(line, k -> place(x, per, own, k));
            Arrays.sort(line, descending ? order.reversed() : order);
            for (int k = 0; k < count; k++) {
                places.data[place(places, per, group, k)] = line[k];
            }
        }
        return places;
    }

    /** The place of the largest element of each group up to each place. */
    static DMatrixRMaj runningMax(DMatrixRMaj x, Per per) {
        DMatrixRMaj places = ElementKernels.like(x);
        int size = per.sizeIn(Shape.of(x));
        int groups = size == 0 ? 0 : per.resultOf(Shape.of(x)).elements();
        for (int group = 0; group < groups; group++) {
            int best = place(x, per, group, 0);
            for (int k = 0; k < size; k++) {
                int place = place(x, per, group, k);
                best = isLarger(x.data[place], x.data[best]) ? place : best;
                places.data[place] = best;
            }
        }
        return places;
    }

    /** Which element of each group is the largest, the first of equal ones. */
    static int[] argMax(DMatrixRMaj x, Per per) {
        int size = per.sizeIn(Shape.of(x));
        int[] largest = new int[per.resultOf(Shape.of(x)).elements()];
        if (size == 0 && largest.length > 0) {
            throw new IllegalArgumentException("argmax of 0 elements");
        }
        for (int group = 0; group < largest.length; group++) {
            for (int k = 1; k < size; k++) {
                if (isLarger(x.data[place(x, per, group, k)], x.data[place(x, per, group, largest[group])])) {
                    largest[group] = k;
                }
            }
        }
        return largest;
    }

    private static boolean isLarger(double v, double best) {
        return v > best || (Double.isNaN(v) && !Double.isNaN(best));
    }

    // ---- blocks -----------------------------------------------------------------------------------------------------

    /** The same elements, row by row, in another shape. */
    static DMatrixRMaj reshape(DMatrixRMaj x, Shape to) {
        if (to.elements() != x.getNumElements()) {
            throw new IllegalArgumentException(
                    x.getNumElements() + " elements do not fill " + to.elements() + " places");
        }
        return new DMatrixRMaj(to.rows(), to.columns(), true, Arrays.copyOf(x.data, to.elements()));
    }

    /** A block. */
    static DMatrixRMaj slice(DMatrixRMaj x, int row0, int row1, int column0, int column1) {
        requireRange("rows", row0, row1, x.numRows);
        requireRange("columns", column0, column1, x.numCols);
        DMatrixRMaj y = new DMatrixRMaj(row1 - row0, column1 - column0);
        for (int row = row0; row < row1; row++) {
            System.arraycopy(x.data, row * x.numCols + column0, y.data, (row - row0) * y.numCols, y.numCols);
        }
        return y;
    }

    /** Zeros with x at a place in them. */
    static DMatrixRMaj embed(DMatrixRMaj x, int row0, int column0, Shape shape) {
        requireRange("rows", row0, row0 + x.numRows, shape.rows());
        requireRange("columns", column0, column0 + x.numCols, shape.columns());
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0; row < x.numRows; row++) {
            System.arraycopy(x.data, row * x.numCols, y.data, (row0 + row) * y.numCols + column0, x.numCols);
        }
        return y;
    }

    /** Unlike EJML's own concatenation it refuses what does not fit instead of filling up with zeros. */
    static DMatrixRMaj below(DMatrixRMaj... parts) {
        long rows = 0;
        for (int i = 0; i < parts.length; i++) {
            requireAlike("columns", parts[0].numCols, i, parts[i].numCols);
            rows += parts[i].numRows;
        }
        shape(rows, parts[0].numCols);
        return CommonOps_DDRM.concatRowsMulti(parts);
    }

    static DMatrixRMaj beside(DMatrixRMaj... parts) {
        long columns = 0;
        for (int i = 0; i < parts.length; i++) {
            requireAlike("rows", parts[0].numRows, i, parts[i].numRows);
            columns += parts[i].numCols;
        }
        shape(parts[0].numRows, columns);
        return CommonOps_DDRM.concatColumnsMulti(parts);
    }

    private static void requireAlike(String what, int first, int index, int other) {
        if (first != other) {
            throw new IllegalArgumentException(
                    "input " + index + " has " + other + " " + what + "; expected " + first + ", as input 0 has");
        }
    }

    /** The shape of a result, which must fit in one matrix. */
    static Shape shape(long rows, long columns) {
        if (rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE || rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the result would have " + rows + "x" + columns + " elements; at most "
                    + Integer.MAX_VALUE + " fit in one matrix");
        }
        return new Shape((int) rows, (int) columns);
    }

    private static void requireRange(String what, int from, int to, int size) {
        if (from < 0 || to < from || to > size) {
            throw new IllegalArgumentException(
                    what + " " + from + " (inclusive) to " + to + " (exclusive) are not within 0 to " + size);
        }
    }

    // ---- diagonals and Kronecker products ---------------------------------------------------------------------------

    /** The elements with column − row = offset, as a column. */
    static DMatrixRMaj diagonal(DMatrixRMaj x, int offset) {
        DMatrixRMaj y = new DMatrixRMaj(length(x.numRows, x.numCols, offset), 1);
        for (int i = 0; i < y.numRows; i++) {
            y.data[i] = x.data[position(i, x.numCols, offset)];
        }
        return y;
    }

    /** Zeros with the elements of x where column − row = offset. */
    static DMatrixRMaj diagEmbed(DMatrixRMaj x, int offset, Shape shape) {
        if (x.numRows != 1 && x.numCols != 1) {
            throw new IllegalArgumentException("expected a row or a column");
        }
        int length = length(shape.rows(), shape.columns(), offset);
        if (x.getNumElements() != length) {
            throw new IllegalArgumentException(
                    x.getNumElements() + " elements for a diagonal of " + length + " in a " + shape + " matrix");
        }
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int i = 0; i < length; i++) {
            y.data[position(i, y.numCols, offset)] = x.data[i];
        }
        return y;
    }

    /** The Kronecker product. */
    static DMatrixRMaj kron(DMatrixRMaj a, DMatrixRMaj b) {
        return CommonOps_DDRM.kron(
                a, b, ElementKernels.zeros(shape((long) a.numRows * b.numRows, (long) a.numCols * b.numCols)));
    }

    private static int length(int rows, int columns, int offset) {
        long length = offset >= 0 ? Math.min(rows, (long) columns - offset) : Math.min((long) rows + offset, columns);
        return (int) Math.max(0, length);
    }

    private static int position(int i, int columns, int offset) {
        int row = i + Math.max(0, -offset);
        int column = i + Math.max(0, offset);
        return row * columns + column;
    }

    /** The sum of each of rows x columns blocks. */
    static DMatrixRMaj blockSums(DMatrixRMaj x, Shape blocks, Shape block) {
        requireBlocks(x, blocks, block);
        DMatrixRMaj y = new DMatrixRMaj(blocks.rows(), blocks.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[row / block.rows() * y.numCols + column / block.columns()] += x.data[i];
            }
        }
        return y;
    }

    /** The sum of all blocks. */
    static DMatrixRMaj sumOfBlocks(DMatrixRMaj x, Shape blocks, Shape block) {
        requireBlocks(x, blocks, block);
        DMatrixRMaj y = new DMatrixRMaj(block.rows(), block.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[row % y.numRows * y.numCols + column % y.numCols] += x.data[i];
            }
        }
        return y;
    }

    private static void requireBlocks(DMatrixRMaj a, Shape blocks, Shape block) {
        if (a.numRows != blocks.rows() * block.rows() || a.numCols != blocks.columns() * block.columns()) {
            throw new IllegalArgumentException(
                    "a " + a.numRows + "x" + a.numCols + " matrix has not " + blocks + " blocks of " + block);
        }
    }
}
