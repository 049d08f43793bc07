package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.Recurrent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What gives finite losses and gradients makes no infinity on the way, so that it can be watched for one. */
class TrappedNetworksTest {
    private static final ClassOptions ROWS = ClassOptions.DEFAULT;

    private static Value variable(double[]... rows) {
        return Value.variable("p", rows);
    }

    static Stream<Arguments> healthy() {
        Value certain = variable(new double[] {0, 1}, new double[] {0.5, 0.5}, new double[] {1, 0});
        int[] labels = {1, 0, 0};
        Value shares = Value.constant(new double[][] {{0, 1}, {0.5, 0.5}, {1, 0}});
        Value images = Value.uniform(new Shape(2, 36), -1, 1, 1);
        Conv2d filters = new Conv2d(new ImageShape(1, 6, 6), 2, Window.of(3).padding(1), 1);
        Pool2d largest = Pool2d.max(filters.output(), Window.of(3).stride(2).padding(1));
        Layer network = Sequential.of(
                filters, Activation.RELU, largest, new Dense(largest.output().columns(), 3, 2));
        Value steps = Value.uniform(new Shape(2, 6), -1, 1, 2);
        return Stream.of(
                loss("margin of a largest", images, x -> CrossEntropy.fromLogits(network.forward(x), 0, 1)),
                loss("clipped", certain, p -> CrossEntropy.fromProbabilities(p, labels, Clipping.clip(1e-7), ROWS)),
                loss("with ε", certain, p -> CrossEntropy.fromProbabilities(p, labels, Clipping.addEpsilon(0.1), ROWS)),
                loss("as it is", certain, p -> CrossEntropy.fromProbabilities(p, labels)),
                loss("shares", certain, p -> CrossEntropy.fromProbabilities(p, shares)),
                loss(
                        "clipped yes or no",
                        certain,
                        p -> BinaryCrossEntropy.fromProbabilities(
                                p, shares, Clipping.clip(1e-7), BinaryOptions.DEFAULT)),
                loss("floored yes or no", certain, p -> BinaryCrossEntropy.fromProbabilities(p, shares)),
                loss("divergence", certain, p -> Information.divergence(shares, p, ROWS)),
                loss(
                        "causal",
                        steps,
                        x -> new Attention(2, 2, 1).causal().forward(x).square().elementSum()),
                loss(
                        "lengths",
                        steps,
                        x -> Recurrent.of(new GruCell(2, 2, 1))
                                .run(x, Value.zeros(new Shape(1, 2)), 3, 1)
                                .outputs()
                                .mean()),
                loss(
                        "largest numbers",
                        steps.scale(1e308),
                        x -> LayerNorm.plain(1e-5).forward(x).sum(Per.ROW).mean()));
    }

    private static Arguments loss(String name, Value input, UnaryOperator<Value> loss) {
        return Arguments.of(name, input, loss);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("healthy")
    void aHealthyLossCanBeWatched(String name, Value input, UnaryOperator<Value> loss) {
        Value plain = loss.apply(Value.variable("x", input));
        assertTrue(
                NonFinite.in(plain).isEmpty() && NonFinite.inGradientsOf(plain).isEmpty(), name);
        Value watched = loss.apply(NonFinite.trapping(Value.variable("x", input)));
        assertEquals(plain.scalar(), watched.scalar());
        watched.gradients();
    }

    @Test
    void aClassThatOccursWithProbabilityZeroIsStillFound() {
        Value p = variable(new double[] {0, 1});
        assertThrows(NonFiniteException.class, () -> CrossEntropy.fromProbabilities(NonFinite.trapping(p), 0));
    }

    /** The margin is less than whatever an image holds. */
    @Test
    void theMarginOfALargestIsNoPixel() {
        Pool2d pool = Pool2d.max(new ImageShape(1, 1, 2), Window.of(1, 3).padding(0, 1));
        double inf = Double.POSITIVE_INFINITY;
        for (double[] pair :
                new double[][] {{-1, -2}, {-1e308, -Double.MAX_VALUE}, {-inf, 3}, {inf, inf}, {0, -0.0}, {-5, -5}}) {
            double largest = Math.max(pair[0], pair[1]);
            Value x = Value.variable("x", new double[][] {pair});
            Value y = pool.forward(x);
            assertEquals(largest, y.get(0, 0));
            assertEquals(largest, y.get(0, 1));
            Value slope = y.elementSum().gradients().of(x);
            double share = pair[0] == pair[1] ? 1 : pair[0] == largest ? 2 : 0;
            assertEquals(share, slope.get(0, 0));
            assertEquals(2 - share, slope.get(0, 1));
        }
        Value unknown = Value.constant(new double[][] {{Double.NaN, 1}});
        assertTrue(Double.isNaN(pool.forward(unknown).get(0, 0)));
    }
}
