package org.ejgrad;

import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.Matrices.square;
import static org.ejgrad.laws.Matrices.wellConditioned;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.all;
import static org.ejgrad.laws.Oracles.fill;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link Inverses}. */
final class InverseCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final String NOT_SQUARE = "\\(2x3\\): the matrix is 2x3; expected a square one";
    private static final String NOT_FINITE = "\\(1x1\\): element \\(0, 0\\) is NaN; expected finite elements";
    private static final SimpleMatrix NaN = new SimpleMatrix(new double[][] {{Double.NaN}});

    private InverseCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = Stream.concat(triangles(), Stream.of(
        unary("invert()", one(wellConditioned()), Value::invert, SimpleMatrix::invert)
            .at(2, 0.5, -0.25)
            .refuses("invert" + NOT_SQUARE, WIDE).refuses("invert" + NOT_FINITE, List.of(NaN)),
        binary("solve(Value)", systems(0, 0), Value::solve, SimpleMatrix::solve).at(2, 3, 1.5, -0.75, 0.5)
            .refuses("solve\\(2x3, 3x2\\): the numbers of rows 2 and 3 differ", WIDE, TALL),
        binary("solve(Value) least squares", systems(2, 0), Value::solve, (a, b) -> a.pseudoInverse().mult(b)),
        binary("solve(Value) smallest norm", systems(0, 2), Value::solve, (a, b) -> a.pseudoInverse().mult(b)),
        unary("pseudoInverse() tall", systems(1, 0).map(in -> in.subList(0, 1)), Value::pseudoInverse, SimpleMatrix::pseudoInverse)
            .at(2, 0.5, -0.25).refuses("pseudoInverse\\(1x1\\): element \\(0, 0\\) is NaN; .*", List.of(NaN)),
        unary("pseudoInverse() wide", systems(0, 1).map(in -> in.subList(0, 1)), Value::pseudoInverse, SimpleMatrix::pseudoInverse),
        unary("determinant()", one(square(reals())), Value::determinant, x -> all(x, v -> x.determinant()))
            .at(-3, -3, 1).at(Double.NaN, Double.NaN, Double.NaN)
            .edge(new double[][] {{1, 2}, {2, 4}}, new double[][] {{0}}, new double[][] {{4, -2}, {-2, 1}})
            .edge(new double[3][3], new double[][] {{0}}, new double[3][3])
            .edge(List.of(new SimpleMatrix(0, 0)), new SimpleMatrix(new double[][] {{1}}), new SimpleMatrix(0, 0))
            .refuses("determinant" + NOT_SQUARE, WIDE),
        unary("determinant() singular", one(singular(1)), Value::determinant, x -> new SimpleMatrix(1, 1)),
        unary("determinant() of rank n - 2", one(singular(2)), Value::determinant, x -> new SimpleMatrix(1, 1)),
        unary("logDeterminant()", one(dominant()), Value::logDeterminant, x -> all(x, v -> Math.log(x.determinant())))
            .at(2, Math.log(2), 0.5)
            .refuses("logDeterminant" + NOT_SQUARE, WIDE)
            .refuses("logDeterminant\\(1x1\\): the determinant is negative; .*", List.of(new SimpleMatrix(new double[][] {{-2}}))),
        unary("signLogDeterminant()", one(wellConditioned()),
                x -> x.signLogDeterminant().logarithm().scale(x.signLogDeterminant().sign()),
                x -> all(x, v -> Math.signum(x.determinant()) * Math.log(Math.abs(x.determinant()))))
            .at(-2, -Math.log(2), 0.5)
            .refuses("signLogDeterminant" + NOT_SQUARE, WIDE),
        power(3).at(2, 8, 12).refuses("matrixPower\\(2x3, 3\\): the matrix is 2x3; expected a square one", WIDE),
        power(-2).at(2, 0.25, -0.25).refuses("matrixPower\\(2x3, -2\\): the matrix is 2x3; expected a square one", WIDE),
        power(0).at(2, 1, 0).refuses("matrixPower\\(2x3, 0\\): the matrix is 2x3; expected a square one", WIDE),
        unary("matrixExp()", one(square(between(-1, 1))), Value::matrixExp, InverseCases::exponential)
            .at(0, 1, 1).at(Double.NaN, Double.NaN, Double.NaN)
            .refuses("matrixExp" + NOT_SQUARE, WIDE)
    )).toList();
    // spotless:on

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
        return unary("matrixPower(int) " + n, one(wellConditioned()), x -> x.matrixPower(n), x -> {
            SimpleMatrix product = SimpleMatrix.identity(x.getNumRows());
            for (int i = 0; i < Math.abs(n); i++) {
                product = product.mult(n < 0 ? x.invert() : x);
            }
            return product;
        });
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

    private static Arbitrary<List<SimpleMatrix>> one(Arbitrary<SimpleMatrix> matrices) {
        return matrices.map(List::of);
    }

    /** Well conditioned with a positive diagonal, and so with a positive determinant. */
    private static Arbitrary<SimpleMatrix> dominant() {
        return wellConditioned()
                .map(x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> i == j ? Math.abs(x.get(i, i)) : x.get(i, j)));
    }

    /** Square matrices whose first rows, as many as are missing in the rank, are copies of the last one or zero. */
    private static Arbitrary<SimpleMatrix> singular(int missing) {
        return wellConditioned()
                .map(x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> {
                    int last = x.getNumRows() - 1;
                    return i >= missing ? x.get(i, j) : missing <= last ? x.get(last, j) : 0;
                }));
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
