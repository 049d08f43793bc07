package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.ejgrad.nn.Thrown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A label is the class that was meant, and the first row is either names or data, never silently the other. */
class CsvLabelsTest {
    private static Dataset read(CsvFormat format, String text) throws IOException {
        return format.read("t.csv", new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static String refusal(CsvFormat format, String text) {
        return Thrown.message(DatasetFormatException.class, () -> read(format, text));
    }

    private static CsvFormat format(String names) {
        return CsvFormat.classification(names.split(" "));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1 2 3,         1.0,     0
            1 2 3,         2.0,     1
            1 2 3,         1,       0
            1 2 3,         3e0,     2
            1 2 3,         +2,      1
            1 2 3,         0.1e1,   0
            -1 1,          -1.0,    0
            -1 1,          1,       1
            -1 1,          1.,      1
            0.5 0.25,      .5,      0
            0.5 0.25,      25e-2,   1
            1.0 2.0,       1,       0
            1 1.0,         1.0,     1
            1 1.0,         1,       0
            10 9007199254740993, 9007199254740993.0, 1
            none 7,        7.0,     1
            none 7,        none,    0
            2 1 0,         0,       2
            2 1 0,         2.0,     0
            no yes,        1.0,     1
            no yes,        0,       0
            """)
    void aCellMeetsANameByItsTextOrItsNumber(String names, String cell, int label) throws IOException {
        assertArrayEquals(
                new int[] {label}, read(format(names), "a,y\n5," + cell + "\n").labels());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            1 2 3,    0
            1 2 3,    4
            1 2 3,    1.5
            1 2 3,    one
            -1 1,     0
            0.5 0.25, 1
            0.5 0.25, 0
            none 7,   0
            none 7,   1
            1 1.0,    1.00
            10 9007199254740993, 9007199254740992
            1 2,      1e99999999999
            1 2,      ' 1'
            """)
    void aNumberThatIsNoNameIsNeverAnIndexWhereNamesAreNumerals(String names, String cell) {
        String message = refusal(format(names), "a,y\n5," + cell + "\n");
        assertTrue(message.startsWith("t.csv:2:2: ") && message.contains("\"" + cell + "\""), message);
        assertTrue(message.endsWith("expected one of " + List.of(names.split(" "))), message);
    }

    @Test
    void theLongestNumeralHasSixtyFourDigits() throws IOException {
        String longest = "0".repeat(63) + "1";
        assertArrayEquals(
                new int[] {0}, read(format(longest + " 2"), "a,y\n5,1\n").labels());
        assertTrue(refusal(format("0" + longest + " 2"), "a,y\n5,1\n").contains("the label is \"1\""));
    }

    @Test
    void withoutNamesALabelIsAnIndex() {
        assertEquals(
                "t.csv:2:2: the label is \"0.5\"; expected an integer from 0 to 65535",
                refusal(CsvFormat.classification(), "a,y\n5,0.5\n"));
    }

    @Test
    void aWholeColumnOfNumeralsComesBack() throws IOException {
        assertArrayEquals(
                new int[] {0, 1, 0},
                read(format("1 2 3"), "x,y\n0,1.0\n0,2.0\n0,1\n").labels());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.1,3.5,red\n4.9,3.0,red\n6.2,2.9,blue\n",
                "5.1,3.5,Red\n4.9,3.0,red\n",
                "5.1,3.5, red\n4.9,3.0,red\n",
                "5.1,3.5,green\n4.9,3.0,red\n",
                "5,3,green\n4.9,3.0,red\n",
                "1,2,RED\n4.9,3.0,red\n",
                "NA,3.5,red\n4.9,3.0,red\n",
                "5.1,,red\n4.9,3.0,red\n",
                "5.1,5.1,red\n4.9,3.0,red\n",
                "?,nan,red\n4.9,3.0,red\n",
                "5.1, 3.5,red\n4.9,3.0,red\n",
                "a,3.5,red\n4.9,3.0,red\n",
                "5.1,3.5,0\n4.9,3.0,red\n",
                "5.1,3.5,NA\n4.9,3.0,red\n",
                "5.1,x,Blue\n4.9,3.0,red\n",
            })
    void aRowOfDataIsNoHeader(String text) {
        String message = refusal(format("red blue"), text);
        assertTrue(message.startsWith("t.csv:1:1: the header ") && message.contains("withoutHeader()"), message);
    }

    @Test
    void aRowOfDataIsNoHeaderElsewhereEither() {
        assertTrue(refusal(CsvFormat.numbers(), "1.5,NA,3\n1,2,3\n").contains("looks like a row of data"));
        assertTrue(refusal(CsvFormat.numbers(), "1.5,2.5,NA\n1,2,3\n").contains("looks like a row of data"));
        assertTrue(refusal(CsvFormat.numbers(), "2\n5\n").contains("holds only numbers"));
        assertTrue(
                refusal(format("red blue").withTarget(0), "red,5.1\nblue,4\n").contains("looks like a row of data"));
        assertTrue(refusal(format("red blue"), "red\nblue\n").contains("looks like a row of data"));
        assertTrue(refusal(format("1 2"), "0.5,1.0\n0.25,2.0\n").contains("holds only numbers"));
        assertTrue(refusal(CsvFormat.classification(), "0.5,x,1\n0.25,1,0\n").contains("looks like a row of data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b,red", "0,1,target", "1,2,y", "2,b,colour", "1stFloor,2ndFloor,red"})
    void namesAreAHeader(String header) throws IOException {
        Dataset data = read(format("red blue"), header + "\n4.9,3.0,blue\n");
        assertArrayEquals(new int[] {1}, data.labels());
        assertEquals(List.of(header.split(",")).subList(0, 2), data.featureNames());
    }

    @Test
    void aHeaderIsNoRowOfData() {
        CsvFormat format = format("red blue").withoutHeader();
        assertTrue(refusal(format, "a,b,colour\n1,2,red\n").startsWith("t.csv:1:1: \"a\" is not a number"));
        assertTrue(refusal(format, "0,1,colour\n1,2,red\n").startsWith("t.csv:1:3: \"colour\"; expected"));
    }

    @ParameterizedTest
    @CsvSource({"';',semicolon", "'\t',tab", "|,bar"})
    void anotherSeparatorIsAskedAbout(String separator, String name) throws IOException {
        String text = "a,b,y\n1,2,0\n".replace(",", separator);
        assertEquals(
                "t.csv:1:1: one column, \"" + "a,b,y".replace(",", separator)
                        + "\"; is the separator right? It is ',', another is given by withSeparator",
                refusal(CsvFormat.classification(), text),
                name);
        CsvFormat right = CsvFormat.classification().withSeparator(separator.charAt(0));
        assertEquals(2, read(right, text).features());
        assertTrue(refusal(right, "a,b,y\n1,2,0\n").contains("is the separator right?"));
    }

    @Test
    void theLabelsOfAFileAreFoundInOrder(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("t.csv");
        CsvFormat format = CsvFormat.classification();
        Files.writeString(file, "a,species\n1,virginica\n2,setosa\n3,\"versicolor\"\n4,setosa\n");
        assertEquals(List.of("setosa", "versicolor", "virginica"), format.labelsIn(file));
        Files.writeString(file, "a,y\n1,10\n2,2.0\n3,-1\n4,2\n5,no\n");
        assertEquals(List.of("-1", "2.0", "10", "no"), format.labelsIn(file));
        Files.writeString(file, "1,b\n2,a\n");
        assertEquals(List.of("a", "b"), format.withoutHeader().labelsIn(file));
        assertTrue(Thrown.message(DatasetFormatException.class, () -> format.labelsIn(file))
                .contains("looks like a row of data"));
        Files.writeString(file, "a,y\n1,b\n2,\n");
        assertTrue(Thrown.message(DatasetFormatException.class, () -> format.labelsIn(file))
                .endsWith(":3:2: the label is missing"));
        Files.writeString(file, "a,y\n1,\n2,b\n");
        assertTrue(Thrown.message(DatasetFormatException.class, () -> format.labelsIn(file))
                .endsWith(":2:2: the label is missing"));
        Files.writeString(file, "a,y\n1,b\n2\n");
        assertTrue(Thrown.message(DatasetFormatException.class, () -> format.labelsIn(file))
                .endsWith(":3:1: the row has 1 cell; expected 2 as in the first row"));
        Files.writeString(file, "");
        assertTrue(Thrown.message(DatasetFormatException.class, () -> format.labelsIn(file))
                .endsWith("the file is empty"));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'a,b,y,\n1,2,0,\n',            't.csv:1:4: the column has no name; expected one, or none by withHeader(). If it numbers the rows, pandas leaves it out by index=False, R by row.names=FALSE'
            'a,b,y\n1,2,0,\n',             t.csv:2:4: the row has 4 cells; expected 3 as in the first row
            'a,b,y\n',                     t.csv: 0 data rows; expected at least 1
            'a,b,y\r\n\r\n',               t.csv: 0 data rows; expected at least 1
            'a,b,y',                       t.csv: 0 data rows; expected at least 1
            'a,b,b\n1,2,0\n',              t.csv:1:3: a second column is named "b"; expected other names
            '"a\n1","a\n1",y\n1,2,0\n',    'Second'
            """)
    void theEdgesOfAFileAreNamed(String text, String expected) {
        String message =
                refusal(CsvFormat.classification(), text.replace("\\n", "\n").replace("\\r", "\r"));
        if (expected.equals("Second")) {
            assertTrue(message.startsWith("t.csv:2:2: a second column is named"), message);
        } else {
            assertEquals(expected, message);
        }
    }

    @Test
    void messagesAreTheSameInEveryLocale() {
        Locale before = Locale.getDefault();
        String[] texts = {"a,y\n1,\"2\n", "a,y\n1,\"2\"x\n", "a,y\n1\n", "a,y\n1,2,3\n", "a;y\n1;2\n", "5,6\n1,2\n"};
        try {
            for (String text : texts) {
                Locale.setDefault(Locale.ROOT);
                String expected = refusal(CsvFormat.classification(), text);
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertEquals(expected, refusal(CsvFormat.classification(), text));
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
