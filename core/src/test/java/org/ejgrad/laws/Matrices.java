package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.ejgrad.Shape;
import org.ejml.simple.SimpleMatrix;

/** Random matrices for jqwik, which shrink to few rows, few columns and short numbers. */
public final class Matrices {
    private static final int LARGEST = 4;

    private Matrices() {}

    // ---- numbers ----------------------------------------------------------------------------------------------------

    /**
     * Numbers from −2 to 2.
     *
     * @return with three decimals
     */
    public static Arbitrary<Double> reals() {
        return between(-2, 2);
    }

    /**
     * Numbers between two bounds.
     *
     * @param low the smallest
     * @param high the largest
     * @return with three decimals
     */
    public static Arbitrary<Double> between(double low, double high) {
        return Arbitraries.doubles().between(low, high).ofScale(3);
    }

    /**
     * Numbers from 0.5 to 2.5.
     *
     * @return with three decimals
     */
    public static Arbitrary<Double> positive() {
        return between(0.5, 2.5);
    }

    /**
     * Numbers from −2 to 2 that keep a distance of 0.25 from given points, such as kinks.
     *
     * @param points where not to be
     * @return with three decimals
     */
    public static Arbitrary<Double> awayFrom(double... points) {
        return reals().filter(v -> Arrays.stream(points).allMatch(p -> Math.abs(v - p) >= 0.25));
    }

    // ---- shapes -----------------------------------------------------------------------------------------------------

    /**
     * Shapes from 1x1 to 4x4, every eighth of them a single row and every eighth a single column at least.
     *
     * @return shapes with at least one element
     */
    public static Arbitrary<Shape> shapes() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Combinators.combine(sizes(), sizes()).as(Shape::new)),
                Tuple.of(1, sizes().map(n -> new Shape(1, n))),
                Tuple.of(1, sizes().map(n -> new Shape(n, 1))));
    }

    /**
     * Shapes from 0x0 to 4x4, empty ones among them.
     *
     * @return shapes with any number of elements
     */
    public static Arbitrary<Shape> shapesWithEmpty() {
        Arbitrary<Integer> size = Arbitraries.integers().between(0, LARGEST);
        return Combinators.combine(size, size).as(Shape::new);
    }

    /**
     * Sizes from 1 to 4.
     *
     * @return how many rows or columns
     */
    public static Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(1, LARGEST);
    }

    // ---- one matrix -------------------------------------------------------------------------------------------------

    /**
     * Matrices of a given shape.
     *
     * @param shape the shape
     * @param numbers their elements
     * @return matrices of that shape
     */
    public static Arbitrary<SimpleMatrix> matrix(Shape shape, Arbitrary<Double> numbers) {
        return numbers.array(Double[].class)
                .ofSize(shape.elements())
                .map(elements ->
                        Oracles.fill(shape.rows(), shape.columns(), (i, j) -> elements[i * shape.columns() + j]));
    }

    /**
     * Matrices of a given shape, every eighth of them with many equal elements.
     *
     * @param shape the shape
     * @param numbers their elements
     * @return matrices of that shape
     */
    public static Arbitrary<SimpleMatrix> matrixWithTies(Shape shape, Arbitrary<Double> numbers) {
        return Arbitraries.frequencyOf(Tuple.of(7, matrix(shape, numbers)), Tuple.of(1, tied(shape, numbers)));
    }

    private static Arbitrary<SimpleMatrix> tied(Shape shape, Arbitrary<Double> numbers) {
        return Combinators.combine(numbers, numbers, Arbitraries.integers().between(1, shape.elements() + 1))
                .as((one, other, stride) -> Oracles.fill(
                        shape.rows(),
                        shape.columns(),
                        (i, j) -> (i * shape.columns() + j) % stride == stride - 1 ? other : one));
    }

    /**
     * Matrices of any shape from 1x1 to 4x4, some with ties.
     *
     * @param numbers their elements
     * @return matrices
     */
    public static Arbitrary<SimpleMatrix> matrix(Arbitrary<Double> numbers) {
        return shapes().flatMap(shape -> matrixWithTies(shape, numbers));
    }

    /**
     * Square matrices.
     *
     * @param numbers their elements
     * @return 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> square(Arbitrary<Double> numbers) {
        return sizes().flatMap(n -> matrix(new Shape(n, n), numbers));
    }

    /**
     * Matrices whose elements all differ by at least 0.25, so that no comparison between them is close.
     *
     * @return matrices of any shape from 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> distinct() {
        return shapes().flatMap(Matrices::distinct);
    }

    /**
     * Matrices of a given shape whose elements all differ by at least 0.25.
     *
     * @param shape the shape
     * @return matrices of that shape
     */
    public static Arbitrary<SimpleMatrix> distinct(Shape shape) {
        List<Double> grid = new ArrayList<>();
        for (int i = 0; i < shape.elements(); i++) {
            grid.add(0.375 * (i - shape.elements() / 2.0) + 0.1);
        }
        Arbitrary<Double> nudge = between(-0.06, 0.06);
        return Combinators.combine(Arbitraries.shuffle(grid), nudge.list().ofSize(shape.elements()))
                .as((order, nudges) -> Oracles.fill(
                        shape.rows(),
                        shape.columns(),
                        (i, j) -> order.get(i * shape.columns() + j) + nudges.get(i * shape.columns() + j)));
    }

    /**
     * Rows with a single 1 among zeros, as labels are.
     *
     * @return matrices of any shape from 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> oneHot() {
        return shapes().flatMap(shape -> Arbitraries.integers()
                .between(0, shape.columns() - 1)
                .list()
                .ofSize(shape.rows())
                .map(labels -> Oracles.fill(shape.rows(), shape.columns(), (i, j) -> labels.get(i) == j ? 1 : 0)));
    }

    /**
     * Rows of positive numbers that sum to 1.
     *
     * @return matrices of any shape from 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> probabilities() {
        return matrix(between(0.1, 1))
                .map(m -> Oracles.eachRow(m, row -> {
                    double total = Arrays.stream(row).sum();
                    return Arrays.stream(row).map(v -> v / total).toArray();
                }));
    }

    /**
     * Unnormalised scores of classes, from −6 to 6.
     *
     * @return matrices of any shape from 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> logits() {
        return matrix(between(-6, 6));
    }

    /**
     * Square matrices far from singular: every diagonal element outweighs the rest of its row.
     *
     * @return 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> wellConditioned() {
        return square(between(-1, 1))
                .map(m -> Oracles.fill(m.getNumRows(), m.getNumCols(), (i, j) -> {
                    double dominant = m.getNumCols() + 0.5;
                    return i != j ? m.get(i, j) : m.get(i, j) < 0 ? m.get(i, j) - dominant : m.get(i, j) + dominant;
                }));
    }

    /**
     * Symmetric positive definite matrices a·aᵀ + n·identity.
     *
     * @return 1x1 to 4x4
     */
    public static Arbitrary<SimpleMatrix> positiveDefinite() {
        return square(between(-1, 1)).map(a -> a.mult(a.transpose()).plus(SimpleMatrix.identity(a.getNumRows())));
    }

    // ---- lists of inputs --------------------------------------------------------------------------------------------

    /**
     * One input of any shape from 1x1 to 4x4.
     *
     * @param numbers its elements
     * @return lists of one matrix
     */
    public static Arbitrary<List<SimpleMatrix>> one(Arbitrary<Double> numbers) {
        return matrix(numbers).map(List::of);
    }

    /**
     * Several inputs of one shape.
     *
     * @param count how many
     * @param numbers their elements
     * @return lists of that many matrices
     */
    public static Arbitrary<List<SimpleMatrix>> alike(int count, Arbitrary<Double> numbers) {
        return shapes().flatMap(shape -> matrixWithTies(shape, numbers).list().ofSize(count));
    }

    /**
     * Two inputs of one shape, of different numbers.
     *
     * @param first the elements of the first
     * @param second the elements of the second
     * @return lists of two matrices
     */
    public static Arbitrary<List<SimpleMatrix>> alike(Arbitrary<Double> first, Arbitrary<Double> second) {
        return shapes().flatMap(
                        shape -> Combinators.combine(matrixWithTies(shape, first), matrixWithTies(shape, second))
                                .as(List::of));
    }

    /**
     * Two inputs that broadcast: of one shape, or one of the two is 1x1, a row or a column that fits.
     *
     * @param first the elements of the first
     * @param second the elements of the second
     * @return lists of two matrices
     */
    public static Arbitrary<List<SimpleMatrix>> broadcasting(Arbitrary<Double> first, Arbitrary<Double> second) {
        return shapes().flatMap(shape -> Arbitraries.of(
                        shape, new Shape(1, shape.columns()), new Shape(shape.rows(), 1), Shape.SCALAR)
                .flatMap(small -> Arbitraries.of(true, false)
                        .flatMap(swapped -> swapped
                                ? ofShapes(small, first, shape, second)
                                : ofShapes(shape, first, small, second))));
    }

    /**
     * Two inputs whose matrix product exists: m x n and n x k.
     *
     * @param numbers their elements
     * @return lists of two matrices
     */
    public static Arbitrary<List<SimpleMatrix>> multipliable(Arbitrary<Double> numbers) {
        return Combinators.combine(sizes(), sizes(), sizes())
                .as(Tuple::of)
                .flatMap(s -> ofShapes(new Shape(s.get1(), s.get2()), numbers, new Shape(s.get2(), s.get3()), numbers));
    }

    /**
     * Two inputs of given shapes.
     *
     * @param a the shape of the first
     * @param first the elements of the first
     * @param b the shape of the second
     * @param second the elements of the second
     * @return lists of two matrices
     */
    public static Arbitrary<List<SimpleMatrix>> ofShapes(
            Shape a, Arbitrary<Double> first, Shape b, Arbitrary<Double> second) {
        return Combinators.combine(matrix(a, first), matrix(b, second)).as(List::of);
    }
}
