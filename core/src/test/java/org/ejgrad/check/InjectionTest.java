package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.IdentityHashMap;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Small errors planted into correct gradients are flagged, and never certified. */
class InjectionTest {
    private int injections;
    private int flagged;
    private int certified;
    private int acceptedByNaive;

    @Test
    void anErrorOfOneInAMillionIsFlagged() {
        inject(1e-6, Campaign.cases(1_000, 100_000));
        assertEquals(0, certified, "certified of " + injections);
        assertTrue(flagged >= 0.99 * injections, flagged + " flagged of " + injections);
    }

    @Test
    void anErrorOfOneInAHundredMillionIsNotCertified() {
        inject(1e-8, Campaign.cases(1_000, 100_000));
        assertEquals(0, certified, "certified of " + injections);
    }

    @Test
    void anErrorThatAFixedStepOverlooksIsFlagged() {
        inject(9e-4, Campaign.cases(500, 10_000));
        assertEquals(0, certified, "certified of " + injections);
        assertTrue(flagged >= 0.99 * injections, flagged + " flagged of " + injections);
        assertTrue(acceptedByNaive > 0.9 * injections, acceptedByNaive + " accepted of " + injections);
    }

    private void inject(double error, int wanted) {
        for (int i = 0; injections < wanted; i++) {
            RandomProgram program = new RandomProgram(1_000_000 + i, true);
            Gradients gradients = program.loss.gradients();
            double scale = 0;
            for (Value variable : gradients.variables()) {
                for (double slope : Matrices.elements(gradients.of(variable))) {
                    scale = Math.max(scale, Math.abs(slope));
                }
            }
            Map<Value, SimpleMatrix> wrong = new IdentityHashMap<>();
            for (Value variable : gradients.variables()) {
                SimpleMatrix matrix = gradients.of(variable).matrix();
                for (int k = 0; k < matrix.getNumElements(); k++) {
                    if (Math.abs(matrix.get(k)) >= 1e-3 * scale) {
                        double signed = Randomness.bit(i, 5, k) ? error : -error;
                        matrix.set(k, matrix.get(k) * (1 + signed));
                    }
                }
                wrong.put(variable, matrix);
            }
            count(GradientCheck.of(program.loss).against(wrong).run(), scale);
        }
        Campaign.print(
                "relative error %.0e: %d injections, %d flagged (%.3f%%), %d certified; naive fixed step accepts %d",
                error, injections, flagged, 100.0 * flagged / injections, certified, acceptedByNaive);
    }

    private void count(CheckReport report, double scale) {
        for (CheckedEntry entry : report.entries()) {
            if (Math.abs(entry.claimed()) >= 1e-3 * scale * 1.001) {
                injections++;
                flagged += entry.verdict().refutes() ? 1 : 0;
                certified += entry.verdict().passes() ? 1 : 0;
                acceptedByNaive += NaiveCheck.accepts(entry.claimed(), entry.numeric()) ? 1 : 0;
            }
        }
    }
}
