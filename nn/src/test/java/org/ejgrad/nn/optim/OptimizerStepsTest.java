package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.OptimizerTest.bowl;
import static org.ejgrad.nn.optim.OptimizerTest.gradient;
import static org.ejgrad.nn.optim.OptimizerTest.only;
import static org.ejgrad.nn.optim.OptimizerTest.parameter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Steps worked out by hand, and where each option stands in its formula. */
class OptimizerStepsTest {
    @Test
    void threeStepsOfGradientDescentByHand() {
        Parameter x = parameter("x", 4);
        Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(0.5));
        for (double expected : new double[] {2.5, 1.75, 1.375}) {
            optimizer.step(bowl(List.of(x)).gradients());
            assertEquals(expected, only(x));
        }
        assertEquals(3, optimizer.steps());
    }

    @Test
    void threeStepsWithMomentumByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(0.25).momentum(0.5));
        double[] velocity = {1, 2.5, 0.25}; // 1; 0.5·1 + 2; 0.5·2.5 − 1
        double[] gradient = {1, 2, -1};
        double expected = 1;
        for (int i = 0; i < 3; i++) {
            optimizer.step(gradient(x, gradient[i]));
            expected -= 0.25 * velocity[i];
            assertEquals(expected, only(x));
        }
    }

    @Test
    void threeStepsOfNesterovByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer =
                Optimizer.of(List.of(x), Sgd.rate(0.25).momentum(0.5).nesterov());
        double[] direction = {1.5, 3.25, -0.875}; // g + 0.5·v for v = 1, 2.5, 0.25
        double[] gradient = {1, 2, -1};
        double expected = 1;
        for (int i = 0; i < 3; i++) {
            optimizer.step(gradient(x, gradient[i]));
            expected -= 0.25 * direction[i];
            assertEquals(expected, only(x));
        }
    }

    /** At the first step m̂/√v̂ is the gradient's sign, so Adam moves by the rate; so it does while gradients agree. */
    @Test
    void stepsOfAdamByHand() {
        Parameter x = parameter("x", 1);
        Optimizer optimizer = Optimizer.of(List.of(x), Adam.rate(0.125).epsilon(0));
        for (double expected : new double[] {0.875, 0.75, 0.625}) {
            optimizer.step(gradient(x, 3));
            assertEquals(expected, only(x), 1e-15);
        }
    }

    @Test
    void stepsOfAdagradByHand() {
        Parameter x = parameter("x", 0);
        Optimizer optimizer = Optimizer.of(List.of(x), Adagrad.rate(1).epsilon(0));
        double expected = 0;
        double sum = 0;
        for (double gradient : new double[] {3, 4, 12}) {
            optimizer.step(gradient(x, gradient));
            sum += gradient * gradient;
            expected -= gradient / Math.sqrt(sum);
            assertEquals(expected, only(x), 1e-15);
        }
    }

    /** With a large ε the first step of each rule is easily written down. */
    @Test
    void epsilonStandsWhereTheFormulasSay() {
        double g = 3;
        assertEquals(-0.1 * g / (g + 1), firstStep(Adam.rate(0.1).epsilon(1), g), 1e-15);
        assertEquals(-0.1 * g / (g + 1), firstStep(Adamax.rate(0.1).epsilon(1), g), 1e-15);
        assertEquals(
                -0.1 * g / (Math.sqrt(0.25 * g * g) + 1),
                firstStep(RmsProp.rate(0.1).alpha(0.75).epsilon(1), g),
                1e-15);
        assertEquals(
                -0.1 * g / (Math.sqrt(7 + g * g) + 1),
                firstStep(Adagrad.rate(0.1).initialSum(7).epsilon(1), g),
                1e-15);
        assertEquals(
                -0.1 * g / Math.sqrt(0.5 * g * g + 1),
                firstStep(Adadelta.rate(0.1).rho(0.5).epsilon(1), g),
                1e-15);
    }

    private static double firstStep(UpdateRule rule, double gradient) {
        Parameter a = parameter("a", 0);
        Optimizer.of(List.of(a), rule).step(gradient(a, gradient));
        return only(a);
    }

    @Test
    void theInitialSumOfAdagradCountsOnce() {
        Parameter a = parameter("a", 0);
        Optimizer optimizer =
                Optimizer.of(List.of(a), Adagrad.rate(1).initialSum(7).epsilon(0));
        optimizer.step(gradient(a, 3));
        optimizer.step(gradient(a, 3));
        assertEquals(-3 / 4.0 - 3 / 5.0, only(a), 1e-15);
    }

    @Test
    void adamWDecaysTheParameterItself() {
        Parameter a = parameter("a", 10);
        Optimizer.of(List.of(a), AdamW.rate(Schedule.constant(0.5))).step(gradient(a, 0));
        assertEquals(10 * (1 - 0.5 * 0.01), only(a), 1e-15);
        Parameter b = parameter("b", 10);
        Optimizer.of(List.of(b), Adam.rate(0.5).weightDecay(0.01)).step(gradient(b, 0));
        assertEquals(10 - 0.5, only(b), 1e-6, "within the gradient it is scaled to a whole step");
    }

    /** At x = 2 a decay of ½ adds 1 to the gradient. */
    @Test
    void weightDecayIsAddedToTheGradient() {
        for (Map.Entry<UpdateRule, UpdateRule> rules : Map.<UpdateRule, UpdateRule>of(
                        Sgd.rate(0.1), Sgd.rate(0.1).weightDecay(0.5),
                        Adam.rate(0.1).epsilon(1), Adam.rate(0.1).epsilon(1).weightDecay(0.5),
                        Adamax.rate(0.1).epsilon(1), Adamax.rate(0.1).epsilon(1).weightDecay(0.5),
                        RmsProp.rate(0.1).epsilon(1),
                                RmsProp.rate(0.1).epsilon(1).weightDecay(0.5),
                        Adagrad.rate(0.1).epsilon(1),
                                Adagrad.rate(0.1).epsilon(1).weightDecay(0.5),
                        Adadelta.rate(0.1).epsilon(1),
                                Adadelta.rate(0.1).epsilon(1).weightDecay(0.5))
                .entrySet()) {
            Parameter plain = parameter("plain", 2);
            Optimizer.of(List.of(plain), rules.getKey()).step(gradient(plain, 4));
            Parameter decaying = parameter("decaying", 2);
            Optimizer.of(List.of(decaying), rules.getValue()).step(gradient(decaying, 3));
            assertEquals(only(plain), only(decaying), rules.getValue().description());
        }
    }

    @Test
    void whatIsRememberedByHand() {
        assertEquals(List.of("square"), RmsProp.rate(1).buffers());
        assertEquals(
                List.of("square", "momentum"), RmsProp.rate(1).momentum(0.5).buffers());
        Parameter x = parameter("x", 0);
        Optimizer optimizer =
                Optimizer.of(List.of(x), RmsProp.rate(1).alpha(0.75).centered());
        optimizer.step(gradient(x, 4));
        assertEquals(1, optimizer.state().get("x/mean").scalar());
        assertEquals(4, optimizer.state().get("x/square").scalar());
    }

    /** With ε = 0 the first step of Adadelta has nothing to take its size from; the next sizes are tiny, too. */
    @Test
    void adadeltaWithoutEpsilonStands() {
        assertEquals(0, firstStep(Adadelta.rate(1).epsilon(0), 3));
        Parameter x = parameter("x", 0);
        Optimizer optimizer = Optimizer.of(List.of(x), Adadelta.rate(1).rho(0.5).epsilon(0));
        optimizer.restore(NamedMatrices.empty()
                .with("x/square", new SimpleMatrix(1, 1, true, 2))
                .with("x/moved", new SimpleMatrix(1, 1, true, 4))
                .withMetadata("steps", optimizer.state().metadata().get("steps"))
                .withMetadata("rateFactor", optimizer.state().metadata().get("rateFactor")));
        optimizer.step(gradient(x, 4));
        assertEquals(-2 * 4 / 3.0, only(x), 1e-15);
    }

    @Test
    void theElementThatOverflowsIsNamedByItsPlace() {
        Parameter x = new Parameter("x", new SimpleMatrix(2, 3));
        Value gradient = Value.constant(new double[][] {{0, 0, 0}, {0, 0, 1e300}});
        Gradients gradients = x.value().elementMult(gradient).elementSum().gradients();
        String message = assertThrows(
                        NonFiniteException.class,
                        () -> Optimizer.of(List.of(x), Sgd.rate(1e300)).step(gradients))
                .getMessage();
        assertTrue(message.contains("x 2x3 would become -Infinity at row 1, column 2, where"), message);
    }

    /** A quotient of vanishing numbers stands where the gradient is 0 and says nothing where it is not. */
    @Test
    void tinyQuotientsDependOnTheGradient() {
        assertEquals(2, Quotients.overRoot(2e-200, 1e-200, 0), 1e-15);
        assertEquals(2, Quotients.over(2e-300, 1e-300, 0), 1e-15);
        assertEquals(-0.0, Quotients.over(-0.0, 0, 0));
        assertEquals(Double.NaN, Quotients.over(2e-300, 1e-300, 1e-300));
        assertEquals(2, Quotients.over(2e-200, 1e-200, 1e-200), 1e-15);
    }
}
