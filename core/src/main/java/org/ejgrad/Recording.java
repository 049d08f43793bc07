package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a function computed from inputs that belong to one call of {@link Derivatives} alone.
 *
 * @param call the call, for messages
 * @param inputs stand-ins for the arguments, so that nested calls do not confuse theirs
 * @param output the result
 * @param nested whether the result depends on anything else that can be differentiated by
 */
record Recording(String call, List<Value> inputs, Value output, boolean nested) {
    static Recording of(String call, Function<? super List<Value>, Value> function, List<Value> at) {
        requireNonNull(function, "function");
        List<Value> arguments = Calls.listOf("at", requireNonNull(at, "at").toArray(new Value[0]));
        List<Value> inputs = arguments.stream().map(Value::input).toList();
        Value output = function.apply(inputs);
        if (output == null) {
            throw new IllegalArgumentException(call + ": the function returned null");
        }
        boolean nested = arguments.stream().anyMatch(x -> !x.isConstant()) || reachesOutside(output, inputs);
        return new Recording(call, inputs, output, nested);
    }

    Recording of(Value other) {
        return new Recording(call, inputs, other, nested);
    }

    List<Value> backward(Value upstream, boolean differentiable) {
        if (output.isConstant()) {
            return inputs.stream().map(x -> Value.zeros(x.shape())).toList();
        }
        Gradients.Option[] options =
                differentiable ? new Gradients.Option[] {Gradients.Option.DIFFERENTIABLE} : new Gradients.Option[0];
        Gradients gradients = Gradients.withRespectTo(output, upstream, inputs, options);
        return inputs.stream().map(gradients::orZero).toList();
    }

    /** For each element of the output, the gradients of that element as rows. */
    List<List<Value>> rows() {
        return IntStream.range(0, output.shape().elements())
                .mapToObj(i -> backward(unit(output.shape(), i), nested).stream()
                        .map(gradient -> gradient.reshape(1, gradient.shape().elements()))
                        .toList())
                .toList();
    }

    Recording requireScalar() {
        requireShape("function's value", output, Shape.SCALAR);
        return this;
    }

    void requireShapes(String what, List<Value> values) {
        if (values.size() != inputs.size()) {
            throw new IllegalArgumentException(
                    call + ": " + values.size() + " values as " + what + " for " + inputs.size() + " arguments");
        }
        for (int i = 0; i < values.size(); i++) {
            requireShape(what, values.get(i), inputs.get(i).shape());
        }
    }

    void requireShape(String what, Value value, Shape expected) {
        if (!value.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    call + ": the " + what + " is " + value.shape() + "; expected " + expected);
        }
    }

    /** Whether a value depends on a variable or on the input of another call; behind its inputs are constants. */
    private static boolean reachesOutside(Value output, List<Value> inputs) {
        IdentityMap<Value, Boolean> inside = new IdentityMap<>();
        inputs.forEach(input -> inside.put(input, true));
        return output.ancestors().stream()
                .anyMatch(value ->
                        (value.isVariable() || value.operation() == Operation.INPUT) && !inside.contains(value));
    }

    private static Value unit(Shape shape, int element) {
        double[][] elements = new double[shape.rows()][shape.columns()];
        elements[element / shape.columns()][element % shape.columns()] = 1;
        return Value.constant(elements);
    }
}
