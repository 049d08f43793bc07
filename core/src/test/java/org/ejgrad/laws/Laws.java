package org.ejgrad.laws;

import static org.ejgrad.Gradients.Option.DIFFERENTIABLE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.ejgrad.Gradients;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * What holds for every differentiable operation, each law one method.
 *
 * <p>A law takes a function of Values, inputs for it, and a seed from which it draws directions and upstream gradients;
 * it throws an {@link AssertionError} that says what was broken and where. So each fits on one line of a JUnit or jqwik
 * test, also for a whole layer or loss:
 *
 * <pre>{@code
 * @Property
 * void slope(@ForAll("matrices") SimpleMatrix x, @ForAll long seed) {
 *     Laws.firstDerivative(in -> layer.forward(in.get(0)), List.of(x), seed);
 * }
 * }</pre>
 *
 * {@link #check} applies all of them to an {@link OperationCase}.
 */
public final class Laws {
    private static final double CLOSE = 1e-11;

    private Laws() {}

    /** A law on random inputs. */
    @FunctionalInterface
    public interface Law {
        /**
         * Checks one sample.
         *
         * @param row the operation
         * @param inputs inputs for it
         * @param seed where directions and upstream gradients come from
         * @throws AssertionError if the law is broken
         */
        void check(OperationCase row, List<SimpleMatrix> inputs, long seed);
    }

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
        for (LawOfAll law : LawOfAll.values()) {
            law.check(row, tries);
        }
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
        SimpleMatrix actual = row.function().apply(constants(inputs)).matrix().copy();
        requireShape("the value", shape(expected), shape(actual));
        double floor = norm(expected) * 0.1 + 0.01;
        for (int i = 0; i < expected.getNumElements(); i++) {
            double bound = row.tolerance() * (Math.max(Math.abs(expected.get(i)), Math.abs(actual.get(i))) + floor);
            require(
                    same(expected.get(i), actual.get(i)) || Math.abs(expected.get(i) - actual.get(i)) <= bound,
                    "the value is\n" + Texts.of(actual) + "\nbut plain arithmetic gives\n" + Texts.of(expected));
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
        SimpleMatrix value = output.matrix().copy();
        Value upstream = upstream(output, seed);
        SimpleMatrix upstreamBefore = upstream.matrix().copy();
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
     * Constants give a constant without history, of the same bits; and making only one input a variable changes neither
     * the value nor that input's gradient.
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
            return dot(upstream, matrix(function.apply(variables(moved))));
        });
        double gap = Math.abs(exact - numeric.slope());
        require(
                gap <= numeric.error() + 1e-8 * Math.max(size, Math.abs(numeric.slope())),
                "the slope along a random direction is " + exact + " but differences give " + numeric.slope() + " ± "
                        + numeric.error() + "; the gradients are\n" + Texts.of((Object) gradients)
                        + "\nunder the upstream gradient\n" + Texts.of(upstream));
        require(
                numeric.error() <= 1e-6 * (1 + size),
                "differences cannot tell: the slope is " + numeric.slope() + " ± " + numeric.error()
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
            lower = slope(
                    lower, arguments.stream().map(x -> random(shape(x), random)).toList());
            arguments.add(random(output, random));
        }
        firstDerivative(lower, arguments, seed);
    }

    /**
     * The derivative of a function in given directions, as a function of its inputs and of the upstream gradient, which
     * comes last.
     */
    private static Function<List<Value>, Value> slope(
            Function<List<Value>, Value> function, List<SimpleMatrix> directions) {
        return arguments -> {
            List<Value> inputs = arguments.subList(0, arguments.size() - 1).stream()
                    .map(Laws::lively)
                    .toList();
            Value upstream = arguments.get(arguments.size() - 1);
            Value output = function.apply(inputs);
            Value sum = Value.constant(0);
            if (output.isConstant()) {
                return sum;
            }
            Gradients gradients = Gradients.withRespectTo(output, upstream, inputs, DIFFERENTIABLE);
            for (int i = 0; i < inputs.size(); i++) {
                sum = sum.plus(gradients
                        .orZero(inputs.get(i))
                        .elementMult(Value.constant(directions.get(i)))
                        .elementSum());
            }
            return arguments.stream().allMatch(Value::isConstant) ? sum.detached() : sum;
        };
    }

    private static Value lively(Value value) {
        return value.isConstant() ? Value.variable("x", value.matrix()) : value;
    }

    /**
     * Gradients are linear in the upstream gradient: that of a sum is the sum, that of twice is exactly twice, that of
     * nothing is nothing.
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
            requireClose(input + "a sum of upstream gradients", ofOne.get(i).plus(ofTwo.get(i)), ofSum.get(i));
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
        Value inner = slope(function, v).apply(arguments);
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
        List<SimpleMatrix> ofV = gradients(slope(function, v).apply(arguments), Value.constant(1), variables);
        List<SimpleMatrix> ofW = gradients(slope(function, w).apply(arguments), Value.constant(1), variables);
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
        Value output = function.apply(apart);
        Value upstream = upstream(output, seed);
        List<SimpleMatrix> gradients = gradients(output, upstream, apart);
        for (int i = 0; i < inputs.size(); i++) {
            if (apart.get(i).shape().equals(apart.get(0).shape())) {
                shared.set(i, apart.get(0));
                sum = sum.plus(gradients.get(i));
            }
        }
        Value joined = function.apply(shared);
        SimpleMatrix once = gradients(joined, upstream, shared.subList(0, 1)).get(0);
        requireClose("the gradient of a variable used in several places", sum, once);
        Value twice = joined.isConstant() ? joined : joined.plus(function.apply(shared));
        SimpleMatrix both = gradients(twice, upstream, shared.subList(0, 1)).get(0);
        requireClose("the gradient of a variable used by two results", once.scale(joined.isConstant() ? 1 : 2), both);
    }

    // ---- edges ------------------------------------------------------------------------------------------------------

    /**
     * Value and gradients at an edge are the known ones.
     *
     * @param function the operation
     * @param edge inputs and what they give
     */
    public static void edge(Function<List<Value>, Value> function, OperationCase.Edge edge) {
        List<Value> variables = variables(edge.inputs());
        Value output = function.apply(variables);
        String where = "at\n" + Texts.of((Object) edge.inputs()) + "\n";
        requireKnown(where + "the value", edge.value(), matrix(output), true);
        List<SimpleMatrix> gradients = gradients(output, Value.ones(output.shape()), variables);
        require(gradients.size() == edge.gradients().size(), where + "the row knows not one gradient per input");
        for (int i = 0; i < gradients.size(); i++) {
            requireKnown(where + "the gradient of input " + i, edge.gradients().get(i), gradients.get(i), false);
        }
    }

    /**
     * Inputs that do not fit are refused in the right words, where the graph is built.
     *
     * @param function the operation
     * @param refusal the inputs and the words
     */
    public static void refusal(Function<List<Value>, Value> function, OperationCase.Refusal refusal) {
        List<List<Value>> kinds = List.of(constants(refusal.inputs()), variables(refusal.inputs()));
        for (List<Value> inputs : kinds) {
            try {
                function.apply(inputs);
            } catch (IllegalArgumentException e) {
                require(
                        Pattern.compile(refusal.message(), Pattern.DOTALL)
                                .matcher(String.valueOf(e.getMessage()))
                                .matches(),
                        "refused with the words\n  " + e.getMessage() + "\nwhich do not match\n  " + refusal.message());
                continue;
            }
            throw new AssertionError("not refused:\n" + Texts.of((Object) refusal.inputs()));
        }
    }

    /**
     * Every shape is accepted and differentiated, empty ones too.
     *
     * @param function the operation
     * @param count how many inputs it has
     */
    public static void anyShape(Function<List<Value>, Value> function, int count) {
        for (int rows = 0; rows <= 3; rows++) {
            for (int columns = 0; columns <= 3; columns++) {
                SimpleMatrix ones = Oracles.fill(rows, columns, (i, j) -> 1);
                List<Value> variables = variables(java.util.Collections.nCopies(count, ones));
                Value output = function.apply(variables);
                for (SimpleMatrix gradient : gradients(output, Value.ones(output.shape()), variables)) {
                    requireShape("the gradient", new Shape(rows, columns), shape(gradient));
                }
            }
        }
    }

    /**
     * Every piecewise operation in the function, replayed with the decisions it took, gives the same numbers, and its
     * rules are the derivatives of that replay; also on kinks and ties.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws directions and upstream gradients
     */
    public static void frozenReplay(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        for (Value node : Graphs.nodes(function.apply(variables(inputs)))) {
            node.operation().branches().ifPresent(branches -> frozenReplay(node, branches, seed));
        }
    }

    private static void frozenReplay(Value node, Operation.Branches branches, long seed) {
        List<SimpleMatrix> inputs = node.inputs().stream().map(Laws::matrix).toList();
        DMatrixRMaj decisions = branches.decide().apply(raw(inputs));
        SimpleMatrix replayed = SimpleMatrix.wrap(branches.replay().apply(decisions, raw(inputs)));
        requireEqual(node.operation() + " replayed with its own decisions", matrix(node), replayed);
        Operation frozen = Operation.of(
                node.operation() + " frozen", in -> branches.replay().apply(decisions, in), Graphs.rulesAt(node));
        firstDerivative(in -> frozen.apply(in.toArray(new Value[0])), inputs, seed);
    }

    // ---- helpers ----------------------------------------------------------------------------------------------------

    static List<Value> variables(List<SimpleMatrix> inputs) {
        List<Value> variables = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            variables.add(Value.variable("input " + i, inputs.get(i)));
        }
        return variables;
    }

    static List<Value> constants(List<SimpleMatrix> inputs) {
        return inputs.stream().map(Value::constant).toList();
    }

    /** The gradients of the inputs; zeros for an input that the output does not depend on. */
    static List<SimpleMatrix> gradients(Value output, Value upstream, List<Value> inputs, Gradients.Option... options) {
        if (output.isConstant()) {
            return inputs.stream().map(x -> zeros(x.shape())).toList();
        }
        Gradients gradients = output.gradients(upstream, options);
        return inputs.stream().map(x -> matrix(gradients.orZero(x))).toList();
    }

    static Value upstream(Value output, long seed) {
        return Value.constant(random(output.shape(), new Random(seed)));
    }

    /** Numbers between 0.25 and 1 in size, of either sign: none is lost, none dominates. */
    static SimpleMatrix random(Shape shape, Random random) {
        return Oracles.fill(
                shape.rows(),
                shape.columns(),
                (i, j) -> (0.25 + 0.75 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
    }

    static SimpleMatrix matrix(Value value) {
        return value.matrix().copy();
    }

    private static DMatrixRMaj[] raw(List<SimpleMatrix> inputs) {
        return inputs.stream().map(x -> x.copy().getDDRM()).toArray(DMatrixRMaj[]::new);
    }

    private static List<SimpleMatrix> copies(List<SimpleMatrix> inputs) {
        return inputs.stream().map(SimpleMatrix::copy).toList();
    }

    static SimpleMatrix zeros(Shape shape) {
        return new SimpleMatrix(shape.rows(), shape.columns());
    }

    static Shape shape(SimpleMatrix matrix) {
        return new Shape(matrix.getNumRows(), matrix.getNumCols());
    }

    private static double dot(SimpleMatrix a, SimpleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    private static double absoluteDot(SimpleMatrix a, SimpleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += Math.abs(a.get(i) * b.get(i));
        }
        return sum;
    }

    private static double norm(SimpleMatrix a) {
        return Math.sqrt(absoluteDot(a, a));
    }

    // ---- requirements -----------------------------------------------------------------------------------------------

    static void require(boolean condition, String message) {
        if (!condition) {
            throw new AssertionError(message);
        }
    }

    private static void requireShape(String what, Shape expected, Shape actual) {
        require(expected.equals(actual), what + " is " + actual + "; expected " + expected);
    }

    /** Equal, or both NaN. */
    private static boolean same(double a, double b) {
        return a == b || Double.isNaN(a) && Double.isNaN(b);
    }

    static void requireBits(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireShape(what, shape(expected), shape(actual));
        require(
                Arrays.equals(bits(expected), bits(actual)),
                what + " differs: expected\n" + Texts.of(expected) + "\nbut was\n" + Texts.of(actual));
    }

    /** The same numbers, where only the sign of a zero may differ. */
    private static void requireEqual(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireBits(what, expected.plus(0), actual.plus(0));
    }

    static long[] bits(SimpleMatrix matrix) {
        long[] bits = new long[matrix.getNumElements()];
        Arrays.setAll(bits, i -> Double.doubleToLongBits(matrix.get(i)));
        return bits;
    }

    static void requireClose(String what, SimpleMatrix expected, SimpleMatrix actual) {
        requireShape(what, shape(expected), shape(actual));
        double bound = CLOSE * Math.max(norm(expected), norm(actual));
        for (int i = 0; i < expected.getNumElements(); i++) {
            require(
                    same(expected.get(i), actual.get(i)) || Math.abs(expected.get(i) - actual.get(i)) <= bound,
                    what + " differs: expected\n" + Texts.of(expected) + "\nbut was\n" + Texts.of(actual));
        }
    }

    private static void requireKnown(String what, SimpleMatrix expected, SimpleMatrix actual, boolean signedZeros) {
        requireShape(what, shape(expected), shape(actual));
        for (int i = 0; i < expected.getNumElements(); i++) {
            double known = expected.get(i);
            double found = actual.get(i);
            boolean special = known == 0 || Double.isNaN(known) || Double.isInfinite(known);
            boolean agree = !special
                    ? Math.abs(known - found) <= 2 * Math.ulp(known)
                    : signedZeros ? Double.compare(known, found) == 0 : same(known, found);
            require(agree, what + " is\n" + Texts.of(actual) + "\nbut should be\n" + Texts.of(expected));
        }
    }
}
