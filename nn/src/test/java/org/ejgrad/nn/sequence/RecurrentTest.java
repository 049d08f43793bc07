package org.ejgrad.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What recurrent layers say of themselves, what they refuse, and what long sequences cost. */
class RecurrentTest {
    private static final Recurrent LAYER = Recurrent.of(new GruCell(2, 3, 1));

    /** A cell of one's own: the running mean of the features. */
    private record Mean(double share, int features, UnaryOperator<Value> project) implements Cell {
        Mean(double share) {
            this(share, 1, x -> x.scale(share));
        }

        @Override
        public int hidden() {
            return 1;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Value project(Value features) {
            return project.apply(features);
        }

        @Override
        public Value next(Value projected, Value state) {
            return projected.plus(state.scale(1 - share));
        }

        @Override
        public String toString() {
            return "Mean";
        }
    }

    /** As PyTorch's, uniformly in ±1/√hidden. */
    @Test
    void allWeightsOfACellBeginWithinOneBound() {
        for (Parameter each : new GruCell(3, 100, 1).parameters()) {
            double[] sorted = each.value().matrix().getDDRM().data.clone();
            Arrays.sort(sorted);
            assertEquals(-0.1, sorted[0], 0.005);
            assertEquals(0.1, sorted[sorted.length - 1], 0.005);
        }
        assertTrue(Thrown.argument(() -> new GruCell(1 << 20, 1 << 20, 1)).startsWith("GruCell(1048576, 1048576): "));
    }

    @Test
    void aCellOfOnesOwnRunsLikeAnyOther() {
        Value x = Value.constant(new double[][] {{1, 0, 4}});
        assertEquals(
                "[0.5, 0.25, 2.125]",
                java.util.Arrays.toString(
                        Recurrent.of(new Mean(0.5)).forward(x).matrix().getDDRM().data));
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> Model.of(Recurrent.of(new Mean(0.5)), Objective.squaredError(), ToySets.moons(4, 0, 1))
                        .toBytes());
        assertTrue(refused.getMessage().contains("Recurrent cannot be saved: its cell"), refused.getMessage());
    }

    @Test
    void aLayerSaysWhatItIs() {
        assertEquals("Recurrent(GruCell(2, 3), all outputs)", LAYER.description());
        assertEquals("Recurrent(GruCell(2, 3), last output)", LAYER.last().description());
        assertEquals(LAYER.parameters(), LAYER.last().parameters());
        Layer network = Sequential.of(new Embedding(5, 2, 1), LAYER, new EachStep(3, new Dense(3, 5, 2)));
        assertEquals(
                List.of("Embedding(5, 2) 14 10", "Recurrent(GruCell(2, 3)) 21 63", "EachStep(3) 35 20"),
                network.summary(7).lines().stream()
                        .map(line -> line.layer() + " " + line.outputs() + " " + line.parameters())
                        .toList());
        assertEquals(
                "[0.weight 5x2, 1.weight_ih 2x9, 1.weight_hh 3x9, 1.bias_ih 1x9, 1.bias_hh 1x9, "
                        + "2.weight 3x5, 2.bias 1x5]",
                network.parameters().toString());
        assertTrue(network.inference()
                .forward(Value.constant(new SimpleMatrix(1, 4)))
                .isConstant());
    }

    /** A cell of 2 features whose methods answer as given. */
    private record Given(
            Value start, UnaryOperator<Value> project, BinaryOperator<Value> next, UnaryOperator<Value> output)
            implements Cell {
        static Cell starting(Value start) {
            return new Given(start, x -> x, Value::plus, state -> state);
        }

        static Cell projecting(UnaryOperator<Value> project) {
            return new Given(Value.zeros(new Shape(1, 2)), project, Value::plus, state -> state);
        }

        static Cell going(BinaryOperator<Value> next) {
            return new Given(Value.zeros(new Shape(1, 2)), x -> x, next, state -> state);
        }

        static Cell giving(UnaryOperator<Value> output) {
            return new Given(Value.zeros(new Shape(1, 2)), x -> x, Value::plus, output);
        }

        @Override
        public int features() {
            return 2;
        }

        @Override
        public int hidden() {
            return 2;
        }

        @Override
        public List<Parameter> parameters() {
            return List.of();
        }

        @Override
        public Value project(Value features) {
            return project.apply(features);
        }

        @Override
        public Value next(Value projected, Value state) {
            return next.apply(projected, state);
        }

        @Override
        public Value output(Value state) {
            return output.apply(state);
        }

        @Override
        public String toString() {
            return "Mine";
        }
    }

    @SuppressWarnings("NullAway")
    private static <T> T none() {
        return null;
    }

    /** What a cell of one's own answers wrongly would lose examples or columns without a word. */
    static Stream<Arguments> wrongCells() {
        return Stream.of(
                Arguments.of("the cell's start is null; expected 1x2", Given.starting(none())),
                Arguments.of("the cell's start is 2x2; expected 1x2", Given.starting(Value.zeros(new Shape(2, 2)))),
                Arguments.of("the cell projects 4x2 to null; expected as many rows", Given.projecting(x -> none())),
                Arguments.of("the cell projects 4x2 to 1x2; expected as many rows", Given.projecting(x -> x.getRow(0))),
                Arguments.of("the cell's next state is null; expected 2x2", Given.going((x, state) -> none())),
                Arguments.of("the cell's next state is 1x2; expected 2x2", Given.going((x, state) -> state)),
                Arguments.of("the cell's next state is 2x1; expected 2x2", Given.going((x, state) -> x.getColumn(0))),
                Arguments.of("the cell's output is null; expected 2x2", Given.giving(state -> none())),
                Arguments.of("the cell's output is 2x1; expected 2x2", Given.giving(state -> state.getColumn(0))));
    }

    @ParameterizedTest
    @MethodSource("wrongCells")
    void aCellThatAnswersWronglyIsRefused(String message, Cell cell) {
        Value x = Value.constant(new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}});
        Recurrent layer = Recurrent.of(cell);
        assertEquals("Recurrent(Mine): " + message, Thrown.argument(() -> layer.forward(x)));
        assertEquals(
                "Recurrent(Mine): " + message,
                Thrown.argument(() -> layer.last().forward(x)));
        if (!message.contains("start")) {
            Value state = Value.zeros(new Shape(1, 2));
            assertEquals("Recurrent(Mine): " + message, Thrown.argument(() -> layer.run(x, state, 2, 1)));
        }
    }

    static Stream<Arguments> refusals() {
        Value x = Value.zeros(new Shape(2, 6));
        Cell cell = LAYER.cell();
        return Stream.of(
                refusal(
                        "Recurrent(GruCell(2, 3)): the input is 2x5; expected 2 columns for each step, and at least 1 step",
                        () -> LAYER.forward(Value.zeros(new Shape(2, 5)))),
                refusal(
                        "Recurrent(GruCell(2, 3)): the input is 2x0; expected 2 columns for each step, and at least 1 step",
                        () -> LAYER.last().forward(Value.zeros(new Shape(2, 0)))),
                refusal(
                        "GruCell(2, 3): the state is 3x3; expected 2x3, or 1x3 for every example alike",
                        () -> LAYER.run(x, Value.zeros(new Shape(3, 3)))),
                refusal(
                        "GruCell(2, 3): the state is 2x4; expected 2x3, or 1x3 for every example alike",
                        () -> cell.step(Value.zeros(new Shape(2, 2)), Value.zeros(new Shape(2, 4)))),
                refusal(
                        "GruCell(2, 3): the step is 2x3; expected 2 columns",
                        () -> cell.step(Value.zeros(new Shape(2, 3)), cell.start())),
                refusal(
                        "Recurrent(GruCell(2, 3)): 3 lengths for an input of 2x6; expected 2",
                        () -> LAYER.run(x, cell.start(), 1, 2, 3)),
                refusal(
                        "Recurrent(GruCell(2, 3)): the length of row 1 = 0; expected at least 1",
                        () -> LAYER.run(x, cell.start(), 3, 0)),
                refusal(
                        "Recurrent(GruCell(2, 3)): the length of row 0, of an input of 2x6 = 4; expected at most 3",
                        () -> LAYER.run(x, cell.start(), 4, 1)),
                refusal(
                        "Recurrent(Mean): the number of features = 0; expected at least 1",
                        () -> Recurrent.of(new Mean(0.5, 0, v -> v)).forward(x)),
                refusal(
                        "Recurrent(Mean): the columns of a projected step = 0; expected at least 1",
                        () -> Recurrent.of(new Mean(0.5, 1, v -> v.cols(0, 0))).forward(x)),
                refusal(
                        "EachStep(4): the input is 2x6; expected 4 columns for each step, and at least 1 step",
                        () -> new EachStep(4, Value::tanh).forward(x)),
                refusal(
                        "EachStep(3): the layer turned 4x3 into 1x3; expected as many rows",
                        () -> new EachStep(3, v -> v.getRow(0)).forward(x)),
                refusal("EachStep: the number of features = 0; expected at least 1", () -> new EachStep(0, v -> v)),
                refusal("LstmCell: the number of hidden columns = 0; expected at least 1", () -> new LstmCell(1, 0, 1)),
                refusal(
                        "RecurrentCell: the number of features = 0; expected at least 1",
                        () -> new RecurrentCell(0, 1, 1)),
                refusal(
                        "GruCell: weight_hh is 3x4; expected 3x9 of 3 gates, 2 features and 3 hidden columns, at least "
                                + "1 of each",
                        () -> GruCell.of(List.of(
                                new SimpleMatrix(2, 9),
                                new SimpleMatrix(3, 4),
                                new SimpleMatrix(1, 9),
                                new SimpleMatrix(1, 9)))),
                refusal(
                        "LstmCell: 1 matrices; expected [weight_ih, weight_hh, bias_ih, bias_hh]",
                        () -> LstmCell.of(List.of(new SimpleMatrix(2, 9)))));
    }

    private static Arguments refusal(String message, Executable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatDoesNotFitIsRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void whatIsMissingIsNamedBeforeWhatDoesNotFit() {
        Value wrong = Value.zeros(new Shape(2, 5));
        Attention attention = new Attention(2, 3, 1);
        Map<String, Executable> calls = Map.of(
                "state", () -> LAYER.run(wrong, null),
                "lengths", () -> LAYER.run(wrong, LAYER.cell().start(), (int[]) null),
                "lengths of outputs", () -> attention.forward(wrong, (int[]) null),
                "lengths of weights", () -> attention.weights(wrong, (int[]) null));
        calls.forEach((name, call) -> assertEquals(
                name.split(" ")[0],
                assertThrows(NullPointerException.class, call).getMessage()));
    }

    /** Bytes that a thread asks for in a forward and backward pass. */
    private static long bytes(Recurrent layer, int steps) {
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Value x = Value.variable("x", new SimpleMatrix(2, steps * layer.cell().features()));
        long before = thread.getCurrentThreadAllocatedBytes();
        layer.forward(x).square().elementSum().gradients();
        return thread.getCurrentThreadAllocatedBytes() - before;
    }

    /** Each doubling of the length adds one more halving; cut one by one, 1,600 steps would take 64 times 100. */
    @Test
    void memoryGrowsWithTheStepsNotWithTheirSquare() {
        Recurrent layer = Recurrent.of(new GruCell(8, 8, 1));
        bytes(layer, 1600);
        double ratio = (double) bytes(layer, 1600) / bytes(layer, 100);
        assertTrue(ratio < 16 * 1.5, "16 times the steps take " + ratio + " times the memory");
    }
}
