package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

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
 * masked branch keeps away from the result is not blamed. Of values that are {@link Value#traced} the report also has
 * the line of the program that applied the operation; what is computed from {@link #trapping} values is looked at all
 * the time.
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
        public Input {
            requireNonNull(name, "name");
            requireNonNull(shape, "shape");
            requireNonNull(here, "here");
        }

        static Input of(String name, Value value, int row, int column) {
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
            return PlainText.line(name) + " " + shape + ", from " + least + " to " + greatest
                    + here.map(number -> ", here " + number).orElse("");
        }
    }

    public NonFinite {
        requireNonNull(direction, "direction");
        requireNonNull(operation, "operation");
        requireNonNull(formula, "formula");
        requireNonNull(label, "label");
        requireNonNull(madeAt, "madeAt");
        inputs = Calls.copyOf("inputs", inputs);
        path = Calls.copyOf("path", path);
    }

    /** {@return where the first number of a value that is not finite comes from; empty if all are finite} */
    public static Optional<NonFinite> in(Value value) {
        return new Forensics(requireNonNull(value, "value")).forward();
    }

    /**
     * Where the first number that is not finite in the gradients of a 1x1 value comes from.
     *
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
     * @param upstream the gradient arriving at the value, in its shape
     * @return empty if the gradients of all variables are finite
     * @throws IllegalArgumentException if the shapes differ or the value is a constant
     */
    public static Optional<NonFinite> inGradientsOf(Value value, Value upstream) {
        return new Forensics(requireNonNull(value, "value")).backward(requireNonNull(upstream, "upstream"));
    }

    /**
     * {@return the value, if all its elements are finite}
     *
     * @throws NonFiniteException if an element is ∞ or NaN; it says which operation made it
     */
    public static Value refuseIn(Value value) {
        in(value).ifPresent(origin -> {
            throw new NonFiniteException(origin);
        });
        return value;
    }

    /**
     * {@return the gradients of a 1x1 value, if they are all finite}
     *
     * @throws NonFiniteException if an element of a variable's gradient is ∞ or NaN; it says which operation made it
     * @throws IllegalArgumentException if the value is not 1x1 or is a constant
     */
    public static Gradients refuseInGradientsOf(Value value, Gradients.Option... options) {
        Gradients gradients = requireNonNull(value, "value").gradients(options);
        if (!gradients.variables().stream().map(gradients::of).allMatch(NonFinite::isFinite)) {
            throw new NonFiniteException(inGradientsOf(value).orElseThrow());
        }
        return gradients;
    }

    /**
     * The same value, traced, such that an operation on whatever is computed from it that makes ∞ or NaN of finite
     * numbers, in a value or in a gradient, throws a {@link NonFiniteException} at once.
     */
    public static Value trapping(Value value) {
        return requireNonNull(value, "value").watched(new Trap());
    }

    /** {@return the place of the first number that is not finite, or −1} */
    public static int firstIn(double[] numbers) {
        return ElementKernels.firstNonFinite(requireNonNull(numbers, "numbers"), numbers.length);
    }

    static boolean isFinite(Value value) {
        return ElementKernels.isFinite(value.data());
    }

    /** A report of a few lines. */
    @Override
    public String toString() {
        String what = direction == Direction.FORWARD
                ? "makes " + number + " at row " + row + ", column " + column
                : "makes a gradient of " + number + " at row " + row + ", column " + column
                        + (formula.isEmpty() ? "" : " by the rule \"" + formula + "\"");
        return operation + (label.isEmpty() ? "" : " (" + PlainText.line(label) + ")") + " " + what
                + inputs.stream().map(input -> "\n  from " + input).collect(joining())
                + "\n  reached by " + PlainText.line(String.join(" ← ", path))
                + (madeAt.isEmpty() ? "" : "\n  applied at " + madeAt);
    }
}
