package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What is said of a gradient that no usual mistake explains. */
class WhereaboutsTest {
    private static final DMatrixRMaj W = new DMatrixRMaj(3, 2, true, 1, 2, 3, 5, 7, 11);
    private static final DMatrixRMaj B = new DMatrixRMaj(1, 2, true, 1, -3);

    private static Comparison of(String label, DMatrixRMaj numeric, double... claimed) {
        DMatrixRMaj zeros = numeric.createLike();
        return new Comparison(
                label, new DMatrixRMaj(numeric.numRows, numeric.numCols, true, claimed), numeric, zeros, zeros);
    }

    private static Comparison right(String label, DMatrixRMaj numeric) {
        return of(label, numeric, numeric.data);
    }

    private static String say(Comparison... all) {
        List<Comparison> wrong = List.of(all).stream().filter(c -> !c.agrees()).toList();
        Diagnosis said = new Whereabouts(List.of(all), wrong).said("");
        return said.mistake() + ": " + said;
    }

    @Test
    void elementsRowsSignsAndSizesAreCounted() {
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures. In w 2 of 6 elements, all in row 1 are wrong, -2.00 to"
                        + " 1.40 times what it should be, 1 with the wrong sign.",
                say(of("w", W, 1, 2, -6, 7, 7, 11)));
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures. In w 3 of 6 elements, all in column 1 are wrong, 2.00 to"
                        + " 4.00 times what it should be, all with the right sign.",
                say(of("w", W, 1, 4, 3, 15, 7, 44)));
    }

    @Test
    void elementsThatAreZeroHaveNoSizeAndNoSign() {
        String all = say(of("w", W, 0, -0.0, 0, 0, 0, 0));
        assertEquals(" In w every element is zero.", all.substring(all.indexOf(" In w")));
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures. In w 2 of 6 elements, all in row 1 are wrong, 0.00 to 1.40"
                        + " times what it should be, all with the right sign.",
                say(of("w", W, 1, 2, -0.0, 7, 7, 11)));
    }

    @Test
    void smallErrorsAreSaidByWhatTheyAre() {
        assertEquals(
                "UNKNOWN: No usual mistake explains the figures. In b every element is wrong, off by -2.0e-06 to 1.0e-06 of"
                        + " its size, all with the right sign.",
                say(of("b", B, 1 + 1e-6, -3 * (1 - 2e-6))));
    }

    @Test
    void columnsWithFactorsOfTheirOwnAreSeen() {
        String found = say(of("w", W, 2, 6, 6, 15, 14, 33));
        assertEquals(
                " Each column is the right one times a factor of its own.", found.substring(found.indexOf(" Each")));
    }

    @Test
    void weightsOfALayerWhoseBiasAgreesHaveAWrongInput() {
        String found = say(of("w", W, 1, 3, 3, 5, 7, 12), right("b", B));
        assertEquals("LAYER_INPUT: w is wrong, b agrees.", found.substring(0, found.indexOf(" If")));
    }

    @Test
    void layersBeforeOneThatAgreesAreNamed() {
        String found = say(of("w1", W, 1, 3, 3, 5, 7, 12), of("b1", B, 2, -7), right("w2", W), right("b2", B));
        assertEquals("ONE_LAYER: w1, b1 are wrong, w2, b2 agree.", found.substring(0, found.indexOf(" If")));
    }

    @Test
    void theGraphSaysBehindWhichOperationItIs() {
        Value w = Value.variable("w", new double[][] {{1, 2}, {3, 5}});
        Value v = Value.variable("v", new double[][] {{2, -1}, {1, 4}});
        Value x = Value.constant(new double[][] {{1, 0.5}, {-1, 2}});
        Value loss = x.mult(w).tanh().mult(v).square().elementSum();
        WalkFit fit = fit(loss, w, v);
        assertEquals(
                "All that goes back to w passes the result of mult at depth 3, where v shows that it arrives right: the"
                        + " mistake comes after that. ",
                Whereabouts.behind(fit));
        assertEquals("", Whereabouts.behind(fit(loss.plus(w.square().elementSum()), w, v)));
        Value h = x.mult(w).tanh();
        assertEquals("", Whereabouts.behind(fit(h.mult(v).plus(h).square().elementSum(), w, v)));
        assertEquals("", Whereabouts.behind(fit(h.maximum(v).square().elementSum(), w, v)));
    }

    /** The first of two parameters is claimed wrongly. */
    private static WalkFit fit(Value loss, Value w, Value v) {
        DMatrixRMaj dw = loss.gradients().of(w).matrix().getDDRM();
        DMatrixRMaj dv = loss.gradients().of(v).matrix().getDDRM();
        return new WalkFit(
                new Tape(loss), Value.constant(1), List.of(of("w", dw, 1, 2, 3, 4), right("v", dv)), List.of(w, v));
    }

    @Test
    void whatWasNotJudgedIsNotSaidToAgree() {
        DMatrixRMaj unknown = B.copy();
        unknown.set(0, 1, Double.NaN);
        String found = say(of("w", W, 1, 3, 3, 5, 7, 12), of("b", unknown, 1, -3));
        assertTrue(
                found.startsWith(
                        "LAYER_INPUT: w is wrong, b not, as far as was judged. If that holds and what follows"),
                found);
        DMatrixRMaj partly = W.copy();
        partly.set(0, 0, Double.NaN);
        assertTrue(say(of("w", partly, 9, 2, 3, 6, 7, 12))
                .contains("In w 2 of 5 judged elements, all in rows 1, 2 are wrong"));
        Comparison one = of("w", partly, 9, 2, 3, 6, 7, 11);
        assertEquals(
                "The gradient of w, as far as it was judged, is wrong in one element only, [1,1]: 6.00000000 instead of"
                        + " 5.00000000.",
                new MistakeSearch(List.of(one)).fromFigures().orElseThrow().sentence());
        Comparison twice = of("w", partly, 7, 4, 6, 10, 14, 22);
        assertEquals(
                "The gradient of w, as far as it was judged, is twice what it should be: a factor ½ is missing, or it was"
                        + " accumulated twice.",
                new MistakeSearch(List.of(twice)).fromFigures().orElseThrow().sentence());
    }
}
