package org.ejgrad.laws;

import static org.ejgrad.Gradients.Option.DIFFERENTIABLE;
import static org.ejgrad.laws.Requirements.CLOSE;
import static org.ejgrad.laws.Requirements.norm;
import static org.ejgrad.laws.Requirements.require;
import static org.ejgrad.laws.Requirements.requireBits;
import static org.ejgrad.laws.Requirements.requireClose;
import static org.ejgrad.laws.Requirements.requireShape;
import static org.ejgrad.laws.Requirements.same;
import static org.ejgrad.laws.Samples.absoluteDot;
import static org.ejgrad.laws.Samples.constants;
import static org.ejgrad.laws.Samples.copies;
import static org.ejgrad.laws.Samples.dot;
import static org.ejgrad.laws.Samples.gradients;
import static org.ejgrad.laws.Samples.matrix;
import static org.ejgrad.laws.Samples.random;
import static org.ejgrad.laws.Samples.shape;
import static org.ejgrad.laws.Samples.upstream;
import static org.ejgrad.laws.Samples.variables;
import static org.ejgrad.laws.Samples.zeros;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.ejgrad.Derivatives;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * What holds for every differentiable operation, each law one method.
 *
 * <p>A law takes a function of Values, inputs for it, and a seed from which it draws directions and upstream gradients;
 * it throws an {@link AssertionError} that says what was broken and where. So each fits on one line of a JUnit or jqwik
 * test, also for a whole layer or loss:
 *
 * <pre>{@code
 * @Test
 * void slopes() {
 *     SimpleMatrix x = new SimpleMatrix(new double[][] {{1, -2}, {0.5, 3}});
 *     Laws.firstDerivative(in -> in.get(0).tanh().mult(in.get(1)), List.of(x, x), 42);
 * }
 * }</pre>
 *
 * {@link #check} applies all of them to an {@link OperationCase}.
 */
public final class Laws {
    private Laws() {}

    /**
     * Checks an operation against every law.
     *
     * @param row the operation
     * @throws AssertionError if a law is broken
     */
    public static void check(OperationCase row) {
        check(row, 50);
    }

    /**
     * Checks an operation against every law.
     *
     * @param row the operation
     * @param tries how many random inputs for each law
     * @throws AssertionError if a law is broken
     */
    public static void check(OperationCase row, int tries) {
        Law.checkAll(row, tries);
    }

    // ---- values -----------------------------------------------------------------------------------------------------

    /**
     * The value equals plain arithmetic's.
     *
     * @param row the operation
     * @param inputs inputs for it
     */
    public static void forwardEqualsOracle(OperationCase row, List<SimpleMatrix> inputs) {
        SimpleMatrix expected = row.oracle().apply(copies(inputs));
        SimpleMatrix actual = row.function().apply(constants(inputs)).matrix();
        requireShape("the value", shape(expected), shape(actual));
        double floor = norm(expected) * 0.1 + 0.01;
        for (int i = 0; i < expected.getNumElements(); i++) {
            double bound = row.tolerance() * (Math.max(Math.abs(expected.get(i)), Math.abs(actual.get(i))) + floor);
            require(
                    same(expected.get(i), actual.get(i)) || Math.abs(expected.get(i) - actual.get(i)) <= bound,
                    () -> "the value is\n" + Texts.of(actual) + "\nbut plain arithmetic gives\n" + Texts.of(expected));
        }
    }

    /**
     * The inputs' and the output's bits are the same before and after all that is computed from them.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws the upstream gradient
     */
    public static void nothingMutated(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        List<SimpleMatrix> before = copies(inputs);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        SimpleMatrix value = output.matrix();
        Value upstream = upstream(output, seed);
        SimpleMatrix upstreamBefore = upstream.matrix();
        gradients(output, upstream, variables);
        for (int i = 0; i < inputs.size(); i++) {
            requireBits("input " + i + " after the call", before.get(i), inputs.get(i));
            requireBits("the variable " + i + " after the call", before.get(i), matrix(variables.get(i)));
        }
        requireBits("the output after differentiating", value, matrix(output));
        requireBits("the upstream gradient after differentiating", upstreamBefore, matrix(upstream));
    }

    /**
     * Computing and differentiating twice gives the same bits, on the same graph and on a new one.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws the upstream gradient
     */
    public static void repeatable(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        Value upstream = upstream(output, seed);
        List<SimpleMatrix> once = gradients(output, upstream, variables);
        List<SimpleMatrix> twice = gradients(output, upstream, variables);
        List<SimpleMatrix> differentiable = gradients(output, upstream, variables, DIFFERENTIABLE);
        List<Value> again = variables(inputs);
        Value outputAgain = function.apply(again);
        List<SimpleMatrix> anew = gradients(outputAgain, upstream, again);
        requireBits("the value of a second call", matrix(output), matrix(outputAgain));
        for (int i = 0; i < once.size(); i++) {
            requireBits("the gradient of input " + i + " on a second walk", once.get(i), twice.get(i));
            requireBits("the gradient of input " + i + " on a new graph", once.get(i), anew.get(i));
            requireBits("the differentiable gradient of input " + i, once.get(i), differentiable.get(i));
        }
    }

    /**
     * Constants give a constant without history, of the same bits, and so do derivatives by them; and making only one
     * input a variable changes neither the value nor that input's gradient.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws the upstream gradient
     */
    public static void constantsFold(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        Value folded = function.apply(constants(inputs));
        require(folded.isConstant() && folded.inputs().isEmpty(), "the result of constants is not a constant");
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        requireBits("the value of constants", matrix(output), matrix(folded));
        Value upstream = upstream(output, seed);
        List<SimpleMatrix> gradients = gradients(output, upstream, variables);
        List<Value> slopes = Derivatives.vectorJacobian(function, constants(inputs), upstream);
        require(slopes.stream().allMatch(Value::isConstant), "a derivative by constants is not a constant");
        for (int i = 0; i < inputs.size(); i++) {
            List<Value> mixed = new ArrayList<>(constants(inputs));
            mixed.set(i, variables.get(i));
            Value alone = function.apply(mixed);
            requireBits("the value with input " + i + " alone a variable", matrix(output), matrix(alone));
            SimpleMatrix gradient =
                    gradients(alone, upstream, List.of(variables.get(i))).get(0);
            requireBits("the gradient of input " + i + ", the others constant", gradients.get(i), gradient);
        }
    }

    /**
     * Variables and results that are named anew and traced are the same values: nothing changes but names, neither the
     * value nor the gradients by what they were called before, and of a result used under two names both uses count.
     * Nor does a function of {@link Derivatives} that names its arguments give other bits.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws the upstream gradient
     */
    public static void namesChangeNothing(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        Function<List<Value>, Value> renaming = in -> function.apply(
                in.stream().map(x -> x.labelled("another name").traced()).toList());
        Value renamed = renaming.apply(variables);
        requireBits("the value of inputs under other names", matrix(output), matrix(renamed));
        Value upstream = upstream(output, seed);
        List<SimpleMatrix> gradients = gradients(output, upstream, variables);
        List<SimpleMatrix> ofRenamed = gradients(renamed, upstream, variables);
        List<SimpleMatrix> twice = gradients(output.plus(output), upstream, variables);
        List<SimpleMatrix> ofBoth = gradients(renamed.plus(renamed.labelled("the same")), upstream, variables);
        List<Value> ofFunction = Derivatives.vectorJacobian(renaming, constants(inputs), upstream);
        for (int i = 0; i < inputs.size(); i++) {
            requireBits("the gradient of input " + i + " under another name", gradients.get(i), ofRenamed.get(i));
            requireBits("the gradient of input " + i + " by a result of two names", twice.get(i), ofBoth.get(i));
            requireBits("the gradient of argument " + i, gradients.get(i), matrix(ofFunction.get(i)));
        }
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    /**
     * The derivative in a random direction under a random upstream gradient equals a high-order difference.
     *
     * @param function the operation
     * @param inputs inputs for it, around which it is smooth
     * @param seed draws direction and upstream gradient
     */
    public static void firstDerivative(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        Random random = new Random(seed);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        SimpleMatrix upstream = random(output.shape(), random);
        List<SimpleMatrix> directions =
                inputs.stream().map(x -> random(shape(x), random)).toList();
        List<SimpleMatrix> gradients = gradients(output, Value.constant(upstream), variables);
        double exact = 0;
        double size = 0;
        for (int i = 0; i < inputs.size(); i++) {
            requireShape("the gradient of input " + i, shape(inputs.get(i)), shape(gradients.get(i)));
            exact += dot(directions.get(i), gradients.get(i));
            size += absoluteDot(directions.get(i), gradients.get(i));
        }
        Differences.Estimate numeric = Differences.derivative(t -> {
            List<SimpleMatrix> moved = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                moved.add(inputs.get(i).plus(t, directions.get(i)));
            }
            return dot(upstream, matrix(function.apply(constants(moved))));
        });
        double slope = exact;
        require(
                Math.abs(slope - numeric.slope())
                        <= numeric.error() + 1e-8 * Math.max(size, Math.abs(numeric.slope())) + 1e-12,
                () -> "the slope along a random direction is " + slope + " but differences give " + numeric.slope()
                        + " ± "
                        + numeric.error() + "; the gradients are\n" + Texts.of((Object) gradients)
                        + "\nunder the upstream gradient\n" + Texts.of(upstream));
        require(
                numeric.error() <= 1e-6 * (1 + size),
                () -> "differences cannot tell: the slope is " + numeric.slope() + " ± " + numeric.error()
                        + "; choose inputs farther from kinks and poles");
    }

    /**
     * The second derivative in two random directions, under an upstream gradient that varies too, equals a high-order
     * difference of the first.
     *
     * @param function the operation
     * @param inputs inputs for it, around which it is smooth
     * @param seed draws directions and upstream gradient
     */
    public static void secondDerivative(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        derivative(function, inputs, 2, seed);
    }

    /**
     * The third derivative in three random directions equals a high-order difference of the second.
     *
     * @param function the operation
     * @param inputs inputs for it, around which it is smooth
     * @param seed draws directions and upstream gradients
     */
    public static void thirdDerivative(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        derivative(function, inputs, 3, seed);
    }

    private static void derivative(
            Function<List<Value>, Value> function, List<SimpleMatrix> inputs, int order, long seed) {
        Random random = new Random(~seed);
        Function<List<Value>, Value> lower = function;
        List<SimpleMatrix> arguments = new ArrayList<>(inputs);
        for (int i = 1; i < order; i++) {
            Shape output = lower.apply(constants(arguments)).shape();
            lower = Slopes.slope(
                    lower, arguments.stream().map(x -> random(shape(x), random)).toList());
            arguments.add(random(output, random));
        }
        firstDerivative(lower, arguments, seed);
    }

    /**
     * Gradients are linear in the upstream gradient: that of a sum is the sum, to digits of its terms, that of twice is
     * exactly twice, that of nothing is nothing.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws upstream gradients
     */
    public static void linearInUpstream(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        Random random = new Random(seed);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        SimpleMatrix one = random(output.shape(), random);
        SimpleMatrix two = random(output.shape(), random);
        List<SimpleMatrix> ofOne = gradients(output, Value.constant(one), variables);
        List<SimpleMatrix> ofTwo = gradients(output, Value.constant(two), variables);
        List<SimpleMatrix> ofSum = gradients(output, Value.constant(one.plus(two)), variables);
        List<SimpleMatrix> ofDouble = gradients(output, Value.constant(one.scale(2)), variables);
        List<SimpleMatrix> ofZero = gradients(output, Value.zeros(output.shape()), variables);
        for (int i = 0; i < inputs.size(); i++) {
            String input = "the gradient of input " + i + " under ";
            SimpleMatrix a = ofOne.get(i);
            SimpleMatrix b = ofTwo.get(i);
            requireClose(input + "a sum of upstream gradients", a.plus(b), ofSum.get(i), norm(a) + norm(b));
            requireClose(input + "twice the upstream gradient", ofOne.get(i).scale(2), ofDouble.get(i));
            requireClose(input + "an upstream gradient of zeros", zeros(shape(inputs.get(i))), ofZero.get(i));
        }
    }

    /**
     * The adjoint identity ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩, where J·v is the derivative of ⟨v, Jᵀ·w⟩ by w.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws u, v and w
     */
    public static void adjoint(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        Random random = new Random(seed);
        List<Value> variables = variables(inputs);
        Value output = function.apply(variables);
        List<SimpleMatrix> v =
                inputs.stream().map(x -> random(shape(x), random)).toList();
        SimpleMatrix u = random(output.shape(), random);
        Value w = Value.variable("w", random(output.shape(), random));
        List<Value> arguments = new ArrayList<>(variables);
        arguments.add(w);
        Value inner = Slopes.slope(function, v).apply(arguments);
        SimpleMatrix forward =
                gradients(inner, Value.ones(Shape.SCALAR), List.of(w)).get(0);
        List<SimpleMatrix> backward = gradients(output, Value.constant(u), variables);
        double right = 0;
        double size = absoluteDot(u, forward);
        for (int i = 0; i < v.size(); i++) {
            right += dot(backward.get(i), v.get(i));
            size += absoluteDot(backward.get(i), v.get(i));
        }
        double left = dot(u, forward);
        require(Math.abs(left - right) <= CLOSE * size + 1e-13, "⟨u, J·v⟩ is " + left + " but ⟨Jᵀ·u, v⟩ is " + right);
    }

    /**
     * The Hessian is symmetric: ⟨w, H·v⟩ = ⟨v, H·w⟩.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws v, w and the upstream gradient
     */
    public static void hessianSymmetric(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        Random random = new Random(seed);
        List<SimpleMatrix> v =
                inputs.stream().map(x -> random(shape(x), random)).toList();
        List<SimpleMatrix> w =
                inputs.stream().map(x -> random(shape(x), random)).toList();
        List<Value> variables = variables(inputs);
        Value upstream = upstream(function.apply(variables), seed);
        List<Value> arguments = new ArrayList<>(variables);
        arguments.add(upstream);
        List<SimpleMatrix> ofV = gradients(Slopes.slope(function, v).apply(arguments), Value.constant(1), variables);
        List<SimpleMatrix> ofW = gradients(Slopes.slope(function, w).apply(arguments), Value.constant(1), variables);
        double left = 0;
        double right = 0;
        double size = 0;
        for (int i = 0; i < v.size(); i++) {
            left += dot(w.get(i), ofV.get(i));
            right += dot(v.get(i), ofW.get(i));
            size += absoluteDot(w.get(i), ofV.get(i)) + absoluteDot(v.get(i), ofW.get(i));
        }
        require(Math.abs(left - right) <= 1e-10 * size + 1e-13, "⟨w, H·v⟩ is " + left + " but ⟨v, H·w⟩ is " + right);
    }

    /**
     * A variable that is used twice receives the sum of what two variables would.
     *
     * @param function the operation
     * @param inputs inputs for it; those of the first input's shape are replaced by the first
     * @param seed draws the upstream gradient
     */
    public static void usesAdd(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        List<SimpleMatrix> repeated = new ArrayList<>(inputs);
        repeated.replaceAll(x -> shape(x).equals(shape(inputs.get(0))) ? inputs.get(0) : x);
        List<Value> apart = variables(repeated);
        List<Value> shared = new ArrayList<>(apart);
        SimpleMatrix sum = zeros(apart.get(0).shape());
        double size = 0;
        Value output = function.apply(apart);
        Value upstream = upstream(output, seed);
        List<SimpleMatrix> gradients = gradients(output, upstream, apart);
        for (int i = 0; i < inputs.size(); i++) {
            if (apart.get(i).shape().equals(apart.get(0).shape())) {
                shared.set(i, apart.get(0));
                sum = sum.plus(gradients.get(i));
                size += norm(gradients.get(i));
            }
        }
        Value joined = function.apply(shared);
        SimpleMatrix once = gradients(joined, upstream, shared.subList(0, 1)).get(0);
        requireClose("the gradient of a variable used in several places", sum, once, size);
        Value twice = joined.isConstant() ? joined : joined.plus(function.apply(shared));
        SimpleMatrix both = gradients(twice, upstream, shared.subList(0, 1)).get(0);
        SimpleMatrix expected = once.scale(joined.isConstant() ? 1 : 2);
        requireClose("the gradient of a variable used by two results", expected, both, 2 * size);
    }
}
