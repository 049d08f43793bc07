package org.ejgrad;

import static org.ejgrad.Rule.rule;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.ejgrad.Gradients.Option;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * What goes wrong with graphs is refused where it happens, in words that name it; and after a refusal nothing changed.
 */
class GraphFaultsTest {
    private static final Rule PASS = rule("dy", (x, y, dy) -> dy);
    private final Value x = Value.variable("x", new double[][] {{1, 2}, {3, 4}});

    private static String refusal(Executable call) {
        return assertThrows(IllegalArgumentException.class, call).getMessage();
    }

    private static Operation identity(String name, Rule rule) {
        return Operation.unary(name, m -> m.copy(), rule);
    }

    // ---- what is differentiated -------------------------------------------------------------------------------------

    @Test
    void onlyASingleNumberHasGradientsWithoutUpstream() {
        assertEquals(
                "gradients(2x2): expected a 1x1 value, or an upstream gradient of its shape",
                refusal(() -> x.square().gradients()));
    }

    @Test
    void upstreamHasTheValuesShape() {
        assertEquals(
                "gradients(2x2, 1x2): the upstream gradient has another shape than the value",
                refusal(() -> x.square().gradients(Value.ones(new Shape(1, 2)))));
    }

    @Test
    void constantsHaveNoGradient() {
        Value constant = Value.constant(2).labelled("c");
        Gradients gradients = x.elementSum().gradients();
        String message =
                "[a-zA-Z]+\\(1x1\\): the value c is a constant and has no gradient; make it a Value.variable, .*";
        assertTrue(refusal(() -> constant.square().labelled("c").gradients()).matches(message));
        assertTrue(refusal(() -> gradients.of(constant)).matches(message));
        assertTrue(refusal(() -> gradients.orZero(constant)).matches(message));
        assertFalse(gradients.contains(constant));
    }

    @Test
    void variablesThatAreNotReachedAreNamed() {
        Value other = Value.variable("other", new double[2][3]);
        Gradients gradients = x.elementSum().gradients();
        assertEquals(
                "of(other): the differentiated value does not depend on it; orZero gives zeros instead",
                refusal(() -> gradients.of(other)));
        assertArrayEquals(new double[6], gradients.orZero(other).data().data);
        assertEquals(new Shape(2, 3), gradients.orZero(other).shape());
        assertEquals(List.of(x), gradients.variables());
    }

    @Test
    void intermediateGradientsAreKeptOnRequestOnly() {
        Value square = x.square();
        Value sum = square.elementSum();
        assertEquals(
                "of(square): gradients of intermediate values are kept only with Option.INTERMEDIATE, "
                        + "and only if the result depends on them",
                refusal(() -> sum.gradients().of(square)));
        Gradients all = sum.gradients(Option.INTERMEDIATE);
        assertArrayEquals(new double[] {1, 1, 1, 1}, all.of(square).data().data);
        assertEquals(1, all.of(sum).scalar());
        assertEquals(List.of(x), all.variables());
    }

    @Test
    void chosenTargetsAreTheOnlyOnes() {
        Value other = Value.variable("other", 5);
        Value square = x.square();
        Value sum = square.elementMult(other).elementSum();
        Value one = Value.constant(1);
        Gradients chosen = Gradients.withRespectTo(sum, one, List.of(square));
        assertArrayEquals(new double[] {5, 5, 5, 5}, chosen.of(square).data().data);
        assertFalse(chosen.contains(x));
        assertFalse(chosen.contains(other));
        assertTrue(chosen.variables().isEmpty());
        assertFalse(Gradients.withRespectTo(square.elementSum(), one, List.of(other))
                .contains(other));
        assertTrue(Gradients.withRespectTo(sum, one, List.of()).variables().isEmpty());
        Gradients root = Gradients.withRespectTo(sum, one, List.of(sum, x));
        assertEquals(1, root.of(sum).scalar());
        assertArrayEquals(new double[] {10, 20, 30, 40}, root.of(x).data().data);
    }

    @Test
    void theGradientOfAVariableByItselfIsTheUpstream() {
        assertEquals(1, Value.variable("v", 3).gradients().variables().size());
        assertArrayEquals(
                new double[] {1, 2, 3, 4}, x.gradients(x.detached()).of(x).data().data);
    }

    // ---- operations that misbehave ----------------------------------------------------------------------------------

    @Test
    void rulesThatReturnTheWrongThingAreNamed() {
        Value nothing = identity("nothing", rule("lost", (a, y, dy) -> none())).apply(x);
        assertEquals(
                "nothing: the rule \"lost\" of input 0 returned null; expected that input's shape, 2x2",
                assertThrows(IllegalStateException.class, () -> nothing.gradients(x.detached()))
                        .getMessage());
        Value sum =
                identity("wrong", rule("Σ dy", (a, y, dy) -> dy.elementSum())).apply(x);
        assertEquals(
                "wrong: the rule \"Σ dy\" of input 0 returned 1x1; expected that input's shape, 2x2",
                assertThrows(IllegalStateException.class, () -> sum.gradients(x.detached()))
                        .getMessage());
    }

    @SuppressWarnings("NullAway")
    private static <T> T none() {
        return null;
    }

    @Test
    void functionsThatReturnNothingAreNamed() {
        Operation nothing = Operation.unary("nothing", m -> none(), PASS);
        assertEquals(
                "nothing(2x2): the forward function returned null",
                assertThrows(IllegalStateException.class, () -> nothing.apply(x))
                        .getMessage());
    }

    @Test
    void exceptionsOfFunctionsPassWithTheCall() {
        Operation broken = Operation.unary("broken", m -> throwing(new UnsupportedOperationException("no")), PASS);
        Exception thrown = assertThrows(UnsupportedOperationException.class, () -> broken.apply(x));
        assertEquals("no", thrown.getMessage());
        assertEquals("in broken(2x2)", thrown.getSuppressed()[0].getMessage());
        Operation own = Operation.unary("own", m -> throwing(new NumberFormatException("digits")), PASS);
        Exception kept = assertThrows(NumberFormatException.class, () -> own.apply(x));
        assertEquals("in own(2x2)", kept.getSuppressed()[0].getMessage());
        Operation refusing = Operation.unary("refusing", m -> throwing(new IllegalArgumentException("odd")), PASS);
        assertEquals(
                "refusing(2x2, 7): odd; the operand is x",
                refusal(() -> refusing.with(7).apply(x)));
    }

    @Test
    void complaintsOfEjmlAboutSizesBecomeRefusals() {
        Operation product = Operation.unary(
                "product",
                m -> {
                    DMatrixRMaj y = new DMatrixRMaj(m.numRows, m.numRows);
                    CommonOps_DDRM.mult(m, new DMatrixRMaj(3, 3), y);
                    return y;
                },
                PASS);
        assertTrue(refusal(() -> product.apply(x)).startsWith("product(2x2): "));
    }

    @Test
    void exceptionsOfRulesPassWithTheRuleAndChangeNothing() {
        boolean[] fails = {true};
        Operation sometimes = identity(
                "sometimes",
                rule(
                        "2·dy",
                        (a, y, dy) -> fails[0] ? throwing(new UnsupportedOperationException("not now")) : dy.scale(2)));
        Value sum = sometimes.apply(x.square()).elementSum();
        Exception thrown = assertThrows(UnsupportedOperationException.class, sum::gradients);
        assertEquals("not now", thrown.getMessage());
        assertEquals("in the rule \"2·dy\" of input 0 of sometimes", thrown.getSuppressed()[0].getMessage());
        fails[0] = false;
        assertArrayEquals(new double[] {4, 8, 12, 16}, sum.gradients().of(x).data().data);
    }

    private static <T> T throwing(RuntimeException e) {
        throw e;
    }

    @Test
    void rulesOnMatricesHaveNoSecondDerivative() {
        Rule plain = MatrixRule.rule(
                "2·x ⊙ dy, plain", (in, y, dy) -> ElementKernels.zip(in.get(0), dy, (v, d) -> 2 * v * d));
        Value sum = Operation.unary("square", m -> Operation.map(m, v -> v * v), plain)
                .apply(x)
                .elementSum();
        assertArrayEquals(new double[] {2, 4, 6, 8}, sum.gradients().of(x).data().data);
        Value slope = sum.gradients(Option.DIFFERENTIABLE).of(x).elementSum();
        assertEquals(20, slope.scalar());
        assertEquals(
                "the rule \"2·x ⊙ dy, plain\" is written on plain matrices; it has no second derivative",
                assertThrows(UnsupportedOperationException.class, slope::gradients)
                        .getMessage());
    }

    @Test
    void theNumberOfInputsIsChecked() {
        assertEquals(
                "identity: called with 2 inputs; expected 1",
                refusal(() -> identity("identity", PASS).apply(x, x)));
    }

    @Test
    void ruleIsNotCalledForAConstantInput() {
        Operation product = Operation.binary(
                "product",
                (a, b) -> {
                    DMatrixRMaj y = a.copy();
                    CommonOps_DDRM.elementMult(a, b, y);
                    return y;
                },
                rule("dy ⊙ b", (a, b, y, dy) -> dy.elementMult(b)),
                rule("never", (a, b, y, dy) -> throwing(new IllegalStateException("called"))));
        Value y = product.apply(x, x.detached());
        assertArrayEquals(
                new double[] {1, 2, 3, 4},
                y.gradients(Value.ones(y.shape())).of(x).data().data);
    }

    // ---- sizes ------------------------------------------------------------------------------------------------------

    @Test
    void impossibleMatricesAreRefused() {
        assertEquals(
                "constant: ragged rows: row 0 has 2 elements, row 1 has 1",
                refusal(() -> Value.constant(new double[][] {{1, 2}, {3}})));
        assertEquals(
                "rows[1]",
                assertThrows(NullPointerException.class, () -> Value.constant(new double[][] {{1}, none()}))
                        .getMessage());
        assertEquals("a shape of -1x2 has a negative size", refusal(() -> new Shape(-1, 2)));
        assertEquals("a shape of 2x-1 has a negative size", refusal(() -> new Shape(2, -1)));
        assertEquals("a shape of -1x-1 has a negative size", refusal(() -> Value.identity(-1)));
        assertEquals(
                "a shape of 65536x32768 has 2147483648 elements; at most 2147483647 fit in one matrix",
                refusal(() -> new Shape(65536, 32768)));
        assertEquals(Integer.MAX_VALUE, new Shape(1, Integer.MAX_VALUE).elements());
    }

    @Test
    void matricesLargerThanAllMemoryAreRefusedBeforehand() {
        // 17 GB; on a machine that gives the JVM more than that there is nothing to predict.
        Shape huge = new Shape(1 << 16, (1 << 15) - 1);
        assumeTrue(8L * huge.elements() > Runtime.getRuntime().maxMemory());
        String size = "a 65536x32767 matrix takes 17179344896 bytes, more than the whole memory of this JVM, .*";
        assertTrue(refusal(() -> Value.zeros(huge)).matches(size));
        assertTrue(refusal(() -> Value.constant(1).broadcastTo(huge))
                .matches("broadcastTo\\(1x1, 65536x32767\\): " + size));
        Value column = Value.zeros(new Shape(1 << 16, 1));
        Value row = Value.zeros(new Shape(1, (1 << 15) - 1));
        assertTrue(refusal(() -> column.mult(row)).matches("mult\\(65536x1, 1x32767\\): " + size));
        assertTrue(refusal(() -> column.kron(row)).matches("kron\\(65536x1, 1x32767\\): " + size));
        assertEquals(
                "kron(65536x1, 65536x1): the result would have 4294967296x1 elements; at most 2147483647 fit in one matrix",
                refusal(() -> column.kron(column)));
    }

    @Test
    void elementsOutsideAreRefused() {
        assertEquals("get(2x2, 2, 0): there is no such element; the operand is x", refusal(() -> x.get(2, 0)));
        assertEquals("get(2x2, 0, 2): there is no such element; the operand is x", refusal(() -> x.get(0, 2)));
        assertEquals("get(2x2, -1, 0): there is no such element; the operand is x", refusal(() -> x.get(-1, 0)));
        assertEquals("get(2x2, 0, -1): there is no such element; the operand is x", refusal(() -> x.get(0, -1)));
        assertEquals("scalar(2x2): expected a 1x1 value; the operand is x", refusal(x::scalar));
    }

    // ---- threads ----------------------------------------------------------------------------------------------------

    @Test
    void threadsMayShareParametersAndGraphs() throws Exception {
        Value w = Value.variable("w", new double[][] {{0.1, -0.2}, {0.3, 0.4}});
        UnaryOperator<Value> network = in -> in.mult(w).tanh().mult(w).sigmoid();
        Value shared = network.apply(x).elementSum();
        double[] expected = shared.gradients().of(w).data().data.clone();
        Callable<Boolean> work = () -> {
            boolean same = true;
            for (int i = 0; i < 300; i++) {
                Value own = network.apply(x).elementSum();
                same &= Arrays.equals(expected, own.gradients().of(w).data().data);
                same &= Arrays.equals(
                        expected, shared.gradients(Option.DIFFERENTIABLE).of(w).data().data);
            }
            return same;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                results.add(threads.submit(work));
            }
            for (Future<Boolean> result : results) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
