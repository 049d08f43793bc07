package org.ejgrad.nn.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class SampleGradientsTest {
    private static final Dataset MOONS = ToySets.moons(12, 0.1, 1);
    private static final Sequential NETWORK = Sequential.dense(Activation.TANH, 3, 2, 4, 2);
    private static final Objective OBJECTIVE = Objective.softmaxCrossEntropy();

    private static double norm(Gradients gradients, List<Parameter> parameters) {
        return Math.sqrt(parameters.stream()
                .mapToDouble(each -> Math.pow(gradients.of(each.value()).normF().scalar(), 2))
                .sum());
    }

    /** One weight w, the loss (w·x − t)²: gradients 2x(wx − t) of 2, 6 and 10 have the mean 6 and the variance 16. */
    @Test
    void theNoiseScaleIsVarianceOverSignal() {
        Layer line = Dense.withoutBias(new SimpleMatrix(1, 1, true, 0.0));
        Dataset three = Dataset.regression(
                "three", new SimpleMatrix(3, 1, true, 1, 1, 1), new SimpleMatrix(3, 1, true, -1, -3, -5));
        SampleGradients gradients = SampleGradients.of(line, Objective.squaredError(), three);
        assertArrayEquals(new double[] {2, 6, 10}, gradients.norms());
        assertEquals(16, gradients.noise());
        assertEquals(16 / (36 - 16.0 / 3), gradients.noiseScale(), 1e-15);
        assertEquals(6, gradients.layerNorms().get(""));
        Dataset same = three.rows(1, 1, 1);
        assertEquals(0, SampleGradients.of(line, Objective.squaredError(), same).noiseScale());
        Dataset opposed =
                Dataset.regression("two", new SimpleMatrix(2, 1, true, 1, 1), new SimpleMatrix(2, 1, true, -1, 1));
        assertEquals(
                Double.POSITIVE_INFINITY,
                SampleGradients.of(line, Objective.squaredError(), opposed).noiseScale());
    }

    /** Squares of these are no doubles. */
    @Test
    void hugeAndTinyGradientsAreMeasured() {
        Layer line = Dense.withoutBias(new SimpleMatrix(1, 1, true, 0.0));
        for (double scale : new double[] {1e160, 1e-170}) {
            Dataset three = Dataset.regression(
                    "three",
                    new SimpleMatrix(3, 1, true, 1, 1, 1),
                    new SimpleMatrix(3, 1, true, -1 * scale, -3 * scale, -5 * scale));
            SampleGradients gradients = SampleGradients.of(line, Objective.squaredError(), three);
            assertArrayEquals(new double[] {2 * scale, 6 * scale, 10 * scale}, gradients.norms(), 1e-14 * scale);
            assertEquals(6 * scale, gradients.layerNorms().get(""), 1e-14 * scale);
            assertEquals(16 / (36 - 16.0 / 3), gradients.noiseScale(), 1e-14);
            assertEquals(scale > 1 ? Double.POSITIVE_INFINITY : 0, gradients.noise());
        }
    }

    /** Their mean is a double, their sum is none. */
    @Test
    void gradientsNearTheLargestDoubleHaveAMean() {
        Layer line = Dense.withoutBias(new SimpleMatrix(1, 1, true, 0.0));
        Objective linear = (outputs, batch) -> outputs.mean();
        Dataset two = Dataset.regression(
                "two", new SimpleMatrix(2, 1, true, 1.2e308, 1.6e308), new SimpleMatrix(2, 1, true, 0, 0));
        SampleGradients gradients = SampleGradients.of(line, linear, two);
        assertEquals(1.4e308, gradients.layerNorms().get(""), 1e294);
        assertEquals(0.08 / (1.96 - 0.04), gradients.noiseScale(), 1e-14);
    }

    @Test
    void theirMeanIsTheBatchsGradient() {
        SampleGradients gradients = SampleGradients.of(NETWORK, OBJECTIVE, MOONS);
        Gradients batch = OBJECTIVE
                .loss(NETWORK.forward(Value.constant(MOONS.inputs())), MOONS)
                .gradients();
        for (Parameter each : NETWORK.parameters()) {
            Value mean = gradients.samples().stream()
                    .map(sample -> sample.of(each.value()))
                    .reduce(Value::plus)
                    .orElseThrow()
                    .divide(MOONS.size());
            assertEquals(0, mean.minus(batch.of(each.value())).normF().scalar(), 1e-15);
        }
        assertEquals(List.of("0", "2"), List.copyOf(gradients.layerNorms().keySet()));
        for (int layer = 0; layer < 2; layer++) {
            assertEquals(
                    norm(batch, NETWORK.parameters().subList(2 * layer, 2 * layer + 2)),
                    gradients.layerNorms().get("" + 2 * layer),
                    1e-15);
        }
        assertEquals(MOONS.size(), gradients.norms().length);
        assertArrayEquals(
                IntStream.range(0, MOONS.size())
                        .mapToDouble(i -> norm(gradients.samples().get(i), NETWORK.parameters()))
                        .toArray(),
                gradients.norms(),
                1e-15);
    }

    @Test
    void whatTellsNothingIsRefused() {
        assertEquals(
                "SampleGradients: the number of examples = 1; expected at least 2",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> SampleGradients.of(NETWORK, OBJECTIVE, MOONS.rows(0)))
                        .getMessage());
        Layer one = new Dense(2, 1, 1);
        assertEquals(
                "SampleGradients: example 1 alone: CrossEntropy.fromLogits: row 0 has label 1; with 1 classes, expected "
                        + "0 to 0",
                Thrown.argument(() -> SampleGradients.of(
                        one,
                        Objective.softmaxCrossEntropy(),
                        Dataset.classification("two", new SimpleMatrix(2, 2), new int[] {0, 1}, "a", "b"))));
        assertEquals(
                "SampleGradients: the network has no parameters; expected some",
                assertThrows(IllegalArgumentException.class, () -> SampleGradients.of(Value::tanh, OBJECTIVE, MOONS))
                        .getMessage());
    }
}
