package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planted mistakes are called by their names; correct gradients get no diagnosis. */
class DiagnosisTest {
    @Test
    void plantedMistakesAreNamed() {
        List<Planted> planted = new ArrayList<>(PlantedInFigures.all());
        planted.addAll(PlantedInRules.all());
        planted.addAll(PlantedInBackprop.all());
        int right = 0;
        List<String> missed = new ArrayList<>();
        for (Planted one : planted) {
            CheckReport report = one.check().get();
            assertTrue(report.refuted(), () -> one.name() + " was not refuted: " + report);
            Mistake named = report.diagnosis().map(Diagnosis::mistake).orElse(Mistake.UNKNOWN);
            if (named == one.expected()) {
                right++;
            } else {
                missed.add(one.name() + ": expected " + one.expected() + ", got "
                        + report.diagnosis().map(d -> d.mistake() + " " + d).orElse("nothing"));
            }
        }
        Campaign.print("diagnosis: %d of %d planted mistakes named at first place", right, planted.size());
        missed.forEach(miss -> Campaign.print("  %s", miss));
        assertTrue(planted.size() >= 60, planted.size() + " planted");
        assertTrue(right >= 0.9 * planted.size(), String.join("\n", missed));
    }

    @Test
    void correctGradientsGetNoDiagnosis() {
        for (int i = 0; i < Campaign.cases(50, 2_000); i++) {
            CheckReport report = GradientCheck.of(new RandomProgram(5_000_000 + i, true).loss)
                    .run();
            assertTrue(report.diagnosis().isEmpty(), () -> report.toString());
        }
        double[] w = PlantedInFigures.point(9);
        CheckReport report = GradientCheck.ofFunction(PlantedInFigures::leastSquares, w, PlantedInFigures.gradient(w))
                .run();
        assertEquals(true, report.passed());
        assertTrue(report.diagnosis().isEmpty());
        assertTrue(PlantedInBackprop.correctReports().stream()
                .allMatch(r -> r.passed() && r.diagnosis().isEmpty()));
    }
}
