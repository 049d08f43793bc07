package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * One row of a table of numeric edges: an expression, what it gives at special points, and why.
 *
 * <p>The table is a test, by {@link #check}, and a page of documentation, by {@link EdgePage}. A row is immutable;
 * {@link #at} and the like return a longer row.
 */
public final class EdgeRow {
    private final String expression;
    private final Function<List<Value>, Value> function;
    private final List<Point> points;
    private final String elsewhere;
    private final String why;

    /**
     * Inputs with the known value and gradients, or with the known refusal.
     *
     * @param inputs the inputs
     * @param outcome the value, and the gradient of each input under an upstream gradient of ones
     * @param refusal the exception in place of an outcome
     */
    public record Point(List<SimpleMatrix> inputs, Optional<Outcome> outcome, Optional<Refusal> refusal) {}

    /**
     * A value and gradients.
     *
     * @param value the value
     * @param gradients the gradient of each input
     */
    public record Outcome(SimpleMatrix value, List<SimpleMatrix> gradients) {}

    /**
     * An exception.
     *
     * @param type its class
     * @param words a part of its message
     */
    public record Refusal(Class<? extends RuntimeException> type, String words) {}

    private EdgeRow(
            String expression,
            Function<List<Value>, Value> function,
            List<Point> points,
            String elsewhere,
            String why) {
        this.expression = expression;
        this.function = function;
        this.points = points;
        this.elsewhere = elsewhere;
        this.why = why;
    }

    // ---- making rows ------------------------------------------------------------------------------------------------

    /**
     * A row for an expression in x.
     *
     * @param expression as code, such as {@code "x.relu()"}
     * @param function the same, compiled
     * @return a row without points
     */
    public static EdgeRow of(String expression, UnaryOperator<Value> function) {
        return ofAll(expression, in -> function.apply(in.get(0)));
    }

    /**
     * A row for an expression in a and b.
     *
     * @param expression as code, such as {@code "a.maximum(b)"}
     * @param function the same, compiled
     * @return a row without points
     */
    public static EdgeRow of(String expression, BinaryOperator<Value> function) {
        return ofAll(expression, in -> function.apply(in.get(0), in.get(1)));
    }

    /**
     * A row for an expression in any number of inputs.
     *
     * @param expression as code
     * @param function the same, compiled
     * @return a row without points
     */
    public static EdgeRow ofAll(String expression, Function<List<Value>, Value> function) {
        return new EdgeRow(expression, function, List.of(), "", "");
    }

    /**
     * Adds a number.
     *
     * @param x the input
     * @param y the value
     * @param dx the slope
     * @return a longer row
     */
    public EdgeRow at(double x, double y, double dx) {
        return at(List.of(number(x)), number(y), number(dx));
    }

    /**
     * Adds two numbers.
     *
     * @param a the first input
     * @param b the second input
     * @param y the value
     * @param da the slope in the first
     * @param db the slope in the second
     * @return a longer row
     */
    public EdgeRow at(double a, double b, double y, double da, double db) {
        return at(List.of(number(a), number(b)), number(y), number(da), number(db));
    }

    /**
     * Adds a matrix.
     *
     * @param x the rows of the input
     * @param y the rows of the value
     * @param dx the rows of the gradient
     * @return a longer row
     */
    public EdgeRow at(double[][] x, double[][] y, double[][] dx) {
        return at(List.of(new SimpleMatrix(x)), new SimpleMatrix(y), new SimpleMatrix(dx));
    }

    /**
     * Adds inputs.
     *
     * @param inputs the inputs
     * @param value the value
     * @param gradients the gradient of each input under an upstream gradient of ones
     * @return a longer row
     */
    public EdgeRow at(List<SimpleMatrix> inputs, SimpleMatrix value, SimpleMatrix... gradients) {
        return with(new Point(inputs, Optional.of(new Outcome(value, List.of(gradients))), Optional.empty()));
    }

    /**
     * Adds inputs that are refused.
     *
     * @param type the class of the exception
     * @param words a part of its message
     * @param inputs the inputs
     * @return a longer row
     */
    public EdgeRow refuses(Class<? extends RuntimeException> type, String words, SimpleMatrix... inputs) {
        return with(new Point(List.of(inputs), Optional.empty(), Optional.of(new Refusal(type, words))));
    }

    /**
     * Says what other libraries give where they differ.
     *
     * @param text a few words, such as {@code "PyTorch: slope 1"}
     * @return a row with this text
     */
    public EdgeRow elsewhere(String text) {
        return new EdgeRow(expression, function, points, text, why);
    }

    /**
     * Says why.
     *
     * @param text a few words
     * @return a row with this text
     */
    public EdgeRow because(String text) {
        return new EdgeRow(expression, function, points, elsewhere, text);
    }

    private EdgeRow with(Point point) {
        List<Point> longer = new ArrayList<>(points);
        longer.add(point);
        return new EdgeRow(expression, function, List.copyOf(longer), elsewhere, why);
    }

    /**
     * A matrix with one row.
     *
     * @param elements its elements
     * @return 1 x n
     */
    public static double[][] row(double... elements) {
        return new double[][] {elements};
    }

    /**
     * A matrix of zeros, empty perhaps.
     *
     * @param rows how many rows
     * @param columns how many columns
     * @return rows x columns
     */
    public static SimpleMatrix zeros(int rows, int columns) {
        return new SimpleMatrix(rows, columns);
    }

    private static SimpleMatrix number(double number) {
        return new SimpleMatrix(new double[][] {{number}});
    }

    // ---- reading rows -----------------------------------------------------------------------------------------------

    /**
     * Checks every point, to the bit: only the signs of zeros in gradients, and which NaN it is, do not matter.
     *
     * @throws AssertionError if a point is not as the row says
     */
    public void check() {
        points.forEach(this::check);
    }

    private void check(Point point) {
        List<Value> inputs = Samples.variables(point.inputs());
        point.refusal().ifPresent(refusal -> requireRefused(point, inputs, refusal));
        point.outcome().ifPresent(outcome -> {
            Value output = function.apply(inputs);
            String where = expression + " at " + Arrays.toString(EdgePage.texts(point.inputs())) + ": ";
            requireSame(where + "the value", outcome.value(), output.matrix(), true);
            for (int i = 0; i < inputs.size(); i++) {
                SimpleMatrix gradient = output.isConstant()
                        ? zeros(inputs.get(i).getNumRows(), inputs.get(i).getNumCols())
                        : output.gradients(Value.ones(output.shape()))
                                .orZero(inputs.get(i))
                                .matrix();
                requireSame(where + "gradient " + i, outcome.gradients().get(i), gradient, false);
            }
        });
    }

    private void requireRefused(Point point, List<Value> inputs, Refusal refusal) {
        try {
            function.apply(inputs);
        } catch (RuntimeException e) {
            if (!refusal.type().isInstance(e) || !String.valueOf(e.getMessage()).contains(refusal.words())) {
                throw new AssertionError(expression + ": expected " + refusal + " but was " + e, e);
            }
            return;
        }
        throw new AssertionError(
                expression + " at " + Arrays.toString(EdgePage.texts(point.inputs())) + ": expected " + refusal);
    }

    private static void requireSame(String what, SimpleMatrix expected, SimpleMatrix actual, boolean signedZeros) {
        boolean same = expected.getNumRows() == actual.getNumRows() && expected.getNumCols() == actual.getNumCols();
        for (int i = 0; same && i < expected.getNumElements(); i++) {
            double zero = signedZeros ? -0.0 : 0;
            same = Double.compare(expected.get(i) + zero, actual.get(i) + zero) == 0;
        }
        if (!same) {
            throw new AssertionError(
                    what + " is " + EdgePage.text(actual) + " but should be " + EdgePage.text(expected));
        }
    }

    /**
     * The expression.
     *
     * @return as code
     */
    public String expression() {
        return expression;
    }

    /**
     * The points.
     *
     * @return an unmodifiable list
     */
    public List<Point> points() {
        return points;
    }

    /**
     * What others give.
     *
     * @return a few words, or the empty string
     */
    public String elsewhere() {
        return elsewhere;
    }

    /**
     * Why.
     *
     * @return a few words, or the empty string
     */
    public String because() {
        return why;
    }

    @Override
    public String toString() {
        return expression;
    }
}
