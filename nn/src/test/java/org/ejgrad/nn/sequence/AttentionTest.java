package org.ejgrad.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Attention under every option: the laws of derivatives, who sees whom, and what is refused. */
class AttentionTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 12);
    private static final int ROWS = 3;
    private static final int STEPS = 4;
    private static final int FEATURES = 2;
    private static final int[] LENGTHS = {4, 1, 3};
    private static final Attention HEAD = new Attention(FEATURES, 3, 1);
    private static final Attention HEADS = new Attention(FEATURES, 6, 2).heads(3);

    private static Map<String, UnaryOperator<Value>> options() {
        Map<String, UnaryOperator<Value>> all = new TreeMap<>();
        all.put("all", HEAD::forward);
        all.put("causal", HEAD.causal()::forward);
        all.put("of lengths", x -> HEAD.forward(x, LENGTHS));
        all.put("causal of lengths", x -> HEAD.causal().forward(x, LENGTHS));
        all.put("weights", x -> HEAD.causal().weights(x, LENGTHS));
        all.put("several heads, all", HEADS::forward);
        all.put("several heads, causal of lengths", x -> HEADS.causal().forward(x, LENGTHS));
        all.put("several heads, weights", x -> HEADS.weights(x, LENGTHS));
        all.put("positions", new PositionEncoding(FEATURES)::forward);
        all.put("each step", new EachStep(FEATURES, new Dense(FEATURES, 3, 4))::forward);
        return all;
    }

    static List<Attention> both() {
        return List.of(HEAD, HEADS);
    }

    private static Value input() {
        return Value.variable("x", Value.normal(new Shape(ROWS, STEPS * FEATURES), 5));
    }

    private static void assertClose(Value expected, Value found) {
        assertEquals(expected.shape(), found.shape());
        assertTrue(expected.matrix().isIdentical(found.matrix(), 1e-14), () -> expected + " " + found);
    }

    private static Value step(Value steps, int step) {
        int width = steps.getNumCols() / STEPS;
        return steps.cols(step * width, (step + 1) * width);
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    /** There are parameters beside the input. */
    private static final Set<Law> OTHERS = EnumSet.of(Law.FORWARD_EQUALS_ORACLE, Law.CONSTANTS_FOLD);

    private static Stream<DynamicNode> laws(OperationCase row) {
        return Stream.of(Law.values())
                .filter(law -> !OTHERS.contains(law))
                .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES)));
    }

    @TestFactory
    Stream<DynamicNode> everyLawInTheInput() {
        return options().entrySet().stream()
                .flatMap(option -> laws(OperationCase.unary(
                                option.getKey(),
                                Matrices.distinct(new Shape(ROWS, STEPS * FEATURES))
                                        .map(List::of),
                                option.getValue(),
                                x -> option.getValue().apply(Value.constant(x)).matrix())
                        .upToOrder(2)));
    }

    /** Three blocks of two rows, and three of three. */
    @TestFactory
    Stream<DynamicNode> everyLawOfBlocks() {
        OperationCase mult = OperationCase.of(
                        "mult",
                        Matrices.distinct(new Shape(6, 3))
                                .flatMap(a -> Matrices.distinct(new Shape(9, 2)).map(b -> List.of(a, b))),
                        in -> Blocks.mult(2, in.get(0), in.get(1)),
                        in -> blocks(
                                in.get(0), 2, (i, block) -> block.mult(in.get(1).rows(3 * i, 3 * i + 3))))
                .upToOrder(2);
        OperationCase transpose = OperationCase.unary(
                        "transpose",
                        Matrices.distinct(new Shape(6, 3)).map(List::of),
                        x -> Blocks.transpose(2, x),
                        x -> blocks(x, 2, (i, block) -> block.transpose()))
                .upToOrder(2);
        return Stream.of(mult, transpose)
                .flatMap(row -> Stream.of(Law.values())
                        .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES))));
    }

    private static SimpleMatrix blocks(
            SimpleMatrix x, int columns, BiFunction<Integer, SimpleMatrix, SimpleMatrix> each) {
        return IntStream.range(0, x.getNumRows() / 2)
                .mapToObj(i -> each.apply(i, x.rows(2 * i, 2 * i + 2)))
                .reduce((above, below) -> above.concatRows(below))
                .orElseGet(() -> new SimpleMatrix(0, columns));
    }

    /** Those of the loss, and those of its gradient's length. */
    @TestFactory
    Stream<DynamicNode> theParametersGradientsOfBothOrders() {
        return options().entrySet().stream()
                .filter(option -> option.getKey().contains("l"))
                .map(option -> DynamicTest.dynamicTest(option.getKey(), () -> {
                    Value loss = option.getValue()
                            .apply(Value.constant(input().matrix()))
                            .square()
                            .elementSum();
                    Gradients gradients = loss.gradients(Gradients.Option.DIFFERENTIABLE);
                    Map<String, Value> parameters = new TreeMap<>();
                    Stream.concat(HEAD.parameters().stream(), HEADS.parameters().stream())
                            .filter(each -> gradients.contains(each.value()))
                            .forEach(each -> parameters.put(each.name(), each.value()));
                    assertTrue(!parameters.isEmpty());
                    GradientCheck.of(parameters, loss).run().requirePassed();
                    Value length = parameters.values().stream()
                            .map(each -> gradients.of(each).square().elementSum())
                            .reduce(Value::plus)
                            .orElseThrow();
                    GradientCheck.of(parameters, length).run().requirePassed();
                }));
    }

    // ---- who sees whom ----------------------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("both")
    void anotherOrderOfStepsIsAnotherOrderOfOutputs(Attention heads) {
        Value x = input();
        int[] order = {2, 0, 3, 1};
        int[] columns = IntStream.of(order)
                .flatMap(step -> IntStream.range(step * FEATURES, (step + 1) * FEATURES))
                .toArray();
        assertClose(heads.forward(x).colsAt(columns), heads.forward(x.colsAt(columns)));
        Layer placed = v -> heads.forward(new PositionEncoding(FEATURES).forward(v));
        assertTrue(placed.forward(x)
                        .colsAt(columns)
                        .minus(placed.forward(x.colsAt(columns)))
                        .normF()
                        .scalar()
                > 1e-3);
    }

    @ParameterizedTest
    @MethodSource("both")
    void examplesDoNotSeeEachOther(Attention heads) {
        Value x = input();
        Value all = heads.forward(x);
        for (int row = 0; row < ROWS; row++) {
            assertClose(heads.forward(x.getRow(row)), all.getRow(row));
        }
        Value slope = all.getRow(1).elementSum().gradients().of(x);
        assertEquals(
                0, slope.getRow(0).normF().scalar() + slope.getRow(2).normF().scalar());
    }

    /**
     * Of an example that a mask leaves out, and of steps beyond a sequence's length: in mixed second derivatives, too.
     */
    @ParameterizedTest
    @MethodSource("all")
    void whatIsHiddenHasNoSecondDerivatives(Attention heads) {
        SimpleMatrix hidden = input().matrix();
        for (int row = 0; row < ROWS; row++) {
            for (int at = (row == 1 ? 0 : LENGTHS[row]) * FEATURES; at < STEPS * FEATURES; at++) {
                hidden.set(row, at, Double.NaN);
            }
        }
        Value mask = Value.column(1, 0, 1);
        Value expected = second(heads, mask.where(heads.forward(input(), LENGTHS), Value.constant(0)));
        Value found = second(heads, mask.where(heads.forward(Value.constant(hidden), LENGTHS), Value.constant(0)));
        assertClose(expected, found);
        assertTrue(found.normF().scalar() > 0);
    }

    /** The Hessian by all parameters times a direction, in a column. */
    private static Value second(Layer layer, Value outputs) {
        Gradients slopes = outputs.tanh().elementSum().gradients(Gradients.Option.DIFFERENTIABLE);
        Value along = Value.constant(0);
        for (Parameter each : layer.parameters()) {
            Value direction = Value.normal(each.value().shape(), 7);
            along = along.plus(slopes.of(each.value()).dot(direction));
        }
        Gradients bends = along.gradients();
        return layer.parameters().stream()
                .map(each -> bends.orZero(each.value()))
                .map(bend -> bend.reshape(bend.shape().elements(), 1))
                .reduce(Value::concatRows)
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("both")
    void ofACausalHeadNoStepSeesALaterOne(Attention heads) {
        Value x = input();
        Value outputs = heads.causal().forward(x);
        for (int step = 0; step < STEPS; step++) {
            Value slope = step(outputs, step).elementSum().gradients().of(x);
            SimpleMatrix other = x.matrix();
            for (int later = step + 1; later < STEPS; later++) {
                assertEquals(0, step(slope, later).normF().scalar());
                other.set(0, later * FEATURES, 99);
            }
            assertEquals(
                    step(outputs, step).matrix().toString(),
                    step(heads.causal().forward(Value.constant(other)), step)
                            .matrix()
                            .toString());
            assertTrue(step(slope, step).normF().scalar() > 0);
        }
        assertClose(
                step(outputs, 0),
                step(heads.forward(x.cols(0, FEATURES)).concatColumns(x.cols(0, (STEPS - 1) * FEATURES)), 0));
    }

    static List<Attention> all() {
        return List.of(HEAD, HEAD.causal(), HEADS, HEADS.causal());
    }

    @ParameterizedTest
    @MethodSource("all")
    void aMaskedSequenceIsTheShorterOne(Attention head) {
        SimpleMatrix padded = input().matrix();
        for (int row = 0; row < ROWS; row++) {
            for (int column = LENGTHS[row] * FEATURES; column < padded.getNumCols(); column++) {
                padded.set(row, column, Double.NaN);
            }
        }
        Value x = Value.variable("x", padded);
        Value outputs = head.forward(x, LENGTHS);
        Gradients gradients = outputs.square().elementSum().gradients();
        Value sum = Value.constant(0);
        for (int row = 0; row < ROWS; row++) {
            int known = LENGTHS[row] * FEATURES;
            Value own = Value.variable("own", padded.getRow(row).cols(0, known));
            Value alone = head.forward(own);
            assertClose(alone, outputs.getRow(row).cols(0, known));
            Value squares = alone.square().elementSum();
            assertClose(squares.gradients().of(own), gradients.of(x).getRow(row).cols(0, known));
            assertArrayEquals(
                    new double[padded.getNumCols() - known],
                    outputs.getRow(row)
                            .cols(known, padded.getNumCols())
                            .matrix()
                            .getDDRM()
                            .data);
            assertArrayEquals(
                    new double[padded.getNumCols() - known],
                    gradients
                            .of(x)
                            .getRow(row)
                            .cols(known, padded.getNumCols())
                            .matrix()
                            .getDDRM()
                            .data);
            sum = sum.plus(squares);
        }
        for (Parameter each : head.parameters()) {
            if (gradients.contains(each.value())) {
                assertClose(sum.gradients().of(each.value()), gradients.of(each.value()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void stepsThatNoRowHasChangeNothing(Attention head) {
        Value shorter = head.forward(input().cols(0, 3 * FEATURES), 3, 1, 2);
        assertClose(shorter, head.forward(input(), 3, 1, 2).cols(0, 3 * FEATURES));
    }

    /** Heads of one's own for each part of the columns, and the outputs added. */
    @Test
    void severalHeadsAreTheSumOfThatManyHeads() {
        Value sum = Value.constant(0);
        for (int head = 0; head < HEADS.heads(); head++) {
            sum = sum.plus(own(head).forward(input()));
        }
        assertClose(sum, HEADS.forward(input()));
        assertClose(
                own(0).weights(input(), LENGTHS)
                        .concatColumns(own(1).weights(input(), LENGTHS), own(2).weights(input(), LENGTHS)),
                HEADS.weights(input(), LENGTHS));
    }

    /** The layers of one of three heads; the bias of the output, zeros at first, is left to the first. */
    private static Attention own(int head) {
        List<Parameter> all = HEADS.parameters();
        List<Dense> parts = IntStream.range(0, 3)
                .mapToObj(i -> Dense.of(
                        part(all.get(2 * i), head).matrix(),
                        part(all.get(2 * i + 1), head).matrix()))
                .toList();
        SimpleMatrix out = all.get(6).value().rows(2 * head, 2 * head + 2).matrix();
        return Attention.of(
                FEATURES, parts.get(0), parts.get(1), parts.get(2), Dense.of(out, new SimpleMatrix(1, FEATURES)));
    }

    private static Value part(Parameter all, int head) {
        return all.value().cols(2 * head, 2 * head + 2);
    }

    @Test
    void weightsAreDistributionsOverWhatIsSeen() {
        Value weights = HEAD.causal().weights(input(), LENGTHS);
        assertEquals(new Shape(ROWS * STEPS, STEPS), weights.shape());
        for (int row = 0; row < ROWS; row++) {
            for (int from = 0; from < STEPS; from++) {
                assertEquals(1, weights.getRow(row * STEPS + from).elementSum().scalar(), 1e-15);
                for (int to = 0; to < STEPS; to++) {
                    boolean isSeen = to < LENGTHS[row] && to <= from;
                    assertEquals(isSeen, weights.get(row * STEPS + from, to) > 0);
                }
            }
        }
        assertClose(Value.ones(new Shape(ROWS * STEPS, 1)), weights.sum(Per.ROW));
    }

    @Test
    void positionsAreSinesAndCosines() {
        Value encoded = new PositionEncoding(3).forward(Value.zeros(new Shape(2, 6)));
        double angle = 1 / Math.pow(10_000, 2.0 / 3);
        double[] expected = {0, 1, 0, Math.sin(1), Math.cos(1), Math.sin(angle)};
        assertArrayEquals(expected, encoded.getRow(1).matrix().getDDRM().data, 1e-15);
    }

    @Test
    void aHeadSaysWhatItIs() {
        assertEquals(
                "Attention(2, query Dense(2, 3), key Dense(2, 3), value Dense(2, 3), output Dense(3, 2), causal)",
                HEAD.causal().description());
        assertEquals(
                "[query.weight 2x3, query.bias 1x3, key.weight 2x3, key.bias 1x3, value.weight 2x3, value.bias 1x3, "
                        + "output.weight 3x2, output.bias 1x2]",
                HEAD.parameters().toString());
        assertTrue(HEADS.causal().description().endsWith(", output Dense(6, 2), 3 heads, causal)"));
        assertEquals(3, HEADS.causal().heads());
        assertTrue(HEADS.heads(1).causal().isCausal() && !HEADS.isCausal());
        assertEquals(
                new Shape(0, 12), HEADS.weights(Value.zeros(new Shape(0, 8))).shape());
        assertEquals(
                HEADS.forward(input()).matrix().toString(),
                HEADS.inference().forward(input()).matrix().toString());
        assertEquals("Attention(2)", HEAD.summary(6).lines().get(0).layer());
        assertEquals(new Shape(0, 6), HEAD.forward(Value.zeros(new Shape(0, 6))).shape());
        assertTrue(HEAD.inference().forward(Value.constant(input().matrix())).isConstant());
    }

    /** The seeds of the four layers follow one another. */
    @Test
    void aHeadBeginsAsItsLayersDo() {
        Attention same =
                Attention.of(FEATURES, new Dense(2, 3, 7), new Dense(2, 3, 8), new Dense(2, 3, 9), new Dense(3, 2, 10));
        assertClose(same.forward(input()), new Attention(FEATURES, 3, 7).forward(input()));
    }

    @Test
    void theWeightsOfAllHeadsCountWhenMemoryDoes() {
        int steps = (int) Math.sqrt(Runtime.getRuntime().maxMemory() / 64.0);
        Attention heads = new Attention(4, 4, 1).heads(4);
        assertTrue(assertThrows(
                        IllegalArgumentException.class, () -> heads.forward(Value.zeros(new Shape(1, 4 * steps))))
                .getMessage()
                .startsWith("Attention(4): the weights: 16 times a " + steps + "x" + steps));
    }

    static Stream<Arguments> refusals() {
        Value x = Value.zeros(new Shape(2, 6));
        return Stream.of(
                Arguments.of(
                        "Attention(2): the input is 2x5; expected 2 columns for each step, and at least 1 step",
                        (Executable) () -> HEAD.forward(Value.zeros(new Shape(2, 5)))),
                Arguments.of(
                        "Attention(2): the input is 2x0; expected 2 columns for each step, and at least 1 step",
                        (Executable) () -> HEAD.weights(Value.zeros(new Shape(2, 0)))),
                Arguments.of("Attention(2): 1 lengths for an input of 2x6; expected 2", (Executable)
                        () -> HEAD.forward(x, 3)),
                Arguments.of(
                        "Attention(2): the length of row 1, of an input of 2x6 = 4; expected at most 3",
                        (Executable) () -> HEAD.forward(x, 3, 4)),
                Arguments.of(
                        "PositionEncoding(4): the input is 2x6; expected 4 columns for each step, and at least 1 step",
                        (Executable) () -> new PositionEncoding(4).forward(x)),
                Arguments.of(
                        "Attention(2): the queries are 6x3 and the keys 6x4; expected the same shape, with columns",
                        (Executable) () -> Attention.of(
                                        2, new Dense(2, 3, 1), new Dense(2, 4, 1), new Dense(2, 3, 1), v -> v)
                                .forward(x)),
                Arguments.of("Attention(2): the layer value turned 6x2 into 1x2; expected as many rows", (Executable)
                        () -> Attention.of(2, new Dense(2, 3, 1), new Dense(2, 3, 1), v -> v.getRow(0), v -> v)
                                .forward(x)),
                Arguments.of(
                        "Attention(2): the query's weights are 2x3; expected 2 heads to divide the columns",
                        (Executable) () -> HEAD.heads(2)),
                Arguments.of(
                        "Attention(2): the number of heads = 0; expected at least 1", (Executable) () -> HEAD.heads(0)),
                Arguments.of("Attention(2): the queries are 6x3; expected 2 heads to divide the columns", (Executable)
                        () -> Attention.of(
                                        2, new Dense(2, 3, 1)::forward, new Dense(2, 3, 1), new Dense(2, 4, 1), v -> v)
                                .heads(2)
                                .forward(x)),
                Arguments.of("Attention(2): the values are 6x3; expected 2 heads to divide the columns", (Executable)
                        () -> Attention.of(2, new Dense(2, 4, 1), new Dense(2, 4, 1), new Dense(2, 3, 1), v -> v)
                                .heads(2)
                                .forward(x)),
                Arguments.of(
                        "Attention(1): the weights: a 65536x65536 matrix has 4294967296 elements; at most 2147483639 "
                                + "fit in one matrix",
                        (Executable) () -> new Attention(1, 2, 1).forward(Value.zeros(new Shape(1, 65536)))),
                Arguments.of("Attention: the number of features = 0; expected at least 1", (Executable)
                        () -> Attention.of(0, v -> v, v -> v, v -> v, v -> v)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatDoesNotFitIsRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
