package org.ejgrad.check;

import static org.ejgrad.check.SlippedProgram.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Kinds of mistakes in a backward pass by hand, each in two programs that have little else in common. */
class NamedSlipsTest {
    private static final Value X = Value.normal(new Shape(6, 3), 5);
    private static final Value Y = Value.normal(new Shape(6, 2), 7);
    private static final Value HOT = Value.constant(new double[][] {{1, 0}, {0, 1}, {1, 0}, {1, 0}, {0, 1}, {1, 0}});
    private static final Value[] STEPS = {X.rows(0, 3), X.rows(3, 6), X.rows(1, 4), X.rows(2, 5)};

    private static void assertNamed(SlippedProgram program, Mistake mistake, String words) {
        Diagnosis found = program.fromGraph();
        assertTrue(found.mistake() == mistake && found.sentence().contains(words), found.mistake() + ": " + found);
    }

    private static Value squares(Value a) {
        return a.minus(Y.rows(0, a.getNumRows())).square().mean();
    }

    /** The same value, with another slope behind it. */
    private static Value sloped(Value x, Value y, Value slope) {
        return y.detached().plus(x.minus(x.detached()).elementMult(slope.detached()));
    }

    /** What may go wrong in a step: the gate, the product with the state, the state that is handed on. */
    private record Slips(UnaryOperator<Value> gate, BinaryOperator<Value> product, UnaryOperator<Value> state) {
        static final Slips NONE = new Slips(Value::sigmoid, Value::elementMult, h -> h);
    }

    /** A unit with a gate for its state; each step sees what the one before has made. */
    private static SlippedProgram gated(Slips slips) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Slips now = slip ? slips : Slips.NONE;
                    Value c = Value.zeros(new Shape(3, 2));
                    for (Value x : STEPS) {
                        Value in = x.concatColumns(now.state.apply(c));
                        Value f = now.gate.apply(in.mult(p.get(0)));
                        Value g = in.mult(p.get(1)).tanh();
                        c = now.product.apply(f, c).plus(g);
                    }
                    return squares(c.mult(p.get(2)));
                },
                "Wf 5x2",
                "Wg 5x2",
                "V 2x2");
    }

    /** A leaky recurrence with a loss at every step. */
    private static SlippedProgram leaky(Slips slips) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Slips now = slip ? slips : Slips.NONE;
                    Value h = Value.filled(new Shape(3, 4), 0.2);
                    Value loss = Value.constant(0);
                    for (Value x : STEPS) {
                        Value z = x.mult(p.get(0)).plus(now.state.apply(h).mult(p.get(1)));
                        h = now.product
                                .apply(z.cos().scale(0.3).plus(1), now.state.apply(h))
                                .plus(now.gate.apply(z));
                        loss = loss.plus(squares(h.mult(p.get(2))));
                    }
                    return loss;
                },
                "W 3x4",
                "U 4x4",
                "V 4x2");
    }

    @Test
    void aMistakeAtEveryStepIsNamed() {
        Slips passed = new Slips(z -> as(z.sigmoid(), z), Value::elementMult, h -> h);
        assertNamed(gated(passed), Mistake.MISSING_FACTOR, "sigmoid");
        assertNamed(leaky(passed), Mistake.MISSING_FACTOR, "sigmoid");
        Slips slope = new Slips(
                z -> sloped(z, z.sigmoid(), z.sigmoid().square().negative().plus(1)), Value::elementMult, h -> h);
        assertNamed(gated(slope), Mistake.WRONG_SLOPE, "taken for 1 − y²");
        assertNamed(leaky(slope), Mistake.WRONG_SLOPE, "taken for 1 − y²");
        Slips carried = new Slips(Value::sigmoid, (f, c) -> f.elementMult(c.detached()), h -> h);
        assertNamed(gated(carried), Mistake.MISSING_TERM, "elementMult, input 1, nothing were passed on");
        assertNamed(leaky(carried), Mistake.MISSING_TERM, "nothing were passed on");
        Slips other = new Slips(
                Value::sigmoid,
                (f, c) -> as(f.elementMult(c), f.elementMult(c.detached()).plus(c)),
                h -> h);
        assertNamed(gated(other), Mistake.MISSING_FACTOR, "elementMult, input 1, the derivative were left out");
        assertNamed(leaky(other), Mistake.MISSING_FACTOR, "the derivative were left out");
    }

    @Test
    void aRecurrenceThatIsTruncatedIsNamed() {
        Slips cut = new Slips(Value::sigmoid, Value::elementMult, Value::detached);
        assertNamed(gated(cut), Mistake.MISSING_TERM, "concatColumns, input 1, nothing were passed on");
        assertNamed(leaky(cut), Mistake.BACK_THROUGH, "at every step, what comes back from later steps");
    }

    /** Places that are equal are found although the first step begins with constants. */
    @Test
    void theFirstStepHasThePartsOfTheOthers() {
        for (SlippedProgram program : List.of(gated(Slips.NONE), leaky(Slips.NONE))) {
            List<String> parts = new Roles(new Tape(program.recorded()))
                    .all().stream().map(Roles.Role::name).toList();
            assertTrue(
                    parts.contains("mult in its 4 places behind "
                            + (parts.contains("mult in its 4 places behind U") ? "U" : "Wg")),
                    parts.toString());
            assertFalse(parts.stream().anyMatch(name -> name.contains(" in its 3 places")), parts.toString());
        }
    }

    private static SlippedProgram layers(BinaryOperator<Value> second) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value h = X.mult(p.get(0)).softplus();
                    Value z = h.mult(p.get(1));
                    return squares((slip ? second.apply(h, z) : z.tanh()).mult(p.get(2)));
                },
                "W 3x4",
                "U 4x4",
                "V 4x2");
    }

    private static SlippedProgram units(BinaryOperator<Value> gate) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value a = X.mult(p.get(0));
                    Value b = X.mult(p.get(1));
                    return squares((slip ? gate.apply(a, b) : a.elementMult(b.sigmoid())).mult(p.get(2)));
                },
                "A 3x4",
                "B 3x4",
                "V 4x2");
    }

    @Test
    void aSlopeMadeOfAnotherResultIsNamed() {
        assertNamed(
                layers((h, z) -> sloped(z, z.tanh(), h.square().negative().plus(1))),
                Mistake.OTHER_OPERAND,
                "its slope were made of the result of softplus");
        Value one = Value.constant(1);
        assertNamed(
                units((a, b) -> a.elementMult(sloped(b, b.sigmoid(), a.elementMult(one.minus(a))))),
                Mistake.OTHER_OPERAND,
                "its slope were made of the result of mult at depth 1, 1 of 2 there");
        assertNamed(
                units((a, b) -> {
                    Value s = b.sigmoid();
                    Value slope = s.elementMult(one.minus(s)).detached();
                    return as(
                            a.elementMult(s),
                            a.elementMult(slope).plus(a.detached().elementMult(s)));
                }),
                Mistake.OTHER_OPERAND,
                "its slope there stood for its input 1");
    }

    private static SlippedProgram pooled(BinaryOperator<Value> pool) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value a = X.mult(p.get(0)).tanh();
                    Value b = X.reverse(Per.ROW).mult(p.get(0)).tanh();
                    return squares((slip ? pool.apply(a, b) : a.maximum(b)).mult(p.get(1)));
                },
                "K 3x4",
                "V 4x2");
    }

    private static SlippedProgram scaled(BinaryOperator<Value> quotient) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0));
                    Value size = z.square().sum(Per.ROW).sqrt();
                    return squares((slip ? quotient.apply(z, size) : z.elementDiv(size)).mult(p.get(1)));
                },
                "W 3x4",
                "V 4x2");
    }

    @Test
    void bothWaysOfAnOperationThatAreWrongTogetherAreNamed() {
        assertNamed(
                pooled((a, b) -> as(a.maximum(b), a.plus(b).scale(0.5))),
                Mistake.WRONG_SLOPE,
                "maximum, each input were given one half of what arrives");
        assertNamed(
                pooled((a, b) -> as(a.maximum(b), a.minimum(b))),
                Mistake.SWAPPED,
                "maximum, each input were given what belongs to the other");
        assertNamed(
                scaled((z, size) -> as(z.elementDiv(size), z)),
                Mistake.MISSING_FACTOR,
                "what arrives were passed on to input 0 as it is, and nothing to the other");
    }

    private static SlippedProgram normalised(Per per, UnaryOperator<Value> constant) {
        return SlippedProgram.of(
                (p, slip) -> {
                    UnaryOperator<Value> held = slip ? constant : v -> v;
                    Value z = X.mult(p.get(0));
                    Value c = z.minus(held.apply(z.mean(per)));
                    Value size = held.apply(z.standardDeviation(per, 0).plus(1e-3));
                    return squares(c.elementDiv(size).tanh().mult(p.get(1)));
                },
                "W 3x4",
                "V 4x2");
    }

    @Test
    void aMeanAndADeviationTakenForConstantsAreNamed() {
        for (Per per : List.of(Per.ROW, Per.COLUMN)) {
            assertNamed(normalised(per, Value::detached), Mistake.MISSING_TERM, "nothing were passed on");
        }
    }

    /** The errors at the output, in another form. */
    private static SlippedProgram logits(BinaryOperator<Value> errors) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).plus(p.get(1));
                    Value loss = z.softplus().minus(z.elementMult(HOT));
                    return (slip ? sloped(z, loss, errors.apply(z.sigmoid(), HOT)) : loss).mean();
                },
                "W 3x2",
                "b 1x2");
    }

    private static SlippedProgram counts(BinaryOperator<Value> errors) {
        Value counts = HOT.scale(3);
        return SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).tanh().mult(p.get(1));
                    Value loss = z.elementExp().minus(z.elementMult(counts));
                    return (slip ? sloped(z, loss, errors.apply(z.elementExp(), counts)) : loss).mean();
                },
                "W 3x4",
                "V 4x2");
    }

    @Test
    void wrongFormulasForTheErrorsAreNamed() {
        Value one = Value.constant(1);
        BinaryOperator<Value> again = (p, y) -> p.minus(y).elementMult(p).elementMult(one.minus(p));
        assertNamed(logits(again), Mistake.FACTOR_TWICE, "(p − y)·p·(1 − p) stood for p − y");
        assertNamed(counts((p, y) -> p.minus(y).elementMult(p)), Mistake.WRONG_SLOPE, "(p − y)·p stood for p − y");
        assertNamed(logits((p, y) -> p.minus(y).abs()), Mistake.ABSOLUTE, "|p − y| stood for p − y");
        assertNamed(counts((p, y) -> p.minus(y).elementDiv(p)), Mistake.WRONG_SLOPE, "(p − y)/p stood for p − y");
        assertNamed(
                logits((p, y) -> p.minus(y.scale(0.9).plus(0.05))),
                Mistake.OTHER_OPERAND,
                "the targets were smoothed by 0.100000");
    }

    @Test
    void whatArrivesCutOffOrInAnotherOrderIsNamed() {
        assertNamed(counts((p, y) -> p.minus(y).clamp(-0.7, 0.7)), Mistake.CLIPPED, "were cut off at ±0.0583333");
        assertNamed(logits((p, y) -> p.minus(y).clamp(-0.5, 0.5)), Mistake.CLIPPED, "were cut off at ±0.0416667");
        assertNamed(
                units((a, b) -> {
                    Value h = a.elementMult(b.sigmoid());
                    return as(h, h.colsAt(0, 2, 1, 3));
                }),
                Mistake.REORDERED,
                "columns were in the order of 2 times 2");
        assertNamed(
                pooled((a, b) -> as(a.maximum(b), a.maximum(b).colsAt(0, 2, 1, 3))),
                Mistake.REORDERED,
                "columns were in the order of 2 times 2");
    }

    @Test
    void targetsOfOtherColumnsAndOtherInputsAreNamed() {
        BinaryOperator<Value> turned = (p, y) -> p.minus(y.roll(Per.ROW, 1));
        assertTrue(logits(turned).fromGraph().mistake() != Mistake.UNKNOWN);
        assertNamed(counts(turned), Mistake.SHIFTED, "for each column the next one of it stood for");
    }

    @Test
    void aSoftmaxOfScoresWithoutTheirMaskIsNamed() {
        Value mask = Value.constant(new double[][] {{0, -40, -40}, {0, 0, -40}, {0, 0, 0}});
        for (double scale : new double[] {1, 0.5}) {
            SlippedProgram attention = SlippedProgram.of(
                    (p, slip) -> {
                        Value x = STEPS[0];
                        Value scores =
                                x.mult(p.get(0)).multTransB(x.mult(p.get(1))).scale(scale);
                        Value a = scores.plus(mask).softmax(Per.ROW);
                        return squares((slip ? as(a, scores.softmax(Per.ROW)) : a).mult(x.mult(p.get(2))));
                    },
                    "Q 3x2",
                    "K 3x2",
                    "V 3x2");
            assertNamed(attention, Mistake.OTHER_OPERAND, "as where a mask is left out");
        }
    }

    /** A sum over the wrong axis is known by its figures, which a constant slope would give as well. */
    @Test
    void aBiasThatIsSummedIsNamedInAGraphToo() {
        for (UnaryOperator<Value> bend : List.<UnaryOperator<Value>>of(Value::tanh, Value::softplus)) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value sum = p.get(1).sum(Per.ROW).broadcastTo(1, 4);
                        Value b = slip ? as(p.get(1), sum) : p.get(1);
                        return squares(bend.apply(X.mult(p.get(0)).plus(b)).mult(p.get(2)));
                    },
                    "W 3x4",
                    "b 1x4",
                    "V 4x2");
            assertNamed(program, Mistake.SUMMED_TOO_MUCH, "b holds the sum of its row everywhere");
        }
    }

    /** With two classes the errors are opposite: any row is another one times a factor, which says nothing. */
    @Test
    void linesThatAreAllAlikeAreNotScaled() {
        Value mixed = Value.normal(new Shape(6, 6), 9);
        for (UnaryOperator<Value> bend : List.<UnaryOperator<Value>>of(Value::tanh, Value::sigmoid)) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value h = bend.apply(X.mult(p.get(0)));
                        Value z = h.mult(p.get(1));
                        Value other = h.mult(p.get(1).detached())
                                .plus(mixed.mult(h).detached().mult(p.get(1)));
                        return (slip ? as(z, other) : z)
                                .logSoftmax(Per.ROW)
                                .elementMult(HOT)
                                .mean()
                                .negative();
                    },
                    "W 3x4",
                    "V 4x2");
            assertNotEquals(Mistake.LINES_SCALED, program.fromGraph().mistake());
            assertNotEquals(Mistake.LINES_SCALED, program.fromFigures().mistake());
        }
    }

    /** Of one place in a row, nothing goes back; that its first row alone did would give the same. */
    @Test
    void aPlaceOfWhichNothingGoesBackIsNoRowThatStandsForAll() {
        for (double kept : new double[] {0, 1}) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value last = X.rows(3, 6).mult(p.get(0)).relu();
                        Value first = X.rows(0, 3).minus(kept).mult(p.get(0)).relu();
                        return squares(
                                (slip ? first.detached() : first).plus(last).mult(p.get(1)));
                    },
                    "K 3x4",
                    "V 4x2");
            Diagnosis found = program.fromGraph();
            assertFalse(found.sentence().contains("stood for all"), found.sentence());
            assertNotEquals(Mistake.UNKNOWN, found.mistake());
        }
    }

    @Test
    void anotherInputOfALayerIsReadOffElsewhere() {
        SlippedProgram before = SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).plus(p.get(1));
                    Value h = z.tanh();
                    Value wrong = as(
                            h.mult(p.get(2)),
                            h.mult(p.get(2).detached()).plus(z.detached().mult(p.get(2))));
                    return squares(slip ? wrong : h.mult(p.get(2)));
                },
                "W 3x4",
                "b 1x4",
                "V 4x2");
        Diagnosis found = before.fromFunction();
        assertEquals(Mistake.OTHER_OPERAND, found.mistake(), found.sentence());
        assertTrue(found.sentence().contains("changes in proportion to W, the gradient does not"), found.sentence());
        SlippedProgram earlier = SlippedProgram.of(
                (p, slip) -> {
                    Value h = X.mult(p.get(0)).sigmoid();
                    Value k = h.mult(p.get(1)).softplus();
                    Value wrong = as(
                            k.mult(p.get(2)),
                            k.mult(p.get(2).detached()).plus(h.detached().mult(p.get(2))));
                    return (slip ? wrong : k.mult(p.get(2)))
                            .minus(Y)
                            .cosh()
                            .elementLog()
                            .mean();
                },
                "W 3x4",
                "U 4x4",
                "V 4x2");
        found = earlier.fromFunction();
        assertEquals(Mistake.OTHER_OPERAND, found.mistake(), found.sentence());
        assertTrue(found.sentence().contains("does not change with U, the gradient does"), found.sentence());
    }

    @Test
    void whatGoesBackThroughARecurrentMatrixIsNamedThoughItsBiasStandsBehindIt() {
        for (UnaryOperator<Value> bend : List.<UnaryOperator<Value>>of(Value::tanh, Value::softplus)) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value h = Value.zeros(new Shape(3, 4));
                        Value loss = Value.constant(0);
                        for (Value x : STEPS) {
                            Value back = slip ? h.detached() : h;
                            h = bend.apply(
                                    x.mult(p.get(0)).plus(back.mult(p.get(1))).plus(p.get(2)));
                            loss = loss.plus(squares(h.mult(p.get(3))));
                        }
                        return loss;
                    },
                    "W 3x4",
                    "U 4x4",
                    "b 1x4",
                    "V 4x2");
            Diagnosis found = program.fromFunction();
            assertEquals(Mistake.BACK_THROUGH, found.mistake(), found.sentence());
            assertTrue(found.sentence().startsWith("Where U is zero"), found.sentence());
        }
    }

    /** Weights that have one bias are zero together; of two heads behind a layer one is. */
    @Test
    void slopesInARecurrenceAndBeforeTwoHeadsAreReadOffElsewhere() {
        SlippedProgram recurrent = SlippedProgram.of(
                (p, slip) -> {
                    Value h = Value.zeros(new Shape(3, 4));
                    Value loss = Value.constant(0);
                    for (Value x : STEPS) {
                        Value z = x.mult(p.get(0)).plus(h.mult(p.get(1))).plus(p.get(2));
                        h = slip ? as(z.tanh(), z) : z.tanh();
                        loss = loss.plus(squares(h.mult(p.get(3))));
                    }
                    return loss;
                },
                "W 3x4",
                "U 4x4",
                "b 1x4",
                "V 4x2");
        SlippedProgram heads = SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).plus(p.get(1));
                    Value h = slip ? as(z.sigmoid(), z) : z.sigmoid();
                    return squares(h.mult(p.get(2)))
                            .plus(h.mult(p.get(3)).minus(1).cosh().mean());
                },
                "W 3x4",
                "b 1x4",
                "V 4x2",
                "R 4x3");
        for (SlippedProgram program : List.of(recurrent, heads)) {
            Diagnosis found = program.fromFunction();
            assertEquals(Mistake.MISSING_FACTOR, found.mistake(), found.sentence());
            assertTrue(found.sentence().endsWith(": it is left out."), found.sentence());
        }
    }

    /** A last layer without a bias, behind another that is right. */
    @Test
    void aSlopeBehindALayerWithoutBiasIsReadOffWhereItsWeightsAreZero() {
        for (UnaryOperator<Value> loss :
                List.<UnaryOperator<Value>>of(Value::square, v -> v.cosh().elementLog())) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value z = X.mult(p.get(0)).tanh().mult(p.get(1));
                        Value h = slip ? as(z.sigmoid(), z) : z.sigmoid();
                        return loss.apply(h.mult(p.get(2)).minus(Y)).mean();
                    },
                    "W 3x4",
                    "U 4x4",
                    "V 4x2");
            Diagnosis found = program.fromFunction();
            assertEquals(Mistake.WRONG_SLOPE, found.mistake(), found.sentence());
            assertTrue(
                    found.sentence()
                            .endsWith("where U is zero it is 4.0000 times what it should be, elsewhere it is not."),
                    found.sentence());
        }
    }
}
