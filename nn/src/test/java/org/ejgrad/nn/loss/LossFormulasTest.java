package org.ejgrad.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.show.Explanation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The derivative of a network by its loss as textbooks write it, and that it says what the loss computes. */
class LossFormulasTest {
    private final Value x =
            Value.constant(new double[][] {{1, 2}, {3, -1}, {0.5, 0.25}}).labelled("x");
    private final Value w = Value.variable("w", new double[][] {{0.1, 0.2}, {-0.3, 0.4}});
    private final Value v = Value.variable("v", new double[][] {{0.1}, {-0.3}});

    private static String derivative(Value loss, Value by) {
        return Explanation.of(loss.labelled("L")).derivative(by).text();
    }

    @Test
    void logisticRegression() {
        Value hard = Value.constant(new double[][] {{1}, {0}, {1}}).labelled("y");
        Value soft = Value.constant(new double[][] {{0.3}, {0.75}, {1}}).labelled("y");
        for (Value y : List.of(hard, soft)) {
            assertEquals("dL/dv = xᵀ·(σ(x·v) − y)/3", derivative(BinaryCrossEntropy.fromLogits(x.mult(v), y), v));
        }
        Value weighted = BinaryCrossEntropy.fromLogits(
                x.mult(v), hard, BinaryOptions.DEFAULT.reduction(Reduction.SUM).positiveWeight(2));
        assertEquals("dL/dv = xᵀ·((n3 + n4) ⊙ σ(x·v) − n3)", derivative(weighted, v));
    }

    @Test
    void softmaxRegression() {
        Value logits = x.mult(w);
        Value y = Value.constant(new double[][] {{1, 0}, {0, 1}, {0, 1}}).labelled("y");
        assertEquals("dL/dw = xᵀ·(softmax(x·w) − y)/3", derivative(CrossEntropy.fromLogits(logits, y), w));
        Value sum = CrossEntropy.fromLogits(logits, y, ClassOptions.DEFAULT.reduction(Reduction.SUM));
        assertEquals("dL/dw = xᵀ·(softmax(x·w) − y)", derivative(sum, w));
        assertEquals(
                "z gets dL ⊙ ((Σ y)·softmax(z) − y)/3",
                Explanation.of(CrossEntropy.fromLogits(
                                        x.affine(w, Value.zeros(new Shape(1, 2)))
                                                .labelled("z"),
                                        y)
                                .labelled("L"))
                        .text()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("z gets"))
                        .map(line -> line.substring(0, line.indexOf(" = ")))
                        .findFirst()
                        .orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void whatAGradientMeansIsWhatItIs(Reduction reduction) {
        Value targets = Value.uniform(new Shape(3, 2), 0, 1, 5);
        ClassOptions classes = ClassOptions.DEFAULT.reduction(reduction);
        BinaryOptions outcomes = BinaryOptions.DEFAULT.reduction(reduction);
        Value y = targets.softmax(Per.ROW);
        for (Value loss : List.of(
                CrossEntropy.fromLogits(x.mult(w), y, classes),
                BinaryCrossEntropy.fromLogits(x.mult(w), targets, outcomes),
                BinaryCrossEntropy.fromProbabilities(x.mult(w).sigmoid(), targets, outcomes))) {
            Value gradient = loss.gradients(Value.ones(loss.shape()), Gradients.Option.DIFFERENTIABLE)
                    .of(w);
            long meant = gradient.ancestors().stream()
                    .filter(value -> value.operation().meant().isPresent())
                    .peek(value -> assertArrayEquals(
                            elements(value),
                            elements(value.operation().meant().get().apply(value.inputs())),
                            1e-14,
                            value::toString))
                    .count();
            assertTrue(meant > 0, loss.operation().toString());
        }
    }

    /** What a sum is divided by is a number, and where it is divided by nothing, no formula says so. */
    @ParameterizedTest
    @EnumSource(Reduction.class)
    void noFormulaHasALetterThatStandsForNothing(Reduction reduction) {
        Value y = Value.uniform(new Shape(3, 2), 0, 1, 5).softmax(Per.ROW);
        BinaryOptions outcomes = BinaryOptions.DEFAULT.reduction(reduction);
        for (Value loss : List.of(
                CrossEntropy.fromLogits(x.mult(w), y, ClassOptions.DEFAULT.reduction(reduction)),
                BinaryCrossEntropy.fromLogits(x.mult(w), y, outcomes),
                BinaryCrossEntropy.fromProbabilities(x.mult(w).sigmoid(), y, outcomes))) {
            String text = Explanation.of(loss.elementSum()).text();
            assertFalse(text.matches("(?s).*/(n|rows|elements)\\b.*"), text);
            assertEquals(
                    reduction != Reduction.NONE && reduction != Reduction.SUM,
                    text.matches("(?s).*gets .*/[0-9].*"),
                    text);
        }
    }

    private static double[] elements(Value value) {
        return value.matrix().getDDRM().data;
    }
}
