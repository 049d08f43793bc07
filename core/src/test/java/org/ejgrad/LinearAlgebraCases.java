package org.ejgrad;

import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.multipliable;
import static org.ejgrad.laws.Matrices.ofShapes;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.shapes;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.all;
import static org.ejgrad.laws.Oracles.fill;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link LinearAlgebra}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class LinearAlgebraCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NaN = Double.NaN;

    private LinearAlgebraCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
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
        binary("outer(Value)", vectors(), Value::outer, (a, b) -> a.mult(b.transpose()))
            .at(2, 3, 6, 3, 2).refuses("outer\\(2x3, 2x3\\): a 2x3 matrix; expected a row or a column", WIDE, WIDE),
        binary("outer(Value) of rows", vectors().map(v -> List.of(v.get(0).transpose(), v.get(1).transpose())),
                Value::outer, (a, b) -> a.transpose().mult(b)),
        binary("kron(Value)", multipliable(reals()), Value::kron, SimpleMatrix::kron).anyShape().at(2, 3, 6, 3, 2),
        binary("blockProducts", ofShapes(new Shape(4, 6), reals(), new Shape(2, 2), reals()),
                (a, b) -> Algebra.blockProducts(WIDE).apply(a, b),
                (a, b) -> fill(2, 3, (i, j) -> a.extractMatrix(2 * i, 2 * i + 2, 2 * j, 2 * j + 2).elementMult(b).elementSum()))
            .edge(List.of(fill(2, 3, (i, j) -> 1), new SimpleMatrix(1, 1)), new SimpleMatrix(2, 3),
                    new SimpleMatrix(2, 3), fill(1, 1, (i, j) -> 6))
            .refuses("blockProducts\\(2x3, 3x2, 2x3\\): a 2x3 matrix has not 2x3 blocks of 3x2", WIDE, TALL),
        binary("blockSum", shapes().flatMap(s -> ofShapes(new Shape(2 * s.rows(), 2 * s.columns()), reals(), s, reals())),
                (a, b) -> Algebra.blockSum(new Shape(2, 2)).apply(a, b),
                (a, b) -> fill(2, 2,
                        (k, l) -> fill(b.getNumRows(), b.getNumCols(), (i, j) -> a.get(2 * i + k, 2 * j + l)).elementMult(b).elementSum()))
            .edge(List.of(new SimpleMatrix(2, 2), fill(1, 1, (i, j) -> 3)), new SimpleMatrix(2, 2),
                    fill(2, 2, (i, j) -> 3), new SimpleMatrix(1, 1))
            .refuses("blockSum\\(2x3, 3x2, 2x2\\): a 2x3 matrix has not 3x2 blocks of 2x2", WIDE, TALL)
    );
    // spotless:on

    /** Two columns. */
    private static Arbitrary<List<SimpleMatrix>> vectors() {
        return Combinators.combine(sizes(), sizes())
                .flatAs((m, n) -> ofShapes(new Shape(m, 1), reals(), new Shape(n, 1), reals()));
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
}
