package org.ejgrad.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Each seed and point is a test; wrong gradients and wrong signatures fail in words. */
class GradientTestsTest {
    private static final Operation WRONG = Operation.unary(
            "wrongSquare", x -> Operation.map(x, v -> v * v), Rule.rule("x ⊙ dy", (x, y, dy) -> dy.timesOrZero(x)));

    /** What became of each test of a class by its name: an empty text, or the message of its failure. */
    private static Map<String, String> run(Class<?> tests) {
        Map<String, String> results = new LinkedHashMap<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getThrowable().isPresent()) {
                    results.put(
                            test.getDisplayName(),
                            result.getThrowable().map(Throwable::getMessage).orElse(""));
                }
            }
        };
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(tests))
                                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "false")
                                .build(),
                        listener);
        return results;
    }

    private static String onlyMessage(Class<?> tests) {
        Map<String, String> results = run(tests);
        assertEquals(1, results.size(), results.toString());
        return results.values().iterator().next();
    }

    /** Of all kinds that pass. */
    static class Right implements GradientTests {
        private double scale;

        @BeforeEach
        void before() {
            scale += 2;
        }

        @GradientTest(
                seeds = {1, 2},
                points = @Point({0, -1, 1, 3}))
        Value aLoss(@Variable(rows = 2, columns = 2) Value x) {
            return x.tanh().scale(scale);
        }

        @GradientTest(seeds = 5, directions = 2)
        private Value severalArguments(
                @Variable(columns = 3) Value a, Random random, @Variable(low = 2, high = 3) Value b, long seed) {
            assertEquals(new Random(seed).nextLong(), random.nextLong());
            assertTrue(Math.abs(b.scalar() - 2.5) < 1.5);
            return a.scale(random.nextDouble()).elementMult(b);
        }

        @GradientTest(
                seeds = {},
                points = {@Point({0}), @Point({0.5})})
        static Value atAKink(@Variable Value x) {
            return x.relu();
        }

        @GradientTest(seeds = 1, anySubgradient = true, tolerance = 1e-4)
        FunctionWithGradient byHand(@Variable(columns = 2) double[] x) {
            return new FunctionWithGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, x);
        }

        @GradientTest(seeds = 1, entries = 1)
        GradientCheck aCheck(@Variable Value x) {
            return GradientCheck.of(x.elementExp());
        }

        @GradientTest(seeds = 3)
        Value variablesOfItsOwn() {
            return Value.variable("own", new double[][] {{1, 2}}).square();
        }
    }

    @Test
    void eachSeedAndEachPointIsATest() {
        Map<String, String> results = run(Right.class);
        assertEquals(
                List.of(
                        "aCheck, seed 1",
                        "aLoss, point [0.0, -1.0, 1.0, 3.0]",
                        "aLoss, seed 1",
                        "aLoss, seed 2",
                        "atAKink, point [0.0]",
                        "atAKink, point [0.5]",
                        "byHand, seed 1",
                        "severalArguments, seed 5",
                        "variablesOfItsOwn, seed 3"),
                results.keySet().stream().sorted().toList());
        results.forEach((name, message) -> assertEquals("", message, name));
    }

    static class Wrong implements GradientTests {
        @GradientTest(seeds = 1)
        Value rule(@Variable(columns = 2) Value x) {
            return WRONG.apply(x);
        }

        @GradientTest(
                seeds = {},
                points = {@Point({0}), @Point({1})})
        Value ruleAtAPoint(@Variable Value x) {
            return WRONG.apply(x);
        }

        @GradientTest(seeds = 1)
        Value hidden(@Variable(columns = 2) Value x) {
            return x.detached().elementMult(x);
        }

        @GradientTest(seeds = 1)
        Value ownVariable(@Variable(columns = 2) Value x) {
            return x.plus(WRONG.apply(Value.variable("own", new double[][] {{1, 2}})));
        }

        @GradientTest(seeds = 1)
        FunctionWithGradient byHand(@Variable(columns = 2) double[] x) {
            return new FunctionWithGradient(v -> v[0] * v[1], double[]::clone, x);
        }

        @GradientTest(seeds = 1)
        GradientCheck aCheck(@Variable(columns = 2) Value x) {
            return GradientCheck.of(WRONG.apply(x));
        }

        @GradientTest(seeds = 1)
        Value throwing() {
            throw new IllegalStateException("its own words");
        }
    }

    @Test
    void wrongGradientsFailWithTheReport() {
        Map<String, String> results = run(Wrong.class);
        assertEquals(8, results.size());
        for (String name : List.of("rule", "hidden", "ownVariable", "byHand", "aCheck")) {
            String message = results.get(name + ", seed 1");
            assertTrue(message.startsWith(name + ", seed 1: Not confirmed: "), message);
            assertTrue(message.contains("\nWhat to do: "), message);
        }
        assertEquals("", results.get("ruleAtAPoint, point [0.0]"));
        assertTrue(results.get("ruleAtAPoint, point [1.0]").contains("wrongSquare"));
        assertEquals("its own words", results.get("throwing, seed 1"));
    }

    static class Nothing implements GradientTests {}

    static class BadSignatures implements GradientTests {
        @GradientTest(seeds = 1)
        void noResult() {}

        @GradientTest(seeds = 1)
        double aNumber() {
            return 1;
        }

        @GradientTest(seeds = 1)
        Value nothing(@Variable Value x) {
            return null;
        }

        @GradientTest(seeds = 1)
        Value constant(@Variable Value x) {
            return Value.constant(3);
        }

        @GradientTest(seeds = 1)
        Value unannotated(Value x) {
            return x;
        }

        @GradientTest(seeds = 1)
        Value text(@Variable String x) {
            return Value.constant(3);
        }

        @GradientTest(
                seeds = {},
                points = @Point({1, 2, 3}))
        Value shortPoint(@Variable(columns = 4) Value x) {
            return x;
        }

        @GradientTest(seeds = {})
        Value noRuns(@Variable Value x) {
            return x;
        }

        @GradientTest(seeds = 1, entries = 2, directions = 2)
        Value both(@Variable Value x) {
            return x;
        }

        @GradientTest(seeds = 1)
        Value empty(@Variable(rows = 0) Value x) {
            return x;
        }

        @GradientTest(seeds = 1)
        Value bounds(@Variable(low = 1, high = 1) Value x) {
            return x;
        }

        @GradientTest(seeds = 1, tolerance = 2)
        Value tolerance(@Variable Value x) {
            return x;
        }
    }

    @Test
    void wrongSignaturesAreRefusedInWords() {
        Map<String, String> results = run(BadSignatures.class);
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("noResult", "returns void; expected Value (a loss), FunctionWithGradient or GradientCheck");
        expected.put("aNumber", "returns double; expected Value (a loss)");
        expected.put("nothing", "returned null; expected a Value");
        expected.put("constant", "returned a constant; expected a loss that depends on a variable");
        expected.put("unannotated", "has the parameter Value x; expected @Variable Value, ");
        expected.put("text", "has the parameter @Variable String x; expected ");
        expected.put("empty", "has the 0x1 @Variable x; expected at least one row and one column");
        expected.put("bounds", "has the @Variable x with low = 1.0 and high = 1.0; expected low < high");
        expected.put("both", "sets both directions and entries; expected one of them");
        expected.forEach((name, words) -> {
            String message = results.get(name + ", seed 1");
            assertTrue(message.startsWith("@GradientTest " + name + ": " + words), message);
        });
        assertTrue(results.get("shortPoint, point " + Arrays.toString(new double[] {1, 2, 3}))
                .contains("has a point of 3 elements; expected 4"));
        assertTrue(results.get("noRuns").contains("has neither seeds nor points"));
        assertTrue(results.get("tolerance, seed 1").contains("expected a number between 0 and 1"));
        assertEquals(12, results.size());
        assertTrue(onlyMessage(Nothing.class).contains("expected a method with @GradientTest"));
    }
}
