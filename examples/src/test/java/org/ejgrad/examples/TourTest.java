package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.Elementary;
import org.ejgrad.show.Graph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job: what it prints, and the page it writes. */
class TourTest {
    @TempDir
    private static Path folder;

    private static Program program = new Program(-1, "", "");
    private static String page = "";

    @BeforeAll
    static void run() throws IOException {
        Path report = folder.resolve("new/folder/report.html");
        program = Program.run("--report", report.toString());
        page = Files.readString(report);
    }

    @Test
    void printsATableTheCheckAndWhereTheReportIs() {
        assertEquals(0, program.code(), program.err());
        List<String> lines = program.out().lines().toList();
        assertTrue(lines.get(0).matches("data +network +test accuracy +baseline +test loss +time"), program.out());
        assertTrue(lines.get(1).matches("spirals +2-32-32-3 relu +\\d\\.\\d{4} \\(\\d+ of 300\\) +- +.*s"));
        assertTrue(lines.get(2).matches("iris +4-16-3 tanh +\\d\\.\\d{4} \\(\\d+ of 30\\) +0\\.9400 +.*s"));
        assertTrue(lines.get(3).matches("digits +64-64-10 relu +\\d\\.\\d{4} \\(\\d+ of 355\\) +0\\.9730 +.*s"));
        assertTrue(program.out().contains("Gradients of the iris network: All 131 entries agree"), program.out());
        assertTrue(lines.get(lines.size() - 1).matches("Report: .*report\\.html \\(\\d+ kB\\)"), program.out());
        assertEquals(
                3, program.err().lines().filter(line -> line.contains(" 100% ")).count(), program.err());
    }

    @Test
    void pageAsksNothingOfTheNetwork() {
        assertTrue(page.contains("default-src 'none'"));
        String markup = page.replaceAll("(?s)<script.*?</script>", "");
        assertFalse(Pattern.compile("(?i)\\b(src|href|action|data)\\s*=|@import|url\\(|//")
                .matcher(markup)
                .find());
        for (String call : List.of("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "import(")) {
            assertFalse(page.contains(call), call);
        }
        assertFalse(page.contains("sourceMappingURL"));
    }

    @Test
    void pageIsBelowAMegabyte() {
        assertTrue(page.length() < 1_000_000, page.length() + " characters");
    }

    @Test
    void pageSaysOnWhatItWasComputed() {
        assertTrue(page.contains("\"java\":\"" + Runtime.version() + "\",\"functions\":\""
                + (Elementary.isStrict() ? "StrictMath" : "Math") + "\""));
    }

    @Test
    void pageHoldsTheRunsThatWerePrinted() {
        Matcher accuracy =
                Pattern.compile("\"name\":\"digits\".*?\"accuracy\":([\\d.]+)").matcher(page);
        assertTrue(accuracy.find());
        String printed = String.format(Locale.ROOT, "%.4f", Double.valueOf(accuracy.group(1)));
        assertTrue(program.out().lines().toList().get(3).contains(printed), printed);
        assertTrue(page.contains("\"boundary\":{\"size\":150"));
        assertTrue(page.contains("\"mistakes\":{\"run\":\"digits\""));
        assertTrue(page.contains("All 131 entries agree"));
        String graph = Graph.of(SmallGraph.loss())
                .withValues()
                .withGradients()
                .withFormulas()
                .json();
        assertTrue(page.contains("\"drawing\":" + graph.strip().replace("<", "\\u003c")));
    }
}
