package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Labels;
import org.ejgrad.nn.data.Standardizer;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.lint.Lint;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.NoisyLabels;
import org.ejgrad.nn.loss.RankingLoss;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.metrics.Calibration;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.metrics.Probabilities;
import org.ejgrad.nn.metrics.Ranking;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Lbfgs;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.PositionEncoding;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing public in nn changes a bit of a value, or of a matrix, that it was given or has given. */
class ValuesNeverChangeTest {
    private static final int[] LABELS = {0, 1};

    /** The numbers of two rows, which suit different losses: one-hot rows, signs, probabilities, logarithms of them. */
    private static final List<double[][]> NUMBERS = List.of(
            new double[][] {{1, 0}, {0, 1}},
            new double[][] {{1, 1}, {1, 1}},
            new double[][] {{0.25, 0.75}, {0.5, 0.5}},
            new double[][] {{0, 1e-9}, {1e-9, 0}});

    private static final Set<Class<?>> ARRAYS = Set.of(Value.class, ConstMatrix.class, double[].class, int[].class);

    private static final List<Class<?>> TYPES = List.of(
            BinaryCrossEntropy.class,
            BinaryOptions.class,
            ClassOptions.class,
            Clipping.class,
            CrossEntropy.class,
            Focal.class,
            Information.class,
            Margin.class,
            NoisyLabels.class,
            RankingLoss.class,
            Regression.class,
            Labels.class,
            Standardizer.class,
            Calibration.class,
            Classification.class,
            MultiLabel.class,
            Probabilities.class,
            Ranking.class,
            Lint.class,
            Bilinear.class,
            Embedding.class,
            Parameter.class,
            Temperature.class,
            Measure.class,
            Objective.class);

    @Test
    void everyLossMetricAndCheckLeavesItsArgumentsAlone() {
        Set<String> refused = new TreeSet<>();
        Set<String> answered = new TreeSet<>();
        for (double[][] numbers : NUMBERS) {
            TYPES.stream()
                    .flatMap(type -> Stream.of(type.getMethods()))
                    .filter(method -> method.getDeclaringClass().getName().startsWith("org.ejgrad.nn"))
                    .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(ARRAYS::contains))
                    .forEach(method -> (call(method, arguments(numbers)) ? answered : refused).add(method.toString()));
        }
        refused.removeAll(answered);
        assertEquals(Set.of(), refused, "never answered");
        assertTrue(answered.size() > 70, () -> answered.size() + " " + answered);
    }

    /** Whether the method answers; either way it must change nothing. */
    private static boolean call(Method method, Map<Class<?>, Supplier<Object>> arguments) {
        Object[] given = Stream.of(method.getParameterTypes())
                .map(type -> arguments.get(type).get())
                .toArray();
        if (method.getName().equals("symmetric")) {
            given[4] = -4.0; // the logarithm of 0
        }
        if (method.getName().equals("fromLogProbabilities") && given[0] instanceof Value probabilities) {
            given[0] = probabilities.elementLog();
        }
        if (method.getName().equals("fromLogitsOfSteps")) {
            given[1] = new SimpleMatrix(2, 1, true, 1, 0); // a step of two classes in each row
        }
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        Object target =
                isStatic ? method : arguments.get(method.getDeclaringClass()).get();
        Watched watched = new Watched().watch(given);
        boolean answers = true;
        try {
            method.setAccessible(true);
            if (method.invoke(target, given) instanceof Value value && !value.isConstant()) {
                watched.watch(value);
                value.gradients(Value.ones(value.shape()), Gradients.Option.DIFFERENTIABLE);
            }
        } catch (InvocationTargetException e) {
            assertTrue(e.getCause() instanceof IllegalArgumentException, () -> method + ": " + e.getCause());
            answers = false;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(method.toString(), e);
        }
        assertEquals(List.of(), watched.changed(), method.toString());
        return answers;
    }

    private static Map<Class<?>, Supplier<Object>> arguments(double[][] numbers) {
        Dataset data = Dataset.classification("data", new SimpleMatrix(numbers), LABELS, "no", "yes");
        Supplier<Object> parameter = () -> new Parameter("weight", new SimpleMatrix(numbers));
        return Map.ofEntries(
                Map.entry(Value.class, () -> Value.variable("x", numbers).scale(1)),
                Map.entry(ConstMatrix.class, () -> new SimpleMatrix(numbers)),
                Map.entry(double[].class, () -> new double[] {0.25, 0.75}),
                Map.entry(int[].class, LABELS::clone),
                Map.entry(int.class, () -> 2),
                Map.entry(double.class, () -> 1.0),
                Map.entry(List.class, () -> List.of(parameter.get())),
                Map.entry(BinaryOptions.class, () -> BinaryOptions.DEFAULT),
                Map.entry(ClassOptions.class, ClassOptions.DEFAULT::unchecked),
                Map.entry(Clipping.class, () -> Clipping.clip(0.1)),
                Map.entry(Reduction.class, () -> Reduction.SUM),
                Map.entry(Measure.class, Measure::accuracy),
                Map.entry(Objective.class, Objective::softmaxCrossEntropy),
                Map.entry(Dataset.class, () -> data),
                Map.entry(Standardizer.class, () -> Standardizer.fit(data)),
                Map.entry(Parameter.class, parameter),
                Map.entry(Bilinear.class, () -> Bilinear.of(new SimpleMatrix(numbers))),
                Map.entry(Embedding.class, () -> Embedding.of(new SimpleMatrix(numbers))),
                Map.entry(Temperature.class, () -> new Temperature(2)));
    }

    static Stream<Layer> layers() {
        return Stream.of(
                new Dense(2, 2, 1),
                new Dropout(0.5, 1),
                new BatchNorm(2),
                new LayerNorm(2),
                new Temperature(2),
                Embedding.of(SimpleMatrix.identity(2)).padding(1),
                Residual.of(new Dense(2, 2, 1)),
                Recurrent.of(new GruCell(1, 2, 1)),
                Recurrent.of(new LstmCell(2, 1, 1)).last(),
                Sequential.of(
                        new PositionEncoding(1), new Attention(1, 2, 1).heads(2).causal()),
                Bidirectional.of(1, Recurrent.of(new GruCell(1, 2, 1)), Recurrent.of(new GruCell(1, 1, 2))),
                new EachStep(1, new BatchNorm(1)),
                new Frozen(new BatchNorm(2)),
                Sequential.of(new Dense(2, 3, 1), Value::tanh, new Dense(3, 2, 2), new BatchNorm(2)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerLeavesInputParametersAndStatisticsAlone(Layer layer) {
        Value input = Value.variable("x", NUMBERS.get(0)).scale(1);
        Watched watched = new Watched().watch(input).watch(layer.parameters()).watch(layer.statistics());
        for (Layer mode : List.of(layer, layer.at(1, 2), layer.inference())) {
            Value output = mode.forward(input);
            watched.watch(output).watch(layer.statistics());
            output.gradients(Value.ones(output.shape()));
            Penalty.l2(layer.parameters(), 0.1);
        }
        assertEquals(List.of(), watched.changed());
    }

    @ParameterizedTest
    @MethodSource("org.ejgrad.nn.optim.OptimizerTest#rules")
    void everyStepLeavesOldParametersAndGradientsAlone(UpdateRule rule) {
        Layer network = Sequential.of(new Dense(2, 3, 1), Value::tanh, new Dense(3, 2, 2));
        Optimizer optimizer = Optimizer.of(network.parameters(), rule);
        Value input = Value.constant(NUMBERS.get(0));
        Watched watched = new Watched().watch(network.parameters());
        for (int step = 0; step < 3; step++) {
            Value loss = CrossEntropy.fromLogits(network.forward(input), LABELS);
            Gradients gradients = loss.gradients();
            watched.watch(loss)
                    .watch(gradients.variables().stream().map(gradients::of).toArray());
            GradientClipping.byNorm(gradients, 1e-3);
            optimizer.step(GradientClipping.byValue(gradients, 1e-3));
            NamedMatrices state = optimizer.state();
            watched.watch(state.names().stream().map(state::get).toArray()).watch(network.parameters());
            optimizer.restore(state);
        }
        assertEquals(List.of(), watched.changed());
    }

    /** Elements that a rule keeps are of no use to it after the step. */
    @Test
    void aRuleCannotWriteAfterItsStep() {
        List<UpdateRule.Elements> kept = new ArrayList<>();
        UpdateRule rule = new UpdateRule() {
            @Override
            public List<String> buffers() {
                return List.of();
            }

            @Override
            public Step at(long step, double rateFactor) {
                return elements -> {
                    elements.next(0, 7);
                    kept.add(elements);
                };
            }

            @Override
            public String description() {
                return "seven";
            }
        };
        Parameter x = new Parameter("x", new SimpleMatrix(1, 1));
        Optimizer.of(List.of(x), rule).step(x.value().square().gradients());
        assertEquals(7, x.value().scalar());
        assertThrows(IllegalStateException.class, () -> kept.get(0).next(0, 8));
        assertEquals(7, x.value().scalar());
    }

    @Test
    void aWholeTrainingLeavesWhatWasThereBeforeAlone() {
        Dataset moons = ToySets.moons(20, 0.1, 1);
        Layer network = Sequential.of(new Dense(2, 3, 1), new BatchNorm(3), Value::tanh, new Dense(3, 2, 2));
        NamedMatrices saved = Weights.of(network);
        Watched watched = new Watched()
                .watch(network.parameters())
                .watch(network.statistics())
                .watch(saved.names().stream().map(saved::get).toArray())
                .watch(moons.inputs(), moons.targets());
        Objective objective = (outputs, batch) -> {
            Value loss = CrossEntropy.fromLogits(outputs, batch.labels());
            watched.watch(loss);
            return loss;
        };
        Trainer trainer = Trainer.of(network, objective, Optimizer.of(network.parameters(), Adam.rate(0.1)))
                .batches(8, 1)
                .measure("accuracy", Measure.accuracy())
                .validation(moons)
                .patience(2)
                .clipping(gradients -> GradientClipping.byNorm(gradients, 1).gradients());
        trainer.fit(moons, 3);
        watched.watch(network.parameters()).watch(network.statistics());
        Weights.into(network, saved, Weights.Numbers.FINITE);
        Lbfgs.of(network.parameters())
                .step(() -> CrossEntropy.fromLogits(network.forward(Value.constant(moons.inputs())), moons.labels()));
        assertEquals(List.of(), watched.changed());
    }
}
