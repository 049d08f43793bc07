package org.ejgrad.faults;

import static java.util.Map.entry;
import static org.ejgrad.NonFinite.Direction.BACKWARD;
import static org.ejgrad.NonFinite.Direction.FORWARD;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFinite.Direction;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/** Programs with one planted fault each that makes ∞ or NaN, and what the report on it must say. */
final class NonFiniteFaults {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private NonFiniteFaults() {}

    /** A program, whose faulty line hands what it made to {@link Culprit#at}. */
    @FunctionalInterface
    interface Program {
        Value loss(Culprit culprit);
    }

    /** Remembers the line that made a value. */
    static final class Culprit {
        private int line;

        Value at(Value value) {
            line = new Throwable().getStackTrace()[1].getLineNumber();
            return value;
        }
    }

    /** A planted fault: where ∞ or NaN comes about, in which operation and element. */
    record Fault(Direction direction, String operation, int row, int column, Program program) {
        /** What is wrong with the report on it; empty if nothing is. */
        List<String> complaints() {
            Culprit culprit = new Culprit();
            Value loss = program.loss(culprit);
            Optional<NonFinite> found = NonFinite.in(loss).or(() -> NonFinite.inGradientsOf(loss));
            if (found.isEmpty()) {
                return List.of("nothing found");
            }
            NonFinite report = found.get();
            List<String> complaints = new ArrayList<>();
            require(complaints, "direction", direction, report.direction());
            require(complaints, "operation", operation, report.operation().name());
            require(complaints, "row", row, report.row());
            require(complaints, "column", column, report.column());
            String place = "NonFiniteFaults.java:" + culprit.line + ")";
            require(complaints, "line", true, report.madeAt().endsWith(place));
            return complaints;
        }

        private static void require(List<String> complaints, String what, Object expected, Object actual) {
            if (!expected.equals(actual)) {
                complaints.add(what + " is " + actual + ", should be " + expected);
            }
        }
    }

    private static final double[][] DATA = {{1, 2, 3}, {4, 0, 6}};

    // spotless:off
    static final Map<String, Fault> ALL = ordered(
        // ---- forward
        entry("logarithm of 0", new Fault(FORWARD, "elementLog", 1, 1, c -> c.at(x().elementLog()).elementSum())),
        entry("logarithm of a negative number", new Fault(FORWARD, "elementLog", 0, 0, c -> {
            Value shifted = x().minus(3.5);
            Value logs = c.at(shifted.elementLog());
            return logs.tanh().mean();
        })),
        entry("division by 0", new Fault(FORWARD, "elementDiv", 1, 1, c -> c.at(Value.ones(new Shape(2, 3)).elementDiv(x())).mean())),
        entry("0/0", new Fault(FORWARD, "elementDiv", 1, 1, c -> c.at(x().elementDiv(x())).mean())),
        entry("exponential overflow", new Fault(FORWARD, "elementExp", 1, 2, c -> {
            Value large = x().scale(150);
            return c.at(large.elementExp()).elementLog().elementSum();
        })),
        entry("softmax by hand", new Fault(FORWARD, "elementExp", 0, 2, c -> {
            Value logits = x().scale(300);
            Value e = c.at(logits.elementExp());
            return e.elementDiv(e.sum(Per.ROW)).elementLog().mean();
        })),
        entry("square overflow", new Fault(FORWARD, "square", 0, 0, c -> c.at(x().rows(1, 2).scale(1e200).square()).sqrt().elementSum())),
        entry("root of a negative number", new Fault(FORWARD, "sqrt", 0, 0, c -> c.at(x().minus(1.5).sqrt()).elementSum())),
        entry("power of a negative number",
                new Fault(FORWARD, "elementPower", 0, 0, c -> c.at(x().negative().elementPower(0.5)).elementSum())),
        entry("inverse of 0", new Fault(FORWARD, "reciprocal", 1, 1, c -> c.at(x().reciprocal()).mean().scale(2))),
        entry("NaN in the data", new Fault(FORWARD, "constant", 0, 1, c -> {
            Value data = c.at(Value.constant(new double[][] {{1, NAN}, {3, 4}}).traced());
            Value w = Value.variable("w", new double[][] {{1}, {2}});
            return data.mult(w).sigmoid().mean();
        })),
        entry("infinity in a parameter", new Fault(FORWARD, "variable", 1, 0, c -> {
            Value w = c.at(Value.variable("w", new double[][] {{1}, {INF}}).traced());
            return Value.constant(new double[][] {{1, 2}}).mult(w).elementSum();
        })),
        entry("infinity minus infinity", new Fault(FORWARD, "constant", 0, 0, c -> {
            Value mask = c.at(Value.filled(new Shape(2, 3), INF).traced());
            return x().plus(mask).minus(mask).mean();
        })),
        entry("product overflow", new Fault(FORWARD, "mult", 0, 0, c -> {
            Value wide = x().scale(1e160);
            Value tall = x().scale(1e160).transpose();
            return c.at(wide.mult(tall)).mean().elementLog();
        })),
        entry("sum overflow", new Fault(FORWARD, "elementSum", 0, 0, c -> c.at(x().scale(2e307).elementSum()).scale(0.5))),
        entry("a fully masked row", new Fault(FORWARD, "constant", 0, 0, c -> {
            Value masked = c.at(Value.filled(new Shape(1, 3), -INF).traced());
            return x().getRow(0).plus(masked).softmax(Per.ROW).mean();
        })),
        entry("logit of 1", new Fault(FORWARD, "logit", 0, 0, c -> c.at(x().logit()).elementSum())),
        entry("arcsine beyond 1", new Fault(FORWARD, "asin", 0, 1, c -> c.at(x().asin()).elementSum())),
        entry("harmless masked infinity beside a fault", new Fault(FORWARD, "sqrt", 1, 1, c -> {
            Value logs = x().elementLog();
            Value safe = x().greaterThan(0).where(logs, Value.constant(0));
            Value roots = c.at(x().minus(0.5).sqrt());
            return safe.plus(roots).mean();
        })),
        entry("a branch that is taken", new Fault(FORWARD, "elementLog", 1, 1, c -> {
            Value logs = c.at(x().elementLog());
            return x().lessThan(1).where(logs, x()).mean();
        })),
        entry("deep in a chain", new Fault(FORWARD, "elementLog", 1, 1, c -> {
            Value y = c.at(x().elementLog());
            for (int i = 0; i < 1000; i++) {
                y = y.plus(0.001).tanh().plus(y);
            }
            return y.mean();
        })),
        entry("an operation of one's own", new Fault(FORWARD, "cotangent", 1, 1, c -> {
            Operation cotangent = Operation.unary("cotangent", m -> Operation.map(m, v -> 1 / Math.tan(v)), Rule.rule("−dy(1 + y²)",
                    (x, y, dy) -> dy.elementMult(y.square().plus(1)).negative()));
            return c.at(cotangent.apply(x())).mean();
        })),

        // ---- backward
        entry("slope of the root at 0", new Fault(BACKWARD, "sqrt", 1, 1, c -> c.at(x().sqrt()).mean())),
        entry("root of a square at 0", new Fault(BACKWARD, "sqrt", 1, 1, c -> {
            Value squares = x().square();
            return c.at(squares.sqrt()).elementSum();
        })),
        entry("slope of a root power at 0", new Fault(BACKWARD, "elementPower", 1, 1, c -> c.at(x().elementPower(0.3)).mean().square())),
        entry("slope of the arcsine at 1", new Fault(BACKWARD, "asin", 0, 0, c -> c.at(x().divide(6).cols(2, 3).rows(1, 2).asin()).mean())),
        entry("slope of the inverse cosine at 1", new Fault(BACKWARD, "acosh", 0, 0, c -> {
            Value first = x().getRow(0);
            return c.at(first.acosh()).elementSum();
        })),
        entry("a gradient that overflows", new Fault(BACKWARD, "scale", 0, 0, c -> {
            Value small = x().scale(1e-320);
            Value scaled = c.at(small.scale(1e300));
            return scaled.scale(1e10).mean();
        })),
        entry("a forward infinity behind a product", new Fault(FORWARD, "elementLog", 1, 1, c -> {
            Value logs = c.at(x().elementLog());
            return logs.mult(Value.variable("w", new double[][] {{1}, {2}, {3}})).mean();
        })),
        entry("a wrong rule of one's own", new Fault(BACKWARD, "bad", 0, 0, c -> {
            Operation bad = Operation.unary("bad", m -> m.copy(), Rule.rule("dy ⊘ 0", (x, y, dy) -> dy.divide(0)));
            return c.at(bad.apply(x().tanh())).elementSum();
        })),
        entry("uses that cancel in value, not in slope", new Fault(BACKWARD, "rsqrt", 0, 0, c -> {
            Value tiny = x().scale(1e-250).getRow(0);
            Value roots = c.at(tiny.rsqrt());
            return roots.scale(1e-100).elementSum();
        }))
    );
    // spotless:on

    private static Value x() {
        return Value.variable("x", DATA).traced();
    }

    @SafeVarargs
    private static Map<String, Fault> ordered(Map.Entry<String, Fault>... entries) {
        Map<String, Fault> all = new LinkedHashMap<>();
        for (Map.Entry<String, Fault> entry : entries) {
            all.put(entry.getKey(), entry.getValue());
        }
        return all;
    }
}
