package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** The report reads well, and the machine-readable one says the same. */
class ReportTest {
    private static CheckReport report() {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("w", new Shape(2, 2));
        shapes.put("say \"b\"", new Shape(1, 1));
        return GradientCheck.ofFunction(
                        v -> v[0] * v[1] + v[2] * v[2] + Math.exp(v[3]) + Math.abs(v[4]),
                        new double[] {2, 3, 1, 0, 0},
                        new double[] {3, 2, 2, 1.5, 0})
                .shaped(shapes)
                .run();
    }

    @Test
    void textShowsTheWorstFirst() {
        String[] lines = report().toString().split("\n");
        assertTrue(lines[0].startsWith("Not confirmed: of 5 entries, 1 disagree, "), lines[0]);
        assertEquals(
                "The gradient of w is wrong in one element only, [1,1]: 1.50000000 instead of 1.00000000."
                        + " The other parameters agree.",
                lines[1]);
        assertTrue(lines[2].startsWith("  place"), lines[2]);
        assertTrue(lines[3].startsWith("  w[1,1] "), lines[3]);
        assertTrue(lines[3].endsWith("disagree: claimed/numeric = 1.50000"), lines[3]);
        int verdicts = lines[2].indexOf("verdict");
        assertEquals(verdicts, lines[3].indexOf("disagree"));
    }

    @Test
    void jsonLinesHoldEveryEntry() {
        String[] lines = report().toJsonLines().split("\n");
        assertEquals(7, lines.length);
        assertTrue(
                lines[0].startsWith("{\"type\":\"summary\",\"passed\":false,\"refuted\":true,\"entries\":5,"),
                lines[0]);
        assertTrue(lines[1].startsWith("{\"type\":\"diagnosis\",\"mistake\":\"ONE_ENTRY\""), lines[1]);
        assertTrue(
                lines[5].startsWith(
                        "{\"type\":\"entry\",\"parameter\":\"w\",\"row\":1,\"column\":1,\"claimed\":1.5,\"numeric\":1.0"),
                lines[5]);
        assertTrue(lines[6].contains("\"parameter\":\"say \\\"b\\\"\""), lines[6]);
        assertTrue(lines[6].contains("\"verdict\":\"kink-in\",\"passes\":true"), lines[6]);
    }

    @Test
    void aLabelCannotEndAPagesScript() {
        CheckReport report = GradientCheck.of(Map.of("</script>", Value.variable("x", 2)), Value.variable("x", 2))
                .run();
        assertTrue(report.toJsonLines().contains("\"parameter\":\"\\u003c/script\\u003e\""), report.toJsonLines());
    }

    @Test
    void aFailedRequirementShowsTheReport() {
        CheckReport report = report();
        AssertionError error = assertThrows(AssertionError.class, report::requirePassed);
        assertEquals(report.toString(), error.getMessage());
    }

    @Test
    void badArgumentsAreNamed() {
        GradientCheck check = GradientCheck.ofFunction(v -> v[0], new double[1], new double[1]);
        assertThrows(IllegalArgumentException.class, () -> check.directions(0));
        assertThrows(IllegalArgumentException.class, () -> check.tolerance(0));
        assertThrows(IllegalArgumentException.class, () -> check.shaped(Map.of("w", new Shape(2, 2))));
        assertThrows(IllegalArgumentException.class, () -> check.against(Map.of()));
        Exception error = assertThrows(
                IllegalArgumentException.class,
                () -> GradientCheck.ofFunction(v -> v[0], new double[1], new double[2]));
        assertEquals(
                "ofFunction: the point has 1 elements and the claimed gradient 2; expected as many",
                error.getMessage());
        Exception none = assertThrows(
                IllegalArgumentException.class, () -> GradientCheck.ofFunction(v -> v[0], new double[1], x -> null));
        assertEquals("ofFunction: the gradient returned null; expected an array", none.getMessage());
    }

    @Test
    void stepTablesShowTheCurves() {
        StepTable table = StepTable.of(Math::exp, 0, 2);
        assertEquals(33, table.rows().size());
        assertEquals(1, table.adaptive().value(), table.adaptive().bar());
        double bestForward = best(table, true);
        double bestCentral = best(table, false);
        assertTrue(bestCentral < bestForward / 10, bestCentral + " " + bestForward);
        assertTrue(Math.abs(table.adaptive().value() - 1) < bestCentral);
        assertTrue(table.errors(1).contains("adaptive: error"));
        assertThrows(IllegalArgumentException.class, () -> StepTable.of(Math::exp, 0, 0));
    }

    private static double best(StepTable table, boolean forward) {
        return table.rows().stream()
                .mapToDouble(row -> Math.abs((forward ? row.forward() : row.central()) - 1))
                .min()
                .orElseThrow();
    }
}
