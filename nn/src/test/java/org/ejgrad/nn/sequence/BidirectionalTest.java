package org.ejgrad.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
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

/** Two cells in both directions: the laws of derivatives, what each sees, and what is refused. */
class BidirectionalTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 12);
    private static final int ROWS = 3;
    private static final int STEPS = 4;
    private static final int FEATURES = 2;
    private static final int AHEAD = 3;
    private static final int BACK = 2;
    private static final int WIDTH = AHEAD + BACK;
    private static final int[] LENGTHS = {4, 1, 3};
    private static final Recurrent FIRST = Recurrent.of(new GruCell(FEATURES, AHEAD, 1));
    private static final Recurrent SECOND = Recurrent.of(new LstmCell(FEATURES, BACK, 2));
    private static final Bidirectional BOTH = Bidirectional.of(FEATURES, FIRST, SECOND);

    private static Map<String, UnaryOperator<Value>> options() {
        Map<String, UnaryOperator<Value>> all = new TreeMap<>();
        all.put("all outputs", BOTH::forward);
        all.put("last output", BOTH.last()::forward);
        all.put("of lengths", x -> BOTH.forward(x, LENGTHS));
        all.put("last output of lengths", x -> BOTH.last().forward(x, LENGTHS));
        return all;
    }

    private static Value input() {
        return Value.variable("x", Value.normal(new Shape(ROWS, STEPS * FEATURES), 5));
    }

    private static void assertClose(Value expected, Value found) {
        assertEquals(expected.shape(), found.shape());
        assertTrue(expected.matrix().isIdentical(found.matrix(), 1e-14), () -> expected + " " + found);
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static Value step(Value steps, int width, int step) {
        return steps.cols(step * width, (step + 1) * width);
    }

    /** The steps from the last to the first. */
    private static Value turned(Value steps, int width) {
        int count = steps.getNumCols() / width;
        Value turned = step(steps, width, count - 1);
        for (int step = count - 2; step >= 0; step--) {
            turned = turned.concatColumns(step(steps, width, step));
        }
        return turned;
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicNode> everyLawInTheInput() {
        return options().entrySet().stream().flatMap(option -> {
            OperationCase row = OperationCase.unary(
                            option.getKey(),
                            Matrices.distinct(new Shape(ROWS, STEPS * FEATURES)).map(List::of),
                            option.getValue(),
                            x -> option.getValue().apply(Value.constant(x)).matrix())
                    .upToOrder(2);
            return Stream.of(Law.values())
                    .filter(law -> law != Law.FORWARD_EQUALS_ORACLE && law != Law.CONSTANTS_FOLD)
                    .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES)));
        });
    }

    /** Those of the loss, and those of its gradient's length. */
    @TestFactory
    Stream<DynamicNode> theParametersGradientsOfBothOrders() {
        return options().entrySet().stream()
                .map(option -> DynamicTest.dynamicTest(option.getKey(), () -> {
                    Value x = Value.constant(input().matrix());
                    Value loss = option.getValue().apply(x).square().elementSum();
                    Map<String, Value> parameters = new TreeMap<>();
                    BOTH.parameters().forEach(each -> parameters.put(each.name(), each.value()));
                    GradientCheck.of(parameters, loss).run().requirePassed();
                    Gradients gradients = loss.gradients(Gradients.Option.DIFFERENTIABLE);
                    Value length = parameters.values().stream()
                            .map(each -> gradients.of(each).square().elementSum())
                            .reduce(Value::plus)
                            .orElseThrow();
                    GradientCheck.of(parameters, length).run().requirePassed();
                }));
    }

    // ---- what each sees ---------------------------------------------------------------------------------------------

    @Test
    void itIsOneLayerAheadAndOneBack() {
        Value x = input();
        Value ahead = FIRST.forward(x);
        Value back = turned(SECOND.forward(turned(x, FEATURES)), BACK);
        Value outputs = BOTH.forward(x);
        for (int step = 0; step < STEPS; step++) {
            assertClose(step(ahead, AHEAD, step).concatColumns(step(back, BACK, step)), step(outputs, WIDTH, step));
        }
        assertClose(
                step(ahead, AHEAD, STEPS - 1).concatColumns(step(back, BACK, 0)),
                BOTH.last().forward(x));
    }

    @Test
    void whatIsTurnedGivesWhatTheTwoGiveInEachOthersPlace() {
        Value x = input();
        Bidirectional other = Bidirectional.of(FEATURES, SECOND, FIRST);
        Value outputs = BOTH.forward(turned(x, FEATURES));
        Value others = other.forward(x);
        for (int step = 0; step < STEPS; step++) {
            Value own = step(outputs, WIDTH, STEPS - 1 - step);
            assertClose(step(others, WIDTH, step), own.cols(AHEAD, WIDTH).concatColumns(own.cols(0, AHEAD)));
        }
    }

    @Test
    void ofAStepOneHalfKnowsThePastAndOneTheFuture() {
        Value x = input();
        Value second = step(BOTH.forward(x), WIDTH, 1);
        Value past = second.cols(0, AHEAD).elementSum().gradients().of(x);
        Value future = second.cols(AHEAD, WIDTH).elementSum().gradients().of(x);
        for (int step = 0; step < STEPS; step++) {
            assertEquals(step <= 1, step(past, FEATURES, step).normF().scalar() > 0);
            assertEquals(step >= 1, step(future, FEATURES, step).normF().scalar() > 0);
        }
    }

    static List<Bidirectional> layers() {
        return List.of(BOTH, BOTH.last());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void aMaskedSequenceIsTheShorterOne(Bidirectional layer) {
        SimpleMatrix padded = input().matrix();
        for (int row = 0; row < ROWS; row++) {
            for (int column = LENGTHS[row] * FEATURES; column < padded.getNumCols(); column++) {
                padded.set(row, column, Double.NaN);
            }
        }
        Value x = Value.variable("x", padded);
        Value outputs = layer.forward(x, LENGTHS);
        Gradients gradients = outputs.square().elementSum().gradients();
        Value sum = Value.constant(0);
        for (int row = 0; row < ROWS; row++) {
            int known = LENGTHS[row] * FEATURES;
            Value own = Value.variable("own", padded.getRow(row).cols(0, known));
            Value alone = layer.forward(own);
            Value found = outputs.getRow(row);
            assertClose(alone, found.cols(0, alone.getNumCols()));
            Value beyond = found.cols(alone.getNumCols(), found.getNumCols());
            assertArrayEquals(new double[beyond.getNumCols()], elements(beyond));
            Value squares = alone.square().elementSum();
            Value slope = gradients.of(x).getRow(row);
            assertClose(squares.gradients().of(own), slope.cols(0, known));
            assertArrayEquals(
                    new double[padded.getNumCols() - known], elements(slope.cols(known, padded.getNumCols())));
            sum = sum.plus(squares);
        }
        for (Parameter each : layer.parameters()) {
            assertClose(sum.gradients().of(each.value()), gradients.of(each.value()));
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void stepsThatNoRowHasChangeNothing(Bidirectional layer) {
        Value shorter = layer.forward(input().cols(0, 3 * FEATURES), 3, 1, 2);
        assertClose(shorter, layer.forward(input(), 3, 1, 2).cols(0, shorter.getNumCols()));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void rowsDoNotSeeEachOther(Bidirectional layer) {
        Value x = input();
        assertClose(layer.forward(x).rowsAt(2, 0, 1), layer.forward(x.rowsAt(2, 0, 1)));
    }

    @Test
    void itSaysWhatItIs() {
        assertEquals(
                "Bidirectional(2, ahead Recurrent(GruCell(2, 3), all outputs), back Recurrent(LstmCell(2, 2), "
                        + "all outputs), last output)",
                BOTH.last().description());
        assertEquals("Bidirectional(2)", BOTH.summary(6).lines().get(0).layer());
        assertEquals(2, BOTH.features());
        assertEquals(
                List.of("ahead.weight_ih", "ahead.weight_hh", "ahead.bias_ih", "ahead.bias_hh", "back.weight_ih"),
                BOTH.parameters().stream().limit(5).map(Parameter::name).toList());
        assertEquals(
                new Shape(0, 20), BOTH.forward(Value.zeros(new Shape(0, 8))).shape());
        assertTrue(BOTH.inference().forward(Value.constant(input().matrix())).isConstant());
        assertTrue(!BOTH.isLast() && BOTH.last().isLast());
    }

    static Stream<Arguments> refusals() {
        Value x = Value.zeros(new Shape(2, 6));
        return Stream.of(
                Arguments.of(
                        "Bidirectional(2): the input is 2x5; expected 2 columns for each step, and at least 1 step",
                        (Executable) () -> BOTH.forward(Value.zeros(new Shape(2, 5)))),
                Arguments.of("Bidirectional(2): 1 lengths for an input of 2x6; expected 2", (Executable)
                        () -> BOTH.forward(x, 3)),
                Arguments.of(
                        "Bidirectional(2): the length of row 1, of an input of 2x6 = 4; expected at most 3",
                        (Executable) () -> BOTH.forward(x, 3, 4)),
                Arguments.of(
                        "Recurrent(GruCell(2, 3)): the input is 2x3; expected 2 columns for each step, and at least "
                                + "1 step",
                        (Executable) () -> Bidirectional.of(3, FIRST, FIRST).forward(Value.zeros(new Shape(2, 3)))),
                Arguments.of(
                        "Bidirectional: the layer Recurrent(GruCell(2, 3), last output); expected all outputs, of "
                                + "which last() of both takes one",
                        (Executable) () -> Bidirectional.of(2, FIRST, FIRST.last())),
                Arguments.of(
                        "Bidirectional(2): the layer back turned 2x6 into 2x4; expected as many rows, and columns "
                                + "for each of 3 steps",
                        (Executable) () ->
                                Bidirectional.of(2, FIRST, v -> v.cols(0, 4)).forward(x)),
                Arguments.of(
                        "Bidirectional(2): the layer ahead turned 2x6 into 2x0; expected as many rows, and columns "
                                + "for each of 3 steps",
                        (Executable) () ->
                                Bidirectional.of(2, v -> v.cols(0, 0), FIRST).forward(x)),
                Arguments.of("Bidirectional: the number of features = 0; expected at least 1", (Executable)
                        () -> Bidirectional.of(0, FIRST, SECOND)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatDoesNotFitIsRefused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
