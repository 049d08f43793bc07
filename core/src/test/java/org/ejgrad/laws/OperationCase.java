package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * One row of the table of tests: an operation, random inputs for it, and what is known of its results.
 *
 * <p>A row is immutable; {@link #at}, {@link #edge}, {@link #refuses} and the like return a longer row.
 */
public final class OperationCase {
    private final String name;
    private final Arbitrary<List<SimpleMatrix>> inputs;
    private final Function<List<Value>, Value> function;
    private final Function<List<SimpleMatrix>, SimpleMatrix> oracle;
    private final List<Edge> edges;
    private final List<Refusal> refusals;
    private final boolean anyShape;
    private final double tolerance;
    private final int orders;

    /**
     * Inputs on which value and gradient are known exactly.
     *
     * @param inputs the inputs
     * @param value the result
     * @param gradients the gradients of the inputs under an upstream gradient of ones
     */
    public record Edge(List<SimpleMatrix> inputs, SimpleMatrix value, List<SimpleMatrix> gradients) {
        /** Copies the lists. */
        public Edge {
            inputs = List.copyOf(inputs);
            gradients = List.copyOf(gradients);
        }
    }

    /**
     * Inputs that must be refused.
     *
     * @param message a regular expression that the whole message of the {@link IllegalArgumentException} matches
     * @param inputs the inputs
     */
    public record Refusal(String message, List<SimpleMatrix> inputs) {
        /** Copies the list. */
        public Refusal {
            inputs = List.copyOf(inputs);
        }
    }

    private OperationCase(
            String name,
            Arbitrary<List<SimpleMatrix>> inputs,
            Function<List<Value>, Value> function,
            Function<List<SimpleMatrix>, SimpleMatrix> oracle,
            List<Edge> edges,
            List<Refusal> refusals,
            boolean anyShape,
            double tolerance,
            int orders) {
        this.name = name;
        this.inputs = inputs;
        this.function = function;
        this.oracle = oracle;
        this.edges = edges;
        this.refusals = refusals;
        this.anyShape = anyShape;
        this.tolerance = tolerance;
        this.orders = orders;
    }

    /**
     * The random inputs, every fourth of them without rows where the function accepts that.
     *
     * @return inputs for the function
     */
    public Arbitrary<List<SimpleMatrix>> inputsAndEmpty() {
        return Arbitraries.frequencyOf(Tuple.of(6, inputs), Tuple.of(2, inputs.map(this::withoutRows)));
    }

    /**
     * The inputs that have as many rows as the first, without them; unchanged if the function refuses that, plain
     * arithmetic cannot do it, or an infinity comes out.
     */
    private List<SimpleMatrix> withoutRows(List<SimpleMatrix> in) {
        int rows = in.get(0).getNumRows();
        List<SimpleMatrix> empty = in.stream()
                .map(x -> x.getNumRows() == rows ? new SimpleMatrix(0, x.getNumCols()) : x)
                .toList();
        try {
            SimpleMatrix value = function.apply(Samples.constants(empty)).matrix();
            oracle.apply(Samples.copies(empty));
            return value.hasUncountable() ? in : empty;
        } catch (IllegalArgumentException | IndexOutOfBoundsException refused) {
            return in;
        }
    }

    // ---- making rows ------------------------------------------------------------------------------------------------

    /**
     * A row for a function of any number of inputs.
     *
     * @param name the signature of the method it tests, such as {@code "rows(int,int)"}, and after a space what
     *     distinguishes this row from others of the method
     * @param inputs random inputs on which the function is smooth
     * @param function the operation
     * @param oracle the same on plain numbers
     * @return a row without edges and refusals
     */
    public static OperationCase of(
            String name,
            Arbitrary<List<SimpleMatrix>> inputs,
            Function<List<Value>, Value> function,
            Function<List<SimpleMatrix>, SimpleMatrix> oracle) {
        return new OperationCase(name, inputs, function, oracle, List.of(), List.of(), false, 1e-12, 3);
    }

    /**
     * A row for a function of one input.
     *
     * @param name see {@link #of}
     * @param inputs random inputs on which the function is smooth
     * @param function the operation
     * @param oracle the same on plain numbers
     * @return a row without edges and refusals
     */
    public static OperationCase unary(
            String name,
            Arbitrary<List<SimpleMatrix>> inputs,
            UnaryOperator<Value> function,
            UnaryOperator<SimpleMatrix> oracle) {
        return of(name, inputs, in -> function.apply(in.get(0)), in -> oracle.apply(in.get(0)));
    }

    /**
     * A row for a function of two inputs.
     *
     * @param name see {@link #of}
     * @param inputs random inputs on which the function is smooth
     * @param function the operation
     * @param oracle the same on plain numbers
     * @return a row without edges and refusals
     */
    public static OperationCase binary(
            String name,
            Arbitrary<List<SimpleMatrix>> inputs,
            BinaryOperator<Value> function,
            BinaryOperator<SimpleMatrix> oracle) {
        return of(name, inputs, in -> function.apply(in.get(0), in.get(1)), in -> oracle.apply(in.get(0), in.get(1)));
    }

    private OperationCase with(List<Edge> newEdges, List<Refusal> newRefusals, boolean any, double close, int order) {
        return new OperationCase(name, inputs, function, oracle, newEdges, newRefusals, any, close, order);
    }

    /**
     * This row and another function under it, for planting faults.
     *
     * @param other the function in the operation's place
     * @return a row that differs in its function only
     */
    public OperationCase withFunction(Function<List<Value>, Value> other) {
        return new OperationCase(name, inputs, other, oracle, edges, refusals, anyShape, tolerance, orders);
    }

    /**
     * Adds a number on which value and slope are known exactly.
     *
     * @param x the input, as a 1x1 matrix
     * @param y the output
     * @param dx the slope
     * @return a longer row
     */
    public OperationCase at(double x, double y, double dx) {
        return edge(List.of(number(x)), number(y), number(dx));
    }

    /**
     * Adds two numbers on which value and slopes are known exactly.
     *
     * @param a the first input, as a 1x1 matrix
     * @param b the second input, as a 1x1 matrix
     * @param y the output
     * @param da the slope in the first
     * @param db the slope in the second
     * @return a longer row
     */
    public OperationCase at(double a, double b, double y, double da, double db) {
        return edge(List.of(number(a), number(b)), number(y), number(da), number(db));
    }

    /**
     * Adds a matrix on which value and gradient are known exactly.
     *
     * @param x the rows of the input
     * @param y the rows of the output
     * @param dx the rows of the gradient under an upstream gradient of ones
     * @return a longer row
     */
    public OperationCase edge(double[][] x, double[][] y, double[][] dx) {
        return edge(List.of(new SimpleMatrix(x)), new SimpleMatrix(y), new SimpleMatrix(dx));
    }

    /**
     * Adds inputs on which value and gradients are known exactly: to 2 units in the last place; zeros, infinities, NaN
     * and the sign of a zero value, to the bit.
     *
     * @param in the inputs
     * @param value the output
     * @param gradients the gradient of each input under an upstream gradient of ones
     * @return a longer row
     */
    public OperationCase edge(List<SimpleMatrix> in, SimpleMatrix value, SimpleMatrix... gradients) {
        return with(append(edges, new Edge(in, value, List.of(gradients))), refusals, anyShape, tolerance, orders);
    }

    /**
     * Adds shapes that must be refused.
     *
     * @param message a regular expression that the whole message matches
     * @param shapes the shapes of the inputs, which are filled with ones
     * @return a longer row
     */
    public OperationCase refuses(String message, Shape... shapes) {
        return refuses(
                message,
                Arrays.stream(shapes)
                        .map(s -> Oracles.fill(s.rows(), s.columns(), (i, j) -> 1))
                        .toList());
    }

    /**
     * Adds inputs that must be refused.
     *
     * @param message a regular expression that the whole message matches
     * @param in the inputs
     * @return a longer row
     */
    public OperationCase refuses(String message, List<SimpleMatrix> in) {
        return with(edges, append(refusals, new Refusal(message, in)), anyShape, tolerance, orders);
    }

    /**
     * States that no shape needs to be refused: of one input every shape is accepted, of several every shape they have
     * in common; empty ones too.
     *
     * @return a row that is tested for it
     */
    public OperationCase anyShape() {
        return with(edges, refusals, true, tolerance, orders);
    }

    /**
     * Loosens the comparison with the oracle, for operations that lose digits.
     *
     * @param relative the largest relative error, by default 1e-12
     * @return a row with this tolerance
     */
    public OperationCase within(double relative) {
        return with(edges, refusals, anyShape, relative, orders);
    }

    /**
     * Sets up to which order derivatives are compared with differences.
     *
     * @param order by default 3
     * @return a row with this order
     */
    public OperationCase upToOrder(int order) {
        return with(edges, refusals, anyShape, tolerance, order);
    }

    private static SimpleMatrix number(double number) {
        return Oracles.fill(1, 1, (i, j) -> number);
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }

    // ---- reading rows -----------------------------------------------------------------------------------------------

    /**
     * The name, which begins with the signature of the method under test.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Random inputs.
     *
     * @return inputs on which the function is smooth
     */
    public Arbitrary<List<SimpleMatrix>> inputs() {
        return inputs;
    }

    /**
     * The operation.
     *
     * @return from the inputs to the output
     */
    public Function<List<Value>, Value> function() {
        return function;
    }

    /**
     * The operation on plain numbers.
     *
     * @return from the inputs to the output
     */
    public Function<List<SimpleMatrix>, SimpleMatrix> oracle() {
        return oracle;
    }

    /**
     * Where value and gradient are known exactly.
     *
     * @return an unmodifiable list
     */
    public List<Edge> edges() {
        return edges;
    }

    /**
     * What must be refused.
     *
     * @return an unmodifiable list
     */
    public List<Refusal> refusals() {
        return refusals;
    }

    /**
     * Whether every shape must be accepted.
     *
     * @return true after {@link #anyShape}
     */
    public boolean acceptsAnyShape() {
        return anyShape;
    }

    /**
     * How close the value must come to the oracle's.
     *
     * @return the largest relative error
     */
    public double tolerance() {
        return tolerance;
    }

    /**
     * Up to which order derivatives are compared with differences.
     *
     * @return 1 or more
     */
    public int orders() {
        return orders;
    }

    @Override
    public String toString() {
        return name;
    }
}
