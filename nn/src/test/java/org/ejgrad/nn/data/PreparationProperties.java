package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.ConstMatrix;

/** What holds for the preparation of any table, whatever its numbers and texts. */
class PreparationProperties {
    private static final List<String> TEXTS =
            List.of("red", "a \"b\"", "c,d;e\tf", "two\nlines", "é𝄞", "-", "none", "x=y", "0x1p3");
    private static final List<String> MISSING = List.of("", "NA", " n/a ", "?", "null", "NaN");
    private static final List<String> NAMES = List.of("m", "size", "text", "n \"o\"", "tab\tle", "kind");

    /** A table by its columns: three of numbers, two of texts, a class. */
    private static final class Source {
        private final List<List<String>> rows = new ArrayList<>();

        Source(long seed, int size, boolean hasMissing) {
            RandomStream random = new RandomStream(seed);
            int[] exponents = {random.nextInt(600) - 300, 0, random.nextInt(20)};
            for (int i = 0; i < size; i++) {
                List<String> row = new ArrayList<>();
                for (int exponent : exponents) {
                    double number = Math.scalb(random.nextGaussian(), exponent);
                    row.add(Double.toString(i == 0 ? 1.0 : number));
                }
                row.add(1, TEXTS.get(random.nextInt(TEXTS.size())));
                row.add(3, TEXTS.get(random.nextInt(3)));
                row.add(i < 2 ? "c" + i : "c" + random.nextInt(3));
                for (int j = 0; hasMissing && i > 0 && j < 5; j++) {
                    if (random.nextInt(4) == 0) {
                        row.set(j, MISSING.get(random.nextInt(MISSING.size())));
                    }
                }
                rows.add(row);
            }
        }

        String csv(char separator, String lineEnd, boolean quoteAll, boolean decimalComma) {
            StringBuilder text = new StringBuilder();
            List<List<String>> lines = new ArrayList<>(List.of(NAMES));
            lines.addAll(rows);
            for (List<String> line : lines) {
                List<String> cells = new ArrayList<>();
                for (String cell : line) {
                    boolean isNumber = cell.matches("-?[0-9.E-]+[0-9]");
                    String written = isNumber && decimalComma ? cell.replace('.', ',') : cell;
                    boolean quoted = quoteAll || written.matches("(?s).*[\"\n" + separator + "].*");
                    cells.add(quoted ? '"' + written.replace("\"", "\"\"") + '"' : written);
                }
                text.append(String.join("" + separator, cells)).append(lineEnd);
            }
            return text.toString();
        }

        Table table() throws IOException {
            return read(CsvFormat.DEFAULT, csv(',', "\n", false, false));
        }
    }

    private static Table read(CsvFormat format, String text) throws IOException {
        return format.table("t.csv", new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private static PreparationPlan plan(Missing missing) {
        return Preparation.classification("kind").missing(missing).unseen(Unseen.ZEROS);
    }

    private static void requireSameBits(ConstMatrix<?> expected, ConstMatrix<?> found) {
        assertEquals(expected.getNumRows(), found.getNumRows());
        assertEquals(expected.getNumCols(), found.getNumCols());
        for (int i = 0; i < expected.getNumRows(); i++) {
            for (int j = 0; j < expected.getNumCols(); j++) {
                assertEquals(
                        Double.doubleToRawLongBits(expected.get(i, j)), Double.doubleToRawLongBits(found.get(i, j)));
            }
        }
    }

    private static Missing filling(boolean isMean) {
        return isMean ? Missing.MEAN : Missing.MEDIAN;
    }

    private static void requireSame(Preparation expected, Preparation found, Table table) {
        assertEquals(expected.toJson(), found.toJson());
        assertEquals(expected.rawColumns(), found.rawColumns());
        assertEquals(expected.featureNames(), found.featureNames());
        Dataset before = expected.dataset(table);
        Dataset after = found.dataset(table);
        requireSameBits(before.inputs(), after.inputs());
        requireSameBits(before.targets(), after.targets());
        assertEquals(before.classNames(), after.classNames());
    }

    @Property(tries = 200)
    void theTextBringsBackEveryBit(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 30) int size, @ForAll boolean isMean)
            throws IOException {
        Table table = new Source(seed, size, true).table();
        Preparation classes = plan(filling(isMean)).fit(table);
        requireSame(classes, Preparation.fromJson(classes.toJson()), table);
        Preparation numbers =
                Preparation.regression("m", "tab\tle").missing(Missing.DROP_ROW).fit(table);
        Preparation read = Preparation.fromJson(numbers.toJson());
        requireSame(numbers, read, table);
        ConstMatrix<?> outputs = numbers.dataset(table).targets();
        requireSameBits(numbers.predictions(outputs), read.predictions(outputs));
    }

    @Property(tries = 200)
    void theOrderOfColumnsDoesNotMatter(@ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int size)
            throws IOException {
        Table table = new Source(seed, size, true).table();
        Preparation preparation = plan(Missing.MEAN).fit(table);
        int[] order = new RandomStream(seed).permutation(NAMES.size());
        Table shuffled = table.select(IntStream.of(order).mapToObj(NAMES::get).toArray(String[]::new));
        requireSameBits(preparation.inputs(table), preparation.inputs(shuffled));
        requireSameBits(preparation.inputs(table), preparation.inputs(shuffled.without("kind")));
        requireSameBits(
                preparation.dataset(table).targets(),
                preparation.dataset(shuffled).targets());
    }

    @Property(tries = 200)
    void trainingRowsHaveMeanZeroAndOneCategory(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int size, @ForAll boolean isMean)
            throws IOException {
        Table table = new Source(seed, size, true).table();
        Preparation preparation = plan(filling(isMean)).fit(table);
        double[][] inputs = preparation.inputs(table).toArray2();
        int at = 0;
        for (RawColumn column : preparation.rawColumns()) {
            int width =
                    column.kind() == ColumnKind.NUMBER ? 1 : column.categories().size();
            int from = at;
            if (column.kind() == ColumnKind.NUMBER) {
                double[] numbers =
                        Arrays.stream(inputs).mapToDouble(row -> row[from]).toArray();
                assertEquals(0, Arrays.stream(numbers).average().orElseThrow(), 1e-14);
                double variance =
                        Arrays.stream(numbers).map(x -> x * x).average().orElseThrow();
                assertTrue(Math.abs(variance - 1) < 1e-12 || variance == 0, () -> "variance " + variance);
            } else {
                for (double[] row : inputs) {
                    assertEquals(1, Arrays.stream(row, from, from + width).sum());
                    assertTrue(Arrays.stream(row, from, from + width).allMatch(x -> x == 0 || x == 1));
                }
            }
            at += width;
        }
        assertEquals(preparation.featureNames().size(), at);
    }

    @Property(tries = 200)
    void theOrderOfRowsDoesNotMatterToNamesAndCategories(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int size) throws IOException {
        Table table = new Source(seed, size, true).table();
        int[] order = new RandomStream(seed).permutation(size);
        Preparation expected = plan(Missing.MEDIAN).fit(table);
        Preparation found = plan(Missing.MEDIAN).fit(table.rows(order));
        assertEquals(expected.classNames(), found.classNames());
        assertEquals(expected.rawColumns(), found.rawColumns());
        requireSameBits(
                expected.dataset(table).rows(order).targets(),
                found.dataset(table.rows(order)).targets());
    }

    @Property(tries = 200)
    void everyDialectReadsTheSame(@ForAll long seed, @ForAll @IntRange(min = 2, max = 20) int size) throws IOException {
        Source source = new Source(seed, size, true);
        CsvFormat format = CsvFormat.DEFAULT;
        Table table = source.table();
        List<Table> others = List.of(
                read(format.withSeparator(';').withDecimalComma(), source.csv(';', "\r\n", false, true)),
                read(format.withSeparator('\t'), source.csv('\t', "\r", true, false)),
                read(format.withSeparator('|').withDecimalComma(), source.csv('|', "\n\n", true, true)));
        Preparation preparation = plan(Missing.MEAN).fit(table);
        for (Table other : others) {
            assertEquals(preparation.toJson(), plan(Missing.MEAN).fit(other).toJson());
            requireSameBits(preparation.inputs(table), preparation.inputs(other));
            for (String name : NAMES) {
                assertEquals(table.kind(name), other.kind(name));
                assertArrayEquals(
                        table.labels(name).toArray(), other.labels(name).toArray());
            }
        }
    }

    @Property(tries = 500)
    void aDamagedTextIsRefusedOrAPreparation(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int faults)
            throws IOException {
        StringBuilder text = new StringBuilder(
                plan(Missing.MEAN).fit(new Source(seed, 4, true).table()).toJson());
        RandomStream random = new RandomStream(seed);
        String alphabet = "{}[],:\"\\ 019.-eEntrufals\u0000é";
        for (int i = 0; i < faults; i++) {
            int begin = random.nextInt(text.length());
            int end = Math.min(text.length(), begin + random.nextInt(3));
            int count = random.nextInt(3);
            String replacement =
                    alphabet.substring(random.nextInt(alphabet.length() - 2)).substring(0, count);
            text.replace(begin, end, replacement);
        }
        try {
            Preparation read = Preparation.fromJson(text.toString());
            assertEquals(read.toJson(), Preparation.fromJson(read.toJson()).toJson());
        } catch (DatasetFormatException refused) {
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.startsWith("preparation: "), message);
        }
    }

    @Property(tries = 3)
    void aTruncatedTextIsRefused(@ForAll long seed) throws IOException {
        String text = plan(Missing.MEAN).fit(new Source(seed, 4, true).table()).toJson();
        for (int length = 0; length < text.length(); length++) {
            String cut = text.substring(0, length);
            assertThrows(DatasetFormatException.class, () -> Preparation.fromJson(cut));
        }
    }
}
