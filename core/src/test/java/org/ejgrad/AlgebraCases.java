package org.ejgrad;

import static org.ejgrad.laws.Matrices.awayFrom;
import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.multipliable;
import static org.ejgrad.laws.Matrices.ofShapes;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.Matrices.square;
import static org.ejgrad.laws.Matrices.wellConditioned;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.all;
import static org.ejgrad.laws.Oracles.fill;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link Algebra}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class AlgebraCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NaN = Double.NaN;

    static final String NOT_SQUARE = "\\(2x3\\): the matrix is 2x3; expected a square one";
    static final String NOT_FINITE = "\\(1x1\\): element \\(0, 0\\) is NaN; expected finite elements";
    static final List<SimpleMatrix> NOTHING = List.of(new SimpleMatrix(new double[][] {{NaN}}));

    private AlgebraCases() {}

    private static Arbitrary<List<SimpleMatrix>> ofShape(Shape shape) {
        return matrix(shape, reals()).map(List::of);
    }

    // spotless:off
    static final List<OperationCase> ROWS = Stream.concat(triangles(), Stream.of(
        // ---- products
        binary("mult(Value)", multipliable(reals()), Value::mult, SimpleMatrix::mult)
            .at(2, 3, 6, 3, 2).at(0, INF, NaN, INF, 0)
            .edge(List.of(new SimpleMatrix(2, 0), new SimpleMatrix(0, 3)), new SimpleMatrix(2, 3),
                    new SimpleMatrix(2, 0), new SimpleMatrix(0, 3))
            .refuses("mult\\(2x3, 2x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE),
        binary("multTransA(Value)", multipliable(reals()).map(in -> List.of(in.get(0).transpose(), in.get(1))),
                Value::multTransA, (a, b) -> a.transpose().mult(b))
            .at(2, 3, 6, 3, 2).refuses("multTransA\\(2x3, 3x2\\): the inner dimensions 2 and 3 differ", WIDE, TALL),
        binary("multTransB(Value)", multipliable(reals()).map(in -> List.of(in.get(0), in.get(1).transpose())),
                Value::multTransB, (a, b) -> a.mult(b.transpose()))
            .at(2, 3, 6, 3, 2).refuses("multTransB\\(2x3, 3x2\\): the inner dimensions 3 and 2 differ", WIDE, TALL),
        OperationCase.of("affine(Value,Value)", affine(), in -> in.get(0).affine(in.get(1), in.get(2)),
                in -> fill(in.get(0).getNumRows(), in.get(1).getNumCols(),
                        (i, j) -> in.get(0).mult(in.get(1)).get(i, j) + in.get(2).get(0, j)))
            .edge(List.of(new SimpleMatrix(0, 2), fill(2, 1, (i, j) -> 1), fill(1, 1, (i, j) -> 5)), new SimpleMatrix(0, 1),
                    new SimpleMatrix(0, 2), new SimpleMatrix(2, 1), new SimpleMatrix(1, 1))
            .refuses("affine\\(2x3, 2x3, 1x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE, new Shape(1, 3))
            .refuses("affine\\(2x3, 3x2, 2x1\\): the bias is 2x1; expected 1x2, .*", WIDE, TALL, new Shape(2, 1)),
        binary("outer(Value)", vectors(), Value::outer, AlgebraCases::outer)
            .at(2, 3, 6, 3, 2).refuses("outer\\(2x3, 2x3\\): a 2x3 matrix; expected a row or a column", WIDE, WIDE),
        binary("outer(Value) of rows", vectors().map(v -> List.of(v.get(0).transpose(), v.get(1).transpose())),
                Value::outer, AlgebraCases::outer),
        binary("kron(Value)", multipliable(reals()), Value::kron, SimpleMatrix::kron).anyShape().at(2, 3, 6, 3, 2),
        unary("Algebra.blockSums(Shape,Shape)", ofShape(new Shape(4, 6)), x -> Algebra.blockSums(WIDE, new Shape(2, 2)).apply(x),
                x -> fill(2, 3, (i, j) -> x.extractMatrix(2 * i, 2 * i + 2, 2 * j, 2 * j + 2).elementSum()))
            .edge(List.of(fill(4, 6, (i, j) -> j)), fill(2, 3, (i, j) -> 8 * j + 2), fill(4, 6, (i, j) -> 1))
            .refuses("blockSums\\(2x3, 2x3, 2x2\\): a 2x3 matrix has not 2x3 blocks of 2x2", WIDE),
        unary("Algebra.sumOfBlocks(Shape,Shape)", ofShape(new Shape(4, 6)), x -> Algebra.sumOfBlocks(WIDE, new Shape(2, 2)).apply(x),
                x -> fill(2, 2, (k, l) -> fill(2, 3, (i, j) -> x.get(2 * i + k, 2 * j + l)).elementSum()))
            .edge(List.of(fill(4, 6, (i, j) -> i)), fill(2, 2, (i, j) -> 6 * i + 6), fill(4, 6, (i, j) -> 1))
            .refuses("sumOfBlocks\\(2x3, 2x3, 2x2\\): a 2x3 matrix has not 2x3 blocks of 2x2", WIDE),
        binary("Algebra.MULT_OR_ZEROS", multipliable(awayFrom(0)), Algebra.MULT_OR_ZEROS::apply, (a, b) -> a.mult(b))
            .at(0, INF, 0, INF, 0).at(NaN, 0, 0, 0, NaN).at(2, 3, 6, 3, 2)
            .refuses("multOrZeros\\(2x3, 2x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE),
        binary("Algebra.MULT_OR_ZERO", multipliable(reals()), Algebra.MULT_OR_ZERO::apply, (a, b) -> a.mult(b))
            .at(0, INF, 0, INF, 0).at(0, NaN, 0, NaN, 0).at(2, 3, 6, 3, 2)
            .refuses("multOrZero\\(2x3, 2x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE),

        // ---- transposition, triangles, diagonals
        unary("transpose()", one(reals()), Value::transpose, SimpleMatrix::transpose).anyShape()
            .at(-0.0, -0.0, 1),
        unary("trace()", one(reals()), Value::trace, x -> all(diagonal(x, 0), v -> Arrays.stream(v).sum())).anyShape()
            .edge(new double[][] {{1, 2}, {3, 4}}, new double[][] {{5}}, new double[][] {{1, 0}, {0, 1}}),
        unary("diag()", one(reals()), Value::diag, SimpleMatrix::diag).anyShape().at(3, 3, 1),
        unary("diagonal(int)", one(reals()), x -> x.diagonal(1), x -> diagonal(x, 1)).anyShape()
            .edge(new double[][] {{1, 2, 3}, {4, 5, 6}}, new double[][] {{2}, {6}}, new double[][] {{0, 1, 0}, {0, 0, 1}}),
        unary("diagonal(int) below", one(reals()), x -> x.diagonal(-2), x -> diagonal(x, -2)).anyShape(),
        unary("diagEmbed(int) of a row", vectors().map(v -> List.of(v.get(0).transpose())), x -> x.diagEmbed(1), x -> diagEmbed(x, 1))
            .edge(new double[][] {{3}}, new double[][] {{0, 3}, {0, 0}}, new double[][] {{1}})
            .refuses("diagEmbed\\(2x3, 1\\): expected a row or a column", WIDE),
        unary("diagEmbed(int) of a column", vectors().map(v -> v.subList(0, 1)), x -> x.diagEmbed(-2), x -> diagEmbed(x, -2)),
        unary("tril(int)", one(reals()), x -> x.tril(0), x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> j <= i ? x.get(i, j) : 0))
            .anyShape().edge(new double[][] {{1, NaN}, {3, 4}}, new double[][] {{1, 0}, {3, 4}}, new double[][] {{1, 0}, {1, 1}}),
        unary("triu(int)", one(reals()), x -> x.triu(-1), x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> j >= i - 1 ? x.get(i, j) : 0))
            .anyShape().at(NaN, NaN, 1),

        // ---- inverses and equations
        unary("invert()", wellConditioned().map(List::of), Value::invert, SimpleMatrix::invert)
            .at(2, 0.5, -0.25)
            .refuses("invert" + NOT_SQUARE, WIDE).refuses("invert" + NOT_FINITE, NOTHING),
        binary("solve(Value)", systems(0, 0), Value::solve, SimpleMatrix::solve).at(2, 3, 1.5, -0.75, 0.5)
            .refuses("solve\\(2x3, 3x2\\): the numbers of rows 2 and 3 differ", WIDE, TALL),
        binary("solve(Value) least squares", systems(2, 0), Value::solve, (a, b) -> a.pseudoInverse().mult(b)),
        binary("solve(Value) smallest norm", systems(0, 2), Value::solve, (a, b) -> a.pseudoInverse().mult(b)),
        unary("pseudoInverse() tall", systems(1, 0).map(in -> in.subList(0, 1)), Value::pseudoInverse, SimpleMatrix::pseudoInverse)
            .at(2, 0.5, -0.25).refuses("pseudoInverse\\(1x1\\): element \\(0, 0\\) is NaN; .*", NOTHING),
        unary("pseudoInverse() wide", systems(0, 1).map(in -> in.subList(0, 1)), Value::pseudoInverse, SimpleMatrix::pseudoInverse),
        unary("truncatedPseudoInverse(double)", systems(1, 0).map(in -> in.subList(0, 1)), x -> x.truncatedPseudoInverse(1e-9),
                SimpleMatrix::pseudoInverse)
            .at(2, 0.5, -0.25).at(0, 0, 0)
            .refuses("truncatedPseudoInverse\\(1x1, 1.0E-9\\): element \\(0, 0\\) is NaN; .*", NOTHING),
        binary("truncatedPseudoInverse(double) of rank one", columns(), (a, b) -> a.multTransB(b).truncatedPseudoInverse(1e-9),
                (a, b) -> b.mult(a.transpose()).divide(a.dot(a) * b.dot(b))),

        unary("shift", ofShapes(TALL, reals(), TALL, reals()).map(in -> in.subList(0, 1)),
                x -> Arithmetic.shift(new int[] {1, -1, 0}, new int[] {0, 2}).apply(x),
                x -> fill(3, 2, (i, j) -> x.get(i, j) * (i == 0 ? 2 : i == 1 ? 0.5 : 1) * (j == 0 ? 1 : 4)))
            .edge(List.of(fill(3, 2, (i, j) -> 1)),
                    new SimpleMatrix(new double[][] {{2, 8}, {0.5, 2}, {1, 4}}),
                    new SimpleMatrix(new double[][] {{2, 8}, {0.5, 2}, {1, 4}}))
            .refuses("shift\\(2x3, \\[1, -1, 0\\], \\[0, 2\\]\\): a 2x3 matrix; expected 3x2", WIDE),

        // ---- powers
        power(3).at(2, 8, 12).refuses("matrixPower\\(2x3, 3\\): the matrix is 2x3; expected a square one", WIDE),
        power(-2).at(2, 0.25, -0.25).refuses("matrixPower\\(2x3, -2\\): the matrix is 2x3; expected a square one", WIDE),
        power(0).at(2, 1, 0).refuses("matrixPower\\(2x3, 0\\): the matrix is 2x3; expected a square one", WIDE),
        unary("matrixExp()", square(between(-1, 1)).map(List::of), Value::matrixExp, AlgebraCases::exponential)
            .at(0, 1, 1).at(NaN, NaN, NaN)
            .refuses("matrixExp" + NOT_SQUARE, WIDE)
    )).toList();
    // spotless:on

    /** Two columns. */
    private static Arbitrary<List<SimpleMatrix>> vectors() {
        return Combinators.combine(sizes(), sizes())
                .flatAs((m, n) -> ofShapes(new Shape(m, 1), reals(), new Shape(n, 1), reals()));
    }

    /** Two columns of positive numbers. */
    private static Arbitrary<List<SimpleMatrix>> columns() {
        return Combinators.combine(sizes(), sizes())
                .flatAs((m, n) -> ofShapes(new Shape(m, 1), between(0.5, 2), new Shape(n, 1), between(0.5, 2)));
    }

    private static SimpleMatrix diagonal(SimpleMatrix x, int offset) {
        double[] elements = IntStream.range(0, x.getNumRows())
                .filter(i -> i + offset >= 0 && i + offset < x.getNumCols())
                .mapToDouble(i -> x.get(i, i + offset))
                .toArray();
        return fill(elements.length, 1, (i, j) -> elements[i]);
    }

    private static SimpleMatrix diagEmbed(SimpleMatrix x, int offset) {
        int size = x.getNumElements() + Math.abs(offset);
        return fill(size, size, (i, j) -> j - i == offset ? x.get(Math.min(i, j)) : 0);
    }

    private static Arbitrary<List<SimpleMatrix>> affine() {
        return Combinators.combine(sizes(), sizes(), sizes())
                .flatAs((rows, inner, columns) -> Combinators.combine(
                                matrix(new Shape(rows, inner), reals()),
                                matrix(new Shape(inner, columns), reals()),
                                matrix(new Shape(1, columns), reals()))
                        .as(List::of));
    }

    private static Stream<OperationCase> triangles() {
        return Stream.of(Triangle.values())
                .map(triangle -> binary(
                                "solveTriangular(Triangle,Value) " + triangle,
                                systems(0, 0),
                                (a, b) -> a.solveTriangular(triangle, b),
                                (a, b) -> part(triangle, a).solve(b))
                        .at(
                                2,
                                3,
                                triangle.isUnit() ? 3 : 1.5,
                                triangle.isUnit() ? 0 : -0.75,
                                triangle.isUnit() ? 1 : 0.5)
                        .refuses(
                                "solveTriangular\\(2x3, 2x3, " + triangle
                                        + "\\): the matrix is 2x3; expected a square one",
                                WIDE,
                                WIDE));
    }

    private static SimpleMatrix part(Triangle triangle, SimpleMatrix a) {
        return fill(a.getNumRows(), a.getNumCols(), (i, j) -> {
            if (i == j) {
                return triangle.isUnit() ? 1 : a.get(i, i);
            }
            return i > j == triangle.isLower() ? a.get(i, j) : 0;
        });
    }

    private static OperationCase power(int n) {
        return unary("matrixPower(int) " + n, wellConditioned().map(List::of), x -> x.matrixPower(n), x -> {
            SimpleMatrix product = SimpleMatrix.identity(x.getNumRows());
            for (int i = 0; i < Math.abs(n); i++) {
                product = product.mult(n < 0 ? x.invert() : x);
            }
            return product;
        });
    }

    /** Of vectors, which may stand upright or lie, or have no elements. */
    private static SimpleMatrix outer(SimpleMatrix a, SimpleMatrix b) {
        return fill(a.getNumElements(), b.getNumElements(), (i, j) -> a.get(i) * b.get(j));
    }

    /** The power series, which for these small matrices ends soon. */
    private static SimpleMatrix exponential(SimpleMatrix x) {
        SimpleMatrix sum = SimpleMatrix.identity(x.getNumRows());
        SimpleMatrix term = sum;
        for (int k = 1; k < 60; k++) {
            term = term.mult(x).divide(k);
            sum = sum.plus(term);
        }
        return sum;
    }

    /** A well conditioned matrix with some more rows or columns, and a right hand side. */
    private static Arbitrary<List<SimpleMatrix>> systems(int moreRows, int moreColumns) {
        return wellConditioned().flatMap(a -> {
            int n = a.getNumRows();
            Arbitrary<SimpleMatrix> below = matrix(new Shape(moreRows, n), between(-1, 1));
            Arbitrary<SimpleMatrix> right = matrix(new Shape(n + moreRows, moreColumns), between(-1, 1));
            Arbitrary<SimpleMatrix> b = sizes().flatMap(k -> matrix(new Shape(n + moreRows, k), reals()));
            return Combinators.combine(below, right, b)
                    .as((rows, columns, b0) -> List.of(a.concatRows(rows).concatColumns(columns), b0));
        });
    }
}
