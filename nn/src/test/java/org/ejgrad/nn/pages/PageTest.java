package org.ejgrad.nn.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.junit.jupiter.api.Test;

/** A page is whole, and nothing in its data can end a script early. */
class PageTest {
    @Test
    void isFilledWithEveryPart() throws IOException {
        for (String template : List.of("run.html", "graph.html", "check.html")) {
            String page = Page.of(Page.class, template, "{}");
            assertFalse(page.matches("(?s).*\\{\\{[\\w.]+}}.*"), "a part is left open in " + template);
            assertEquals(template.equals("run.html"), page.contains("Chart.js v"), template);
            assertEquals(template.equals("graph.html"), page.contains("function drawGraph"), template);
        }
    }

    @Test
    void dataCannotEndTheScriptItStandsIn() throws IOException {
        String page = Page.of(Page.class, "check.html", "{\"name\":\"</script><script>alert(1)\"}");
        assertTrue(page.contains("{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\"}"));
        int opened = page.split("<script", -1).length;
        assertEquals(opened, page.split("</script>", -1).length);
    }

    /** What a page's source says to its reader needs no room in every page. */
    @Test
    void linesOfCommentAreLeftOutAndNothingElse() throws IOException {
        String page = Page.of(Page.class, "run.html", "{}");
        assertTrue(page.contains("MIT License") || page.contains("/*!"), "the licence of what others wrote");
        assertFalse(page.contains("/** An HTML element with") || page.contains("* Colours: each stands"), page);
        assertTrue(page.contains("\nfunction element(name, attributes = {}, ...children) {\n"), page);
        assertTrue(page.contains("\n:root {\n  --page: #f6f5f2;\n"), page);
    }

    @Test
    void aMissingTemplateIsNamed() {
        FileNotFoundException missing =
                assertThrows(FileNotFoundException.class, () -> Page.of(Page.class, "none.html", "{}"));
        assertEquals("the resource none.html is missing", missing.getMessage());
    }

    private static CheckReport check(double... claimed) {
        return GradientCheck.ofFunction(v -> v[1] * v[1] + Math.sin(v[2]), new double[] {0, 2, 300}, claimed)
                .run();
    }

    /** A slope of 0 is certain to within a part of the largest, though no bar is narrow beside 0. */
    @Test
    void aCheckShowsTheLeastCertainEntryOrTheFirstThatIsNotConfirmed() throws IOException {
        CheckReport right = check(0, 4, Math.cos(300));
        assertTrue(right.entries().get(2).relativeBar() > right.entries().get(0).relativeBar());
        assertTrue(row(right).matches("x +3 +\\[0,2] +-0\\.02.* all agree"), row(right));

        CheckReport wrong = check(0, 5, 6);
        assertTrue(row(wrong).matches("x +3 +\\[0,1] +5\\.0+ +4\\.0+ .* disagree"), row(wrong));
        String json = Section.json(Map.of("check", new CheckTable("A function.", wrong)));
        assertFalse(json.contains(wrong.summary()), "who makes the page says it where he wants it");
    }

    @Test
    void aCheckSaysWhereItsFiguresComeFrom() throws IOException {
        CheckReport report = check(0, 4, Math.cos(300));
        for (String claimed : List.of("Backpropagation", "Program's claim")) {
            CheckTable table = claimed.startsWith("B")
                    ? new CheckTable("A network.", report)
                    : new CheckTable("A program.", claimed, report);
            StringWriter text = new StringWriter();
            table.print(new PrintWriter(text, true));
            assertTrue(text.toString().lines().toList().get(0).contains("  " + claimed + "  "), text.toString());
            assertTrue(Section.json(Map.of("check", table)).contains("\"Least certain\",\"" + claimed + "\""));
        }
    }

    private static String row(CheckReport report) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        new CheckTable("A function.", report).print(out);
        out.flush();
        return text.toString().lines().toList().get(1);
    }

    @Test
    void rowsBecomeArrays() throws IOException {
        assertEquals(
                "{\"rows\":[[\"a\",\"b\"],[]]}",
                Section.json(Map.of("rows", Section.rows(List.of(List.of("a", "b"), List.of())))));
    }

    @Test
    void sectionsBecomeOneObject() throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("text", Section.text("a \"b\""));
        sections.put("number", Section.number(0.1));
        sections.put("texts", Section.texts(List.of("x", "y")));
        assertEquals("{\"text\":\"a \\\"b\\\"\",\"number\":0.1,\"texts\":[\"x\",\"y\"]}", Section.json(sections));
    }
}
