package org.ejgrad.laws;

import static org.ejgrad.laws.Requirements.norm;
import static org.ejgrad.laws.Requirements.require;
import static org.ejgrad.laws.Requirements.same;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * Laws that hold for some functions only, such as layers and losses: two programs that agree, and what follows from it.
 *
 * <p>Each compares values, first and second derivatives. A loss from probabilities agrees with the one from logits,
 * class indices with one-hot rows, a weight of one with no weight:
 *
 * <pre>{@code
 * SimpleMatrix logits = new SimpleMatrix(new double[][] {{2, -1, 0}});
 * Symmetries.agree(in -> in.get(0).logSoftmax(Per.ROW), in -> in.get(0).softmax(Per.ROW).elementLog(), List.of(logits), 42);
 * }</pre>
 */
public final class Symmetries {
    private static final double CLOSE = 1e-10;

    private Symmetries() {}

    /**
     * Two programs compute the same function: value, gradients and second derivatives agree to 1e-10.
     *
     * @param one a program
     * @param other another one
     * @param inputs inputs for both
     * @param seed draws directions and upstream gradients
     */
    public static void agree(
            Function<List<Value>, Value> one,
            Function<List<Value>, Value> other,
            List<SimpleMatrix> inputs,
            long seed) {
        List<SimpleMatrix> left = Slopes.derivatives(one, inputs, seed, 2);
        List<SimpleMatrix> right = Slopes.derivatives(other, inputs, seed, 2);
        for (int i = 0; i < left.size(); i++) {
            SimpleMatrix a = left.get(i);
            SimpleMatrix b = right.get(i);
            String what = i == 0
                    ? "the value"
                    : i <= inputs.size() ? "the gradient of input " + (i - 1) : "the second derivative, part " + i;
            require(
                    a.getNumRows() == b.getNumRows() && a.getNumCols() == b.getNumCols() && close(a, b),
                    () -> what + " differs: one gives\n" + Texts.of(a) + "\nthe other\n" + Texts.of(b));
        }
    }

    private static boolean close(SimpleMatrix a, SimpleMatrix b) {
        double bound = CLOSE * (1 + norm(a));
        return IntStream.range(0, a.getNumElements())
                .allMatch(i -> same(a.get(i), b.get(i)) || Math.abs(a.get(i) - b.get(i)) <= bound);
    }

    /**
     * The function gives its input back, bit by bit, as dropout does in inference.
     *
     * @param function a function of one matrix
     * @param x an input
     */
    public static void identity(UnaryOperator<Value> function, SimpleMatrix x) {
        Requirements.requireBits("the output", x, Samples.matrix(function.apply(Value.constant(x))));
    }

    /**
     * Each row of the output depends on the same row of the input only: a batch split in two gives the same.
     *
     * @param function a function of a batch, a row per sample
     * @param x a batch of at least one row
     * @param seed draws where to split, directions and upstream gradients
     */
    public static void rowsAreIndependent(UnaryOperator<Value> function, SimpleMatrix x, long seed) {
        int split = random(seed).nextInt(x.getNumRows() + 1);
        agree(
                in -> function.apply(in.get(0)),
                in -> split == 0 || split == x.getNumRows()
                        ? function.apply(in.get(0))
                        : function.apply(in.get(0).rows(0, split))
                                .concatRows(function.apply(in.get(0).rows(split, x.getNumRows()))),
                List.of(x),
                seed);
    }

    /**
     * A total over a batch is the sum of the totals over its parts.
     *
     * @param total from a batch to 1x1
     * @param x a batch of at least two rows
     * @param seed draws where to split, directions and upstream gradients
     */
    public static void partsSum(UnaryOperator<Value> total, SimpleMatrix x, long seed) {
        int split = 1 + random(seed).nextInt(x.getNumRows() - 1);
        agree(
                in -> total.apply(in.get(0)),
                in -> total.apply(in.get(0).rows(0, split))
                        .plus(total.apply(in.get(0).rows(split, x.getNumRows()))),
                List.of(x),
                seed);
    }

    /**
     * Exchanging rows of the input exchanges the same rows of the output.
     *
     * @param function a function that keeps the number of rows
     * @param x an input
     * @param seed draws the order, directions and upstream gradients
     */
    public static void rowsPermute(UnaryOperator<Value> function, SimpleMatrix x, long seed) {
        Value order = Value.constant(permutation(x.getNumRows(), seed));
        agree(
                in -> function.apply(order.mult(in.get(0))),
                in -> order.mult(function.apply(in.get(0))),
                List.of(x),
                seed);
    }

    /**
     * Exchanging columns of the input, such as classes, exchanges the same columns of the output.
     *
     * @param function a function that keeps the number of columns
     * @param x an input
     * @param seed draws the order, directions and upstream gradients
     */
    public static void columnsPermute(UnaryOperator<Value> function, SimpleMatrix x, long seed) {
        Value order = Value.constant(permutation(x.getNumCols(), seed));
        agree(
                in -> function.apply(in.get(0).mult(order)),
                in -> function.apply(in.get(0)).mult(order),
                List.of(x),
                seed);
    }

    /**
     * Adding a number to a whole row of the input changes nothing, as with softmax; so the gradient of each row sums to
     * zero.
     *
     * @param function a function of rows
     * @param x an input
     * @param seed draws the numbers, directions and upstream gradients
     */
    public static void shiftsOfRowsVanish(UnaryOperator<Value> function, SimpleMatrix x, long seed) {
        SimpleMatrix shift = Samples.random(new Shape(x.getNumRows(), 1), new Random(seed));
        agree(
                in -> function.apply(in.get(0)),
                in -> function.apply(in.get(0).plus(Value.constant(shift))),
                List.of(x),
                seed);
        Value variable = Value.variable("x", x);
        Value output = function.apply(variable);
        SimpleMatrix gradient = Samples.gradients(output, Samples.upstream(output, seed), List.of(variable))
                .get(0);
        SimpleMatrix sums = Oracles.perRow(gradient, row -> Arrays.stream(row).sum());
        require(
                norm(sums) <= CLOSE * (1 + norm(gradient)),
                () -> "the gradient's rows do not sum to 0:\n" + Texts.of(gradient));
    }

    /**
     * Euler's identity for f(t·x) = tᵏ·f(x): ⟨x, ∇f⟩ = k·f for every element of f, summed.
     *
     * @param function a function homogeneous of that degree
     * @param degree k
     * @param x an input
     */
    public static void homogeneous(UnaryOperator<Value> function, double degree, SimpleMatrix x) {
        Value variable = Value.variable("x", x);
        Value total = function.apply(variable).elementSum();
        SimpleMatrix gradient =
                Samples.gradients(total, Value.constant(1), List.of(variable)).get(0);
        double left = Samples.dot(x, gradient);
        double right = degree * total.scalar();
        require(
                Math.abs(left - right) <= CLOSE * (1 + Samples.absoluteDot(x, gradient)),
                "⟨x, ∇f⟩ is " + left + " but " + degree + "·f is " + right);
    }

    private static SimpleMatrix permutation(int size, long seed) {
        List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(order, random(seed));
        return Oracles.fill(size, size, (i, j) -> order.get(i) == j ? 1 : 0);
    }

    /** First choices that differ for neighbouring seeds too. */
    private static Random random(long seed) {
        return new Random(seed * 0x9E3779B97F4A7C15L);
    }
}
