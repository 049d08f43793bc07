package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Calls.composed;
import static org.ejgrad.Calls.listOf;
import static org.ejgrad.Calls.refusal;
import static org.ejgrad.IndexKernels.NOWHERE;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Operation.Trusted.variadic;
import static org.ejgrad.Rule.rule;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.IndexKernels.Source;
import org.ejml.data.DMatrixRMaj;

/**
 * Cutting, joining and rearranging: each element of the result comes from one place of the input.
 *
 * <p>Most methods say for each place of the result which element goes there, numbered row by row, or nowhere. The
 * derivative follows from that: the gradient goes back to where the element came from, and what several took is added.
 */
sealed interface Moves extends Shaped permits Value {
    // spotless:off

    // ---- blocks -----------------------------------------------------------------------------------------------------

    Family<List<Integer>> SLICE = Family.ofSeveral(at -> unary("slice",
            x -> IndexKernels.slice(x, at.get(0), at.get(1), at.get(2), at.get(3)),
            rule("dy in place, 0 around it", (x, y, dy) -> embed(at.get(0), at.get(2), x.shape()).apply(dy))));

    /** A block: the rows from row0 to before row1, in the columns from column0 to before column1. */
    default Value slice(int row0, int row1, int column0, int column1) {
        return SLICE.of(List.of(row0, row1, column0, column1)).apply((Value) this);
    }

    /** Zeros of the given shape with x at a place in it. */
    static Operation embed(int row, int column, Shape shape) {
        return unary("embed", x -> IndexKernels.embed(x, row, column, shape),
                rule("the part of dy at that place", (x, y, dy) ->
                        dy.slice(row, row + x.getNumRows(), column, column + x.getNumCols())))
                .with(row, column, shape);
    }

    /** The rows from one (inclusive) to another (exclusive). */
    default Value rows(int from, int to) {
        return composed(() -> slice(from, to, 0, shape().columns()), "rows", this, from, to);
    }

    /** The columns from one (inclusive) to another (exclusive). */
    default Value cols(int from, int to) {
        return composed(() -> slice(0, shape().rows(), from, to), "cols", this, from, to);
    }

    /** One row, from 0. */
    default Value getRow(int row) {
        return composed(() -> rows(within("row", row, shape().rows()), row + 1), "getRow", this, row);
    }

    /** One column, from 0. */
    default Value getColumn(int column) {
        return composed(() -> cols(within("column", column, shape().columns()), column + 1), "getColumn", this, column);
    }

    /** This value with others of as many columns below it. */
    default Value concatRows(Value... below) {
        Value[] all = withThis(listOf("below", below));
        int[] starts = starts(all, Value::getNumRows);
        return variadic("concatRows", all.length, IndexKernels::below, "the rows of dy that came from this input",
                (index, inputs, y, dy) -> dy.rows(starts[index], starts[index + 1])).apply(all);
    }

    /** By the column at which each input begins and, at last, the one at which all end. */
    Family<List<Integer>> CONCAT_COLUMNS = Family.unshown(starts -> variadic("concatColumns", starts.size() - 1,
            IndexKernels::beside, "the columns of dy that came from this input",
            (index, inputs, y, dy) -> dy.cols(starts.get(index), starts.get(index + 1))));

    /** This value with others of as many rows to its right. */
    default Value concatColumns(Value... right) {
        Value[] all = withThis(listOf("right", right));
        return CONCAT_COLUMNS.of(Arrays.stream(starts(all, Value::getNumCols)).boxed().toList()).apply(all);
    }

    private Value[] withThis(List<Value> others) {
        return Stream.concat(Stream.of((Value) this), others.stream()).toArray(Value[]::new);
    }

    /** Where each part begins and, at last, where all end; too long a result is refused elsewhere. */
    private static int[] starts(Value[] parts, ToIntFunction<Value> length) {
        int[] starts = new int[parts.length + 1];
        for (int i = 0; i < parts.length; i++) {
            starts[i + 1] = starts[i] + length.applyAsInt(parts[i]);
        }
        return starts;
    }

    Family<Shape> RESHAPE = Family.of(to -> unary("reshape", x -> IndexKernels.reshape(x, to),
            rule("dy back where it came from", (x, y, dy) -> dy.reshape(x.getNumRows(), x.getNumCols()))));

    /** The same elements, row by row, in another shape of as many. */
    default Value reshape(int rows, int columns) {
        Shape target = composed(() -> new Shape(rows, columns), "reshape", this, rows, columns);
        return target.equals(shape()) ? (Value) this : RESHAPE.of(target).apply((Value) this);
    }

    // ---- places known beforehand ------------------------------------------------------------------------------------

    /** A matrix of elements of x, each from a place known beforehand. */
    private static Operation move(
            String name, Shape from, Shape to, double fill, Source source, Object... parameters) {
        return unary(name, x -> IndexKernels.take(x, to, fill, source),
                rule("dy back where it came from", (x, y, dy) -> back(name, from, to, source, parameters).apply(dy)))
                .with(parameters);
    }

    /** The derivative of a move. */
    private static Operation back(String name, Shape from, Shape to, Source source, Object... parameters) {
        return unary(name + "Back", x -> IndexKernels.put(x, from, source),
                rule("dy from where it goes", (x, y, dy) -> move(name, from, to, 0, source, parameters).apply(dy)))
                .with(parameters);
    }

    private Value moved(String name, Shape to, Source source, Object... parameters) {
        Value x = (Value) this;
        return move(name, x.shape(), to, 0, source, parameters).apply(x);
    }

    /** The rows from, from + step, ... before to. */
    default Value rows(int from, int to, int step) {
        Shape x = shape();
        int count = composed(() -> steps(from, to, step, x.rows()), "rows", this, from, to, step);
        return moved("rows", new Shape(count, x.columns()), (i, j) -> (from + i * step) * x.columns() + j,
                from, to, step);
    }

    /** The columns from, from + step, ... before to. */
    default Value cols(int from, int to, int step) {
        Shape x = shape();
        int count = composed(() -> steps(from, to, step, x.columns()), "cols", this, from, to, step);
        return moved("cols", new Shape(x.rows(), count), (i, j) -> i * x.columns() + from + j * step, from, to, step);
    }

    /** Rows by number, in any order; one taken several times receives the sum of the gradients. */
    default Value rowsAt(int... rows) {
        Shape x = shape();
        int[] at = requireNonNull(rows, "rows").clone();
        return moved("rowsAt", new Shape(at.length, x.columns()),
                (i, j) -> within("row", at[i], x.rows()) * x.columns() + j, new Places(at));
    }

    /** Columns by number, in any order; one taken several times receives the sum of the gradients. */
    default Value colsAt(int... columns) {
        Shape x = shape();
        int[] at = requireNonNull(columns, "columns").clone();
        return moved("colsAt", new Shape(x.rows(), at.length),
                (i, j) -> i * x.columns() + within("column", at[j], x.columns()), new Places(at));
    }

    /** One element of each row, in the column that is given for it; a column. */
    default Value selectColumns(int... columns) {
        Shape x = shape();
        int[] at = requireNonNull(columns, "columns").clone();
        if (at.length != x.rows()) {
            throw refusal(at.length + " column numbers for " + x.rows() + " rows", "selectColumns", this);
        }
        return moved("selectColumns", new Shape(x.rows(), 1), (i, j) -> {
            if (at[i] < 0 || at[i] >= x.columns()) {
                throw new IllegalArgumentException(
                        "row " + i + " selects column " + at[i] + "; expected 0 to " + (x.columns() - 1));
            }
            return i * x.columns() + at[i];
        }, new Places(at));
    }

    /**
     * Elements picked within each row, y(i, j) = x(i, index(i, j)), within each column, y(i, j) = x(index(i, j), j), or
     * of all elements, numbered row by row; in the index's shape.
     */
    default Value gather(Per per, int[][] index) {
        Shape x = shape();
        int[][] at = composed(() -> matrix(index, per), "gather", this, per);
        return moved("gather", shape(at), picked(x, per, at), per, new Places(at));
    }

    /**
     * This value with each source(i, j) added at (i, index(i, j)) within each row, at (index(i, j), j) within each
     * column, or to the element of that number, row by row; in this shape.
     */
    default Value scatterAdd(Per per, int[][] index, Value source) {
        Value x = (Value) this;
        requireNonNull(source, "source");
        return composed(() -> {
            int[][] at = matrix(index, per);
            if (at.length != source.getNumRows() || (at.length > 0 && at[0].length != source.getNumCols())) {
                throw new IllegalArgumentException(
                        "the index is " + shape(at) + "; expected the source's shape, " + source.shape());
            }
            Source places = picked(x.shape(), per, at);
            return x.plus(back("gather", x.shape(), source.shape(), places, per, new Places(at)).apply(source));
        }, "scatterAdd", this, per, source);
    }

    private static Source picked(Shape x, Per per, int[][] at) {
        return switch (per) {
            case ROW -> (i, j) -> within("row", i, x.rows()) * x.columns() + within("column", at[i][j], x.columns());
            case COLUMN -> (i, j) -> within("row", at[i][j], x.rows()) * x.columns() + within("column", j, x.columns());
            case ALL -> (i, j) -> within("element", at[i][j], x.elements());
        };
    }

    /** Each row, each column or, row by row, all elements in reverse order. */
    default Value reverse(Per per) {
        Shape x = shape();
        return moved("reverse", x, switch (requireNonNull(per, "per")) {
            case ROW -> (i, j) -> i * x.columns() + x.columns() - 1 - j;
            case COLUMN -> (i, j) -> (x.rows() - 1 - i) * x.columns() + j;
            case ALL -> (i, j) -> x.elements() - 1 - i * x.columns() - j;
        }, per);
    }

    /**
     * The elements of each row, each column or, row by row, all elements moved on by a shift, those that leave at the
     * end coming in at the start; a negative shift moves them back.
     */
    default Value roll(Per per, int shift) {
        Shape x = shape();
        return moved("roll", x, switch (requireNonNull(per, "per")) {
            case ROW -> (i, j) -> i * x.columns() + Math.floorMod((long) j - shift, x.columns());
            case COLUMN -> (i, j) -> Math.floorMod((long) i - shift, x.rows()) * x.columns() + j;
            case ALL -> (i, j) -> Math.floorMod((long) i * x.columns() + j - shift, x.elements());
        }, per, shift);
    }

    /** This matrix repeated as a whole, so often below itself and so often beside itself. */
    default Value tile(int down, int across) {
        Shape x = shape();
        Shape to = composed(() -> {
            requireNotNegative(down, across);
            return IndexKernels.shape((long) x.rows() * down, (long) x.columns() * across);
        }, "tile", this, down, across);
        return moved("tile", to, (i, j) -> i % x.rows() * x.columns() + j % x.columns(), down, across);
    }

    /** This matrix with a margin of so many rows and columns around it, filled with a number. */
    default Value pad(int top, int bottom, int left, int right, double fill) {
        Shape x = shape();
        Shape to = composed(() -> {
            requireNotNegative(top, bottom, left, right);
            return IndexKernels.shape((long) top + x.rows() + bottom, (long) left + x.columns() + right);
        }, "pad", this, top, bottom, left, right, fill);
        return move("pad", x, to, fill, (i, j) -> inside(i - top, x.rows()) && inside(j - left, x.columns())
                ? (i - top) * x.columns() + j - left
                : NOWHERE, top, bottom, left, right, fill).apply((Value) this);
    }

    // ---- places that the elements decide ----------------------------------------------------------------------------

    /** A matrix of elements of x from places that x itself decides, as numbers in a matrix of the result's shape. */
    private static Operation choose(String name, UnaryOperator<DMatrixRMaj> places) {
        return unary(name, x -> follow(places.apply(x), x),
                rule("dy back where it came from", (x, y, dy) ->
                        back(name, x.shape(), y.shape(), IndexKernels.source(places.apply(x.data()))).apply(dy)))
                .pieces(x -> places.apply(x[0]), (d, x) -> follow(d, x[0]));
    }

    private static DMatrixRMaj follow(DMatrixRMaj places, DMatrixRMaj x) {
        return IndexKernels.take(x, Shape.of(places), 0, IndexKernels.source(places));
    }

    Family<Per> SORT = Family.perAxis(per -> choose("sort",
            x -> IndexKernels.sorted(x, per, false, per.sizeIn(Shape.of(x)))));

    /**
     * Each row, each column or all elements in ascending order, NaN last; the gradient follows the elements. All
     * elements together become a row.
     */
    default Value sort(Per per) {
        return SORT.of(requireNonNull(per, "per")).apply((Value) this);
    }

    /**
     * The largest elements of each row, each column or all in descending order, NaN first; all of them for a descending
     * sort.
     *
     * @return of {@link Per#ROW} rows x count, of {@link Per#COLUMN} count x columns, of {@link Per#ALL} 1 x count
     */
    default Value top(Per per, int count) {
        requireNonNull(per, "per");
        return choose("top", x -> IndexKernels.sorted(x, per, true, count)).with(per, count).apply((Value) this);
    }

    Family<Per> CUM_MAX = Family.perAxis(per -> choose("cumMax", x -> IndexKernels.runningMax(x, per)));

    /** The largest element so far within each group; of equal ones the first has the gradient; in this shape. */
    default Value cumMax(Per per) {
        return CUM_MAX.of(requireNonNull(per, "per")).apply((Value) this);
    }

    // spotless:on

    // ---- refusals ---------------------------------------------------------------------------------------------------

    private static int steps(int from, int to, int step, int size) {
        if (from < 0 || to < from || to > size || step < 1) {
            throw new IllegalArgumentException("expected 0 <= from <= to <= " + size + " and a step from 1 on");
        }
        return (int) (((long) to - from + step - 1) / step);
    }

    private static void requireNotNegative(int... numbers) {
        for (int number : numbers) {
            if (number < 0) {
                throw new IllegalArgumentException(number + " is negative");
            }
        }
    }

    /** A copy of an index, all of whose rows are equally long. */
    private static int[][] matrix(int[][] index, Per per) {
        requireNonNull(per, "per");
        int[][] copy = new int[requireNonNull(index, "index").length][];
        for (int row = 0; row < index.length; row++) {
            copy[row] = requireNonNull(index[row], "index[" + row + "]").clone();
            if (copy[row].length != copy[0].length) {
                throw new IllegalArgumentException("row " + row + " of the index has " + copy[row].length
                        + " numbers; expected " + copy[0].length);
            }
        }
        return copy;
    }

    private static Shape shape(int[][] index) {
        return new Shape(index.length, index.length == 0 ? 0 : index[0].length);
    }

    private static boolean inside(int place, int size) {
        return place >= 0 && place < size;
    }

    private static int within(String what, int place, int size) {
        if (!inside(place, size)) {
            throw new IllegalArgumentException("there is no " + what + " " + place
                    + (size == 0 ? ", for there is none" : "; expected 0 to " + (size - 1)));
        }
        return place;
    }
}
