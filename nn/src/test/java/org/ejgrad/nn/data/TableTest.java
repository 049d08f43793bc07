package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.nn.Thrown;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A table says what a file holds, cell by cell, and never more than that. */
class TableTest {
    private static final String PASSENGERS = """
            id,age,sex,fare,cabin,survived
            1,22,male,7.25,,no
            2,38, female ,71.28,C85,yes
            3,NA,female,7.92,,yes
            4,35,male,8.05,C123,no
            5,54,male,51.9,,no
            6, ? ,female,21.1,G6,yes
            """;

    static Table table(CsvFormat format, String text) throws IOException {
        return format.table("t.csv", new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    static Table table(String text) throws IOException {
        return table(CsvFormat.DEFAULT, text);
    }

    private static String refusal(CsvFormat format, String text) {
        return Thrown.message(DatasetFormatException.class, () -> table(format, text));
    }

    private static String refusal(org.junit.jupiter.api.function.Executable call) {
        return Thrown.message(IllegalArgumentException.class, call);
    }

    @Test
    void itKnowsKindsTextsNumbersAndMissingCells() throws IOException {
        Table table = table(PASSENGERS);
        assertEquals("t.csv", table.name());
        assertEquals(6, table.size());
        assertEquals(List.of("id", "age", "sex", "fare", "cabin", "survived"), table.names());
        assertEquals(ColumnKind.NUMBER, table.kind("age"));
        assertEquals(ColumnKind.TEXT, table.kind("sex"));
        assertArrayEquals(new double[] {22, 38, Double.NaN, 35, 54, Double.NaN}, table.numbers("age"));
        assertEquals(List.of("", "C85", "", "C123", "", "G6"), table.texts("cabin"));
        assertEquals("female", table.texts("sex").get(1));
        assertEquals("id", table.name(0));
        assertEquals("survived", table.name(-1));
        assertEquals("id", table.name(-6));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "?", "NA", "na", "Na", "N/A", "n/a", "NaN", "nan", "NAN", "null", "NULL", " NA "})
    void theseCellsAreMissing(String cell) throws IOException {
        Table table = table("a,b\n1," + cell + "\n2,3\n");
        assertEquals(ColumnKind.NUMBER, table.kind("b"));
        assertArrayEquals(new double[] {Double.NaN, 3}, table.numbers("b"));
        assertEquals(1, table.describe().columns().get(1).missing());
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "-", "N.A.", "NAs", "missing", "0", "inf", "??", "nil", "None"})
    void theseAreNot(String cell) throws IOException {
        assertEquals(List.of(cell, "x"), table("a,b\n1," + cell + "\n2,x\n").texts("b"));
    }

    @Test
    void aNumberThatOverflowsMakesTexts() throws IOException {
        Table table = table("a,b\n1e400,2\n1,2\n");
        assertEquals(ColumnKind.TEXT, table.kind("a"));
        assertEquals(
                "t.csv:2:1: \"1e400\" is too large for a double in column \"a\"", refusal(() -> table.numbers("a")));
    }

    @Test
    void aNameThatIsNotThereIsAskedAbout() throws IOException {
        Table table = table(PASSENGERS);
        String columns = " columns are id, age, sex, fare, cabin, survived";
        assertEquals(
                "t.csv: there is no column \"surived\"; did you mean \"survived\"? The" + columns,
                refusal(() -> table.texts("surived")));
        assertEquals(
                "t.csv: there is no column \"Age\"; did you mean \"age\"? The" + columns,
                refusal(() -> table.select("Age")));
        assertEquals("t.csv: there is no column \"zzz\"; the" + columns, refusal(() -> table.without("zzz")));
        assertEquals("t.csv: there is no column 6; expected 0 to 5, or -1 (last) to -6", refusal(() -> table.name(6)));
        assertThrows(IllegalArgumentException.class, () -> table.name(-7));
        assertEquals("t.csv: there is no row 6; expected 0 to 5", refusal(() -> table.rows(6)));
        assertEquals("t.csv: a column is selected twice: [id, id]", refusal(() -> table.select("id", "id")));
    }

    @Test
    void partsKeepTheirPlacesInTheFile() throws IOException {
        Table table = table("a,b,c\n1,\"x\n\ny\",2\n\n3,z,q\n");
        Table part = table.without("a").rows(1, 1, 0).select("c", "b");
        assertEquals(List.of("c", "b"), part.names());
        assertEquals(List.of("q", "q", "2"), part.texts("c"));
        assertEquals(
                "t.csv:6:3: \"q\" is not a number; expected one like -12.5e3 in column \"c\"; mend it, or say withMissing"
                        + " what stands for a missing cell",
                refusal(() -> part.numbers("c")));
        assertEquals("t.csv:4:3", part.place(2, "c"));
        assertEquals("t.csv:2:2", part.place(2, "b"));
    }

    @Test
    void completeRowsAndClasses() throws IOException {
        Table table = table(PASSENGERS);
        assertArrayEquals(new double[] {2, 4}, table.complete().numbers("id"));
        assertArrayEquals(new double[] {1, 2, 4, 5}, table.complete("age").numbers("id"));
        assertEquals(6, table.complete("id", "sex").size());
        assertEquals(List.of("no", "yes"), table.classes("survived"));
        assertEquals(List.of("C123", "C85", "G6"), table.classes("cabin"));
        assertEquals(
                List.of("-1", "2.0", "10", "no"),
                table("a,y\n1,10\n2,2.0\n3,-1\n4,2\n5,no\n").classes("y"));
    }

    @Test
    void lineEndsInCellsStayAsTheyAre() throws IOException {
        Table table = table("a,b,c\n\"x\r\ny\",\"x\ry\",\"x\ny\"\n");
        assertEquals(
                List.of("x\r\ny", "x\ry", "x\ny"),
                Stream.of("a", "b", "c").map(name -> table.texts(name).get(0)).toList());
    }

    @Test
    void labelsAreCountedWhetherNumbersOrTexts() {
        List<List<String>> rows = IntStream.rangeClosed(0, 1 << 16)
                .mapToObj(i -> List.of(i % 2 == 0 ? "" + i : "c" + i))
                .toList();
        Table more = Table.of("t", List.of("y"), rows);
        assertEquals(1 << 16, more.head(1 << 16).classes("y").size());
        assertThrows(ResourceLimitException.class, () -> more.classes("y"));
    }

    // ---- printed ----------------------------------------------------------------------------------------------------

    @Test
    void itIsPrintedInColumns() throws IOException {
        assertEquals("""
                id  age  sex      fare  cabin  survived
                 1   22  male     7.25         no
                 2   38  female  71.28  C85    yes
                 3   NA  female   7.92         yes""", table(PASSENGERS).head(3).toString());
        assertEquals(6, table(PASSENGERS).head(99).size());
        assertEquals("x", table("x\na\n").head(0).toString());
        assertThrows(IllegalArgumentException.class, () -> table(PASSENGERS).head(-1));
    }

    @Test
    void itIsDescribed() throws IOException {
        TableDescription description = table(PASSENGERS).describe();
        assertEquals("""
                t.csv: 6 rows, 6 columns
                column    kind    missing  different  values
                id        number  0        6          1 … 6, mean 3.5
                age       number  2        4          22 … 54, mean 37.25
                sex       text    0        2          female 3, male 3
                fare      number  0        6          7.25 … 71.28, mean 27.9167
                cabin     text    3        3          C123 1, C85 1, G6 1
                survived  text    0        2          no 3, yes 3""", description.toString());
        assertEquals(Map.of("no", 3, "yes", 3), description.columns().get(5).counts());
        assertEquals(37.25, description.columns().get(1).mean());
        assertTrue(Double.isNaN(description.columns().get(2).mean()));
    }

    private static Table wide(int... widths) {
        return Table.of(
                "t",
                IntStream.range(0, widths.length).mapToObj(j -> "c" + j).toList(),
                List.of(IntStream.of(widths).mapToObj("x"::repeat).toList()));
    }

    /** Of just 80 characters. */
    @Test
    void columnsThatJustFitAreShown() throws IOException {
        assertEquals(
                80,
                wide(20, 20, 20, 14)
                        .toString()
                        .lines()
                        .skip(1)
                        .mapToInt(String::length)
                        .max()
                        .orElse(0));
        assertTrue(wide(20, 20, 20, 15).toString().contains("…"));
        assertTrue(
                wide(20, 20, 20, 20, 11).toString().startsWith("c0" + " ".repeat(20) + "c1" + " ".repeat(20) + "c2"));
        assertTrue(wide(20, 20, 20, 20, 12).toString().startsWith("c0" + " ".repeat(20) + "c1" + " ".repeat(20) + "…"));
        assertEquals(61, table("a\n" + "1\n".repeat(60)).toString().lines().count());
        assertEquals(12, table("a\n" + "1\n".repeat(61)).toString().lines().count());
        String numbers = "\n-1.408148e-9,1\n1.179944e-8,2\n";
        assertEquals(
                4, table("ninechars,b" + numbers).describe().toString().lines().count());
        assertEquals(
                5, table("tenletters,b" + numbers).describe().toString().lines().count());
    }

    @Test
    void twentyValuesAreCountedTheMostFrequentFirst() throws IOException {
        Table table = table("a,b\n1,z\n2,z\n3,y\n4,x\n5,x\n6,x\n");
        assertEquals(
                List.of("x", "z", "y"),
                List.copyOf(table.describe().columns().get(1).counts().keySet()));
        TableDescription.Column stars = table("a,b\n1,z\n1.0,z\n3,y\n,x\n3.00,x\n+1,x\n")
                .describe()
                .columns()
                .get(0);
        assertEquals(Map.of("1", 3, "3", 2), stars.counts(), "numbers, however they are spelled");
        assertEquals(2, stars.different());
        for (int different : new int[] {20, 21}) {
            String text =
                    IntStream.range(0, different).mapToObj(i -> "t" + i + "\n").collect(Collectors.joining());
            TableDescription.Column column =
                    table("a\n" + text).describe().columns().get(0);
            assertEquals(20, column.counts().size());
            assertEquals(different, column.different());
        }
    }

    /** No digit and no exponent is cut off; what is too wide for the line goes on below. */
    @Test
    void smallAndLargeNumbersKeepTheirExponents() throws IOException {
        String name = "a name of twenty letters";
        assertEquals(
                """
                t.csv: 2 rows, 4 columns
                column                kind    missing  different  values
                a name of twenty le…  number  0        2          -1.40815e-9 … 1.17994e-8,
                                                                  mean 5.19565e-9
                b                     number  0        2          0.0001 … 1234570, mean 617285
                c                     number  0        2          0 … 1.23457e120,
                                                                  mean 6.17284e119
                d                     number  0        2          1e-5 … 2, mean 1.00001""",
                table(name + ",b,c,d\n-1.408148e-9,1e-4,0,1e-5\n1.179944e-8,1234570,1.234568e120,2\n")
                        .describe()
                        .toString());
    }

    /** A name with a line break is shown in one line. */
    @Test
    void aNameOfTwoLinesIsNamedInOne() throws IOException {
        Table table = table("\"size\n(cm)\",y\n,1\n3,2\n");
        String refusal = assertThrows(
                        IllegalArgumentException.class,
                        () -> Preparation.classification("y").fit(table))
                .getMessage();
        assertTrue(refusal.contains("\"\" in column \"size (cm)\" is missing"), refusal);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> table.texts("size"))
                .getMessage()
                .contains("the columns are size (cm), y"));
    }

    @Test
    void linesFitEightyCharactersAndSteerNoTerminal() throws IOException {
        for (int columns : new int[] {1, 2, 9, 40, 41, 300}) {
            for (String cell :
                    List.of("1", "0.14285714285714285", "\u001b[31mred", "\"a\nb\"", "é".repeat(500), "x", "")) {
                String header = String.join(
                        ",",
                        IntStream.range(0, columns).mapToObj(j -> "column" + j).toList());
                String row = String.join(
                        ",",
                        IntStream.range(0, columns)
                                .mapToObj(j -> j == 0 ? "q" : cell)
                                .toList());
                Table table = table(header + "\n" + (row + "\n").repeat(70));
                String printed = table + "\n" + table.head(3) + "\n" + table.describe();
                assertTrue(printed.lines().allMatch(line -> line.length() <= 80), printed);
                assertTrue(printed.chars().noneMatch(c -> Character.isISOControl(c) && c != '\n'), printed);
                assertEquals(11 + 1, table.toString().lines().count());
                assertTrue(table.toString().endsWith("… 60 more rows"), printed);
                assertTrue(columns < 9
                        || table.toString().lines().findFirst().orElseThrow().contains("column" + (columns - 1)));
            }
        }
    }

    // ---- dialects ---------------------------------------------------------------------------------------------------

    @Test
    void missingCellsAreWrittenInManyWays() throws IOException {
        String text = "a,b\n1,x\n-,K.A.\n-999,\n NA ,y\n2,k.a.\n";
        Table plain = table(text);
        assertEquals(ColumnKind.TEXT, plain.kind("a"));
        assertEquals(List.of("1", "-", "-999", "", "2"), plain.texts("a"));
        Table table = table(CsvFormat.DEFAULT.withMissing("-", "k.a.").withMissing("-999"), text);
        assertEquals(ColumnKind.NUMBER, table.kind("a"));
        assertEquals(List.of("1", "", "", "", "2"), table.texts("a"));
        assertEquals(List.of("x", "", "", "y", ""), table.texts("b"));
    }

    @Test
    void aDecimalCommaIsAskedFor() throws IOException {
        CsvFormat german = CsvFormat.DEFAULT.withSeparator(';').withDecimalComma();
        Table table = table(german, "a;b\n1,5;-,25e2\n+2;3,\n");
        assertArrayEquals(new double[] {1.5, 2}, table.numbers("a"));
        assertArrayEquals(new double[] {-25, 3}, table.numbers("b"));
        Table others = table(german, "a;b;c\n1.234,5;1.5;1.234.567\n1;1;1\n");
        assertEquals(
                "t.csv:2:1: \"1.234,5\" is not a number; expected one like -12,5e3, without thousands separators"
                        + " in column \"a\"",
                refusal(() -> others.numbers("a")));
        assertTrue(refusal(() -> others.numbers("b")).contains("with a decimal comma, not a point"));
        assertTrue(refusal(() -> others.numbers("c")).contains("without thousands separators"));
        Table english = table("a,b,c\n\"1,234.5\",\"1,5\",1 234 567\n1,2,3\n");
        assertTrue(refusal(() -> english.numbers("a")).contains("without thousands separators"));
        assertTrue(refusal(() -> english.numbers("b")).contains("with a decimal point, not a comma"));
        assertTrue(refusal(() -> english.numbers("c")).contains("without thousands separators"));
        assertTrue(refusal(() -> CsvFormat.DEFAULT.withDecimalComma()).contains("expected another separator"));
        Dataset strict = CsvFormat.numbers()
                .withSeparator(';')
                .withDecimalComma()
                .read("t.csv", new ByteArrayInputStream("a;y\n0,5;1,5\n".getBytes(UTF_8)));
        assertEquals(0.5, strict.inputs().get(0, 0));
        assertEquals(1.5, strict.targets().get(0, 0));
    }

    @Test
    void columnsWithoutAHeaderAreNumbered() throws IOException {
        Table table = table(CsvFormat.DEFAULT.withoutHeader(), "5.1,red\n4,blue\n");
        assertEquals(List.of("x0", "x1"), table.names());
        assertEquals(2, table.size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5.1,3.5,setosa\n4.9,3.0,setosa\n",
                "5.1,3.5,setosa\n4.9,3.0,virginica\n",
                "ann,red\nbob,red\n",
                "ann,Red\nbob, red\n",
                "NA,red\n1,red\n",
                "ann,5\nbob,6\n",
                ",1\n2,3\n",
                "x,2019,2020\ny,1,2\n",
                "a,1\n,2\n",
            })
    void aRowOfDataIsNoHeader(String text) {
        assertEquals(
                "t.csv:1:1: the header looks like a row of data; read a file without one by withoutHeader(),"
                        + " one with such names by withHeader()",
                refusal(CsvFormat.DEFAULT, text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a,b\n1,red\n",
                "red,b\n1,red\n",
                "name,colour\nann,red\nbob,blue\n",
                "country,2019,2020,2021\nDE,1,2,3\n",
                "0,1,kind\n5,6,a\n",
                "1,2,kind\n5,6,a\n",
                "x,red\n1,red\n2,blue\n",
                "x,x2\nNA,\n"
            })
    void namesAreAHeader(String text) throws IOException {
        assertEquals(
                List.of(text.lines().findFirst().orElseThrow().split(",")),
                table(text).names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2022,2021,2020\n1,2,3\n", "5.1,red\n4.9,red\n", "NaN,x,-\n1,x,2\n"})
    void aHeaderThatLooksLikeDataCanBeGiven(String text) throws IOException {
        assertTrue(refusal(CsvFormat.DEFAULT, text).contains("one with such names by withHeader()"));
        Table table = table(CsvFormat.DEFAULT.withHeader(), text);
        assertEquals(List.of(text.lines().findFirst().orElseThrow().split(",")), table.names());
        assertEquals(1, table.size());
        assertEquals(
                List.of("y", "x1", "1"),
                table(CsvFormat.DEFAULT.withHeader(), "y,,1\ny,2,3\n").names());
        assertEquals(
                "t.csv:1:2: a second column is named \"x1\"; expected other names",
                refusal(CsvFormat.DEFAULT.withHeader(), "x1,,1\ny,2,3\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'a,b\n1,2,3\n'      | t.csv:2:3: the row has 3 cells; expected 2 as in the first row
            'a,a\n1,2\n'        | t.csv:1:2: a second column is named "a"; expected other names
            'a,"a "\n1,2\n'     | t.csv:1:2: a second column is named "a"; expected other names
            'a, \nb,c\nb,c\nx,y' | t.csv:1:1: the header looks like a row of data; read a file without one by withoutHeader(), one with such names by withHeader()
            'a;b\n1;2\n'        | t.csv:1:1: one column, "a;b"; is the separator right? It is ',', another is given by withSeparator
            'a,b\n'             | t.csv: 0 data rows; expected at least 1
            ''                  | t.csv: the file is empty
            """)
    void otherFaultsAreNamed(String text, String expected) {
        assertEquals(expected, refusal(CsvFormat.DEFAULT, text == null ? "" : text.replace("\\n", "\n")));
    }

    @Test
    void everythingIsTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        String expected = table(PASSENGERS).describe() + "\n" + table(PASSENGERS);
        try {
            for (String tag : List.of("tr-TR", "de-DE", "ar-EG-u-nu-arab")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                assertEquals(expected, table(PASSENGERS).describe() + "\n" + table(PASSENGERS));
                assertEquals(
                        1,
                        table("I,y\nİ,1\nNULL,2\n").describe().columns().get(0).missing());
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    // ---- made by a program ------------------------------------------------------------------------------------------

    @Test
    void aProgramMakesOneOfTexts() {
        Table table = Table.of("new", List.of("a", "b"), List.of(List.of("1", "x"), List.of("NA", "é𝄞")));
        assertArrayEquals(new double[] {1, Double.NaN}, table.numbers("a"));
        assertEquals(List.of("x", "é𝄞"), table.texts("b"));
        assertEquals("new:2:2", table.place(1, "b"));
        assertEquals(0, Table.of("new", List.of("a"), List.of()).size());
        assertEquals("a", Table.of("new", List.of("a"), List.of()).toString());
        assertTrue(refusal(() -> Table.of("new", List.of("a", "a"), List.of())).contains("two columns have one name"));
        assertEquals(
                "new:1: the row has 1 cell; expected 2",
                refusal(() -> Table.of("new", List.of("a", "b"), List.of(List.of("1")))));
        assertTrue(refusal(() -> Table.of("new", List.of("a"), List.of(List.of("\ud800"))))
                .contains("surrogate"));
    }

    // ---- much of it -------------------------------------------------------------------------------------------------

    /** 2,000,000 cells of about nine characters: some 28 MB. */
    @Tag("long")
    @Test
    void aHundredThousandRowsTakeTensOfMegabytes() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int j = 0; j < 20; j++) {
            text.append(j == 0 ? "" : ",").append("n").append(j);
        }
        for (int i = 0; i < 100_000; i++) {
            text.append('\n').append(i);
            for (int j = 1; j < 19; j++) {
                text.append(',').append((i * 31L + j) % 9973).append(".25e1");
            }
            text.append(i % 3 == 0 ? ",red" : ",blue");
        }
        byte[] bytes = text.toString().getBytes(UTF_8);
        text.setLength(0);
        text.trimToSize();
        long before = used();
        Table table = CsvFormat.DEFAULT.table("t.csv", new ByteArrayInputStream(bytes));
        long taken = used() - before;
        assertEquals(100_000, table.size());
        assertTrue(taken < 50 << 20, "it takes " + taken + " bytes");
        List<Table> parts = new ArrayList<>();
        before = used();
        for (int i = 0; i < 10; i++) {
            parts.add(table.rows(IntStream.range(0, 50_000).toArray()));
        }
        taken = used() - before;
        assertTrue(taken < 10 << 20, parts.size() + " halves take " + taken + " bytes");
        assertEquals("blue", table.texts("n19").get(99_998));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
