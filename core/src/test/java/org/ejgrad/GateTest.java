package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejgrad.laws.Gate;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.junit.jupiter.api.Test;

/** Nothing differentiable is without tests: fails when an operation lacks a row, or a row lacks a part. */
class GateTest {
    /** Methods that return a Value but compute nothing. */
    private static final Map<String, String> EXEMPT = Map.of(
            "inputs()", "what the value was computed from: tested with values",
            "ancestors()", "all it was computed from: tested with values",
            "traced()", "the same value, traced: tested with faults that make infinities and NaN",
            "detached()", "the same matrix without history: tested with the graph's faults",
            "labelled(String)", "the same value under another name: tested with values");

    @Test
    void everyMethodOfValueHasARow() {
        assertEquals(List.of(), Gate.methods(Value.class, Cases.ALL, EXEMPT));
    }

    @Test
    void everyOperationOfEveryTableIsApplied() throws Exception {
        List<Class<?>> tables = classesBeside(Value.class);
        tables.remove(Operation.class);
        assertEquals(List.of(), Gate.operations(tables, Cases.ALL));
    }

    @Test
    void everyRowIsComplete() {
        assertEquals(List.of(), Gate.incomplete(Cases.ALL));
    }

    @Test
    void complainsOfWhatIsMissing() {
        OperationCase bare = OperationCase.unary(
                        "WithGaps.tested(Value)", Matrices.one(Matrices.reals()), x -> x, x -> x)
                .upToOrder(1);
        assertEquals(
                List.of(
                        "WithGaps.several(Value) has no row",
                        "WithGaps.untested(Value,double) has no row",
                        "none() is exempt but has a row or does not exist"),
                Gate.methods(WithGaps.class, List.of(bare), Map.of("none()", "no reason")));
        assertEquals(
                List.of(
                        "WithGaps.IDLE is applied in no row",
                        "WithGaps.idle(double) makes an operation that is applied in no row"),
                Gate.operations(WithGaps.class, List.of(bare)));
        assertEquals(
                List.of(
                        "WithGaps.tested(Value) has no edge",
                        "WithGaps.tested(Value) has no shape to refuse",
                        "WithGaps.tested(Value) has no check of second derivatives"),
                Gate.incomplete(List.of(bare)));
    }

    /** What the gate must find fault with. */
    static final class WithGaps {
        static final Operation IDLE = Operation.unary("idle", x -> x.copy(), Rule.rule("dy", (x, y, dy) -> dy));

        private WithGaps() {}

        static Operation idle(double k) {
            return IDLE.with(k);
        }

        public static Value tested(Value x) {
            return x;
        }

        public static Value untested(Value x, double k) {
            return x.scale(k);
        }

        public static List<Value> several(Value x) {
            return List.of(x, x);
        }
    }

    /** Without those that need the Vector API, which not every JVM has. */
    private static List<Class<?>> classesBeside(Class<?> type) throws URISyntaxException, ClassNotFoundException {
        File root = new File(
                type.getProtectionDomain().getCodeSource().getLocation().toURI());
        String[] files =
                Objects.requireNonNull(new File(root, type.getPackageName().replace('.', '/')).list());
        List<Class<?>> classes = new ArrayList<>();
        for (String file : Arrays.stream(files)
                .filter(f -> f.endsWith(".class") && !f.startsWith("Vector"))
                .sorted()
                .toList()) {
            classes.add(Class.forName(type.getPackageName() + "." + file.replace(".class", "")));
        }
        return classes;
    }
}
