package org.ejgrad.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Cases;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.laws.OperationCase;
import org.junit.jupiter.api.Test;

/** What a rule's formula says under this graph's names, read back and computed, is what the rule passes on. */
class RuleFormulaTest {
    @Test
    void whatCanBeReadIsTrue() {
        Set<String> read = new HashSet<>();
        for (OperationCase row : Cases.ALL) {
            List<Value> leaves = row.inputs().sample().stream()
                    .map(x -> Value.variable("leaf", x))
                    .toList();
            for (Value value : row.function().apply(leaves).ancestors()) {
                for (int i = 0; i < value.inputs().size(); i++) {
                    if (isTrue(value, i)) {
                        read.add(value.operation().rules().get(i).formula());
                    }
                }
            }
        }
        assertTrue(read.size() >= 70, read.size() + " formulas were read");
    }

    /** False if words stand in it, or there is no such number, as of 0/0, where a rule has a slope of its own. */
    private static boolean isTrue(Value value, int position) {
        List<Value> inputs = value.inputs().stream().map(Value::detached).toList();
        List<String> names =
                IntStream.range(0, inputs.size()).mapToObj(i -> "in" + i).toList();
        Value arriving = Value.uniform(value.shape(), 0.5, 1.5, 7);
        Map<String, Value> values = new HashMap<>(
                Map.of("out", value.detached(), "dout", arriving, "e", number(Math.E), "π", number(Math.PI)));
        IntStream.range(0, inputs.size()).forEach(i -> values.put(names.get(i), inputs.get(i)));
        String formula = RuleFormula.of(value, position, names, "out");
        Optional<Value> said = read(formula, values);
        said.ifPresent(result -> {
            Value passed = value.operation().gradient(position, inputs, value.detached(), arriving);
            Value whole = result.shape().isScalar() ? result.broadcastTo(passed.shape()) : result;
            assertEquals(passed.shape(), whole.shape(), value.operation() + ": " + formula);
            double error = whole.minus(passed).abs().elementMax().scalar();
            assertTrue(
                    error <= 1e-9 * Math.max(1, passed.abs().elementSum().scalar()),
                    () -> value.operation() + ": " + formula + " is " + result + ", but passed on is " + passed);
        });
        return said.isPresent();
    }

    private static Optional<Value> read(String formula, Map<String, Value> values) {
        try {
            return Optional.of(InfixReader.value(formula, values))
                    .filter(said -> !Double.isNaN(said.elementSum().scalar()));
        } catch (IllegalArgumentException words) {
            return Optional.empty();
        }
    }

    private static Value number(double number) {
        return Value.constant(number);
    }

    @Test
    void lettersAreTheGraphsNamesAndNumbers() {
        Value x = Value.variable("x", new double[][] {{1, 4}, {9, 16}});
        assertEquals("dL ⊘ (2·L)", formula(x.sqrt()));
        assertEquals("dL ⊙ (3·v^(3−1))", formula(x.elementPower(3)));
        assertEquals("dL ⊙ sign(v) ⊙ |v ⊘ L|^(3−1)", formula(x.norm(Per.ALL, 3)));
        assertEquals("dL/3 repeated to v's shape", formula(x.variance(1)));
        assertEquals("dL ⊙ softmax(v, COLUMN)", formula(x.logSumExp(Per.COLUMN)));
    }

    private static String formula(Value value) {
        return RuleFormula.of(value, 0, List.of("v", "u"), "L");
    }
}
