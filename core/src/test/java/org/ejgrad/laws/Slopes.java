package org.ejgrad.laws;

import static org.ejgrad.Gradients.Option.DIFFERENTIABLE;
import static org.ejgrad.laws.Samples.gradients;
import static org.ejgrad.laws.Samples.matrix;
import static org.ejgrad.laws.Samples.random;
import static org.ejgrad.laws.Samples.shape;
import static org.ejgrad.laws.Samples.variables;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** Derivatives as functions, which can be differentiated again. */
public final class Slopes {
    private Slopes() {}

    /**
     * The derivative of a function in given directions, as a function of its inputs and of the upstream gradient, which
     * comes last.
     */
    static Function<List<Value>, Value> slope(Function<List<Value>, Value> function, List<SimpleMatrix> directions) {
        return arguments -> {
            List<Value> inputs = arguments.subList(0, arguments.size() - 1).stream()
                    .map(Slopes::lively)
                    .toList();
            Value upstream = arguments.get(arguments.size() - 1);
            Value output = function.apply(inputs);
            Value sum = Value.constant(0);
            if (output.isConstant()) {
                return sum;
            }
            boolean last = arguments.stream().allMatch(Value::isConstant);
            Gradients gradients = last
                    ? Gradients.withRespectTo(output, upstream, inputs)
                    : Gradients.withRespectTo(output, upstream, inputs, DIFFERENTIABLE);
            for (int i = 0; i < inputs.size(); i++) {
                sum = sum.plus(gradients
                        .orZero(inputs.get(i))
                        .elementMult(Value.constant(directions.get(i)))
                        .elementSum());
            }
            return sum;
        };
    }

    /**
     * The value, the gradients under a random upstream gradient, and the gradients of a random slope: numbers in which
     * two right programs for the same function agree.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws direction and upstream gradient
     * @param orders 1 to leave the slope out
     * @return matrices, the value first
     */
    public static List<SimpleMatrix> derivatives(
            Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed, int orders) {
        Random random = new Random(seed);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        Value upstream = Value.variable("upstream", random(output.shape(), random));
        List<SimpleMatrix> found = new ArrayList<>(List.of(matrix(output)));
        found.addAll(gradients(output, upstream, variables));
        if (orders >= 2) {
            List<Value> arguments = new ArrayList<>(variables);
            arguments.add(upstream);
            List<SimpleMatrix> directions =
                    inputs.stream().map(x -> random(shape(x), random)).toList();
            Value slope = slope(function, directions).apply(arguments);
            found.add(matrix(slope));
            found.addAll(gradients(slope, Value.constant(1), arguments));
        }
        return found;
    }

    private static Value lively(Value value) {
        return value.isConstant() ? Value.variable("x", value.matrix()) : value;
    }
}
