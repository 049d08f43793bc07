package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * What a function computed from inputs that belong to one call of {@link Derivatives} alone.
 *
 * @param call the call
 * @param inputs stand-ins for the arguments, so that nested calls do not confuse theirs
 * @param output the result
 * @param nested whether the result depends on anything else that can be differentiated by
 */
record Recording(Call call, List<Value> inputs, Value output, boolean nested) {
    /** The family of a call's stand-ins, which stand for nothing of their own once the call has ended. */
    static final class Call {
        private final String name;
        private volatile boolean ended;

        private Call(String name) {
            this.name = name;
        }

        Value input(Value at) {
            return Value.input(Operation.INPUT.memberOf(this, List.of()), at);
        }

        /** Whether a value is there to differentiate by: a variable, or a stand-in of another call that still runs. */
        private boolean isOutside(Value value) {
            return value.isVariable()
                    || (value.operation().family() instanceof Call other && other != this && !other.ended);
        }
    }

    /** Runs a call: the function, and what is then made of what it computed. */
    static <T> T of(
            String name,
            Function<? super List<Value>, Value> function,
            List<Value> at,
            Function<Recording, T> derivative) {
        requireNonNull(function, "function");
        List<Value> arguments = Calls.listOf("at", requireNonNull(at, "at").toArray(new Value[0]));
        Call call = new Call(name);
        try {
            List<Value> inputs = arguments.stream().map(call::input).toList();
            Value output = function.apply(inputs);
            if (output == null) {
                throw new IllegalArgumentException(call.name + ": the function returned null");
            }
            boolean nested = arguments.stream().anyMatch(x -> !x.isConstant())
                    || output.ancestors().stream().anyMatch(call::isOutside);
            return derivative.apply(new Recording(call, inputs, output, nested));
        } finally {
            call.ended = true;
        }
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
                    call.name + ": " + values.size() + " values as " + what + " for " + inputs.size() + " arguments");
        }
        for (int i = 0; i < values.size(); i++) {
            requireShape(what, values.get(i), inputs.get(i).shape());
        }
    }

    void requireShape(String what, Value value, Shape expected) {
        if (!value.shape().equals(expected)) {
            throw new IllegalArgumentException(
                    call.name + ": the " + what + " is " + value.shape() + "; expected " + expected);
        }
    }

    private static Value unit(Shape shape, int element) {
        double[][] elements = new double[shape.rows()][shape.columns()];
        elements[element / shape.columns()][element % shape.columns()] = 1;
        return Value.constant(elements);
    }
}
