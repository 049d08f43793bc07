package org.ejgrad.nn.arguments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Columns of a terminal, not places of Java. */
class TextWidthTest {
    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "é, 1", "e\u0301, 1", "日本語, 6", "한국어, 6", "ｶﾅ, 2", "Ａ, 2", "👋, 2", "a…b, 3"})
    void lettersTakeOneTwoOrNoColumns(String text, int columns) {
        assertEquals(columns, TextWidth.of(text));
        assertEquals(10, TextWidth.of(text + TextWidth.padding(text, 10)));
    }

    @ParameterizedTest
    @CsvSource({
        "日本語です, 10, 日本語です",
        "日本語です, 9, 日本語で…",
        "日本語です, 8, 日本語…",
        "abcdef, 5, abcd…",
        "👋👋👋, 4, 👋…",
        "ab, 1, …"
    })
    void whatIsCutFits(String text, int columns, String expected) {
        assertEquals(expected, TextWidth.cut(text, columns));
    }

    @Test
    void aWidthIsAtLeastOne() {
        assertThrows(IllegalArgumentException.class, () -> TextWidth.cut("a", 0));
        assertEquals("", TextWidth.padding("日本語", 2));
        String tooWide = assertThrows(IllegalArgumentException.class, () -> TextWidth.padding("a", Integer.MAX_VALUE))
                .getMessage();
        assertEquals("columns = 2147483647; expected at most 16777216", tooWide);
    }

    @Test
    void tablesStandInColumnsWhateverTheLetters() {
        String table = TextTable.of(List.of(List.of("class", "n"), List.of("日本", "10"), List.of("x", "日")));
        assertEquals("class   n\n日本   10\nx      日\n", table);
        String few = ConfusionMatrix.of(new int[] {0, 1}, new int[] {0, 1}, List.of("日本語", "x"))
                .toString();
        assertEquals("""
                actual \\ predicted  日本語  x  |  precision  recall      F1
                日本語                   1  0  |     1.0000  1.0000  1.0000
                x                        0  1  |     1.0000  1.0000  1.0000
                accuracy 1.0000 (2 of 2)""", few);
        List<String> names = List.of("日本語のとても長いクラス名です", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
        String many = ConfusionMatrix.of(new int[12], new int[12], names).toString();
        List<String> lines = many.lines().toList();
        assertEquals("日本語のとても…", lines.get(1).split(" ")[0]);
        assertEquals(
                lines.get(0).indexOf("rows") + 4,
                TextWidth.of(lines.get(1).substring(0, lines.get(1).indexOf("12 ") + 2)));
    }
}
