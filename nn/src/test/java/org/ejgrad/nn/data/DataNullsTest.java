package org.ejgrad.nn.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.ejgrad.laws.NullArguments;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Null in place of any argument about data, or among its elements, is refused by name. */
class DataNullsTest {
    private static final Dataset DATA = ToySets.xor();
    private static final Table TABLE = Table.of(
            "t",
            List.of("a", "y"),
            List.of(List.of("1", "u"), List.of("2", "v"), List.of("3", "u"), List.of("4", "v")));
    private static final Preparation PREPARATION =
            Preparation.classification("y").fit(TABLE);
    private static final List<String> HOLE = Arrays.asList("a", null);

    @Test
    void nullIsRefusedByName() throws Exception {
        byte[] idx = {0, 0, 8, 1, 0, 0, 0, 1, 7};
        Map<Class<?>, Object> arguments = Map.ofEntries(
                Map.entry(String.class, "name"),
                Map.entry(char.class, ','),
                Map.entry(List.class, List.of()),
                Map.entry(int[].class, new int[] {0, 1, 1, 0}),
                Map.entry(double[].class, new double[] {1}),
                Map.entry(ConstMatrix.class, SimpleMatrix.identity(2)),
                Map.entry(Path.class, Path.of("absent", "file")),
                Map.entry(InputStream.class, InputStream.nullInputStream()),
                Map.entry(Limits.class, Limits.DEFAULT),
                Map.entry(Dataset.class, DATA),
                Map.entry(BagOfWords.class, BagOfWords.fit(List.of("a"), 1)),
                Map.entry(Batches.class, Batches.inOrder(DATA, 1)),
                Map.entry(CsvFormat.class, CsvFormat.numbers()),
                Map.entry(IdxArray.class, IdxArray.read("t", new ByteArrayInputStream(idx), Limits.DEFAULT)),
                Map.entry(
                        LabelledTexts.class,
                        LabelledTexts.read(
                                "t", new ByteArrayInputStream("a\tb\n".getBytes(UTF_8)), Limits.DEFAULT, "a")),
                Map.entry(Missing.class, Missing.REFUSE),
                Map.entry(Unseen.class, Unseen.REFUSE),
                Map.entry(ColumnKind.class, ColumnKind.TEXT),
                Map.entry(OptionalDouble.class, OptionalDouble.empty()),
                Map.entry(RawColumn.class, PREPARATION.rawColumns().get(0)),
                Map.entry(Table.class, TABLE),
                Map.entry(TableDescription.class, TABLE.describe()),
                Map.entry(
                        TableDescription.Column.class,
                        TABLE.describe().columns().get(0)),
                Map.entry(Preparation.class, PREPARATION),
                Map.entry(PreparationPlan.class, Preparation.classification("y")),
                Map.entry(Split.class, Split.random(4, 0.5, 0)),
                Map.entry(Standardizer.class, Standardizer.fit(DATA)));
        List<String> complaints = new NullArguments(arguments)
                .complaints(
                        BagOfWords.class,
                        Batches.class,
                        CsvFormat.class,
                        Dataset.class,
                        DatasetFormatException.class,
                        IdxArray.class,
                        LabelNoise.class,
                        LabelledTexts.class,
                        Labels.class,
                        Limits.class,
                        Preparation.class,
                        PreparationPlan.class,
                        RawColumn.class,
                        Resampling.class,
                        ResourceLimitException.class,
                        Split.class,
                        Standardizer.class,
                        Table.class,
                        TableDescription.class,
                        TableDescription.Column.class,
                        ToySets.class);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }

    @Test
    void nullAmongTheElementsOfAListIsRefusedByName() {
        SimpleMatrix inputs = new SimpleMatrix(1, 2);
        SimpleMatrix targets = new SimpleMatrix(1, 1);
        refused("trainingTexts[1]", () -> BagOfWords.fit(HOLE, 1));
        refused("texts[1]", () -> BagOfWords.fit(List.of("a"), 1).apply(HOLE));
        refused(
                "classNames[1]",
                () -> new CsvFormat(',', CsvFormat.Header.CHECKED, false, List.of(), 0, HOLE, false, Limits.DEFAULT));
        refused("classNames[1]", () -> CsvFormat.classification("a", null));
        refused("featureNames[1]", () -> Dataset.of("t", inputs, targets, HOLE, List.of("a")));
        refused("classNames[1]", () -> Dataset.of("t", inputs, targets, List.of(), HOLE));
        refused("classNames[1]", () -> Dataset.classification("t", inputs, new int[1], "a", null));
        refused("classNames[1]", () -> IdxArray.dataset("t", Path.of("absent"), Path.of("absent"), HOLE));
        refused("rows[0][1]", () -> Table.of("t", List.of("a", "b"), List.of(HOLE)));
        refused("classNames[1]", () -> LabelledTexts.read(Path.of("absent"), "a", null));
    }

    private static void refused(String name, Executable call) {
        assertEquals(name, assertThrows(NullPointerException.class, call).getMessage());
    }
}
