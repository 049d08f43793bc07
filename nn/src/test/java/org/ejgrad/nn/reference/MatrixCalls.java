package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;

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
                            .plus(in.value(1).mult(in.value(2)).scale(in.number("alpha", 1)))));

    static final Map<String, Call> SLOGDET_ADDITIONAL = Map.of();
}
