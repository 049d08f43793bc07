package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planted mistakes are called by their names; correct gradients get no diagnosis. */
class DiagnosisTest {
    @Test
    void plantedMistakesAreNamed() throws IOException {
        List<Planted> planted = new ArrayList<>(PlantedInFigures.all());
        planted.addAll(PlantedInRules.all());
        planted.addAll(PlantedInBackprop.all());
        List<String> named = new ArrayList<>();
        List<String> missed = new ArrayList<>();
        for (Planted one : planted) {
            CheckReport report = one.check().get();
            assertTrue(report.refuted(), () -> one.name() + " was not refuted: " + report);
            Diagnosis diagnosis = report.diagnosis().orElseThrow();
            named.add(one.name() + ": " + diagnosis);
            if (diagnosis.mistake() != one.expected()) {
                missed.add(one.name() + ": expected " + one.expected() + ", got " + diagnosis.mistake());
            }
        }
        Campaign.print(
                "diagnosis: %d of %d planted mistakes named at first place",
                planted.size() - missed.size(), planted.size());
        assertEquals(List.of(), missed);
        assertTrue(planted.size() >= 60, planted.size() + " planted");
        assertIterableEquals(sentences(), named);
    }

    /** One line for each planted mistake: its name, and what the diagnosis says. */
    private static List<String> sentences() throws IOException {
        try (InputStream file = DiagnosisTest.class.getResourceAsStream("diagnoses.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
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
