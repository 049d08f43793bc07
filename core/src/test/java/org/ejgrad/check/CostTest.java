package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What checking a network of 64 inputs, 64 hidden units and 10 classes on a batch of 64 costs. */
class CostTest {
    static Value network(boolean relu) {
        Value x = Value.constant(matrix(1, 64, 64, 1));
        Value hidden =
                x.affine(Value.variable("w1", matrix(2, 64, 64, 0.2)), Value.variable("b1", matrix(3, 1, 64, 0.1)));
        hidden = relu ? hidden.relu() : hidden.tanh();
        Value logits = hidden.affine(
                Value.variable("w2", matrix(4, 64, 10, 0.3)), Value.variable("b2", matrix(5, 1, 10, 0.1)));
        int[] labels = new int[64];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (7 * i) % 10;
        }
        return logits.logSoftmax(Per.ROW).selectColumns(labels).mean().negative();
    }

    private static DMatrixRMaj matrix(int what, int rows, int columns, double size) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = size * (2 * Randomness.uniform(99, what, i) - 1);
        }
        return matrix;
    }

    @Test
    void aDirectionCostsAtMostSixtyEvaluations() {
        for (boolean relu : new boolean[] {false, true}) {
            CheckReport report = GradientCheck.of(network(relu)).directions(1).run();
            report.requirePassed();
            Campaign.print(
                    "64-64-10, batch 64, %s: 1 direction, %d evaluations",
                    relu ? "relu" : "tanh", report.evaluations());
            assertTrue(report.evaluations() <= 60, report.toString());
        }
    }

    @Test
    void everyParameterOfTheNetworkIsChecked() {
        Value loss = network(true);
        boolean whole = Campaign.cases(0, 1) == 1;
        GradientCheck check = whole
                ? GradientCheck.of(loss)
                : GradientCheck.of(Map.of("b1", variable(loss, "b1"), "b2", variable(loss, "b2")), loss);
        long start = System.nanoTime();
        CheckReport report = check.run();
        Campaign.print(
                "64-64-10, batch 64: %d entries, %d evaluations, %.1f s; %s",
                report.entries().size(), report.evaluations(), (System.nanoTime() - start) * 1e-9, report.summary());
        assertEquals(Campaign.cases(74, 4810), report.entries().size());
        assertTrue(!report.refuted(), report.toString());
        assertTrue(report.evaluations() <= 12L * report.entries().size(), report.toString());
    }

    private static Value variable(Value loss, String label) {
        return loss.gradients().variables().stream()
                .filter(v -> v.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSearchForAMistakeThatIsNoneIsBounded() {
        Value loss = network(true);
        Value b1 = variable(loss, "b1");
        Value b2 = variable(loss, "b2");
        long start = System.nanoTime();
        CheckReport report = GradientCheck.of(loss)
                .against(Map.of(b1, Hand.random(1, "b1", 1, 64), b2, Hand.random(1, "b2", 1, 10)))
                .run();
        double seconds = (System.nanoTime() - start) * 1e-9;
        Campaign.print("64-64-10, batch 64: search in vain, %.1f s", seconds);
        assertEquals(Mistake.UNKNOWN, report.diagnosis().orElseThrow().mistake());
        assertTrue(seconds < 60, seconds + " s");
    }
}
