package org.ejgrad.laws;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.simple.SimpleMatrix;

/**
 * Writes tables of numeric edges as a page of documentation, and compares the page that is there with them.
 *
 * <p>{@code mvn test -Dejgrad.edges.write=true} rewrites the pages.
 */
public final class EdgePage {
    private static final boolean WRITE = Boolean.getBoolean("ejgrad.edges.write");

    private EdgePage() {}

    /**
     * Compares a page with its tables, or rewrites it.
     *
     * @param page the file, in Markdown
     * @param introduction what stands before the tables
     * @param tables the tables by title, in order
     * @throws IOException if the page cannot be read or written
     * @throws AssertionError if the page differs
     */
    public static void check(Path page, String introduction, Map<String, List<EdgeRow>> tables) throws IOException {
        String expected = introduction.strip() + "\n"
                + tables.entrySet().stream()
                        .map(table -> table(table.getKey(), table.getValue()))
                        .collect(joining());
        if (WRITE) {
            Files.writeString(page, expected, StandardCharsets.UTF_8);
        }
        String actual = Files.exists(page) ? Files.readString(page, StandardCharsets.UTF_8) : "";
        if (!actual.equals(expected)) {
            throw new AssertionError(
                    page + " is not what the tables of edges say; -Dejgrad.edges.write=true writes it anew");
        }
    }

    private static String table(String title, List<EdgeRow> rows) {
        return "\n## " + title + "\n\n"
                + "| expression | at | value | gradient | elsewhere | because |\n|---|---|---|---|---|---|\n"
                + rows.stream().map(EdgePage::lines).collect(joining());
    }

    private static String lines(EdgeRow row) {
        return IntStream.range(0, row.points().size())
                .mapToObj(i -> line(row, row.points().get(i), i == 0))
                .collect(joining());
    }

    private static String line(EdgeRow row, EdgeRow.Point point, boolean first) {
        String result = point.outcome()
                .map(outcome -> text(outcome.value()) + " | " + join(outcome.gradients()))
                .orElseGet(() -> point.refusal()
                        .map(refusal -> "`" + refusal.type().getSimpleName() + "` | ")
                        .orElse(" | "));
        return "| " + (first ? "`" + row.expression() + "`" : "") + " | " + join(point.inputs()) + " | " + result
                + " | " + (first ? row.elsewhere() : "") + " | " + (first ? row.because() : "") + " |\n";
    }

    private static String join(List<SimpleMatrix> matrices) {
        return String.join("; ", texts(matrices));
    }

    static String[] texts(List<SimpleMatrix> matrices) {
        return matrices.stream().map(EdgePage::text).toArray(String[]::new);
    }

    /** Such as {@code −0}, {@code [1, ∞]}, {@code [1, 2; 3, 4]} or {@code empty 2×0}. */
    static String text(SimpleMatrix x) {
        if (x.getNumElements() == 0) {
            return "empty " + x.getNumRows() + "×" + x.getNumCols();
        }
        if (x.getNumElements() == 1) {
            return text(x.get(0));
        }
        return IntStream.range(0, x.getNumRows())
                .mapToObj(i -> IntStream.range(0, x.getNumCols())
                        .mapToObj(j -> text(x.get(i, j)))
                        .collect(joining(", ")))
                .collect(joining("; ", "[", "]"));
    }

    private static String text(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        String size =
                Double.isInfinite(number) ? "∞" : shortest(Math.abs(number)).replaceAll("\\.0(?=$|E)", "");
        return (Double.compare(number, 0) < 0 ? "−" : "") + size;
    }

    /** The fewest digits that give the number back, on every JDK; before 19 {@link Double#toString} had more. */
    private static String shortest(double number) {
        String text = Double.toString(number);
        if (!text.contains("E")) {
            return text;
        }
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal rounded = new BigDecimal(number).round(new MathContext(digits));
            if (rounded.doubleValue() == number) {
                String all = rounded.unscaledValue().toString();
                return all.charAt(0) + (digits == 1 ? "" : "." + all.substring(1)) + "E"
                        + (rounded.precision() - rounded.scale() - 1);
            }
        }
        return text;
    }
}
