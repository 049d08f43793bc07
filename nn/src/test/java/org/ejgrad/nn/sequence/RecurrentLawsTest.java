package org.ejgrad.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
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
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cell under every option: the laws of derivatives, and what running over steps must not change. */
class RecurrentLawsTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 12);
    private static final int ROWS = 3;
    private static final int STEPS = 5;
    private static final int FEATURES = 2;
    private static final int HIDDEN = 3;
    private static final int[] LENGTHS = {5, 1, 3};

    static List<Cell> cells() {
        return List.of(
                new RecurrentCell(FEATURES, HIDDEN, 1),
                new GruCell(FEATURES, HIDDEN, 2),
                new LstmCell(FEATURES, HIDDEN, 3));
    }

    /** Of a layer, an input and a state: outputs and state, side by side where there are both. */
    private static Map<String, BiFunction<Recurrent, List<Value>, Value>> options() {
        Map<String, BiFunction<Recurrent, List<Value>, Value>> all = new TreeMap<>();
        all.put("all outputs", (layer, in) -> layer.forward(in.get(0)));
        all.put("last output", (layer, in) -> layer.last().forward(in.get(0)));
        all.put("from a state", (layer, in) -> both(layer.run(in.get(0), in.get(1))));
        all.put("of lengths", (layer, in) -> both(layer.run(in.get(0), in.get(1), LENGTHS)));
        return all;
    }

    private static Value both(Recurrent.Result result) {
        return result.outputs().concatColumns(result.state());
    }

    private static List<SimpleMatrix> inputs(Cell cell) {
        return List.of(
                Value.normal(new Shape(ROWS, STEPS * FEATURES), 7).matrix(),
                Value.normal(new Shape(ROWS, cell.stateColumns()), 8).matrix());
    }

    private static Value input() {
        return Value.variable("x", inputs(cells().get(0)).get(0));
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }

    private static void assertClose(Value expected, Value found) {
        assertEquals(expected.shape(), found.shape());
        assertTrue(expected.matrix().isIdentical(found.matrix(), 1e-14), () -> expected + " " + found);
    }

    // ---- derivatives ------------------------------------------------------------------------------------------------

    @TestFactory
    Stream<DynamicNode> everyLawInInputAndState() {
        return cells().stream()
                .flatMap(cell -> options().entrySet().stream().flatMap(option -> {
                    boolean withState = !option.getKey().contains("output");
                    Shape x = new Shape(ROWS, STEPS * FEATURES);
                    OperationCase row = OperationCase.of(
                                    cell + " " + option.getKey(),
                                    withState
                                            ? Matrices.distinct(new Shape(ROWS, x.columns() + cell.stateColumns()))
                                                    .map(all -> List.of(
                                                            all.cols(0, x.columns()),
                                                            all.cols(x.columns(), all.getNumCols())))
                                            : Matrices.distinct(x).map(List::of),
                                    in -> option.getValue().apply(Recurrent.of(cell), in),
                                    in -> option.getValue()
                                            .apply(
                                                    Recurrent.of(cell),
                                                    in.stream()
                                                            .map(Value::constant)
                                                            .toList())
                                            .matrix())
                            .upToOrder(2);
                    return Stream.of(Law.values())
                            .filter(law -> law != Law.FORWARD_EQUALS_ORACLE && law != Law.CONSTANTS_FOLD)
                            .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES)));
                }));
    }

    /** Those of the loss, and those of its gradient's length. */
    @TestFactory
    Stream<DynamicNode> theParametersGradientsOfBothOrders() {
        return cells().stream()
                .flatMap(cell -> options().entrySet().stream()
                        .map(option -> DynamicTest.dynamicTest(cell + " " + option.getKey(), () -> {
                            List<Value> in =
                                    inputs(cell).stream().map(Value::constant).toList();
                            Map<String, Value> parameters = new TreeMap<>();
                            cell.parameters().forEach(each -> parameters.put(each.name(), each.value()));
                            Value loss = option.getValue()
                                    .apply(Recurrent.of(cell), in)
                                    .square()
                                    .elementSum();
                            GradientCheck.of(parameters, loss).run().requirePassed();
                            Gradients gradients = loss.gradients(Gradients.Option.DIFFERENTIABLE);
                            Value length = parameters.values().stream()
                                    .map(each -> gradients.of(each).square().elementSum())
                                    .reduce(Value::plus)
                                    .orElseThrow();
                            GradientCheck.of(parameters, length).run().requirePassed();
                        })));
    }

    // ---- what must not change anything ------------------------------------------------------------------------------

    @ParameterizedTest
    @MethodSource("cells")
    void unrolledEqualsStepped(Cell cell) {
        Value x = input();
        Value state = cell.start();
        List<Value> outputs = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            state = cell.step(x.cols(step * FEATURES, (step + 1) * FEATURES), state);
            outputs.add(cell.output(state));
        }
        Value all = outputs.get(0).concatColumns(outputs.subList(1, STEPS).toArray(Value[]::new));
        Recurrent.Result result = Recurrent.of(cell).run(x, cell.start());
        assertClose(all, result.outputs());
        assertClose(state, result.state());
        assertClose(outputs.get(STEPS - 1), Recurrent.of(cell).last().forward(x));
        Value weight = cell.parameters().get(1).value();
        assertClose(
                all.square().elementSum().gradients().of(weight),
                result.outputs().square().elementSum().gradients().of(weight));
    }

    /** Also more steps than go through one product. */
    @ParameterizedTest
    @MethodSource("cells")
    void aSequenceInTwoPartsIsTheWhole(Cell cell) {
        int steps = 41;
        Value x = Value.constant(Value.normal(new Shape(2, steps * FEATURES), 3).matrix());
        Recurrent layer = Recurrent.of(cell);
        Recurrent.Result whole = layer.run(x, cell.start());
        Recurrent.Result first = layer.run(x.cols(0, 19 * FEATURES), cell.start());
        Recurrent.Result second = layer.run(x.cols(19 * FEATURES, steps * FEATURES), first.state());
        assertClose(whole.outputs(), first.outputs().concatColumns(second.outputs()));
        assertClose(whole.state(), second.state());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void aMaskedSequenceIsTheShorterOne(Cell cell) {
        SimpleMatrix padded = inputs(cell).get(0);
        for (int row = 0; row < ROWS; row++) {
            for (int column = LENGTHS[row] * FEATURES; column < padded.getNumCols(); column++) {
                padded.set(row, column, Double.NaN);
            }
        }
        Value x = Value.variable("x", padded);
        Recurrent layer = Recurrent.of(cell);
        Recurrent.Result together = layer.run(x, cell.start(), LENGTHS);
        Gradients gradients = both(together).square().elementSum().gradients();
        List<Value> sums = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int length = LENGTHS[row];
            Value own = Value.variable("own", padded.getRow(row).cols(0, length * FEATURES));
            Recurrent.Result alone = layer.run(own, cell.start());
            Value outputs = together.outputs().getRow(row);
            assertClose(alone.outputs(), outputs.cols(0, length * HIDDEN));
            assertTrue(Arrays.stream(elements(outputs.cols(length * HIDDEN, STEPS * HIDDEN)))
                    .allMatch(v -> v == 0));
            assertClose(alone.state(), together.state().getRow(row));
            Value sum = both(alone).square().elementSum();
            sums.add(sum);
            Value slope = gradients.of(x).getRow(row);
            assertClose(sum.gradients().of(own), slope.cols(0, length * FEATURES));
            assertTrue(Arrays.stream(elements(slope.cols(length * FEATURES, STEPS * FEATURES)))
                    .allMatch(v -> v == 0));
        }
        Gradients apart = sums.stream().reduce(Value::plus).orElseThrow().gradients();
        for (Parameter each : cell.parameters()) {
            assertClose(apart.of(each.value()), gradients.of(each.value()));
        }
    }

    /** Lengths that all rows have, and steps that no row has. */
    @ParameterizedTest
    @MethodSource("cells")
    void equalLengthsAreThatOfAShorterBatch(Cell cell) {
        Value x = input();
        Recurrent layer = Recurrent.of(cell);
        Recurrent.Result cut = layer.run(x, cell.start(), 2, 2, 2);
        Recurrent.Result two = layer.run(x.cols(0, 2 * FEATURES), cell.start());
        assertClose(two.state(), cut.state());
        assertClose(two.outputs(), cut.outputs().cols(0, 2 * HIDDEN));
        assertEquals(STEPS * HIDDEN, cut.outputs().getNumCols());
        assertEquals(
                0,
                cut.outputs()
                        .cols(2 * HIDDEN, STEPS * HIDDEN)
                        .abs()
                        .elementMax()
                        .scalar());
    }

    @ParameterizedTest
    @MethodSource("cells")
    void rowsDoNotSeeEachOther(Cell cell) {
        Value x = input();
        Value turned = x.rowsAt(2, 0, 1);
        Recurrent layer = Recurrent.of(cell);
        assertClose(layer.forward(x).rowsAt(2, 0, 1), layer.forward(turned));
    }

    /** Truncated backpropagation: nothing of the second part's loss goes back beyond its beginning. */
    @ParameterizedTest
    @MethodSource("cells")
    void aDetachedStateCutsBackpropagationOff(Cell cell) {
        Value x = input();
        Recurrent layer = Recurrent.of(cell);
        Value state = layer.run(x, cell.start()).state();
        Value loss = layer.run(x, state.detached()).outputs().square().elementSum();
        Value given = Value.constant(state.matrix());
        Value same = layer.run(x, given).outputs().square().elementSum();
        Value uncut = layer.run(x, state).outputs().square().elementSum();
        for (Parameter each : cell.parameters()) {
            assertEquals(
                    same.gradients().of(each.value()).matrix().toString(),
                    loss.gradients().of(each.value()).matrix().toString());
            assertTrue(loss.gradients()
                            .of(each.value())
                            .minus(uncut.gradients().of(each.value()))
                            .normF()
                            .scalar()
                    > 1e-3);
        }
    }

    @ParameterizedTest
    @MethodSource("cells")
    void oneStateServesEveryRow(Cell cell) {
        Value x = input();
        Value one = Value.variable("state", Value.normal(new Shape(1, cell.stateColumns()), 4));
        Recurrent layer = Recurrent.of(cell);
        Value shared = layer.run(x, one).outputs();
        Value repeated =
                layer.run(x, one.broadcastTo(ROWS, cell.stateColumns())).outputs();
        assertClose(repeated, shared);
        assertClose(
                repeated.square().elementSum().gradients().of(one),
                shared.square().elementSum().gradients().of(one));
    }
}
