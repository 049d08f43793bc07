package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejgrad.laws.EdgePage;
import org.ejgrad.laws.EdgeRow;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the table of edges, and the page written from it. */
class EdgeTableTest {
    @TestFactory
    Stream<DynamicTest> edges() {
        return EdgeTable.all().entrySet().stream()
                .flatMap(table -> table.getValue().stream()
                        .map(row -> DynamicTest.dynamicTest(table.getKey() + ": " + row, row::check)));
    }

    @Test
    void pageIsWhatTheTableSays() throws IOException {
        EdgePage.check(Path.of("EDGES.md"), EdgeTable.INTRODUCTION, EdgeTable.all());
    }

    @Test
    void wrongRowsAndPagesAreFound(@TempDir Path folder) throws IOException {
        EdgeRow square = EdgeRow.of("x.square()", Value::square);
        square.at(0, 0, 0).check();
        assertThrows(AssertionError.class, () -> square.at(0, -0.0, 0).check());
        assertThrows(
                AssertionError.class, () -> square.at(3, 9, 6.000000000000001).check());
        assertThrows(
                AssertionError.class,
                () -> square.refuses(RuntimeException.class, "", new SimpleMatrix(1, 1))
                        .check());
        EdgeRow mean = EdgeRow.of("x.mean()", x -> x.mean());
        AssertionError error = assertThrows(
                AssertionError.class,
                () -> mean.refuses(IllegalStateException.class, "", new SimpleMatrix(0, 1))
                        .check());
        assertTrue(error.getMessage().contains("mean of 0 elements"), error.getMessage());
        Path page = folder.resolve("page.md");
        Files.writeString(page, """
                intro

                ## Title

                | expression | at | value | gradient | elsewhere | because |
                |---|---|---|---|---|---|
                | `x.square()` | −0 | 0 | 0 | T: no | so |
                |  | [−∞, 1E200; 2, NaN] | empty 0×1 | 0.5 |  |  |
                """);
        SimpleMatrix wide = new SimpleMatrix(new double[][] {{Double.NEGATIVE_INFINITY, 1e200}, {2, Double.NaN}});
        EdgeRow row = square.at(-0.0, 0, 0)
                .at(List.of(wide), new SimpleMatrix(0, 1), new SimpleMatrix(new double[][] {{0.5}}))
                .elsewhere("T: no")
                .because("so");
        EdgePage.check(page, "intro", Map.of("Title", List.of(row)));
        assumeFalse(Boolean.getBoolean("ejgrad.edges.write"), "the page is being written");
        AssertionError stale =
                assertThrows(AssertionError.class, () -> EdgePage.check(page, "other", Map.of("Title", List.of(row))));
        assertEquals(
                page + " is not what the tables of edges say; -Dejgrad.edges.write=true writes it anew",
                stale.getMessage());
    }
}
