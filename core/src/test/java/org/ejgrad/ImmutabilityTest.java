package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.show.Graph;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** A value's bits are the same before and after everything public that takes it, and after what callers do. */
class ImmutabilityTest {
    private static List<long[]> bits(List<Value> values) {
        return values.stream()
                .map(value -> Arrays.stream(value.data().data)
                        .mapToLong(Double::doubleToRawLongBits)
                        .toArray())
                .toList();
    }

    private static void assertBits(List<long[]> expected, List<Value> values) {
        List<long[]> actual = bits(values);
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "value " + i);
        }
    }

    @Test
    void noMethodChangesTheValuesThatItTakes() {
        List<long[]> before = bits(EveryCall.VALUES);
        Set<String> changing = new TreeSet<>();
        EveryCall.forEach(call -> {
            Object result = call.result();
            if (result instanceof SimpleMatrix own) {
                own.fill(-99);
            }
            if (result instanceof Value y && !y.isConstant() && !y.isVariable()) {
                differentiate(y);
            }
            List<long[]> after = bits(EveryCall.VALUES);
            for (int i = 0; i < before.size(); i++) {
                if (!Arrays.equals(before.get(i), after.get(i))) {
                    changing.add(call.toString());
                }
            }
        });
        assertEquals(Set.of(), changing);
    }

    /** Through every rule; a gradient that does not exist is refused. */
    private static void differentiate(Value y) {
        try {
            y.gradients(Value.ones(y.shape()), Gradients.Option.INTERMEDIATE);
        } catch (SingularMatrixException undefined) {
            assertTrue(undefined.getMessage().length() > 10);
        }
    }

    @Test
    void whatElseTakesValuesChangesNone() {
        Random random = new Random(5);
        Value w = Value.variable("w", SimpleMatrix.random_DDRM(3, 2, -1, 1, random));
        Value x = Value.constant(SimpleMatrix.random_DDRM(4, 3, -1, 1, random));
        Value hidden = x.mult(w).tanh();
        Value loss =
                hidden.plus(hidden.relu()).plus(hidden.square()).plus(hidden).mean();
        List<Value> all = loss.ancestors();
        List<long[]> before = bits(all);
        Gradients gradients = loss.gradients();
        List<Supplier<?>> uses = List.of(
                () -> loss.gradients(Gradients.Option.DIFFERENTIABLE, Gradients.Option.INTERMEDIATE),
                () -> Gradients.withRespectTo(hidden, hidden.detached(), List.of(w)),
                () -> gradients
                        .plus(gradients)
                        .scale(3)
                        .map(g -> g.clamp(-1, 1))
                        .variables(),
                () -> Derivatives.hessian(v -> x.mult(v).tanh().square().mean(), w),
                () -> Derivatives.jacobianVector(v -> x.mult(v).tanh(), w, w.detached()),
                () -> NonFinite.in(loss),
                () -> NonFinite.inGradientsOf(loss),
                () -> GradientCheck.of(loss).run().toString(),
                () -> Graph.of(loss).withValues().withGradients().text(),
                () -> loss.operation().compute(hidden.mean().data()),
                () -> hidden.operation().gradient(0, hidden.inputs(), hidden, hidden.detached()));
        for (Supplier<?> use : uses) {
            assertTrue(use.get() != null);
            assertBits(before, all);
        }
        assertEquals(bits(List.of(gradients.of(w))).get(0).length, 6);
    }

    @Test
    void callersOwnWhatTheyGiveAndWhatTheyGet() {
        double[][] rows = {{1, 2}, {3, 4}};
        DMatrixRMaj basic = new DMatrixRMaj(rows);
        SimpleMatrix simple = new SimpleMatrix(rows);
        List<Value> made = List.of(
                Value.constant(rows),
                Value.constant(basic),
                Value.constant(simple),
                Value.variable("a", rows),
                Value.variable("b", basic),
                Value.variable("c", simple));
        List<long[]> before = bits(made);
        rows[0][0] = 9;
        basic.set(0, 0, 9);
        simple.set(0, 0, 9);
        made.forEach(value -> value.matrix().fill(9));
        assertBits(before, made);
        assertNotSame(made.get(0).matrix().getDDRM().data, made.get(0).matrix().getDDRM().data);
    }

    @Test
    void theTwoDoorsCopyNothing() {
        DMatrixRMaj given = new DMatrixRMaj(new double[][] {{1, 2}, {3, 4}});
        Value adopted = Value.adopting(given);
        assertSame(given.data, adopted.<double[]>reading(m -> m.data));
        assertEquals(10, adopted.<Double>reading(m -> Arrays.stream(m.data).sum()));
        DMatrixRMaj roomy = new DMatrixRMaj(3, 3);
        roomy.reshape(1, 2);
        assertEquals(2, Value.adopting(roomy).<Integer>reading(m -> m.data.length));
        Value shared = Value.variable("v", adopted);
        assertSame(given.data, shared.<double[]>reading(m -> m.data));
    }

    @Test
    void ancestorsStandBeforeWhatWasComputedFromThem() {
        Value a = Value.variable("a", 2);
        Value b = Value.variable("b", 3);
        Value product = a.elementMult(b);
        Value sum = product.plus(a).plus(product);
        assertEquals(
                List.of("a", "b", "elementMult", "plus", "plus"),
                sum.ancestors().stream().map(Value::name).toList());
        assertEquals(List.of(a), a.ancestors());
        Value chain = a;
        for (int i = 0; i < 100_000; i++) {
            chain = chain.plus(i);
        }
        List<Value> ordered = chain.ancestors();
        assertEquals(100_001, ordered.size());
        assertSame(a, ordered.get(0));
        assertSame(chain, ordered.get(100_000));
        assertEquals("total", sum.labelled("total").name());
    }
}
