package org.ejgrad.examples.testing;

import static org.ejgrad.testing.GradientAssertions.assertGradient;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.laws.Laws;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.laws.Oracles;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.NetworkCheck;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.testing.FunctionWithGradient;
import org.ejgrad.testing.GradientTests;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The tests of somebody who has added ejgrad-testing to a project: of an operation, a network, a hand-written gradient.
 */
class OwnGradientsTest implements GradientTests {
    private static final Operation CUBE = Operation.unary(
            "cube",
            x -> Operation.map(x, v -> v * v * v),
            Rule.rule("3·x² ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.square().scale(3))));

    private static final Operation WRONG = Operation.unary(
            "cube",
            x -> Operation.map(x, v -> v * v * v),
            Rule.rule("x² ⊙ dy", (x, y, dy) -> dy.timesOrZero(x.square())));

    private final Value x = Value.variable("x", new double[][] {{0.5, -1}, {2, 0}});
    private final Value points = Value.constant(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
    private final Layer network = Sequential.of(new Dense(2, 4, 1), Value::tanh, new Dense(4, 2, 2));
    private final int[] classes = {0, 1, 1, 0};

    private static double product(double[] v) {
        return v[0] * v[1];
    }

    private static double[] productByHand(double[] v) {
        return new double[] {v[1], v[0]};
    }

    // ---- one call each ----------------------------------------------------------------------------------------------

    @Test
    void anOperation() {
        assertGradient(CUBE.apply(x));
    }

    @Test
    void aNetwork() {
        Value loss = CrossEntropy.fromLogits(network.forward(points), classes);
        assertGradient(NetworkCheck.of(network, loss));
    }

    @Test
    void aGradientByHand() {
        assertGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, new double[] {2, 3});
    }

    // ---- every law --------------------------------------------------------------------------------------------------

    private static OperationCase row(Operation operation) {
        return OperationCase.unary(
                        "cube", Matrices.one(Matrices.reals()), operation::apply, in -> Oracles.map(in, v -> v * v * v))
                .anyShape()
                .at(2, 8, 12);
    }

    @Test
    void anOperationObeysEveryLaw() {
        Laws.check(OperationCase.unary(
                "cube", Matrices.one(Matrices.reals()), CUBE::apply, in -> Oracles.map(in, v -> v * v * v)));
        Laws.check(row(CUBE));
    }

    @Provide
    Arbitrary<SimpleMatrix> matrices() {
        return Matrices.matrix(Matrices.reals());
    }

    /** By jqwik, which comes along. */
    @Property(tries = 20)
    void aLawHoldsForEveryMatrix(@ForAll("matrices") SimpleMatrix matrix, @ForAll long seed) {
        Laws.firstDerivative(in -> CUBE.apply(in.get(0)), List.of(matrix), seed);
    }

    // ---- annotated methods ------------------------------------------------------------------------------------------

    @GradientTest(points = @Point({0, 0, 1, -1}))
    Value cubeInALoss(@Variable(rows = 2, columns = 2, low = -2, high = 2) Value v) {
        return CUBE.apply(v).tanh().elementSum();
    }

    @GradientTest(
            seeds = {1, 2},
            tolerance = 1e-5)
    GradientCheck aNetworkOfRandomWeights(long seed) {
        Layer random = Sequential.of(new Dense(2, 4, seed), Value::tanh, new Dense(4, 2, seed + 1));
        return NetworkCheck.of(random, CrossEntropy.fromLogits(random.forward(points), classes));
    }

    @GradientTest(seeds = 4, directions = 3)
    Value aNetworkOnRandomInputs(@Variable(rows = 4, columns = 2) Value inputs, Random random) {
        return CrossEntropy.fromLogits(
                network.forward(inputs), random.ints(4, 0, 2).toArray());
    }

    @GradientTest(points = @Point({0, 0}))
    FunctionWithGradient aProduct(@Variable(columns = 2) double[] v) {
        return new FunctionWithGradient(OwnGradientsTest::product, OwnGradientsTest::productByHand, v);
    }

    // ---- and the wrong ones fail ------------------------------------------------------------------------------------

    /** Run by a test only: Surefire leaves nested classes out. */
    static class Wrong implements GradientTests {
        @GradientTest(seeds = 1)
        Value wrongRule(@Variable(rows = 2, columns = 2) Value v) {
            return WRONG.apply(v);
        }

        @GradientTest(seeds = 1)
        FunctionWithGradient wrongByHand(@Variable(columns = 2) double[] v) {
            return new FunctionWithGradient(OwnGradientsTest::product, double[]::clone, v);
        }
    }

    @Test
    void theAssertionsRefuseWrongGradients() {
        AssertionError wrong = assertThrows(AssertionError.class, () -> assertGradient(WRONG.apply(x)));
        assertTrue(wrong.getMessage().contains("What to do: "), wrong.getMessage());
        assertThrows(AssertionError.class, () -> Laws.check(row(WRONG)));
        assertThrows(
                AssertionError.class,
                () -> assertGradient(OwnGradientsTest::product, double[]::clone, new double[] {2, 3}));
        Layer wrongNetwork = Sequential.of(new Dense(2, 2, 1), WRONG::apply);
        AssertionError named = assertThrows(
                AssertionError.class,
                () -> assertGradient(NetworkCheck.of(
                        wrongNetwork, wrongNetwork.forward(points).square())));
        assertTrue(named.getMessage().contains("0.weight[0,0]"), named.getMessage());
    }

    @Test
    void theExtensionRefusesWrongGradients() {
        List<String> failed = new ArrayList<>();
        TestExecutionListener listener = new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result.getThrowable().ifPresent(thrown -> failed.add(thrown.getMessage()));
            }
        };
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(Wrong.class))
                                .build(),
                        listener);
        assertEquals(2, failed.size(), failed.toString());
        failed.sort(null);
        assertTrue(failed.get(0).startsWith("wrongByHand, seed 1: Not confirmed: "), failed.toString());
        assertTrue(failed.get(1).startsWith("wrongRule, seed 1: Not confirmed: "), failed.toString());
    }

    @Test
    void theLawsAreTheArtifacts() {
        for (Class<?> type : List.of(Laws.class, Matrices.class, OperationCase.class, Oracles.class)) {
            URL place = type.getProtectionDomain().getCodeSource().getLocation();
            assertTrue(place.getPath().contains("testing"), place.toString());
        }
    }
}
