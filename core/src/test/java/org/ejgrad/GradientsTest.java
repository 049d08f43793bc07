package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.Gradients.Option;
import org.junit.jupiter.api.Test;

/** Gradients as a result: asked, added, scaled, mapped; and what the walk does not enter. */
class GradientsTest {
    private final Value a = Value.variable("a", new double[][] {{1, 2}});
    private final Value b = Value.variable("b", new double[][] {{3, 4}});
    private final Gradients both = a.elementMult(b).elementSum().gradients();
    private final Gradients one = a.square().elementSum().gradients();

    private static void assertRow(Value value, double... expected) {
        assertArrayEquals(expected, value.data().data);
    }

    @Test
    void addToEachOther() {
        Gradients sum = one.plus(both);
        assertRow(sum.of(a), 5, 8);
        assertRow(sum.of(b), 1, 2);
        assertEquals(List.of(a, b), sum.variables());
        assertRow(both.plus(one).of(a), 5, 8);
        assertRow(one.of(a), 2, 4);
        assertFalse(one.contains(b));
    }

    @Test
    void areScaled() {
        Gradients scaled = both.scale(-2);
        assertRow(scaled.of(a), -6, -8);
        assertRow(scaled.of(b), -2, -4);
        assertEquals(both.variables(), scaled.variables());
    }

    @Test
    void areMapped() {
        assertRow(both.map(Value::square).of(b), 1, 4);
        assertEquals(
                "map: the function made a 1x1 value of the gradient of a; expected 1x2",
                assertThrows(IllegalArgumentException.class, () -> one.map(Value::elementSum))
                        .getMessage());
        assertEquals(
                "what the function made of the gradient of a",
                assertThrows(NullPointerException.class, () -> one.map(gradient -> nothing()))
                        .getMessage());
    }

    @SuppressWarnings("NullAway")
    private static Value nothing() {
        return null;
    }

    @Test
    void knowWhatTheyHold() {
        assertTrue(both.contains(a));
        assertTrue(both.contains(b));
        assertFalse(both.contains(Value.variable("c", 1)));
    }

    @Test
    void areConstantsUnlessDifferentiable() {
        Value cube = a.square().elementMult(a).elementSum();
        assertTrue(cube.gradients().of(a).isConstant());
        assertTrue(cube.gradients(Value.variable("upstream", 1)).of(a).isConstant());
        assertFalse(cube.gradients(Option.DIFFERENTIABLE).of(a).isConstant());
    }

    /** Not even where a rule has variables or inputs of its own, as the second derivative of a determinant has. */
    @Test
    void areConstantsWhateverARuleReturns() {
        Value inner = Value.variable("inner", new double[][] {{1, 2}});
        Operation own = Operation.unary("own", m -> m.copy(), Rule.rule("inner", (x, y, dy) -> inner.scale(2)));
        Value gradient = own.apply(a).elementSum().gradients().of(a);
        assertTrue(gradient.isConstant());
        assertRow(gradient, 2, 4);
        Value x = Value.variable("x", new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}});
        Value cofactors = x.determinant().gradients(Option.DIFFERENTIABLE).of(x);
        Value second =
                cofactors.square().elementSum().gradients(Option.DIFFERENTIABLE).of(x);
        for (Value slope : List.of(cofactors, second)) {
            assertTrue(slope.square().elementSum().gradients().of(x).isConstant());
        }
    }

    /** A value has one gradient, whatever it is called where it is used and where the gradient is asked for. */
    @Test
    void ofAValueUnderSeveralNamesAreOne() {
        Value c = a.labelled("c");
        Gradients ofSum =
                c.square().plus(a.traced().elementMult(b)).elementSum().gradients();
        assertEquals(List.of(a, b), ofSum.variables());
        for (Value name : List.of(a, c, c.traced(), NonFinite.trapping(a))) {
            assertTrue(ofSum.contains(name));
            assertRow(ofSum.of(name), 5, 8);
            assertRow(ofSum.orZero(name), 5, 8);
            assertRow(one.plus(ofSum).of(name), 7, 12);
        }
        Value h = a.scale(3);
        Value root = h.labelled("h").square().plus(h.traced().elementMult(b)).elementSum();
        Gradients all = root.gradients(Option.INTERMEDIATE);
        Gradients chosen = Gradients.withRespectTo(root, Value.constant(1), List.of(h));
        for (Value name : List.of(h, h.labelled("other"))) {
            assertRow(all.of(name), 9, 16);
            assertRow(chosen.orZero(name), 9, 16);
            assertRow(
                    Gradients.withRespectTo(root, Value.constant(1), List.of(name))
                            .of(h),
                    9,
                    16);
        }
        assertRow(all.of(a), 27, 48);
        assertEquals(List.of(h), chosen.values());
    }

    /** More than are looked through one by one, and many at one depth. */
    @Test
    void ofManyValuesUnderSeveralNamesAreOne() {
        for (int count : new int[] {5, 12, 13, 14, 40}) {
            List<Value> variables = IntStream.range(0, count)
                    .mapToObj(i -> Value.variable("v" + i, i))
                    .toList();
            Value sum = Value.constant(0);
            for (Value each : variables) {
                sum = sum.plus(each.labelled("again").square()).plus(each);
            }
            for (Value each : variables) {
                sum = sum.plus(each.traced());
            }
            Gradients gradients = sum.gradients();
            assertEquals(count, gradients.variables().size());
            for (int i = 0; i < count; i++) {
                assertEquals(2 * i + 2, gradients.of(variables.get(i)).scalar());
            }
        }
    }

    @Test
    void constantsAreNoTargets() {
        Value constant = Value.constant(1);
        Value root = a.plus(constant).elementSum();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Gradients.withRespectTo(root, constant, List.of(a, constant)))
                .getMessage();
        assertTrue(
                message.startsWith("withRespectTo(1x1): the value constant is a constant and has no gradient"),
                message);
    }

    @Test
    void whatLeadsToNoTargetIsNotEntered() {
        Rule never = Rule.rule("never", (x, y, dy) -> {
            throw new IllegalStateException("entered");
        });
        Value closed = Operation.unary("closed", m -> m.copy(), never).apply(b);
        Value root = a.elementMult(closed).elementSum();
        assertThrows(IllegalStateException.class, root::gradients);
        assertRow(Gradients.withRespectTo(root, Value.constant(1), List.of(a)).of(a), 3, 4);
        assertRow(
                Gradients.withRespectTo(root, Value.constant(1), List.of(closed))
                        .of(closed),
                1,
                2);
    }

    @Test
    void contributionsAddInTheSameWayHoweverMany() {
        for (int uses = 1; uses <= 6; uses++) {
            Value sum = a;
            for (int i = 1; i < uses; i++) {
                sum = sum.plus(a);
            }
            Value total = sum.elementMult(b).elementSum();
            assertRow(total.gradients().of(a), 3 * uses, 4 * uses);
            assertRow(total.gradients(Option.DIFFERENTIABLE).of(a), 3 * uses, 4 * uses);
            assertRow(b, 3, 4);
        }
    }

    @Test
    void operationsShowNameAndParameters() {
        Operation scaling = a.scale(0.5).operation();
        assertEquals("scale", scaling.name());
        assertEquals(List.of(0.5), scaling.parameters());
        assertEquals("scale(0.5)", scaling.toString());
        assertEquals(List.of(), a.square().operation().parameters());
    }

    @Test
    void showNamesShapesAndNorms() {
        Value w = Value.variable("w", new double[][] {{3, 4}});
        Value c = Value.variable("c", 2);
        assertEquals(
                "gradients\n  c 1x1, norm 25\n  w 1x2, norm 20",
                c.elementMult(w.square().elementSum()).gradients().toString());
    }
}
