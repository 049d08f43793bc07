package org.ejgrad.nn.reference;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The operations of the reference format by name; each family stands in a table of its own. */
final class ReferenceOperations {
    private ReferenceOperations() {}

    private static final Map<String, Call> CALLS = new HashMap<>();

    /** Additional results, by operation and then by name. */
    private static final Map<String, Map<String, Call>> ADDITIONAL = Map.of(
            "slogdet", MatrixCalls.SLOGDET_ADDITIONAL,
            "max", ReductionCalls.MAX_ADDITIONAL,
            "min", ReductionCalls.MIN_ADDITIONAL);

    static {
        CALLS.putAll(ElementwiseCalls.CALLS);
        CALLS.putAll(ReductionCalls.CALLS);
        CALLS.putAll(MatrixCalls.CALLS);
        CALLS.putAll(ShapeCalls.CALLS);
    }

    static Set<String> names() {
        return new TreeSet<>(CALLS.keySet());
    }

    static Optional<Call> find(String name) {
        return Optional.ofNullable(CALLS.get(name));
    }

    static Call call(String name) {
        return find(name).orElseThrow(() -> new Unsupported("the operation " + name));
    }

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        String name = figures.get("op").text();
        Call call = call(name);
        FunctionCases.run(
                figures,
                tolerance,
                comparison,
                in -> Evaluation.of(call.apply(in), in),
                ADDITIONAL.getOrDefault(name, Map.of()));
    }
}
