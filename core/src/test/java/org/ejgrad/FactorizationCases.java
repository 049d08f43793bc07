package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.AlgebraCases.NOTHING;
import static org.ejgrad.AlgebraCases.NOT_FINITE;
import static org.ejgrad.AlgebraCases.NOT_SQUARE;
import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.Matrices.square;
import static org.ejgrad.laws.Matrices.wellConditioned;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.all;
import static org.ejgrad.laws.Oracles.fill;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleEVD;
import org.ejml.simple.SimpleMatrix;
import org.ejml.simple.SimpleSVD;

/**
 * The rows of tests for {@link Factorizations}. Operations that demand a symmetric matrix are given the symmetric part
 * of theirs, so that they can be tried in every direction.
 */
final class FactorizationCases {
    private static final Shape WIDE = new Shape(2, 3);

    private FactorizationCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- factors
        unary("cholesky()", separated(true), x -> part(x).cholesky(), FactorizationCases::cholesky)
            .at(4, 2, 0.25)
            .refuses("cholesky" + NOT_SQUARE, WIDE).refuses("cholesky" + NOT_FINITE, NOTHING),
        unary("cholesky() of what is not symmetric", separated(true), x -> x.multTransB(x).cholesky(),
                x -> cholesky(x.mult(x.transpose()))),
        unary("qr() q", separated(false), x -> x.qr().q(), x -> orthonormal(x)).at(3, 1, 0).at(-3, -1, 0),
        unary("qr() r", separated(false), x -> x.qr().r(), x -> orthonormal(x).transpose().mult(x)).at(-3, 3, -1)
            .refuses("qr" + NOT_FINITE, NOTHING),
        unary("eigSymmetric() values", separated(true), x -> part(x).eigSymmetric().values(), x -> values(part(x)))
            .at(-5, -5, 1)
            .refuses("eigSymmetric\\(2x3\\): the matrix is 2x3; expected a square one", WIDE)
            .refuses("eigSymmetric\\(1x1\\): element \\(0, 0\\) is NaN; .*", NOTHING),
        unary("eigSymmetric() vectors", separated(true), x -> part(x).eigSymmetric().vectors(), x -> vectors(part(x)))
            .at(-5, 1, 0),
        unary("singularValues()", separated(false), Value::singularValues,
                x -> fill(rank(x), 1, (i, j) -> x.svd(true).getSingleValue(i)))
            .at(-3, 3, -1).at(0, 0, 0)
            .refuses("singularValues" + NOT_FINITE, NOTHING),
        unary("svd() u", separated(false), x -> x.svd().u(), x -> thin(x).u()).at(-3, -1, 0),
        unary("svd() values", separated(false), x -> x.svd().singularValues(),
                x -> fill(rank(x), 1, (i, j) -> x.svd(true).getSingleValue(i))).at(-3, 3, -1),
        unary("svd() v", separated(false), x -> x.svd().v(), x -> thin(x).v()).at(-3, 1, 0)
            .refuses("svd\\(1x1\\): element \\(0, 0\\) is NaN; .*", NOTHING),

        // ---- determinants
        unary("determinant()", square(reals()).map(List::of), Value::determinant, x -> all(x, v -> x.determinant()))
            .at(-3, -3, 1).at(NaN, NaN, NaN)
            .edge(new double[][] {{1, 2}, {2, 4}}, new double[][] {{0}}, new double[][] {{4, -2}, {-2, 1}})
            .edge(new double[3][3], new double[][] {{0}}, new double[3][3])
            .edge(List.of(new SimpleMatrix(0, 0)), new SimpleMatrix(new double[][] {{1}}), new SimpleMatrix(0, 0))
            .refuses("determinant" + NOT_SQUARE, WIDE),
        unary("determinant() singular", singular(1).map(List::of), Value::determinant, x -> new SimpleMatrix(1, 1)),
        unary("determinant() of rank n - 2", singular(2).map(List::of), Value::determinant, x -> new SimpleMatrix(1, 1)),
        unary("determinant() cofactors", square(reals()).map(List::of), Factorizations.COFACTORS::apply,
                x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> cofactor(x, i, j))),
        unary("logDeterminant()", dominant().map(List::of), Value::logDeterminant, x -> all(x, v -> Math.log(x.determinant())))
            .at(2, Math.log(2), 0.5)
            .refuses("logDeterminant" + NOT_SQUARE, WIDE)
            .refuses("logDeterminant\\(1x1\\): the determinant is negative; .*", List.of(new SimpleMatrix(new double[][] {{-2}}))),
        unary("signLogDeterminant()", wellConditioned().map(List::of),
                x -> x.signLogDeterminant().logarithm().scale(x.signLogDeterminant().sign()),
                x -> all(x, v -> Math.signum(x.determinant()) * Math.log(Math.abs(x.determinant()))))
            .at(-2, -Math.log(2), 0.5)
            .refuses("signLogDeterminant" + NOT_SQUARE, WIDE)
    );
    // spotless:on

    /**
     * Matrices with 4, 6, 8, ... on the diagonal, nudged: well conditioned, with eigenvalues and singular values far
     * from each other, and with vectors whose largest element is not in doubt.
     */
    private static Arbitrary<List<SimpleMatrix>> separated(boolean square) {
        return Combinators.combine(sizes(), sizes())
                .flatAs((m, n) -> matrix(new Shape(m, square ? m : n), between(-0.4, 0.4)))
                .map(x -> List.of(
                        fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(i, j) + (i == j ? 4 + 2 * i : 0))));
    }

    private static Value part(Value x) {
        return x.getNumRows() == x.getNumCols() ? x.plus(x.transpose()).divide(2) : x;
    }

    private static SimpleMatrix part(SimpleMatrix x) {
        return x.plus(x.transpose()).divide(2);
    }

    private static int rank(SimpleMatrix x) {
        return Math.min(x.getNumRows(), x.getNumCols());
    }

    /** The textbook's loops. */
    private static SimpleMatrix cholesky(SimpleMatrix x) {
        SimpleMatrix a = part(x);
        SimpleMatrix l = new SimpleMatrix(a.getNumRows(), a.getNumRows());
        for (int i = 0; i < a.getNumRows(); i++) {
            for (int j = 0; j <= i; j++) {
                double rest = a.get(i, j);
                for (int k = 0; k < j; k++) {
                    rest -= l.get(i, k) * l.get(j, k);
                }
                l.set(i, j, i == j ? Math.sqrt(rest) : rest / l.get(j, j));
            }
        }
        return l;
    }

    /** Gram and Schmidt's columns, twice for accuracy. */
    private static SimpleMatrix orthonormal(SimpleMatrix x) {
        SimpleMatrix q = new SimpleMatrix(x.getNumRows(), 0);
        for (int column = 0; column < rank(x); column++) {
            SimpleMatrix v = x.getColumn(column);
            for (int twice = 0; twice < 2; twice++) {
                v = v.minus(q.mult(q.transpose().mult(v)));
            }
            q = q.concatColumns(v.divide(v.normF()));
        }
        return q;
    }

    private static SimpleMatrix values(SimpleMatrix x) {
        return fill(
                x.getNumRows(),
                1,
                (i, j) -> x.eig().getEigenvalue(ascending(x.eig())[i]).getReal());
    }

    private static SimpleMatrix vectors(SimpleMatrix x) {
        SimpleEVD<SimpleMatrix> eigen = x.eig();
        int[] order = ascending(eigen);
        SimpleMatrix vectors = new SimpleMatrix(x.getNumRows(), 0);
        for (int i : order) {
            SimpleMatrix vector = eigen.getEigenVector(i);
            vectors = vectors.concatColumns(vector.scale(orientation(vector)));
        }
        return vectors;
    }

    private static int[] ascending(SimpleEVD<SimpleMatrix> eigen) {
        return IntStream.range(0, eigen.getNumberOfEigenvalues())
                .boxed()
                .sorted((i, j) -> Double.compare(
                        eigen.getEigenvalue(i).getReal(), eigen.getEigenvalue(j).getReal()))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** −1 if the largest element is negative, else 1. */
    private static double orientation(SimpleMatrix vector) {
        return vector.elementMax() < -vector.elementMin() ? -1 : 1;
    }

    private record Thin(SimpleMatrix u, SimpleMatrix v) {}

    private static Thin thin(SimpleMatrix x) {
        SimpleSVD<SimpleMatrix> svd = x.svd(true);
        SimpleMatrix u = svd.getU().cols(0, rank(x));
        SimpleMatrix v = svd.getV().cols(0, rank(x));
        for (int i = 0; i < rank(x); i++) {
            double sign = orientation(v.getColumn(i));
            u.setColumn(i, u.getColumn(i).scale(sign));
            v.setColumn(i, v.getColumn(i).scale(sign));
        }
        return new Thin(u, v);
    }

    /** The determinant without row i and column j, with the sign of a chessboard; 1 of a number. */
    private static double cofactor(SimpleMatrix x, int i, int j) {
        int size = x.getNumRows() - 1;
        SimpleMatrix minor = fill(size, size, (r, c) -> x.get(r < i ? r : r + 1, c < j ? c : c + 1));
        return size == 0 ? 1 : ((i + j) % 2 == 0 ? 1 : -1) * minor.determinant();
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
}
