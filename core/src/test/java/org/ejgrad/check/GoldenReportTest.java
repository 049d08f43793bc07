package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The lines of a report, which other programs read, do not change unnoticed; {@code -Dejgrad.goldens.write=true} writes
 * them anew.
 */
class GoldenReportTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/ejgrad/check/report.jsonl");

    private static CheckedEntry entry(Place at, double claimed, double numeric, Verdict verdict) {
        return new CheckedEntry(at, claimed, numeric, 1e-12, 0.125, verdict);
    }

    @Test
    void everyKindOfLine() throws IOException {
        CheckReport report = new CheckReport(
                List.of(
                        entry(new Place.Entry("0.weight", 1, 2), 0.1, 0.1, new Verdict.Agree(2e-12)),
                        entry(new Place.Entry("a \"b\"\n", 0, 0), 2, -1e-300, new Verdict.Disagree(-2e300)),
                        entry(new Place.Direction(1), Double.NaN, Double.POSITIVE_INFINITY, new Verdict.Agree(0))),
                List.of(new Kink("relu", 0, 3, -0.0)),
                List.of(),
                Optional.of(new Diagnosis(Mistake.values()[0], "The gradient is what it is.")),
                42);
        if (Boolean.getBoolean("ejgrad.goldens.write")) {
            Files.writeString(GOLDEN, report.toJsonLines());
        }
        assertEquals(Files.readString(GOLDEN), report.toJsonLines());
    }
}
