package org.ejgrad;

import static java.util.Objects.requireNonNull;

import org.ejml.data.DMatrixRMaj;

/**
 * The size of a matrix, and the one broadcasting rule.
 *
 * <p>Two shapes meet in an elementwise operation when they are equal, when one of them is 1x1, when one is a row 1xn
 * and the other has n columns, or when one is a column mx1 and the other has m rows. A row against a column is refused:
 * the silent m x n result is the best-known trap of the field, so whoever means it writes {@code broadcastTo}.
 *
 * @param rows the number of rows, 0 or more
 * @param columns the number of columns, 0 or more
 */
public record Shape(int rows, int columns) {
    /** The shape of a single number. */
    public static final Shape SCALAR = new Shape(1, 1);

    /**
     * Refuses negative sizes and more elements than an array can hold.
     *
     * @throws IllegalArgumentException if a size is negative or rows x columns exceeds 2³¹ − 1
     */
    public Shape {
        if (rows < 0 || columns < 0) {
            throw new IllegalArgumentException("a shape of " + rows + "x" + columns + " has a negative size");
        }
        if ((long) rows * columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a shape of " + rows + "x" + columns + " has " + (long) rows * columns
                    + " elements; at most " + Integer.MAX_VALUE + " fit in one matrix");
        }
    }

    /** {@return how many elements a matrix of this shape has} */
    public int elements() {
        return rows * columns;
    }

    /** {@return whether this is 1x1} */
    public boolean isScalar() {
        return rows == 1 && columns == 1;
    }

    /** {@return whether a matrix of this shape can be repeated to fill the target: each size is equal or is 1} */
    public boolean broadcastsTo(Shape target) {
        return (rows == requireNonNull(target, "target").rows || rows == 1)
                && (columns == target.columns || columns == 1);
    }

    /**
     * {@return the shape in which two operands of an elementwise operation meet: that to which the other broadcasts}
     *
     * @throws IllegalArgumentException if neither fills the other; the message gives the reason only, the operation
     *     puts its call in front
     */
    public Shape meet(Shape other) {
        if (broadcastsTo(requireNonNull(other, "other"))) {
            return other;
        }
        if (other.broadcastsTo(this)) {
            return this;
        }
        boolean rowAndColumn = (rows == 1 && other.columns == 1) || (columns == 1 && other.rows == 1);
        if (rowAndColumn) {
            Shape outer = new Shape(Math.max(rows, other.rows), Math.max(columns, other.columns));
            throw new IllegalArgumentException("a row and a column do not broadcast; if all " + outer
                    + " combinations are meant, write broadcastTo(" + outer.rows + ", " + outer.columns + ")");
        }
        throw new IllegalArgumentException("the shapes " + this + " and " + other
                + " differ and neither is 1x1, a row or a column that fits the other");
    }

    /** As any record's, written out because every step of a walk asks. */
    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Shape shape && rows == shape.rows && columns == shape.columns);
    }

    /** Consistent with {@link #equals}. */
    @Override
    public int hashCode() {
        return 31 * rows + columns;
    }

    static Shape of(DMatrixRMaj matrix) {
        return new Shape(matrix.numRows, matrix.numCols);
    }

    /** Rows and columns as in {@code 4x3}. */
    @Override
    public String toString() {
        return rows + "x" + columns;
    }
}
