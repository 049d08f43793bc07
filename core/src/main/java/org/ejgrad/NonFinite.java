package org.ejgrad;

import static java.util.stream.Collectors.joining;
import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/**
 * Where the first number that is not finite comes from: in a value, or in the gradients of one.
 *
 * <pre>{@code
 * Value loss = Value.variable("x", 0).elementLog();
 * NonFinite.in(loss).ifPresent(System.out::println);
 * NonFinite.inGradientsOf(loss).ifPresent(System.out::println);
 * }</pre>
 *
 * <p>The origin is an operation that makes ∞ or NaN of finite numbers, or a leaf that holds it. An infinity that a
 * masked branch keeps away from the result is not blamed. With {@code -Dejgrad.sites=true} the report also has the line
 * of the program that applied the operation.
 *
 * @param direction whether the value or a gradient is not finite
 * @param operation the operation that made it
 * @param formula of a gradient, the rule that made it; otherwise empty
 * @param label the label of the value made by the operation, or the empty string
 * @param row the row of the first element that is not finite
 * @param column its column
 * @param number the element, ∞, −∞ or NaN
 * @param inputs what the operation was applied to; of a gradient also, last, the gradient that arrived
 * @param path from the value in question to the operation, both included
 * @param madeAt where in the program the operation was applied, or the empty string if that was not recorded
 */
public record NonFinite(
        Direction direction,
        Operation operation,
        String formula,
        String label,
        int row,
        int column,
        double number,
        List<Input> inputs,
        List<String> path,
        String madeAt) {

    /** The walk in which a number came about. */
    public enum Direction {
        /** From the leaves to the result. */
        FORWARD,
        /** From the result to the gradients. */
        BACKWARD
    }

    /**
     * One input of the operation.
     *
     * @param name its label, or what it is
     * @param shape its shape
     * @param least its smallest element; NaN if one is NaN or there are none
     * @param greatest its largest element; NaN if one is NaN or there are none
     * @param here its element at the same place as the number in question, if it has that place
     */
    public record Input(String name, Shape shape, double least, double greatest, Optional<Double> here) {
        private static Input of(String name, Value value, int row, int column) {
            boolean isEmpty = value.shape().elements() == 0;
            boolean has = row < value.getNumRows() && column < value.getNumCols();
            return new Input(
                    name,
                    value.shape(),
                    isEmpty ? Double.NaN : value.detached().elementMin().scalar(),
                    isEmpty ? Double.NaN : value.detached().elementMax().scalar(),
                    has ? Optional.of(value.get(row, column)) : Optional.empty());
        }

        /** Such as {@code x 2x3, from 0.0 to 4.5, here 0.0}. */
        @Override
        public String toString() {
            return name + " " + shape + ", from " + least + " to " + greatest
                    + here.map(number -> ", here " + number).orElse("");
        }
    }

    /**
     * Copies the lists.
     *
     * @param direction whether the value or a gradient is not finite
     * @param operation the operation that made it
     * @param formula of a gradient, the rule that made it; otherwise empty
     * @param label the label of the value made by the operation, or the empty string
     * @param row the row of the first element that is not finite
     * @param column its column
     * @param number the element, ∞, −∞ or NaN
     * @param inputs what the operation was applied to
     * @param path from the value in question to the operation, both included
     * @param madeAt where in the program the operation was applied, or the empty string
     * @throws IllegalArgumentException if an argument is null
     */
    public NonFinite {
        requireNonNull(direction, "direction");
        requireNonNull(operation, "operation");
        requireNonNull(formula, "formula");
        requireNonNull(label, "label");
        requireNonNull(madeAt, "madeAt");
        inputs = List.copyOf(requireNonNull(inputs, "inputs"));
        path = List.copyOf(requireNonNull(path, "path"));
    }

    /**
     * Where the first number of a value that is not finite comes from.
     *
     * @param value any value
     * @return empty if all its elements are finite
     */
    public static Optional<NonFinite> in(Value value) {
        return new Forensics(requireNonNull(value, "value")).forward();
    }

    /**
     * Where the first number that is not finite in the gradients of a 1x1 value comes from.
     *
     * @param value a 1x1 value that is not a constant
     * @return empty if the gradients of all variables are finite
     * @throws IllegalArgumentException if the value is not 1x1 or is a constant
     */
    public static Optional<NonFinite> inGradientsOf(Value value) {
        if (!requireNonNull(value, "value").shape().isScalar()) {
            throw new IllegalArgumentException("inGradientsOf: the value is " + value.shape()
                    + "; expected 1x1, or an upstream gradient of shape " + value.shape());
        }
        return inGradientsOf(value, Value.ones(Shape.SCALAR));
    }

    /**
     * Where the first number that is not finite in the gradients of Σ value ⊙ upstream comes from.
     *
     * @param value a value that is not a constant
     * @param upstream the gradient arriving at it, in its shape
     * @return empty if the gradients of all variables are finite
     * @throws IllegalArgumentException if the shapes differ or the value is a constant
     */
    public static Optional<NonFinite> inGradientsOf(Value value, Value upstream) {
        return new Forensics(requireNonNull(value, "value")).backward(requireNonNull(upstream, "upstream"));
    }

    static boolean isFinite(Value value) {
        return firstIn(value.data()) < 0;
    }

    /** The place of the first element that is not finite, or −1. */
    static int firstIn(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!Double.isFinite(matrix.data[i])) {
                return i;
            }
        }
        return -1;
    }

    /** A report on a value that is not finite itself. */
    static NonFinite forward(Value culprit, List<Value> path) {
        int place = firstIn(culprit.data());
        int row = place / culprit.getNumCols();
        int column = place % culprit.getNumCols();
        return new NonFinite(
                Direction.FORWARD,
                culprit.operation(),
                "",
                culprit.label(),
                row,
                column,
                culprit.get(row, column),
                inputs(culprit, row, column),
                names(path),
                culprit.site().toString());
    }

    /** A report on a gradient that the operation of a value hands on. */
    static NonFinite backward(Value culprit, String formula, Value made, Value upstream, List<Value> path) {
        int place = firstIn(made.data());
        int row = place / made.getNumCols();
        int column = place % made.getNumCols();
        List<Input> inputs = new ArrayList<>(inputs(culprit, row, column));
        inputs.add(Input.of("the gradient arriving", upstream, row, column));
        return new NonFinite(
                Direction.BACKWARD,
                culprit.operation(),
                formula,
                culprit.label(),
                row,
                column,
                made.get(row, column),
                inputs,
                names(path),
                culprit.site().toString());
    }

    private static List<Input> inputs(Value value, int row, int column) {
        List<Value> inputs = value.inputs();
        return IntStream.range(0, inputs.size())
                .mapToObj(i -> Input.of(name(inputs.get(i)), inputs.get(i), row, column))
                .toList();
    }

    private static List<String> names(List<Value> path) {
        return path.stream().map(NonFinite::name).toList();
    }

    private static String name(Value value) {
        return value.label().isEmpty() ? value.operation().toString() : value.label();
    }

    /** A report of a few lines. */
    @Override
    public String toString() {
        String what = direction == Direction.FORWARD
                ? "makes " + number + " at row " + row + ", column " + column
                : "makes a gradient of " + number + " at row " + row + ", column " + column
                        + (formula.isEmpty() ? "" : " by the rule \"" + formula + "\"");
        return operation + (label.isEmpty() ? "" : " (" + label + ")") + " " + what
                + inputs.stream().map(input -> "\n  from " + input).collect(joining())
                + "\n  reached by " + String.join(" ← ", path)
                + (madeAt.isEmpty() ? "" : "\n  applied at " + madeAt);
    }
}
