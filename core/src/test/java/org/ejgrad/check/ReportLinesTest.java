package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every line of a report, word for word. */
class ReportLinesTest {
    private static final Verdict AGREE = new Verdict.Agree(2e-12);

    private static CheckedEntry entry(String parameter, int row, double claimed, double numeric, Verdict verdict) {
        return new CheckedEntry(new Place.Entry(parameter, row, row), claimed, numeric, 1e-12, 0.125, verdict);
    }

    private static CheckReport report(CheckedEntry... entries) {
        return new CheckReport(List.of(entries), List.of(), List.of(), Optional.empty(), 42);
    }

    /** A report of many equal entries and kinks. */
    private static String many(int entries, int kinks) {
        List<CheckedEntry> all = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            all.add(entry("w", i, 1, 1, AGREE));
        }
        List<Kink> found = new ArrayList<>();
        for (int i = 0; i < kinks; i++) {
            found.add(new Kink("relu", 0, i, 0));
        }
        return new CheckReport(all, found, List.of(), Optional.empty(), 42).toString();
    }

    @Test
    void aBarIsComparedWithTheEntryOrTheLargest() {
        assertEquals(3e-12, entry("w", 0, 1, 1, new Verdict.Agree(3e-12)).relativeBar());
        assertEquals(0.5, entry("w", 0, 0, 0, new Verdict.Negligible(1, 2)).relativeBar());
        assertEquals(0, entry("w", 0, 0, 0, new Verdict.Negligible(0, 0)).relativeBar());
        assertEquals(0, entry("w", 0, 0, 0, new Verdict.KinkOut(0, 1)).relativeBar());
    }

    @Test
    void aConfirmedGradientIsSummedUp() {
        CheckedEntry confirmed = entry("w", 0, 1, 1, AGREE);
        CheckedEntry small = entry("w", 1, 0, 0, new Verdict.Negligible(1, 2));
        CheckedEntry kink = entry("w", 2, 0, 0, new Verdict.KinkIn(0, 1, Verdict.KinkIn.Choice.DOCUMENTED));
        CheckedEntry direction = new CheckedEntry(new Place.Direction(1), 1, 1, 1e-12, 0.125, new Verdict.Agree(3e-12));
        assertEquals(
                "The entry agrees; no bar is wider than 2.0e-12 of its entry or of the largest slope in sight.",
                report(confirmed).summary());
        assertEquals(
                "All 2 entries agree; no bar is wider than 5.0e-01 of its entry or of the largest slope in sight.",
                report(confirmed, small).summary());
        assertEquals(
                "All 2 entries agree (1 at a kink); no bar is wider than 2.0e-12 of its entry or of the largest slope in sight.",
                report(confirmed, kink).summary());
        assertEquals(
                "The direction agrees; no bar is wider than 3.0e-12 of its direction or of the largest slope in sight.",
                report(direction).summary());
        assertEquals(
                "All 2 directions agree; no bar is wider than 3.0e-12 of its direction or of the largest slope in sight.",
                report(direction, direction).summary());
        assertEquals(
                "The entry agrees; the function is flat, to within a slope of 1.0e-12.",
                report(entry("w", 0, 0, 0, new Verdict.Negligible(1e-12, 0))).summary());
        assertEquals("There was nothing to check: all parameters are empty.", report().summary());
    }

    @Test
    void anUnconfirmedGradientIsCountedByVerdict() {
        CheckedEntry wrong = entry("w", 0, 2, 1, new Verdict.Disagree(2));
        CheckedEntry open = entry("w", 1, 1, 1, new Verdict.CannotTell("loud", "hush"));
        CheckedEntry right = entry("w", 2, 1, 1, AGREE);
        assertEquals(
                "Not confirmed: of 3 entries, 1 disagree, 1 cannot-tell, 1 agree; worst is w[0,0]: claimed 2.000000000,"
                        + " numeric 1.000000000 ± 1.0e-12, disagree (claimed/numeric = 2.00000).",
                report(right, open, wrong).summary());
        assertEquals(
                "Not confirmed: of 1 entry, 1 cannot-tell; worst is w[1,1]: claimed 1.000000000,"
                        + " numeric 1.000000000 ± 1.0e-12, cannot-tell (loud; hush).",
                report(open).summary());
        assertEquals("w[2,2]: claimed 1.000000000, numeric 1.000000000 ± 1.0e-12, agree", right.toString());
    }

    @Test
    void aCheckThatCouldNotBeMadeSaysWhy() {
        CheckReport stopped = CheckReport.stopped(new Verdict.NonFinite("the value is NaN"), 7);
        assertEquals("The check could not be made: non-finite, the value is NaN.", stopped.summary());
        assertEquals(7, stopped.evaluations());
        assertTrue(stopped.refuted());
        assertTrue(stopped.diagnosis().isEmpty());
    }

    @Test
    void theTextIsATableWithDiagnosisNotesAndKinks() {
        CheckReport report = new CheckReport(
                List.of(entry("weights", 0, 2, 1, new Verdict.Disagree(2)), entry("b", 10, 0.5, 0.5, AGREE)),
                List.of(new Kink("relu", 0, 1, 0), new Kink("abs", 2, 0, 0x1p-20)),
                List.of("A note.", "Another."),
                Optional.of(new Diagnosis(Mistake.TWICE, "It is doubled.")),
                42);
        assertEquals("""
                Not confirmed: of 2 entries, 1 disagree, 1 agree; worst is weights[0,0]: claimed 2.000000000, numeric \
                1.000000000 ± 1.0e-12, disagree (claimed/numeric = 2.00000).
                It is doubled.
                A note.
                Another.
                  place                claimed         numeric      bar  difference  verdict
                  weights[0,0]   2.00000000000   1.00000000000  1.0e-12     5.0e-01  disagree: claimed/numeric = 2.00000
                  b[10,10]      0.500000000000  0.500000000000  1.0e-12     0.0e+00  agree
                  relu element [0,1] is at its kink
                  abs element [2,0] is 9.5e-07 from its kink
                  42 evaluations
                """, report.toString());
        assertEquals("It is doubled.", report.diagnosis().orElseThrow().toString());
        assertEquals(42, report.evaluations());
    }

    @Test
    void longTablesAreCutOff() {
        assertEquals(1 + 1 + 12 + 1, many(12, 0).lines().count());
        assertFalse(many(12, 0).contains("more"));
        assertEquals(1 + 1 + 12 + 1 + 1, many(15, 0).lines().count());
        assertTrue(many(13, 0).contains("\n  ... and 1 more\n"));
        assertTrue(many(15, 0).contains("\n  ... and 3 more\n"));
        assertFalse(many(1, 5).contains("more"));
        assertTrue(many(1, 6).contains("\n  ... and 1 more elements within 1e-3 of a kink\n"));
        assertEquals(1 + 1 + 1 + 5 + 1 + 1, many(1, 8).lines().count());
    }

    @Test
    void theWorstStandFirstByVerdictAndThenByDifference() {
        CheckedEntry wrong = entry("wrong", 0, 1.1, 1, new Verdict.Disagree(1.1));
        CheckedEntry worse = entry("worse", 0, 3, 1, new Verdict.Disagree(3));
        CheckedEntry lost = entry("lost", 0, 1, Double.NaN, new Verdict.NonFinite("it is NaN"));
        CheckedEntry open = entry("open", 0, 9, 1, new Verdict.CannotTell("loud", "hush"));
        CheckedEntry right = entry("right", 0, 1, 1, AGREE);
        CheckReport report = report(right, open, wrong, worse, lost);
        assertEquals(List.of(lost, worse, wrong, open, right), report.worstFirst());
        assertEquals(lost, report.worst());
        assertEquals(
                "worst: there are no entries to check",
                assertThrows(IllegalStateException.class, () -> report().worst())
                        .getMessage());
        CheckReport passed = report(right);
        assertSame(passed, passed.requirePassed());
    }

    @Test
    void theRelativeDifferenceIsThatOfTheLargerFigure() {
        assertEquals(0.5, entry("w", 0, 2, 1, AGREE).relativeDifference());
        assertEquals(0.75, entry("w", 0, 1, 4, AGREE).relativeDifference());
        assertEquals(2, entry("w", 0, -1, 1, AGREE).relativeDifference());
        assertEquals(0, entry("w", 0, 0, 0, AGREE).relativeDifference());
    }

    @Test
    void everyJsonLineIsComplete() {
        CheckReport report = new CheckReport(
                List.of(entry("a\tb\u001f\\", 0, 1, Double.NaN, new Verdict.CannotTell("loud", "hush"))),
                List.of(new Kink("relu", 1, 2, 0.5)),
                List.of(),
                Optional.of(new Diagnosis(Mistake.UNKNOWN, "Who knows.")),
                42);
        assertEquals("""
                {"type":"summary","passed":false,"refuted":false,"entries":1,"evaluations":42,"text":"Not confirmed: \
                of 1 entry, 1 cannot-tell; worst is a\\u0009b\\u001f\\\\[0,0]: claimed 1.000000000, numeric NaN ± 1.0e-12, \
                cannot-tell (loud; hush)."}
                {"type":"diagnosis","mistake":"UNKNOWN","sentence":"Who knows."}
                {"type":"entry","parameter":"a\\u0009b\\u001f\\\\","row":0,"column":0,"claimed":1.0,"numeric":"NaN",\
                "bar":1.0E-12,"step":0.125,"verdict":"cannot-tell","passes":false,"detail":"loud; hush"}
                {"type":"kink","operation":"relu","row":1,"column":2,"distance":0.5}
                """, report.toJsonLines());
    }
}
