package org.ejgrad;

import static java.util.Objects.requireNonNull;

/**
 * What an operation gives one result for, or works within: each row, each column, or all elements.
 *
 * <p>{@code x.sum(Per.ROW)} of a 4x3 matrix is a column of 4 numbers, {@code x.softmax(Per.ROW)} normalises each of the
 * 4 rows by itself. Where an order matters, {@link #ALL} takes the elements row by row.
 */
public enum Per {
    /** Within each row; one result per row makes a column. */
    ROW,
    /** Within each column; one result per column makes a row. */
    COLUMN,
    /** Over all elements; one result is 1x1. */
    ALL;

    /** The shape of one result for each group of elements of a matrix. */
    public Shape resultOf(Shape shape) {
        requireNonNull(shape, "shape");
        return switch (this) {
            case ROW -> new Shape(shape.rows(), 1);
            case COLUMN -> new Shape(1, shape.columns());
            case ALL -> Shape.SCALAR;
        };
    }

    /** How many elements of a matrix form one group. */
    public int sizeIn(Shape shape) {
        requireNonNull(shape, "shape");
        return switch (this) {
            case ROW -> shape.columns();
            case COLUMN -> shape.rows();
            case ALL -> shape.elements();
        };
    }

    /** The axis whose groups, if any, a matrix is reduced over to get a result of this shape. */
    static Per leaving(Shape result) {
        return result.isScalar() ? ALL : result.columns() == 1 ? ROW : COLUMN;
    }
}
