package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;

/**
 * The derivatives of plain Java functions of one value or of a list of values.
 *
 * <p>A function is any code that computes a {@link Value} from Values. Calls nest to any order, and what the function
 * takes from outside counts as constant for the inner call only:
 *
 * <pre>{@code
 * Derivatives.gradient(x -> x.elementMult(Derivatives.gradient(y -> x.plus(y), x)), Value.constant(5)); // = 1
 * }</pre>
 *
 * <p>Where an argument, or something the function takes from outside, is a variable or the argument of an enclosing
 * call that still runs, the results can be differentiated again with respect to it; otherwise they are constants, and
 * keep no history.
 *
 * <p><b>Layout.</b> In a Jacobian and a Hessian, matrices are read row by row: element (i, j) of an m x n matrix has
 * the place i·n + j. For x = [x₁₁ x₁₂; x₂₁ x₂₂] and f(x) = [x₁₁² x₁₁·x₂₁; x₁₂ 5·x₂₂] the Jacobian has a row for each
 * element of f and a column for each element of x:
 *
 * <pre>
 *              x₁₁     x₁₂   x₂₁   x₂₂
 *   f₁₁      2·x₁₁      0     0     0
 *   f₁₂        x₂₁      0    x₁₁    0
 *   f₂₁         0       1     0     0
 *   f₂₂         0       0     0     5
 * </pre>
 *
 * <p><b>One gradient per sample.</b> The gradients of the losses of N samples are the rows of the {@link #jacobian} of
 * the column of losses with respect to the parameters, at the cost of N backward walks. For a dense layer z = x·w + b
 * they need one walk only: with dz the gradient of the summed loss at z (see {@link Gradients.Option#INTERMEDIATE}),
 * sample i has the gradient {@code x.getRow(i).outer(dz.getRow(i))} for w and {@code dz.getRow(i)} for b, and the
 * squared norm of the former is |xᵢ|²·|dzᵢ|², {@code x.square().sum(Per.ROW).elementMult(dz.square().sum(Per.ROW))}.
 *
 * <p><b>Cost</b> in multiples of the function's own, for a network of three dense layers: a gradient 2 to 3, a product
 * of Jacobian and vector 4 to 5, a product of Hessian and vector 5 to 7.
 */
public final class Derivatives {
    private Derivatives() {}

    /**
     * A function's value and gradient.
     *
     * @param value f(x)
     * @param gradient f'(x), in x's shape
     */
    public record ValueAndGradient(Value value, Value gradient) {
        public ValueAndGradient {
            requireNonNull(value, "value");
            requireNonNull(gradient, "gradient");
        }
    }

    /**
     * A function's value and its gradient with respect to each argument.
     *
     * @param value f(x₁, x₂, ...)
     * @param gradients one per argument, in its shape
     */
    public record ValueAndGradients(Value value, List<Value> gradients) {
        public ValueAndGradients {
            requireNonNull(value, "value");
            gradients = Calls.listOf(
                    "gradients", requireNonNull(gradients, "gradients").toArray(new Value[0]));
        }
    }

    // ---- of one value -----------------------------------------------------------------------------------------------

    /**
     * The gradient of a function with a 1x1 value.
     *
     * @param function f
     * @param at x
     * @return f'(x), in x's shape; zeros if f does not depend on x
     * @throws IllegalArgumentException if f(x) is not 1x1
     */
    public static Value gradient(Function<? super Value, Value> function, Value at) {
        return valueAndGradient(function, at).gradient();
    }

    /**
     * The value and the gradient of a function with a 1x1 value.
     *
     * @param function f
     * @param at x
     * @return both
     * @throws IllegalArgumentException if f(x) is not 1x1
     */
    public static ValueAndGradient valueAndGradient(Function<? super Value, Value> function, Value at) {
        ValueAndGradients both = valueAndGradient(ofList(function), one(at, "at"));
        return new ValueAndGradient(both.value(), both.gradients().get(0));
    }

    /**
     * The vector-Jacobian product: the gradient of Σ f(x) ⊙ upstream.
     *
     * @param function f
     * @param at x
     * @param upstream a weight for each element of f(x)
     * @return in x's shape
     * @throws IllegalArgumentException if the upstream gradient has not the shape of f(x)
     */
    public static Value vectorJacobian(Function<? super Value, Value> function, Value at, Value upstream) {
        return vectorJacobian(ofList(function), one(at, "at"), upstream).get(0);
    }

    /**
     * The Jacobian-vector product: the derivative of f(x + t·tangent) by t at 0.
     *
     * @param function f
     * @param at x
     * @param tangent a direction, in x's shape
     * @return in the shape of f(x)
     * @throws IllegalArgumentException if the tangent has not x's shape
     */
    public static Value jacobianVector(Function<? super Value, Value> function, Value at, Value tangent) {
        return jacobianVector(ofList(function), one(at, "at"), one(tangent, "tangent"));
    }

    /**
     * The Jacobian, laid out as described {@linkplain Derivatives above}.
     *
     * @param function f
     * @param at x
     * @return elements of f(x) x elements of x
     */
    public static Value jacobian(Function<? super Value, Value> function, Value at) {
        return jacobian(ofList(function), one(at, "at")).get(0);
    }

    /**
     * The matrix of second derivatives of a function with a 1x1 value.
     *
     * @param function f
     * @param at x
     * @return elements of x, twice
     * @throws IllegalArgumentException if f(x) is not 1x1
     */
    public static Value hessian(Function<? super Value, Value> function, Value at) {
        return hessian(ofList(function), one(at, "at"));
    }

    /**
     * The Hessian times a vector, without the Hessian: the derivative of f'(x + t·direction) by t at 0.
     *
     * @param function f
     * @param at x
     * @param direction in x's shape
     * @return in x's shape
     * @throws IllegalArgumentException if f(x) is not 1x1, or the direction has not x's shape
     */
    public static Value hessianVector(Function<? super Value, Value> function, Value at, Value direction) {
        return hessianVector(ofList(function), one(at, "at"), one(direction, "direction"))
                .get(0);
    }

    // ---- of several values ------------------------------------------------------------------------------------------

    /**
     * The gradients of a function with a 1x1 value.
     *
     * @param function f
     * @param at its arguments
     * @return one gradient per argument; zeros for one that f does not depend on
     * @throws IllegalArgumentException if f's value is not 1x1
     */
    public static List<Value> gradient(Function<? super List<Value>, Value> function, List<Value> at) {
        return valueAndGradient(function, at).gradients();
    }

    /**
     * The value and the gradients of a function with a 1x1 value.
     *
     * @param function f
     * @param at its arguments
     * @return both
     * @throws IllegalArgumentException if f's value is not 1x1
     */
    public static ValueAndGradients valueAndGradient(Function<? super List<Value>, Value> function, List<Value> at) {
        return Recording.of("gradient", function, at, recorded -> {
            List<Value> gradients = recorded.requireScalar().backward(Value.ones(Shape.SCALAR), recorded.nested());
            return new ValueAndGradients(
                    recorded.nested() ? recorded.output() : recorded.output().detached(), gradients);
        });
    }

    /**
     * The vector-Jacobian products: the gradients of Σ f ⊙ upstream.
     *
     * @param function f
     * @param at its arguments
     * @param upstream a weight for each element of f's value
     * @return one gradient per argument
     * @throws IllegalArgumentException if the upstream gradient has not the shape of f's value
     */
    public static List<Value> vectorJacobian(
            Function<? super List<Value>, Value> function, List<Value> at, Value upstream) {
        requireNonNull(upstream, "upstream");
        return Recording.of("vectorJacobian", function, at, recorded -> {
            recorded.requireShape(
                    "upstream gradient", upstream, recorded.output().shape());
            return recorded.backward(upstream, recorded.nested() || !upstream.isConstant());
        });
    }

    /**
     * The Jacobian-vector product: the derivative of f(x₁ + t·tangent₁, x₂ + t·tangent₂, ...) by t at 0.
     *
     * <p>A backward walk is linear in its upstream gradient u; the derivative of Σ tangent ⊙ (Jᵀ·u) by u is J·tangent.
     *
     * @param function f
     * @param at its arguments
     * @param tangents a direction for each argument, in its shape
     * @return in the shape of f's value
     * @throws IllegalArgumentException if there is not one tangent of the right shape for each argument
     */
    public static Value jacobianVector(
            Function<? super List<Value>, Value> function, List<Value> at, List<Value> tangents) {
        Calls.copyOf("tangents", tangents);
        return Recording.of("jacobianVector", function, at, recorded -> {
            recorded.requireShapes("tangent", tangents);
            Value upstream = recorded.call().input(anything(recorded.output().shape()));
            List<Value> gradients = recorded.backward(upstream, true);
            boolean nested = recorded.nested() || tangents.stream().anyMatch(tangent -> !tangent.isConstant());
            return new Recording(recorded.call(), List.of(upstream), dot(gradients, tangents), nested)
                    .backward(Value.ones(Shape.SCALAR), nested)
                    .get(0);
        });
    }

    /**
     * The Jacobians, laid out as described {@linkplain Derivatives above}.
     *
     * @param function f
     * @param at its arguments
     * @return one Jacobian per argument: elements of f's value x elements of the argument
     */
    public static List<Value> jacobian(Function<? super List<Value>, Value> function, List<Value> at) {
        List<List<Value>> rows = Recording.of("jacobian", function, at, Recording::rows);
        return IntStream.range(0, at.size())
                .mapToObj(i -> stack(
                        rows.stream().map(row -> row.get(i)), at.get(i).shape().elements()))
                .toList();
    }

    /**
     * The matrix of second derivatives of a function with a 1x1 value; the elements of the arguments follow each other.
     *
     * @param function f
     * @param at its arguments
     * @return elements of all arguments, twice
     * @throws IllegalArgumentException if f's value is not 1x1
     */
    public static Value hessian(Function<? super List<Value>, Value> function, List<Value> at) {
        return Recording.of("hessian", function, at, recorded -> {
            List<Value> gradients = recorded.requireScalar().backward(Value.ones(Shape.SCALAR), true);
            return stack(
                    gradients.stream()
                            .flatMap(gradient ->
                                    recorded.of(gradient).rows().stream().map(Derivatives::beside)),
                    0);
        });
    }

    /**
     * The Hessian times a vector, without the Hessian, by differentiating Σ gradient ⊙ direction.
     *
     * @param function f
     * @param at its arguments
     * @param directions one for each argument, in its shape
     * @return one product per argument
     * @throws IllegalArgumentException if f's value is not 1x1, or there is not one direction of the right shape for
     *     each argument
     */
    public static List<Value> hessianVector(
            Function<? super List<Value>, Value> function, List<Value> at, List<Value> directions) {
        Calls.copyOf("directions", directions);
        return Recording.of("hessianVector", function, at, recorded -> {
            recorded.requireScalar().requireShapes("direction", directions);
            List<Value> gradients = recorded.backward(Value.ones(Shape.SCALAR), true);
            boolean nested = recorded.nested() || directions.stream().anyMatch(direction -> !direction.isConstant());
            return recorded.of(dot(gradients, directions)).backward(Value.ones(Shape.SCALAR), nested);
        });
    }

    // ---- parts ------------------------------------------------------------------------------------------------------

    private static List<Value> one(Value value, String name) {
        return List.of(requireNonNull(value, name));
    }

    private static Function<List<Value>, Value> ofList(Function<? super Value, Value> function) {
        requireNonNull(function, "function");
        return inputs -> function.apply(inputs.get(0));
    }

    /**
     * Where a linear function is to be differentiated: no two elements equal, so that nothing that is defined for equal
     * weights only slips through, none 0.
     */
    private static Value anything(Shape shape) {
        DMatrixRMaj elements = ElementKernels.zeros(shape);
        Arrays.setAll(elements.data, i -> i + 1);
        return Value.constant(elements);
    }

    private static Value dot(List<Value> a, List<Value> b) {
        Value sum = Value.zeros(Shape.SCALAR);
        for (int i = 0; i < a.size(); i++) {
            sum = sum.plus(a.get(i).dot(b.get(i)));
        }
        return sum;
    }

    /** Rows next to each other. */
    private static Value beside(List<Value> rows) {
        return rows.get(0).concatColumns(rows.subList(1, rows.size()).toArray(new Value[0]));
    }

    private static Value stack(Stream<Value> rows, int columns) {
        List<Value> all = new ArrayList<>(rows.collect(Collectors.toList()));
        if (all.isEmpty()) {
            return Value.zeros(new Shape(0, columns));
        }
        return all.remove(0).concatRows(all.toArray(new Value[0]));
    }
}
