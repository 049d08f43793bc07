package org.ejgrad;

import static org.ejgrad.laws.Matrices.between;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.OperationCase.unary;
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
    private static final String NOT_SQUARE = "\\(2x3\\): the matrix is 2x3; expected a square one";
    private static final String NOT_FINITE = "\\(1x1\\): element \\(0, 0\\) is NaN; expected finite elements";
    private static final List<SimpleMatrix> NOTHING = List.of(new SimpleMatrix(new double[][] {{Double.NaN}}));

    private FactorizationCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
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
            .refuses("svd\\(1x1\\): element \\(0, 0\\) is NaN; .*", NOTHING)
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
}
