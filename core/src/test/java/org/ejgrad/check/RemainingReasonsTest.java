package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** Where several mistakes would give the same figures, no sentence is true of one of them only. */
class RemainingReasonsTest {
    private static final Value X = Value.normal(new Shape(6, 3), 5);
    private static final Value Y = Value.normal(new Shape(6, 2), 7);

    private static Value squares(Value a) {
        return a.minus(Y).square().mean();
    }

    private static SlippedProgram dense(Value instead) {
        return SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0));
                    return squares((slip ? SlippedProgram.as(z, instead.mult(p.get(0))) : z).plus(p.get(1)));
                },
                "W 3x2",
                "b 1x2");
    }

    /** The bias shows that the sum of the errors is right: neither the way back nor the loss is blamed. */
    @Test
    void otherInputsOfALayerAreNoMistakeOnTheWayBack() {
        SlippedProgram others = dense(Value.normal(new Shape(6, 3), 6));
        SlippedProgram centred = dense(X.minus(X.mean(Per.COLUMN)));
        for (Diagnosis found : List.of(others.fromFunction(), others.fromFigures(), centred.fromFigures())) {
            assertEquals(Mistake.LAYER_INPUT, found.mistake(), found.sentence());
            assertTrue(found.sentence().startsWith("W is wrong, b agrees. If what follows"), found.sentence());
        }
        assertTrue(centred.fromFunction().sentence().contains("the sum of the inputs"));
        assertEquals(
                Mistake.LAYER_INPUT,
                dense(Value.normal(new Shape(6, 3), 6)).fromGraph().mistake());
        assertEquals(
                "The gradient looks as if, on the way back through mult, input 1, it less the mean of each column stood"
                        + " for its input 0.",
                dense(X.minus(X.mean(Per.COLUMN))).fromGraph().sentence());
    }

    @Test
    void aUseOfSharedWeightsThatIsNotAddedIsAmongTheReasons() {
        SlippedProgram tied = SlippedProgram.of(
                (p, slip) -> {
                    Value w = p.get(0);
                    Value h = X.mult(w).plus(p.get(1)).sigmoid();
                    Value out = h.multTransB(slip ? w.detached() : w).plus(p.get(2));
                    return out.minus(X).square().mean();
                },
                "W 3x4",
                "b 1x4",
                "c 1x3");
        for (Diagnosis found : List.of(tied.fromFunction(), tied.fromFigures())) {
            assertEquals(Mistake.LAYER_INPUT, found.mistake(), found.sentence());
            assertTrue(found.sentence().contains("one of several uses of the weights were not added"));
            assertFalse(found.sentence().contains("errors that arrive at that layer are right"), found.sentence());
        }
    }

    /** The labels are shifted; the last bias, which sees the sum of the errors, agrees. */
    @Test
    void aBiasThatAgreesDoesNotShowThatWhatArrivesIsRight() {
        SlippedProgram program = SlippedProgram.of(
                (p, slip) -> {
                    Value h = X.affine(p.get(0), p.get(1)).tanh();
                    Value out = h.affine(p.get(2), p.get(3));
                    Value loss = squares(out);
                    return slip
                            ? SlippedProgram.as(
                                    loss,
                                    out.minus(Y.roll(Per.COLUMN, 2)).square().mean())
                            : loss;
                },
                "W 3x4",
                "b 1x4",
                "V 4x2",
                "c 1x2");
        String found = program.fromFigures().sentence();
        assertTrue(found.startsWith("Only W, b, V are wrong; no usual mistake"), found);
        String graph = program.fromGraph().sentence();
        assertFalse(graph.contains("arrives right"), graph);
    }

    /** A gated unit over four steps, of which the way back past the gate is left out: no sample is. */
    @Test
    void aWayPastTheUnitsIsNoSampleLeftOut() {
        Value[] steps = {X.rows(0, 3), X.rows(3, 6), X.rows(1, 4), X.rows(2, 5)};
        SlippedProgram gated = SlippedProgram.of(
                (p, slip) -> {
                    Value h = Value.filled(new Shape(3, 3), 0.3);
                    for (Value x : steps) {
                        Value in = x.concatColumns(h);
                        Value z = in.mult(p.get(0)).sigmoid();
                        Value r = in.mult(p.get(1)).sigmoid();
                        Value n =
                                x.concatColumns(r.elementMult(h)).mult(p.get(2)).tanh();
                        h = z.negative().plus(1).elementMult(n).plus(z.elementMult(slip ? h.detached() : h));
                    }
                    return h.mult(p.get(3)).minus(Y.rows(0, 3)).square().mean();
                },
                "Wz 6x3",
                "Wr 6x3",
                "Wn 6x3",
                "V 3x2");
        Diagnosis found = gated.fromFunction();
        assertNotEquals(Mistake.ROWS_LEFT_OUT, found.mistake(), found.sentence());
        assertFalse(found.sentence().contains("samples are alike"), found.sentence());
        assertEquals(
                "The gradient looks as if, on the way back through elementMult in its 4 places behind Wz, input 1, nothing"
                        + " were passed on: that path is missing.",
                gated.fromGraph().sentence());
    }

    @Test
    void aMeanTakenForAConstantIsAmongTheReasons() {
        SlippedProgram norm = SlippedProgram.of(
                (p, slip) -> {
                    Value z = X.mult(p.get(0));
                    Value mean = z.mean(Per.COLUMN);
                    Value centred = z.minus(slip ? mean.detached() : mean);
                    Value deviation = centred.square().mean(Per.COLUMN).sqrt();
                    return squares(centred.elementDiv(deviation).tanh().mult(p.get(1)));
                },
                "W 3x4",
                "V 4x2");
        String found = norm.fromFunction().sentence();
        assertTrue(found.contains("through the deviation, the norm or a mean is left out"), found);
        assertTrue(found.contains("or what is made of it for W is wrong"), found);
    }

    /** The gradient of a penalty alone: nothing is cut off or bent, and the slope of no function is another. */
    @Test
    void aPathLeftOutIsNoSlope() {
        SlippedProgram penalised = SlippedProgram.of(
                (p, slip) -> {
                    Value w = p.get(0);
                    Value path = X.mult(slip ? w.detached() : w).tanh().mult(p.get(1));
                    return squares(path).plus(w.square().square().mean());
                },
                "w 3x4",
                "v 4x2");
        Diagnosis found = penalised.fromFunction();
        assertEquals(Mistake.INDEPENDENT, found.mistake(), found.sentence());
        assertTrue(found.sentence().startsWith("The claim for w does not depend on v, the gradient does"));
        Value noise = Value.normal(new Shape(6, 2), 61);
        SlippedProgram encoder = SlippedProgram.of(
                (p, slip) -> {
                    Value mu = X.mult(p.get(0));
                    Value s = X.mult(p.get(1));
                    Value z = (slip ? mu.detached() : mu)
                            .plus(s.scale(0.5).elementExp().elementMult(noise));
                    Value out = z.mult(p.get(2)).minus(X).square().mean();
                    return out.plus(mu.square().plus(s.elementExp()).minus(s).mean());
                },
                "Wm 3x2",
                "Ws 3x2",
                "D 2x3");
        Diagnosis coded = encoder.fromFunction();
        assertEquals(Mistake.INDEPENDENT, coded.mistake(), coded.sentence());
    }

    /** Where v is small the gradient is of second order in it: rounding is not taken for what is in proportion. */
    @Test
    void roundingIsNoProportion() {
        Value x = Value.constant(new double[][] {{-0.9}, {-0.4}, {0.1}, {0.5}, {0.8}});
        SlippedProgram equation = SlippedProgram.of(
                (p, slip) -> {
                    Value w = p.get(0);
                    Value h = x.mult(w).plus(p.get(1)).tanh();
                    Value bend = h.elementMult(h.square().negative().plus(1)).scale(-2);
                    Value square =
                            slip ? SlippedProgram.as(w.square(), w.square().scale(0.5)) : w.square();
                    Value rest = bend.elementMult(square).mult(p.get(2)).plus(h.mult(p.get(2)));
                    Value start = p.get(1).tanh().mult(p.get(2)).minus(1).square();
                    return rest.square().mean().plus(start.elementSum());
                },
                "w 1x4",
                "b 1x4",
                "v 4x1");
        Diagnosis found = equation.fromFunction();
        assertNotEquals(Mistake.WRONG_SLOPE, found.mistake(), found.sentence());
    }

    /** What could not be judged, or was not looked at, is not said to agree. */
    @Test
    void whatWasNotJudgedIsNotSaidToAgree() {
        Map<String, Shape> two = new LinkedHashMap<>();
        two.put("a", new Shape(1, 2));
        two.put("b", new Shape(1, 2));
        double[] x = {0.3, 0.8, 1.1, 0.2};
        double[] claimed = {2 * Math.cos(0.3), 2 * Math.cos(0.8), 5 * 2.2, -9};
        Diagnosis stepped = GradientCheck.ofFunction(
                        v -> Math.sin(v[0]) + Math.sin(v[1]) + Math.rint((v[2] * v[2] + v[3]) * 1e6) / 1e6, x, claimed)
                .shaped(two)
                .run()
                .diagnosis()
                .orElseThrow();
        assertTrue(
                stepped.sentence().endsWith("Nothing else was found wrong, but not all was judged."),
                stepped.sentence());
        Diagnosis sampled = GradientCheck.ofFunction(
                        v -> Math.sin(v[0]) + Math.sin(v[1]) + v[2] * v[2] + v[3],
                        x,
                        new double[] {2 * Math.cos(0.3), 2 * Math.cos(0.8), 2.2, 1})
                .shaped(two)
                .entries(1)
                .seed(2)
                .run()
                .diagnosis()
                .orElseThrow();
        assertTrue(
                sampled.sentence().endsWith("Nothing else was found wrong, but not all was judged."),
                sampled.sentence());
    }
}
