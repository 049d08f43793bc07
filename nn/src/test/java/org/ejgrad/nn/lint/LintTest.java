package org.ejgrad.nn.lint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.lint.Warning.Pitfall;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Programs with one usual mistake each, at several sizes, and beside each the program without it. */
class LintTest {
    private record Pair(Pitfall pitfall, Function<Scene, Value> bad, Function<Scene, Value> good) {}

    /** Something to make a mistake with: n rows, k classes, and a network's outputs. */
    private static final class Scene {
        final int n;
        final int k;
        final int[] labels;
        final Value inputs;
        final Sequential network;
        final Value logits;
        final Value targets;

        Scene(int n, int k) {
            this.n = n;
            this.k = k;
            Dataset blobs = ToySets.blobs(n, k, 1);
            labels = blobs.labels();
            inputs = Value.constant(blobs.inputs());
            network = Sequential.of(new Dense(2, 5, 1), Value::tanh, new Dense(5, k, 2));
            logits = network.forward(inputs);
            targets = Value.constant(blobs.oneHot().targets());
        }

        Value column() {
            return logits.getColumn(0);
        }

        Value targetColumn() {
            return targets.getColumn(0);
        }
    }

    private static final List<Pair> PAIRS = List.of(
            new Pair(
                    Pitfall.SOFTMAX_TWICE,
                    s -> CrossEntropy.fromLogits(s.logits.softmax(Per.ROW), s.labels),
                    s -> CrossEntropy.fromLogits(s.logits, s.labels)),
            new Pair(
                    Pitfall.SOFTMAX_TWICE,
                    s -> CrossEntropy.fromLogits(s.logits.softmax(Per.ROW).scale(2), s.targets),
                    s -> CrossEntropy.fromLogits(s.logits.scale(2), s.targets)),
            new Pair(
                    Pitfall.SIGMOID_TWICE,
                    s -> BinaryCrossEntropy.fromLogits(s.logits.sigmoid(), s.targets),
                    s -> BinaryCrossEntropy.fromLogits(s.logits, s.targets)),
            new Pair(
                    Pitfall.LOG_OF_SOFTMAX,
                    s -> s.logits
                            .softmax(Per.ROW)
                            .elementLog()
                            .elementMult(s.targets)
                            .elementSum(),
                    s -> s.logits.logSoftmax(Per.ROW).elementMult(s.targets).elementSum()),
            new Pair(
                    Pitfall.LOG_OF_SIGMOID,
                    s -> s.logits.sigmoid().elementLog().mean(),
                    s -> s.logits.logSigmoid().mean()),
            new Pair(
                    Pitfall.LOG_PLUS_EPSILON,
                    s -> s.logits.square().plus(1e-7).elementLog().mean(),
                    s -> s.logits.square().plus(1).elementLog().mean()),
            new Pair(
                    Pitfall.LOG_PLUS_EPSILON,
                    s -> s.logits
                            .square()
                            .plus(Value.constant(1e-12))
                            .elementLog()
                            .mean(),
                    s -> s.logits
                            .square()
                            .plus(Value.constant(0.5))
                            .elementLog()
                            .mean()),
            new Pair(
                    Pitfall.OUTER_BROADCAST,
                    s -> s.column()
                            .broadcastTo(s.n, s.n)
                            .minus(s.targetColumn().transpose().broadcastTo(s.n, s.n))
                            .square()
                            .mean(),
                    s -> Regression.squaredError(s.column(), s.targetColumn())),
            new Pair(
                    Pitfall.MEAN_OF_ONE,
                    s -> CrossEntropy.fromLogits(s.logits, s.labels).mean(),
                    s -> CrossEntropy.fromLogits(s.logits, s.labels)),
            new Pair(
                    Pitfall.DEAD_RELU,
                    s -> s.logits.minus(1000).relu().mean(),
                    s -> s.logits.plus(1000).relu().mean()));

    @TestFactory
    Stream<DynamicTest> findsTheMistakeAndOnlyThat() {
        List<DynamicTest> tests = new ArrayList<>();
        for (int n : new int[] {6, 9, 20, 33}) {
            for (int k = 2; k <= 3; k++) {
                Scene scene = new Scene(n, k);
                for (Pair pair : PAIRS) {
                    tests.add(DynamicTest.dynamicTest(pair.pitfall + " " + n + "x" + k, () -> {
                        List<Warning> found = Lint.of(pair.bad.apply(scene), List.of());
                        assertFalse(found.isEmpty(), "nothing found");
                        assertTrue(
                                found.stream().allMatch(warning -> warning.pitfall() == pair.pitfall),
                                () -> found.toString());
                        assertEquals(List.of(), Lint.of(pair.good.apply(scene), List.of()));
                    }));
                }
            }
        }
        return tests.stream();
    }

    @Test
    void findsParametersThatTakeNoPart() {
        Scene scene = new Scene(12, 3);
        Value loss = CrossEntropy.fromLogits(scene.logits, scene.labels);
        assertEquals(List.of(), Lint.of(loss, scene.network.parameters()));
        Dense forgotten = new Dense(3, 3, 7);
        List<Warning> found = Lint.of(loss, forgotten.parameters());
        assertEquals(2, found.size());
        assertEquals("weight", found.get(0).place());
        assertTrue(found.get(0).toString().startsWith("weight: the loss does not depend on"));
    }

    @Test
    void findsDropoutInAnEvaluation() {
        Layer network = Sequential.of(new Dense(2, 4, 1), new Dropout(0.5, 2));
        Value inputs = Value.constant(new double[3][2]);
        List<Warning> found = Lint.ofEvaluation(network.forward(inputs));
        assertEquals(1, found.size());
        assertEquals(Pitfall.DROPOUT_IN_EVALUATION, found.get(0).pitfall());
        assertEquals(List.of(), Lint.ofEvaluation(network.inference().forward(inputs)));
    }

    @Test
    void aTrainingThroughTwoSoftmaxesEndsAtTheFloor() {
        Dataset blobs = ToySets.blobs(80, 4, 1);
        assertEquals(0.743668, Lint.doubleSoftmaxFloor(4), 1e-6);
        assertTrue(Lint.stuckAtDoubleSoftmaxFloor(losses(blobs, x -> x.softmax(Per.ROW)), 4));
        assertFalse(Lint.stuckAtDoubleSoftmaxFloor(losses(blobs, logits -> logits), 4));
        assertFalse(Lint.stuckAtDoubleSoftmaxFloor(List.of(0.75), 4));
        assertThrows(IllegalArgumentException.class, () -> Lint.doubleSoftmaxFloor(1));
    }

    /** The last five losses lie between just below the floor and a fiftieth above it, and hardly differ. */
    @Test
    void theFloorIsSeenInTheLastFiveLosses() {
        double floor = Lint.doubleSoftmaxFloor(3);
        assertTrue(stuck(floor, 9, 1, 1, 1, 1, 1), "whatever came before");
        assertTrue(stuck(floor, 0.9999, 1, 1, 1, 1));
        assertTrue(stuck(floor, 1.02, 1.02, 1.02, 1.02, 1.02));
        assertFalse(stuck(floor, 1, 1, 1, 1));
        assertFalse(stuck(floor, 0.999, 0.999, 0.999, 0.999, 0.999), "below the floor");
        assertFalse(stuck(floor, 1.03, 1.03, 1.03, 1.03, 1.03), "above");
        assertFalse(stuck(floor, 1, 1.006, 1.012, 1.006, 1), "moving");
    }

    private static boolean stuck(double floor, double... shares) {
        return Lint.stuckAtDoubleSoftmaxFloor(
                Arrays.stream(shares).map(share -> floor * share).boxed().toList(), 3);
    }

    private static List<Pitfall> found(Value loss) {
        return Lint.of(loss, List.of()).stream().map(Warning::pitfall).toList();
    }

    private static Value square(double... elements) {
        int n = (int) Math.sqrt(elements.length);
        return Value.variable("x", new SimpleMatrix(n, n, true, elements));
    }

    @Test
    void aSourceIsSeenThroughWhatMovesOrScalesIt() {
        Value probabilities = square(1, 2, 3, 4).sigmoid();
        Value targets = Value.constant(new double[2][2]);
        for (UnaryOperator<Value> move : List.<UnaryOperator<Value>>of(
                Value::transpose,
                Value::negative,
                x -> x.scale(3),
                x -> x.rows(0, 1).broadcastTo(2, 2),
                x -> x.reshape(4, 1).reshape(2, 2).negative().transpose())) {
            assertEquals(
                    List.of(Pitfall.SIGMOID_TWICE),
                    found(BinaryCrossEntropy.fromLogits(move.apply(probabilities), targets)));
        }
        assertEquals(List.of(), found(BinaryCrossEntropy.fromLogits(probabilities.minus(0.5), targets)));
    }

    @Test
    void anEpsilonIsSmallPositiveAndEverywhere() {
        Value x = square(1, 2, 3, 4).square();
        List<Pitfall> epsilon = List.of(Pitfall.LOG_PLUS_EPSILON);
        assertEquals(epsilon, found(x.plus(1e-3).elementLog()));
        assertEquals(epsilon, found(x.plus(Value.filled(x.shape(), 1e-3)).elementLog()));
        for (double none : new double[] {Math.nextUp(1e-3), -1e-7}) {
            assertEquals(List.of(), found(x.plus(none).elementLog()));
            assertEquals(List.of(), found(x.plus(Value.filled(x.shape(), none)).elementLog()));
        }
        assertEquals(
                List.of(),
                found(x.plus(Value.constant(new double[][] {{1e-7, 1e-7}, {1e-7, 1}}))
                        .elementLog()));
        assertEquals(List.of(), found(x.plus(Value.zeros(x.shape())).elementLog()));
        assertEquals(List.of(), found(x.plus(square(1e-7, 1e-7, 1e-7, 1e-7)).elementLog()), "a variable learns");
        Value nothing = Value.variable("nothing", new SimpleMatrix(0, 0));
        assertEquals(
                List.of(), found(nothing.plus(Value.constant(new double[0][0])).elementLog()));
    }

    @Test
    void onlyALineAgainstTheOtherLineIsOuter() {
        Value x = square(1, 2, 3, 4);
        Value column = x.getColumn(0).broadcastTo(2, 2);
        Value row = x.getRow(0).broadcastTo(2, 2);
        Value rows = Value.constant(new double[][] {{5, 6}, {5, 6}});
        Value columns = rows.transpose();
        List<Pitfall> outer = List.of(Pitfall.OUTER_BROADCAST);
        for (Value combined : List.of(
                column.minus(row), row.minus(column), column.minus(rows), rows.minus(column), row.minus(columns))) {
            assertEquals(outer, found(combined));
        }
        Value any = Value.constant(new double[][] {{5, 6}, {5, 7}});
        for (Value combined : List.of(
                column.minus(column),
                row.minus(row),
                column.minus(columns),
                row.minus(rows),
                column.minus(any),
                row.minus(any),
                x.minus(column),
                x.getColumn(0).broadcastTo(2, 3).minus(Value.constant(new double[][] {{5, 6, 7}, {5, 6, 7}})),
                square(1).broadcastTo(1, 1).minus(Value.constant(1)))) {
            assertEquals(List.of(), found(combined), combined.name());
        }
    }

    @Test
    void aUnitIsDeadIfNoRowReachesIt() {
        Value x = Value.variable("x", new double[][] {{1, -1, -1}, {-1, -1, 0}});
        List<Warning> found = Lint.of(x.relu(), List.of());
        assertEquals(
                List.of("relu 2x3, column 1", "relu 2x3, column 2"),
                found.stream().map(Warning::place).toList());
        assertEquals(List.of(), found(x.rows(1, 2).relu()), "one row says little");
    }

    private static List<Double> losses(Dataset data, Layer last) {
        Layer network = Sequential.of(new Dense(2, 16, 1), Value::tanh, new Dense(16, 4, 2), last);
        Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.05));
        return Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer).fit(data, 300).epochs().stream()
                .map(EpochResult::loss)
                .toList();
    }

    /** Not by the name of the operation that makes it, unless it has a name of its own. */
    @Test
    void aLossIsCalledTheLoss() {
        Scene scene = new Scene(20, 3);
        Value loss = CrossEntropy.fromLogits(scene.logits.softmax(Per.ROW), scene.labels);
        Value binary = BinaryCrossEntropy.fromLogits(scene.logits.sigmoid(), scene.targets);
        assertEquals("the loss 1x1", places(loss));
        assertEquals("the loss 1x1", places(binary.plus(1)));
        assertEquals("L 1x1", places(loss.labelled("L")));
    }

    private static String places(Value loss) {
        return Lint.of(loss, List.of()).get(0).place();
    }
}
