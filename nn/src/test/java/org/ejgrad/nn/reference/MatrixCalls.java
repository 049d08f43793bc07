package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import org.ejgrad.Triangle;
import org.ejgrad.Value;

/** The linear algebra of the reference format. */
final class MatrixCalls {
    private MatrixCalls() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("matmul", in -> in.value(0).mult(in.value(1))),
            entry("self_matmul", in -> in.x().mult(in.x().transpose())),
            entry("transpose", in -> in.x().transpose()),
            entry(
                    "addmm",
                    in -> in.value(0)
                            .scale(in.number("beta", 1))
                            .plus(in.value(1).mult(in.value(2)).scale(in.number("alpha", 1)))),
            entry("trace", in -> in.x().trace()),
            entry("diagonal", in -> in.x().diagonal(in.integer("offset", 0))),
            entry("diag_embed", in -> in.x().diagEmbed(in.integer("offset", 0))),
            entry("tril", in -> in.x().tril(in.integer("k", 0))),
            entry("triu", in -> in.x().triu(in.integer("k", 0))),
            entry("outer", in -> in.value(0).outer(in.value(1))),
            entry("kron", in -> in.value(0).kron(in.value(1))),
            entry("inv", in -> in.x().invert()),
            entry("pinv", in -> in.x().pseudoInverse()),
            entry("solve", in -> in.value(0).solve(in.value(1))),
            entry("solve_triangular", in -> in.value(0).solveTriangular(triangle(in), in.value(1))),
            entry("det", in -> in.x().determinant()),
            entry("slogdet", in -> in.x().signLogDeterminant().logarithm()),
            entry("cholesky", in -> in.x().cholesky()),
            entry(
                    "cholesky_gram",
                    in -> in.x()
                            .multTransB(in.x())
                            .plus(Value.identity(in.x().getNumRows()).scale(in.number("c", 0)))
                            .cholesky()),
            entry("matrix_power", in -> in.x().matrixPower(in.integer("n"))),
            entry("matrix_exp", in -> in.x().matrixExp()));

    static final Map<String, Call> SLOGDET_ADDITIONAL =
            Map.of("sign", in -> Value.constant(in.x().signLogDeterminant().sign()));

    private static Triangle triangle(Arguments in) {
        if (in.truth("unitriangular", false)) {
            return in.truth("upper", false) ? Triangle.UNIT_UPPER : Triangle.UNIT_LOWER;
        }
        return in.truth("upper", false) ? Triangle.UPPER : Triangle.LOWER;
    }
}
