package org.ejgrad;

import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.multipliable;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.fill;

import java.util.List;
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
            .edge(List.of(new SimpleMatrix(2, 0), new SimpleMatrix(0, 3)), new SimpleMatrix(2, 3), new SimpleMatrix(2, 0), new SimpleMatrix(0, 3))
            .refuses("mult\\(2x3, 2x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE),
        binary("multTransA(Value)", multipliable(reals()).map(in -> List.of(in.get(0).transpose(), in.get(1))),
                Value::multTransA, (a, b) -> a.transpose().mult(b))
            .at(2, 3, 6, 3, 2).refuses("multTransA\\(2x3, 3x2\\): the inner dimensions 2 and 3 differ", WIDE, TALL),
        binary("multTransB(Value)", multipliable(reals()).map(in -> List.of(in.get(0), in.get(1).transpose())),
                Value::multTransB, (a, b) -> a.mult(b.transpose()))
            .at(2, 3, 6, 3, 2).refuses("multTransB\\(2x3, 3x2\\): the inner dimensions 3 and 2 differ", WIDE, TALL),
        OperationCase.of("affine(Value,Value)", affine(), in -> in.get(0).affine(in.get(1), in.get(2)),
                in -> fill(in.get(0).getNumRows(), in.get(1).getNumCols(), (i, j) -> in.get(0).mult(in.get(1)).get(i, j) + in.get(2).get(0, j)))
            .edge(List.of(new SimpleMatrix(0, 2), fill(2, 1, (i, j) -> 1), fill(1, 1, (i, j) -> 5)), new SimpleMatrix(0, 1),
                    new SimpleMatrix(0, 2), new SimpleMatrix(2, 1), new SimpleMatrix(1, 1))
            .refuses("affine\\(2x3, 2x3, 1x3\\): the inner dimensions 3 and 2 differ", WIDE, WIDE, new Shape(1, 3))
            .refuses("affine\\(2x3, 3x2, 2x1\\): the bias is 2x1; expected 1x2, .*", WIDE, TALL, new Shape(2, 1)),
        unary("transpose()", one(reals()), Value::transpose, SimpleMatrix::transpose).anyShape()
            .at(-0.0, -0.0, 1),
        binary("dot(Value)", alike(2, reals()), Value::dot, (a, b) -> fill(1, 1, (i, j) -> a.elementMult(b).elementSum()))
            .at(2, 3, 6, 3, 2).refuses("elementMult\\(2x3, 3x2\\): the shapes 2x3 and 3x2 differ .*", WIDE, TALL)
    );
    // spotless:on

    private static Arbitrary<List<SimpleMatrix>> affine() {
        return Combinators.combine(sizes(), sizes(), sizes())
                .flatAs((rows, inner, columns) -> Combinators.combine(
                                matrix(new Shape(rows, inner), reals()),
                                matrix(new Shape(inner, columns), reals()),
                                matrix(new Shape(1, columns), reals()))
                        .as(List::of));
    }
}
