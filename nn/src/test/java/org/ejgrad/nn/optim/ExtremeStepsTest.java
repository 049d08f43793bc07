package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.OptimizerTest.gradient;
import static org.ejgrad.nn.optim.OptimizerTest.only;
import static org.ejgrad.nn.optim.OptimizerTest.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.io.NamedMatrices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** At the ends of the doubles a step is the right one, or it is refused and nothing has changed. */
class ExtremeStepsTest {
    private static final double LEAST = Double.MIN_VALUE;
    private static final double[] SIZES = {0, LEAST, 1e-320, 1e-308, 1e-200, 1e-160, 1e-150, 1, 1e150, 1e200, 1.7e308};

    /** Rules with every option at its ends, and with ε = 0. */
    static Stream<UpdateRule> rules() {
        List<UpdateRule> rules = new ArrayList<>(OptimizerTest.rules().toList());
        for (double rate : new double[] {LEAST, 0.1, 10, Double.MAX_VALUE}) {
            double close = Math.nextDown(1.0);
            rules.addAll(List.of(
                    Sgd.rate(rate).momentum(close),
                    Sgd.rate(rate).momentum(LEAST).nesterov().weightDecay(Double.MAX_VALUE),
                    Sgd.rate(rate).momentum(0.9).dampening(1),
                    Adam.rate(rate).epsilon(0),
                    Adam.rate(rate).epsilon(LEAST).amsgrad(),
                    Adam.rate(rate).betas(0, 0).epsilon(0),
                    Adam.rate(rate).betas(close, close),
                    AdamW.rate(rate).epsilon(0).decoupledDecay(Double.MAX_VALUE),
                    Adamax.rate(rate).epsilon(0),
                    Adamax.rate(rate).betas(close, close).epsilon(0),
                    RmsProp.rate(rate).epsilon(0),
                    RmsProp.rate(rate).alpha(0).epsilon(0),
                    RmsProp.rate(rate).alpha(1),
                    RmsProp.rate(rate).epsilon(0).centered().momentum(close),
                    Adagrad.rate(rate).epsilon(0),
                    Adagrad.rate(rate).rateDecay(Double.MAX_VALUE),
                    Adadelta.rate(rate).epsilon(0),
                    Adadelta.rate(rate).rho(1)));
        }
        return rules.stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyStepIsFiniteOrRefusedWhole(UpdateRule rule) {
        for (double start : new double[] {0, 1, LEAST, -1.7e308}) {
            for (double first : SIZES) {
                for (double second : SIZES) {
                    Parameter a = parameter("a", 1);
                    Parameter b = parameter("b", start);
                    Optimizer optimizer = Optimizer.of(List.of(a, b), rule);
                    for (double size : new double[] {first, -second, first}) {
                        step(optimizer, a, b, size);
                    }
                }
            }
        }
    }

    private static void step(Optimizer optimizer, Parameter a, Parameter b, double size) {
        NamedMatrices state = optimizer.state();
        Value beforeA = a.value();
        Value beforeB = b.value();
        try {
            optimizer.step(gradient(a, 0.5).plus(gradient(b, size)));
            assertTrue(Double.isFinite(only(b)));
            NamedMatrices after = optimizer.state();
            for (String name : after.names()) {
                assertTrue(Double.isFinite(after.get(name).scalar()), name);
            }
        } catch (NonFiniteException refused) {
            assertTrue(refused.toString().contains("nothing has been changed"), refused.toString());
            assertSame(beforeA, a.value());
            assertSame(beforeB, b.value());
            assertEquals(state, optimizer.state());
        }
    }

    /** With ε = 0 an adaptive step does not depend on the unit of the loss. */
    @Test
    void withoutEpsilonStepsAreTheSameAtEveryScale() {
        List<UpdateRule> rules = List.of(
                Adam.rate(0.1).epsilon(0),
                Adam.rate(0.1).epsilon(0).amsgrad(),
                Adamax.rate(0.1).epsilon(0),
                RmsProp.rate(0.1).epsilon(0),
                RmsProp.rate(0.1).epsilon(0).centered().momentum(0.5),
                Adagrad.rate(0.1).epsilon(0));
        for (UpdateRule rule : rules) {
            double wanted = after(rule, 1);
            assertNotEquals(1, wanted);
            for (int exponent = -1074; exponent <= 1020; exponent += 7) {
                double unit = Math.scalb(1.0, exponent);
                try {
                    assertEquals(wanted, after(rule, unit), 1e-13, rule.description() + " at " + unit);
                } catch (NonFiniteException refused) {
                    boolean isExtreme = exponent < -475 || exponent > 500;
                    assertTrue(isExtreme, rule.description() + " at " + unit + ": " + refused);
                }
            }
        }
    }

    private static double after(UpdateRule rule, double unit) {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), rule);
        for (double g : new double[] {3, -2, 1, 5}) {
            optimizer.step(gradient(x, g * unit));
        }
        return only(x);
    }

    /** Moving by gradients c·g with the rate r is moving by g with the rate c·r. */
    @Test
    void descentIsLinearInTheGradientAtEveryScale() {
        for (Function<Double, UpdateRule> rule : List.<Function<Double, UpdateRule>>of(
                Sgd::rate,
                r -> Sgd.rate(r).momentum(0.5),
                r -> Sgd.rate(r).momentum(0.5).nesterov())) {
            double wanted = after(rule.apply(0.125), 1);
            for (int exponent = -1018; exponent <= 1018; exponent++) {
                double unit = Math.scalb(1.0, exponent);
                assertEquals(wanted, after(rule.apply(0.125 / unit), unit), "at " + unit);
            }
        }
    }

    @Test
    void zeroOverZeroDoesNotMove() {
        for (UpdateRule rule : List.of(
                Adam.rate(0.1).epsilon(0),
                Adam.rate(Double.MAX_VALUE).epsilon(0).amsgrad(),
                Adamax.rate(0.1).epsilon(0),
                Adamax.rate(Double.MAX_VALUE),
                RmsProp.rate(0.1).epsilon(0),
                RmsProp.rate(0.1).epsilon(0).centered().momentum(0.9),
                Adagrad.rate(0.1).epsilon(0),
                Adadelta.rate(1).epsilon(0))) {
            Parameter x = parameter("x", 1);
            Optimizer optimizer = Optimizer.of(List.of(x), rule);
            optimizer.step(gradient(x, 0));
            optimizer.step(gradient(x, -0.0));
            assertEquals(1, only(x), rule.description());
            assertEquals(2, optimizer.steps());
        }
    }

    /** Where the square of a gradient vanishes beside ε, ε alone scales the step. */
    @Test
    void aSmallGradientIsScaledByEpsilon() {
        for (UpdateRule rule : List.of(Adam.rate(0.1), RmsProp.rate(0.1), Adamax.rate(0.1))) {
            Parameter x = parameter("x", 0);
            Optimizer.of(List.of(x), rule).step(gradient(x, 1e-200));
            assertEquals(-0.1 * 1e-192, only(x), 1e-207, rule.description());
        }
    }

    @Test
    void whatWouldOverflowIsNamed() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), Adam.rate(0.1));
        refused(
                "step: what is remembered as x/square would become Infinity at row 0, column 0, where the gradient is "
                        + "1.0E200; nothing has been changed",
                () -> optimizer.step(gradient(x, 1e200)));
        optimizer.step(gradient(x, 1));
        assertEquals(0.9, only(x), 1e-8, "as if the refused step had never been tried");
        Parameter y = parameter("y", 1.7e308);
        refused(
                "step: y 1x1 would become -Infinity",
                () -> Optimizer.of(List.of(y), Sgd.rate(10)).step(gradient(y, 1.7e308)));
        Optimizer fast = Optimizer.of(List.of(x), Sgd.rate(1e308));
        fast.rateFactor(10);
        OptimizerTest.refused(
                "learning rate at step 0 times the factor 10.0 = Infinity", () -> fast.step(gradient(x, 1)));
    }

    /** β₁ so close to 1 that 1 − β₁ᵗ has few digits unless it is computed with care. */
    @Test
    void momentaAtTheirEndsAreCorrected() {
        double close = 1 - 0x1p-50;
        for (UpdateRule rule : List.of(
                Adam.rate(0.125).betas(close, close).epsilon(0),
                Adamax.rate(0.125).betas(close, 0.5).epsilon(0))) {
            Parameter x = parameter("x", 1);
            Optimizer optimizer = Optimizer.of(List.of(x), rule);
            for (double wanted : new double[] {0.875, 0.75, 0.625, 0.5}) {
                optimizer.step(gradient(x, 3));
                assertEquals(wanted, only(x), 1e-14, rule.description());
            }
        }
    }

    @Test
    void aRuleThatThrowsOrWritesNaNChangesNothing() {
        Parameter a = parameter("a", 1);
        Parameter b = parameter("b", 1);
        for (double written : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            UpdateRule rule = new Counting(written);
            Optimizer optimizer = Optimizer.of(List.of(a, b), rule);
            NamedMatrices state = optimizer.state();
            Value before = a.value();
            assertThrows(
                    ArithmeticException.class,
                    () -> optimizer.step(gradient(a, 1).plus(gradient(b, 1))));
            assertSame(before, a.value());
            assertEquals(state, optimizer.state());
        }
    }

    /** Counts steps in a buffer, and writes what it was given at the second parameter; it throws in place of NaN. */
    private static final class Counting implements UpdateRule {
        private final double written;
        private int moves;

        Counting(double written) {
            this.written = written;
        }

        @Override
        public List<String> buffers() {
            return List.of("count");
        }

        @Override
        public Step at(long step, double rateFactor) {
            return elements -> {
                elements.buffer(0, 0, elements.buffer(0, 0) + 1);
                moves++;
                if (moves == 2 && Double.isNaN(written)) {
                    throw new ArithmeticException("a fault of the rule");
                }
                elements.next(0, moves == 2 ? written : 0);
            };
        }

        @Override
        public String description() {
            return "counting";
        }
    }

    private static void refused(String message, org.junit.jupiter.api.function.Executable call) {
        String found = assertThrows(NonFiniteException.class, call).toString();
        assertTrue(found.contains(message), found);
    }
}
