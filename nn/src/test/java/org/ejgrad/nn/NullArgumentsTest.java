package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.laws.NullArguments;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.CheckpointFolder;
import org.ejgrad.nn.lint.Lint;
import org.ejgrad.nn.lint.Warning;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.metrics.Calibration;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.metrics.Probabilities;
import org.ejgrad.nn.metrics.Ranking;
import org.ejgrad.nn.metrics.Scores;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Null in place of any argument of any public method of layers, losses, metrics, lint and training is refused by name.
 */
class NullArgumentsTest {
    private static final SimpleMatrix ONE = SimpleMatrix.ones(1, 1);
    private static final Value X = Value.constant(ONE);
    private static final Parameter PARAMETER = new Parameter("weight", ONE);

    private static void refusesNull(Map<Class<?>, Object> arguments, Class<?>... types) {
        List<String> complaints = new NullArguments(arguments).complaints(types);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }

    @Test
    void layers() {
        refusesNull(
                Map.ofEntries(
                        Map.entry(Value.class, X),
                        Map.entry(int.class, 1),
                        Map.entry(String.class, "weight"),
                        Map.entry(ConstMatrix.class, ONE),
                        Map.entry(List.class, List.of()),
                        Map.entry(int[].class, new int[] {0}),
                        Map.entry(Initialiser.class, Initialiser.xavierUniform()),
                        Map.entry(RandomStream.class, new RandomStream(1)),
                        Map.entry(Parameter.class, PARAMETER),
                        Map.entry(Layer.class, new Dense(1, 1, 1)),
                        Map.entry(BatchNorm.class, new BatchNorm(1)),
                        Map.entry(Bilinear.class, new Bilinear(1, 1, 1)),
                        Map.entry(Dense.class, new Dense(1, 1, 1)),
                        Map.entry(Dropout.class, new Dropout(0, 1)),
                        Map.entry(Embedding.class, new Embedding(2, 1, 1)),
                        Map.entry(LayerNorm.class, new LayerNorm(1)),
                        Map.entry(Residual.class, Residual.of(x -> x)),
                        Map.entry(Sequential.class, Sequential.of()),
                        Map.entry(Temperature.class, new Temperature(1)),
                        Map.entry(
                                ModelMismatchException.class,
                                new ModelMismatchException("the model", List.of("other")))),
                BatchNorm.class,
                Bilinear.class,
                Dense.class,
                Dropout.class,
                Embedding.class,
                Initialiser.class,
                Layer.class,
                LayerNorm.class,
                ModelMismatchException.class,
                Parameter.class,
                Penalty.class,
                RandomStream.class,
                Residual.class,
                Sequential.class,
                Temperature.class);
    }

    @Test
    void losses() {
        refusesNull(
                Map.ofEntries(
                        Map.entry(Value.class, X),
                        Map.entry(int.class, 1),
                        Map.entry(int[].class, new int[] {0}),
                        Map.entry(List.class, List.of()),
                        Map.entry(OptionalInt.class, OptionalInt.empty()),
                        Map.entry(ConstMatrix.class, ONE),
                        Map.entry(Clipping.class, Clipping.none()),
                        Map.entry(BinaryOptions.class, BinaryOptions.DEFAULT),
                        Map.entry(ClassOptions.class, ClassOptions.DEFAULT)),
                BinaryCrossEntropy.class,
                BinaryOptions.class,
                ClassOptions.class,
                Clipping.class,
                CrossEntropy.class,
                Focal.class,
                Information.class,
                Margin.class,
                NoisyLabels.class,
                Regression.class);
    }

    @Test
    void metrics() {
        int[] labels = {0, 1};
        SimpleMatrix both = SimpleMatrix.identity(2);
        refusesNull(
                Map.ofEntries(
                        Map.entry(int[].class, labels),
                        Map.entry(double[].class, new double[] {0, 1}),
                        Map.entry(ConstMatrix.class, both),
                        Map.entry(List.class, List.of("no", "yes")),
                        Map.entry(Calibration.class, Calibration.ofPredictedClass(labels, both, 2)),
                        Map.entry(Calibration.Bin.class, new Calibration.Bin(0, 1, 1, 1, 1)),
                        Map.entry(ConfusionMatrix.class, ConfusionMatrix.of(labels, labels, 2)),
                        Map.entry(MultiLabel.class, MultiLabel.of(both, both)),
                        Map.entry(Scores.class, Scores.of(1, 1, 1))),
                Calibration.class,
                Calibration.Bin.class,
                Classification.class,
                ConfusionMatrix.class,
                MultiLabel.class,
                Probabilities.class,
                Ranking.class,
                Scores.class);
    }

    @Test
    void lintAndTraining(@TempDir Path path) throws Exception {
        Layer network = Sequential.of(new Dense(2, 2, 1));
        Optimizer optimizer = Optimizer.of(network.parameters(), Sgd.rate(0.1));
        try (CheckpointFolder folder = CheckpointFolder.open(path, 1)) {
            refusesNull(
                    Map.ofEntries(
                            Map.entry(Value.class, X),
                            Map.entry(String.class, "name"),
                            Map.entry(List.class, List.of()),
                            Map.entry(Map.class, Map.of()),
                            Map.entry(Optional.class, Optional.empty()),
                            Map.entry(OptionalDouble.class, OptionalDouble.empty()),
                            Map.entry(UnaryOperator.class, UnaryOperator.identity()),
                            Map.entry(Dataset.class, ToySets.moons(4, 0.1, 1)),
                            Map.entry(Layer.class, network),
                            Map.entry(Optimizer.class, optimizer),
                            Map.entry(CheckpointFolder.class, folder),
                            Map.entry(
                                    EpochResult.class,
                                    new EpochResult(1, 1, Map.of(), OptionalDouble.empty(), Map.of())),
                            Map.entry(History.class, new History(List.of(), History.End.COMPLETED, 0)),
                            Map.entry(Trainer.Shuffle.class, new Trainer.Shuffle(1, 1)),
                            Map.entry(Trainer.class, Trainer.of(network, Objective.squaredError(), optimizer))),
                    Warning.class,
                    Lint.class,
                    EpochResult.class,
                    History.class,
                    Trainer.class,
                    Trainer.Shuffle.class);
        }
    }
}
