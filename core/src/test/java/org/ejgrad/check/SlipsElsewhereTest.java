package org.ejgrad.check;

import static org.ejgrad.check.SlippedProgram.as;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Mistakes that are named by asking a function and its claimed gradient at points of one's choice. */
class SlipsElsewhereTest {
    private static final Value X = Value.normal(new Shape(7, 3), 5);
    private static final Value Y = Value.normal(new Shape(7, 2), 7).scale(1.5);
    private static final Value HOT = Value.constant(
            new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {0, 0, 1}});
    private static final Value[] STEPS = {X.rows(0, 4), X.rows(3, 7), X.rows(1, 5), X.rows(2, 6)};

    private static void assertNamed(Diagnosis found, Mistake mistake, String words) {
        assertTrue(found.mistake() == mistake && found.sentence().contains(words), found.mistake() + ": " + found);
    }

    private static Value sloped(Value x, Value y, Value slope) {
        return y.detached().plus(x.minus(x.detached()).elementMult(slope.detached()));
    }

    /** A loss of scores whose errors are these instead of its own. */
    private static Value with(Value loss, Value scores, Value errors) {
        return loss.detached()
                .plus(scores.minus(scores.detached())
                        .elementMult(errors.detached())
                        .elementSum());
    }

    /** A hidden layer, and a last one with a bias or, of which the other kind of evidence is asked, without. */
    private static Diagnosis huber(boolean hasBias, UnaryOperator<Value> errors, Value targets) {
        List<String> parameters = new ArrayList<>(List.of("W 3x6", "b 1x6", "V 6x2"));
        if (hasBias) {
            parameters.add("c 1x2");
        }
        return SlippedProgram.of(
                        (p, slip) -> {
                            Value h = X.mult(p.get(0)).plus(p.get(1)).sigmoid();
                            Value z = h.mult(p.get(2));
                            z = hasBias ? z.plus(p.get(3)) : z;
                            Value e = z.minus(Y);
                            Value cut = e.clamp(-1, 1);
                            Value loss =
                                    cut.elementMult(e.minus(cut.scale(0.5))).mean();
                            return slip
                                    ? with(
                                            loss,
                                            z,
                                            errors.apply(z.minus(targets)).scale(1 / 14.0))
                                    : loss;
                        },
                        parameters.toArray(String[]::new))
                .fromFunction();
    }

    @Test
    void theErrorsOfALossAreReadOffFarFromItsTargets() {
        for (boolean hasBias : new boolean[] {true, false}) {
            assertNamed(huber(hasBias, e -> e, Y), Mistake.WRONG_SLOPE, "what bounds them is left out");
            assertNamed(
                    huber(hasBias, Value::sinh, Y), Mistake.WRONG_SLOPE, "those of the claim grow faster than that");
            assertNamed(huber(hasBias, Value::sign, Y), Mistake.HARD_CHOICE, "jump from one number to another");
            assertNamed(huber(hasBias, e -> e.clamp(-1, 1).abs(), Y), Mistake.ABSOLUTE, "their sign is lost");
            assertNamed(
                    huber(hasBias, e -> e.clamp(-2, 2), Y),
                    Mistake.WRONG_SLOPE,
                    "far off they are 2.0000 times what they should be, and another multiple between: another bound");
            assertNamed(
                    huber(hasBias, e -> e.elementMult(e.abs().lessThan(1)), Y),
                    Mistake.WRONG_SLOPE,
                    "beyond a threshold they are left out");
            assertNamed(
                    huber(hasBias, e -> e.tanh(), Y), Mistake.WRONG_SLOPE, "far off they are right, and not between");
            assertNamed(
                    huber(hasBias, e -> e.clamp(-1, 0), Y),
                    Mistake.ROWS_LEFT_OUT,
                    "of one sign of the errors, are left");
        }
    }

    @Test
    void targetsOfOtherSamplesAreNamed() {
        for (boolean hasBias : new boolean[] {true, false}) {
            Diagnosis found = huber(hasBias, e -> e.clamp(-1, 1), Y.roll(Per.COLUMN, 1));
            assertNamed(found, Mistake.ROWS_MIXED, "such as its target or label, is taken from another");
        }
    }

    /** Where all samples have the same scores all that follows is right as well, but no target is another. */
    @Test
    void otherInputsAreNoOtherTargets() {
        SlippedProgram program = SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).plus(p.get(1));
                    Value h = z.tanh();
                    Value out = h.mult(p.get(2));
                    Value other = h.mult(p.get(2).detached()).plus(z.detached().mult(p.get(2)));
                    return (slip ? as(out, other) : out)
                            .plus(p.get(3))
                            .minus(Y)
                            .square()
                            .mean();
                },
                "W 3x4",
                "b 1x4",
                "V 4x2",
                "c 1x2");
        assertEquals(Mistake.OTHER_OPERAND, program.fromFunction().mistake());
    }

    /** With as many targets of 0 as of 1 the mean of |p − y| does not change, what the weights get does. */
    @Test
    void anEvenMeanIsNotSaidToBeIndependentOfTheScores() {
        Value y = Value.constant(new double[][] {{1}, {0}, {1}, {0}, {0}, {1}});
        SlippedProgram program = SlippedProgram.of(
                (p, slip) -> {
                    Value h = X.rows(0, 6).mult(p.get(0)).plus(p.get(1)).tanh();
                    Value z = h.mult(p.get(2)).plus(p.get(3));
                    Value loss = z.softplus().minus(z.elementMult(y)).mean();
                    return slip ? with(loss, z, z.sigmoid().minus(y).abs().scale(1 / 6.0)) : loss;
                },
                "W 3x4",
                "b 1x4",
                "v 4x1",
                "c 1x1");
        assertNotEquals(Mistake.INDEPENDENT, program.fromFunction().mistake());
    }

    /** Where no sample is beyond the margin both masks are open: that most errors agree does not make all right. */
    @Test
    void aMarginThatIsLeftOutOfAMaskIsNoOtherTarget() {
        Value signs = Value.constant(new double[][] {{1}, {-1}, {1}, {-1}, {1}, {-1}, {1}});
        SlippedProgram program = SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0)).plus(p.get(1)).sigmoid().mult(p.get(2));
                    Value met = z.elementMult(signs);
                    Value loss = met.negative().plus(1).relu().mean();
                    Value errors = signs.negative().elementMult(met.lessThan(0)).scale(1 / 7.0);
                    return slip ? with(loss, z, errors) : loss;
                },
                "W 3x5",
                "b 1x5",
                "v 5x1");
        assertNamed(program.fromFunction(), Mistake.WRONG_SLOPE, "another threshold or margin");
    }

    private static Diagnosis weighted(BinaryOperator<Value> errors) {
        Value weights = HOT.mult(Value.constant(new double[][] {{1}, {2}, {0.5}}));
        return SlippedProgram.of(
                        (p, slip) -> {
                            Value z = X.mult(p.get(0)).plus(p.get(1)).sigmoid().mult(p.get(2));
                            Value all = z.logSoftmax(Per.ROW)
                                    .elementMult(HOT)
                                    .sum(Per.ROW)
                                    .elementMult(weights)
                                    .negative();
                            Value loss = all.mean();
                            return slip
                                    ? with(
                                            loss,
                                            z,
                                            errors.apply(z, weights.broadcastTo(HOT.shape()))
                                                    .scale(1 / 7.0))
                                    : loss;
                        },
                        "W 3x5",
                        "b 1x5",
                        "V 5x3")
                .fromFunction();
    }

    @Test
    void theErrorsOfClassesAreReadOffToo() {
        assertNamed(weighted((z, w) -> z.softmax(Per.ROW).minus(HOT)), Mistake.ROWS_LEFT_OUT, "weighted otherwise");
        assertNamed(
                weighted((z, w) -> z.softmax(Per.ROW).elementMult(w)),
                Mistake.LINEAR_TERM,
                "targets or labels are left out");
        assertNamed(
                weighted((z, w) -> z.softmax(Per.COLUMN).minus(HOT).elementMult(w)),
                Mistake.INDEPENDENT,
                "as in a softmax along the wrong axis");
        assertNamed(
                weighted((z, w) -> z.elementExp().minus(HOT).elementMult(w)),
                Mistake.WRONG_SLOPE,
                "a softmax or a division by a sum");
    }

    /** Beside the loss of all layers one of the first alone, to which this happens. */
    private static Diagnosis beside(UnaryOperator<Value> term) {
        return SlippedProgram.of(
                        (p, slip) -> {
                            Value h = X.mult(p.get(0)).plus(p.get(1)).tanh();
                            Value small = h.minus(h.square()).square().mean();
                            Value loss = h.mult(p.get(2))
                                    .plus(p.get(3))
                                    .minus(Y)
                                    .square()
                                    .mean();
                            return loss.plus(slip ? term.apply(small) : small);
                        },
                        "W 3x4",
                        "b 1x4",
                        "V 4x2",
                        "c 1x2")
                .fromFunction();
    }

    @Test
    void aTermThatIsWrongAsAWholeIsNamed() {
        assertNamed(beside(Value::detached), Mistake.MISSING_TERM, "a term that has nothing of V, such as a penalty");
        assertNamed(beside(t -> as(t, t.negative())), Mistake.SIGN_FLIPPED, "has the wrong sign");
        assertNamed(beside(t -> as(t, t.scale(3))), Mistake.CONSTANT_FACTOR, "is 3.0000 times what it should be");
    }

    /** What may go wrong at a gate, in what it is multiplied with, in what is handed on, and in the function behind. */
    private record Slips(
            UnaryOperator<Value> gate,
            BinaryOperator<Value> product,
            UnaryOperator<Value> state,
            UnaryOperator<Value> end) {
        static final Slips NONE = new Slips(Value::sigmoid, Value::elementMult, h -> h, Value::tanh);
    }

    private static Diagnosis gated(Slips slips) {
        return SlippedProgram.of(
                        (p, slip) -> {
                            Slips now = slip ? slips : Slips.NONE;
                            Value h = Value.zeros(new Shape(4, 3));
                            Value c = h;
                            for (Value x : STEPS) {
                                Value in = x.concatColumns(now.state.apply(h));
                                Value f = now.gate.apply(in.mult(p.get(0)).plus(p.get(1)));
                                Value g = in.mult(p.get(2)).plus(p.get(3)).tanh();
                                Value o = in.mult(p.get(4)).plus(p.get(5)).sigmoid();
                                c = now.product
                                        .apply(f, c)
                                        .plus(f.negative().plus(1).elementMult(g));
                                h = o.elementMult(now.end.apply(c));
                            }
                            return h.mult(p.get(6)).minus(Y.rows(0, 4)).square().mean();
                        },
                        "Wf 6x3",
                        "bf 1x3",
                        "Wg 6x3",
                        "bg 1x3",
                        "Wo 6x3",
                        "bo 1x3",
                        "V 3x2")
                .fromFunction();
    }

    @Test
    void whatIsWrongAtOneGateIsFoundThere() {
        Slips none = Slips.NONE;
        assertNamed(
                gated(new Slips(z -> as(z.sigmoid(), z), none.product, none.state, none.end)),
                Mistake.WRONG_SLOPE,
                "Where the last 3 rows of Wf, Wg, Wo are zero only the claim for Wf, bf is wrong: the slope of the"
                        + " function behind it is 5.777 times what it should be at -1.25");
        assertNamed(
                gated(new Slips(
                        none.gate,
                        (f, c) -> as(
                                f.elementMult(c),
                                f.elementMult(c.detached().plus(1))
                                        .plus(f.detached().elementMult(c))),
                        none.state,
                        none.end)),
                Mistake.OTHER_OPERAND,
                "only the claim for Wf, bf is wrong: what the result of the function behind is multiplied with");
        assertNamed(
                gated(new Slips(none.gate, none.product, Value::detached, none.end)),
                Mistake.BACK_THROUGH,
                "Where the last 3 rows of Wf, Wg, Wo are zero the claim is right");
        assertNamed(
                gated(new Slips(none.gate, (f, c) -> f.elementMult(c.detached()), none.state, none.end)),
                Mistake.BACK_THROUGH,
                "Where bf is -40 the claim is right");
        assertNamed(
                gated(new Slips(none.gate, none.product, none.state, c -> as(c.tanh(), c))),
                Mistake.WRONG_SLOPE,
                "a function that is straight at zero, such as tanh, is taken for straight");
    }

    @Test
    void aGateThatIsLeftOutOnTheWayBackIsNamed() {
        SlippedProgram leaky = SlippedProgram.of(
                (p, slip) -> {
                    Value h = Value.filled(new Shape(4, 3), 0.4);
                    for (Value x : STEPS) {
                        Value in = x.concatColumns(h);
                        Value z = in.mult(p.get(0)).plus(p.get(1)).sigmoid();
                        Value keep = z.elementMult(h);
                        Value other = z.elementMult(h.detached()).plus(h);
                        h = (slip ? as(keep, other) : keep)
                                .plus(in.mult(p.get(2)).plus(p.get(3)).tanh());
                    }
                    return h.mult(p.get(4)).minus(Y.rows(0, 4)).square().mean();
                },
                "Wz 6x3",
                "bz 1x3",
                "Wn 6x3",
                "bn 1x3",
                "V 3x2");
        assertNamed(leaky.fromFunction(), Mistake.MISSING_FACTOR, "Where bz is 40 the claim is right");
    }

    @Test
    void aSlopeThatIsLeftOutShowsWhereItVanishes() {
        for (UnaryOperator<Value> wrong : List.<UnaryOperator<Value>>of(
                s -> as(s.softmax(Per.ROW), s), s -> sloped(s, s.softmax(Per.ROW), s.softmax(Per.ROW)))) {
            SlippedProgram program = SlippedProgram.of(
                    (p, slip) -> {
                        Value scores = X.mult(p.get(0)).multTransB(X.mult(p.get(1)));
                        return (slip ? wrong.apply(scores) : scores.softmax(Per.ROW))
                                .mult(X.mult(p.get(2)))
                                .mult(p.get(3))
                                .minus(Y)
                                .square()
                                .mean();
                    },
                    "Q 3x3",
                    "K 3x3",
                    "V 3x3",
                    "O 3x2");
            assertNamed(
                    program.fromFunction(),
                    Mistake.WRONG_SLOPE,
                    "K is 1024 times as large the gradient for it vanishes");
        }
    }

    /** A bias of the keys shifts all scores of a row alike, which their softmax does not see. */
    @Test
    void whatIsTakenOffIsMissedWhereAShiftShouldMakeNoDifference() {
        SlippedProgram program = SlippedProgram.of(
                (p, slip) -> {
                    Value keys = X.mult(p.get(1)).plus(p.get(2));
                    Value scores = X.mult(p.get(0)).multTransB(keys);
                    Value weights = scores.softmax(Per.ROW);
                    Value own = weights.elementMult(weights.negative().plus(1));
                    return (slip ? sloped(scores, weights, own) : weights)
                            .mult(X.mult(p.get(3)))
                            .minus(Y)
                            .square()
                            .mean();
                },
                "Q 3x3",
                "K 3x3",
                "k 1x3",
                "V 3x2");
        assertNamed(
                program.fromFunction(), Mistake.MISSING_TERM, "The function does not change with k, as with a shift");
    }

    private static Diagnosis inputs(UnaryOperator<Value> other) {
        return SlippedProgram.of(
                        (p, slip) -> {
                            Value h = X.mult(p.get(0)).plus(p.get(1)).tanh();
                            Value z = h.mult(p.get(2));
                            Value by = h.mult(p.get(2).detached())
                                    .plus(other.apply(h).detached().mult(p.get(2)));
                            Value out = (slip ? as(z, by) : z).plus(p.get(3));
                            return out.logSoftmax(Per.ROW)
                                    .elementMult(HOT)
                                    .elementSum()
                                    .scale(-1 / 7.0);
                        },
                        "W 3x4",
                        "b 1x4",
                        "V 4x3",
                        "c 1x3")
                .fromFunction();
    }

    @Test
    void theSumOfWhatStandsForAnInputIsReadOff() {
        assertNamed(inputs(h -> h.roll(Per.COLUMN, 1)), Mistake.ROWS_MIXED, "they meet the errors of other samples");
        assertNamed(inputs(h -> h.minus(h.mean(Per.COLUMN))), Mistake.OTHER_OPERAND, "they are used less their mean");
        Value half = Value.constant(new double[][] {{1}, {1}, {1}, {1}, {0}, {0}, {0}});
        assertEquals(
                Mistake.LAYER_INPUT,
                inputs(h -> h.elementMult(half.broadcastTo(h.shape()))).mistake());
    }
}
