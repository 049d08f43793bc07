package org.ejgrad;

import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.Function;
import org.ejml.data.DMatrixRMaj;

/**
 * The operations each of whose elements comes from one place of the input, with their derivatives.
 *
 * <p>A row says for each place of the result which element goes there: {@code at(row, column)}, numbered row by row, or
 * {@link #NOWHERE}. The derivative follows from that: the gradient goes back to where the element came from, and what
 * several took is added.
 */
final class Moves {
    private Moves() {}

    /** In place of an element: the result is filled with a number there. */
    private static final int NOWHERE = -1;

    /** Where the element at one place of the result comes from. */
    @FunctionalInterface
    interface Source {
        int at(int row, int column);
    }

    // spotless:off

    // ---- forms ------------------------------------------------------------------------------------------------------

    /** A matrix of elements of x, each from a place known beforehand. */
    private static Operation move(String name, Shape from, Shape to, double fill, Source source) {
        return unary(name, x -> take(x, to, fill, source),
                rule("dy back where it came from", (x, y, dy) -> back(name, from, to, source).apply(dy)));
    }

    /** The derivative of a move. */
    private static Operation back(String name, Shape from, Shape to, Source source) {
        return unary(name + "Back", x -> put(x, from, source),
                rule("dy from where it goes", (x, y, dy) -> move(name, from, to, 0, source).apply(dy)));
    }

    /** A matrix of elements of x from places that x itself decides, as numbers in a matrix of the result's shape. */
    private static Operation choose(String name, Function<DMatrixRMaj, DMatrixRMaj> places) {
        return unary(name, x -> follow(places.apply(x), x),
                rule("dy back where it came from", (x, y, dy) ->
                        back(name, x.shape(), y.shape(), source(places.apply(x.data()))).apply(dy)))
                .piecewise(x -> places.apply(x[0]), (d, x) -> follow(d, x[0]));
    }

    // ---- places known beforehand ------------------------------------------------------------------------------------

    static Operation reshape(Shape from, Shape to) {
        return move("reshape", from, to, 0, (i, j) -> i * to.columns() + j).with(to);
    }

    static Operation reverseRows(Shape x) {
        return move("reverseRows", x, x, 0, (i, j) -> (x.rows() - 1 - i) * x.columns() + j);
    }

    static Operation reverseCols(Shape x) {
        return move("reverseCols", x, x, 0, (i, j) -> i * x.columns() + x.columns() - 1 - j);
    }

    static Operation rollRows(Shape x, int shift) {
        return move("rollRows", x, x, 0, (i, j) -> Math.floorMod(i - shift, x.rows()) * x.columns() + j).with(shift);
    }

    static Operation rollCols(Shape x, int shift) {
        return move("rollCols", x, x, 0, (i, j) -> i * x.columns() + Math.floorMod(j - shift, x.columns())).with(shift);
    }

    static Operation tile(Shape x, int down, int across) {
        return move("tile", x, new Shape(x.rows() * down, x.columns() * across), 0,
                (i, j) -> i % x.rows() * x.columns() + j % x.columns()).with(down, across);
    }

    static Operation pad(Shape x, int top, int bottom, int left, int right, double fill) {
        return move("pad", x, new Shape(top + x.rows() + bottom, left + x.columns() + right), fill,
                (i, j) -> inside(i - top, x.rows()) && inside(j - left, x.columns())
                        ? (i - top) * x.columns() + j - left
                        : NOWHERE).with(top, bottom, left, right, fill);
    }

    static Operation everyRow(Shape x, int from, int to, int step) {
        return move("rows", x, new Shape(count(from, to, step), x.columns()), 0,
                (i, j) -> (from + i * step) * x.columns() + j).with(from, to, step);
    }

    static Operation everyColumn(Shape x, int from, int to, int step) {
        return move("cols", x, new Shape(x.rows(), count(from, to, step)), 0,
                (i, j) -> i * x.columns() + from + j * step).with(from, to, step);
    }

    static Operation rowsAt(Shape x, int[] rows) {
        return move("rowsAt", x, new Shape(rows.length, x.columns()), 0,
                (i, j) -> within("row", rows[i], x.rows()) * x.columns() + j);
    }

    static Operation colsAt(Shape x, int[] columns) {
        return move("colsAt", x, new Shape(x.rows(), columns.length), 0,
                (i, j) -> i * x.columns() + within("column", columns[j], x.columns()));
    }

    /** y(i, j) = x(i, index(i, j)). */
    static Operation gatherRows(Shape x, int[][] index) {
        return move("gatherRows", x, shape(index), 0, inRows(x, index));
    }

    /** y(i, j) = x(index(i, j), j). */
    static Operation gatherCols(Shape x, int[][] index) {
        return move("gatherCols", x, shape(index), 0, inCols(x, index));
    }

    /** Zeros of the given shape, to which x(i, j) is added at (i, index(i, j)). */
    static Operation scatterRows(Shape to, int[][] index) {
        return back("gatherRows", to, shape(index), inRows(to, index));
    }

    /** Zeros of the given shape, to which x(i, j) is added at (index(i, j), j). */
    static Operation scatterCols(Shape to, int[][] index) {
        return back("gatherCols", to, shape(index), inCols(to, index));
    }

    // ---- places that the elements decide ----------------------------------------------------------------------------

    /** The first elements of each row in order. */
    static Operation sortRows(boolean descending, int count) {
        return choose(descending ? "topRows" : "sortRows", x -> Places.sorted(x, descending, count)).with(count);
    }

    /** The largest element of each row up to each place; of equal ones the first. */
    static final Operation RUNNING_MAX = choose("cumMaxRows", Places::runningMax);

    // spotless:on

    // ---- forward ----------------------------------------------------------------------------------------------------

    private static DMatrixRMaj take(DMatrixRMaj x, Shape to, double fill, Source source) {
        DMatrixRMaj y = new DMatrixRMaj(to.rows(), to.columns());
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0; column < y.numCols; column++, i++) {
                int place = source.at(row, column);
                y.data[i] = place == NOWHERE ? fill : x.data[place];
            }
        }
        return y;
    }

    private static DMatrixRMaj put(DMatrixRMaj x, Shape to, Source source) {
        DMatrixRMaj y = new DMatrixRMaj(to.rows(), to.columns());
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

    private static DMatrixRMaj follow(DMatrixRMaj places, DMatrixRMaj x) {
        return take(x, new Shape(places.numRows, places.numCols), 0, source(places));
    }

    private static Source source(DMatrixRMaj places) {
        return (i, j) -> (int) places.data[i * places.numCols + j];
    }

    private static Source inRows(Shape x, int[][] index) {
        return (i, j) -> within("row", i, x.rows()) * x.columns() + within("column", index[i][j], x.columns());
    }

    private static Source inCols(Shape x, int[][] index) {
        return (i, j) -> within("row", index[i][j], x.rows()) * x.columns() + within("column", j, x.columns());
    }

    private static Shape shape(int[][] index) {
        return new Shape(index.length, index.length == 0 ? 0 : index[0].length);
    }

    private static boolean inside(int place, int size) {
        return place >= 0 && place < size;
    }

    private static int count(int from, int to, int step) {
        return (to - from + step - 1) / step;
    }

    private static int within(String what, int place, int size) {
        if (!inside(place, size)) {
            throw new IllegalArgumentException("there is no " + what + " " + place + "; expected 0 to " + (size - 1));
        }
        return place;
    }
}
