package org.ejgrad.examples.experiments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.NumericalDerivative;
import org.ejgrad.examples.experiments.Student.Slip;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** The experiments show what they claim to show. */
class ExperimentsTest {
    @ParameterizedTest
    @EnumSource(Quotient.class)
    void aQuotientsErrorFallsWithItsOrder(Quotient quotient) {
        double[] orders = {1, 2, 4, 6};
        double coarse = Math.abs(quotient.of(Math::sin, 1, 0.1) - Math.cos(1));
        double fine = Math.abs(quotient.of(Math::sin, 1, 0.05) - Math.cos(1));
        assertEquals(orders[quotient.ordinal()], Math.log(coarse / fine) / Math.log(2), 0.1);
    }

    @Test
    void theCheckerKeepsItsPromiseOnEveryCurve() {
        for (VCurve curve : VCurve.ALL) {
            NumericalDerivative measured = curve.measured();
            assertTrue(Math.abs(measured.value() - curve.exact()) <= measured.bar(), curve.title() + ": " + measured);
            assertTrue(measured.bar() < 1e-4, curve.title() + ": " + measured);
        }
    }

    @Test
    void theCurvesAreVs() {
        VCurve smooth = VCurve.ALL.get(0);
        for (Quotient quotient : Quotient.values()) {
            double middle = smooth.error(quotient, 1e-4);
            assertTrue(middle < smooth.error(quotient, 0.3) && middle < smooth.error(quotient, 1e-14));
        }
        VCurve kink = VCurve.ALL.get(1);
        assertTrue(kink.error(Quotient.CENTRAL, 1e-3) > 0.9, "a step beyond the kink gives a wrong slope");
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, All 17 entries agree.",
        "NO_TANH, tanh",
        "NO_MEAN, division by 5 is missing",
        "FIRST_ROW, sum over all rows",
        "SIGN, wrong sign",
        "TWICE, The gradient of w1 is twice",
        "ZERO, The gradient of b2 is zero"
    })
    void theStudentsMistakesAreDiagnosed(Slip slip, String expected) {
        CheckReport report = Student.check(slip);
        assertEquals(slip == Slip.NONE, report.passed());
        assertEquals(slip != Slip.NONE, report.refuted());
        assertTrue(Student.verdict(report).contains(expected), Student.verdict(report));
    }

    @Test
    void anySubgradientIsConfirmedAtTheKinkAndNothingElse() {
        List<String> decisions = AtAKink.rows().stream().map(row -> row.get(1)).toList();
        assertEquals(List.of("confirmed", "confirmed", "confirmed", "refuted", "refuted", "confirmed"), decisions);
    }

    @Test
    void theCommandPrintsTablesAndWritesAPage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("experiments.html");
        StringWriter out = new StringWriter();
        int code = new CommandLine(new ExperimentsCommand())
                .setOut(new PrintWriter(out))
                .execute("--report", page.toString());
        assertEquals(0, code);
        String text = out.toString();
        for (VCurve curve : VCurve.ALL) {
            assertTrue(text.contains(curve.title()), text);
        }
        assertTrue(text.contains("All 354 entries agree"), text);
        assertTrue(text.contains("All 3 directions agree"), text);
        String html = Files.readString(page);
        assertTrue(html.contains("\"curves\":[{\"title\":\"sin x at 1\""));
        assertFalse(html.matches("(?s).*\\{\\{[\\w.]+}}.*"));
        assertFalse(html.contains("NaN,") || html.contains("Infinity,"), "numbers that JSON does not have");
    }
}
