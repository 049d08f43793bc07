package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.OptimizerTest.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.ejgrad.nn.Parameter;
import org.junit.jupiter.api.Test;

/** Rules that say nothing of themselves are told apart by what they do. */
class FingerprintTest {
    /** A rule with two buffers that calls itself as all others do. */
    private record Silent(Rule rule) implements UpdateRule {
        @FunctionalInterface
        interface Rule {
            void move(long step, Elements elements);
        }

        @Override
        public List<String> buffers() {
            return List.of("first", "second");
        }

        @Override
        public Step at(long step, double rateFactor) {
            return elements -> rule.move(step, elements);
        }

        @Override
        public String description() {
            return "custom";
        }
    }

    private static final Silent NOTHING = new Silent((step, elements) -> {});

    private static String of(Silent.Rule rule) {
        return Optimizer.of(List.of(parameter("a", 1)), new Silent(rule)).fingerprint();
    }

    @Test
    void rulesThatDifferAnywhereAreToldApart() {
        List<Silent.Rule> rules = List.of(
                (step, elements) -> elements.next(0, 0),
                (step, elements) -> elements.next(0, 1),
                (step, elements) -> elements.next(0, -elements.gradient(0)),
                (step, elements) -> elements.next(0, elements.buffer(0, 0)),
                (step, elements) -> elements.next(0, elements.buffer(1, 0)),
                (step, elements) -> elements.buffer(0, 0, 7),
                (step, elements) -> elements.buffer(1, 0, 7),
                (step, elements) -> elements.next(0, step == 9_999 ? 1 : 0),
                (step, elements) -> elements.next(0, step > 10_100 && step < 10_300 ? 1 : 0),
                (step, elements) -> elements.next(0, step > 900_000 ? 1 : 0),
                (step, elements) -> refuse(step >= 5),
                (step, elements) -> refuse(step >= 6),
                (step, elements) -> {
                    for (int k = 0; k < 6 && step >= 5; k++) {
                        elements.buffer(k / 3, k % 3, 0);
                    }
                });
        List<String> all = rules.stream().map(FingerprintTest::of).toList();
        assertEquals(all.size(), all.stream().distinct().count(), all.toString());
        assertEquals(all, rules.stream().map(FingerprintTest::of).toList());
    }

    private static void refuse(boolean isLate) {
        if (isLate) {
            throw new IllegalArgumentException("no further");
        }
    }

    @Test
    void whichParametersARuleMovesIsTold() {
        Parameter a = parameter("a", 1);
        Parameter b = parameter("b", 1);
        Silent other = new Silent((step, elements) -> elements.next(0, 1));
        assertNotEquals(grouped(a, NOTHING, b, other), grouped(b, NOTHING, a, other));
    }

    private static String grouped(Parameter first, UpdateRule rule, Parameter second, UpdateRule other) {
        return Optimizer.of(
                        List.of(new Optimizer.Group(List.of(first), rule), new Optimizer.Group(List.of(second), other)))
                .fingerprint();
    }
}
