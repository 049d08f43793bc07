package org.ejgrad.nn.data;

import static org.ejgrad.nn.data.TableTest.table;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of numbers, texts, blanks and an id becomes matrices, by what its training rows alone have taught. */
class PreparationTest {
    private static final String PASSENGERS = """
            id,age,sex,fare,port,survived
            101,22,male,7.25,,no
            102,38,female,71.25,C,yes
            103,NA,female,8,S,yes
            104,36,male,8.5,S,no
            105,54,male,52,Q,no
            106,?,female,21,C,yes
            """;
    private static final PreparationPlan PLAN =
            Preparation.classification("survived").without("id");

    private static String refusal(Executable call) {
        return Thrown.message(IllegalArgumentException.class, call);
    }

    private static Table passengers() throws IOException {
        return table(PASSENGERS);
    }

    private static double[][] inputs(PreparationPlan plan, Table table) {
        return plan.fit(table).inputs(table).toArray2();
    }

    // ---- inputs -----------------------------------------------------------------------------------------------------

    @Test
    void numbersAreStandardisedAndTextsBecomeCategories() throws IOException {
        Table table = table("size,colour,y\n1,red,a\n3,blue,b\n1,red,b\n3,green,a\n");
        Preparation preparation = Preparation.classification("y").fit(table);
        assertEquals(List.of("size", "colour=blue", "colour=green", "colour=red"), preparation.featureNames());
        double[][] expected = {{-1, 0, 0, 1}, {1, 1, 0, 0}, {-1, 0, 0, 1}, {1, 0, 1, 0}};
        assertArrayEquals(expected, preparation.inputs(table).toArray2());
        Dataset data = preparation.dataset(table);
        assertArrayEquals(expected, data.inputs().toArray2());
        assertArrayEquals(new int[] {0, 1, 1, 0}, data.labels());
        assertEquals(List.of("a", "b"), data.classNames());
        assertEquals("t.csv", data.name());
        assertEquals(preparation.featureNames(), data.featureNames());
        assertEquals(TargetKind.CLASSES, preparation.kind());
        assertEquals(List.of("y"), preparation.targetNames());
        assertEquals(2, preparation.outputs());
        assertEquals(
                new RawColumn("colour", ColumnKind.TEXT, List.of("blue", "green", "red"), OptionalDouble.empty()),
                preparation.rawColumns().get(1));
        assertEquals(
                "predicts y, one of 2 classes [a, b]\n"
                        + "from 4 inputs of 2 columns [size, colour=blue, colour=green, colour=red]",
                preparation.toString());
    }

    @Test
    void missingCellsAreRefusedByPlace() throws IOException {
        Table table = passengers();
        assertEquals(
                "t.csv:4:2: \"NA\" in column \"age\" is missing; expected a value in every row, or another policy for"
                        + " missing cells. The same is true of \"port\"",
                refusal(() -> PLAN.fit(table)));
        assertTrue(
                refusal(() -> PLAN.without("id", "age").fit(table)).startsWith("t.csv:2:5: \"\" in column \"port\""));
        Preparation fitted = PLAN.fit(table.complete());
        assertTrue(refusal(() -> fitted.inputs(table)).startsWith("t.csv:4:2: \"NA\""));
    }

    @Test
    void rowsWithMissingCellsAreLeftOut() throws IOException {
        Table table = passengers();
        Preparation preparation = PLAN.missing(Missing.DROP_ROW).fit(table);
        Dataset data = preparation.dataset(table);
        assertArrayEquals(new int[] {1, 3, 4}, preparation.datasetRows(table));
        assertArrayEquals(new int[] {1, 0, 0}, data.labels());
        assertArrayEquals(
                preparation.inputs(table.rows(1, 3, 4)).toArray2(),
                data.inputs().toArray2());
        assertTrue(
                refusal(() -> preparation.inputs(table)).startsWith("t.csv:4:2: \"NA\" in column \"age\" is missing"));
        Table unlabelled = table("sex,age,port,fare,survived\nmale,1,S,2,\nmale,NA,S,2,no\n");
        assertArrayEquals(new int[] {0}, preparation.inputRows(unlabelled));
        assertEquals(1, preparation.inputs(unlabelled.rows(0)).getNumRows());
        assertEquals(
                "t.csv: none of 2 rows is complete; expected at least 1 in which no input and no target is missing",
                refusal(() -> preparation.dataset(unlabelled)));
        assertEquals(
                "t.csv: no row is complete, so none is left to learn from; expected at least 1",
                refusal(() -> PLAN.missing(Missing.DROP_ROW).fit(table.rows(0, 2, 5))));
    }

    @ParameterizedTest
    @CsvSource({"MEAN,37.5", "MEDIAN,37"})
    void missingNumbersAreFilledAndMissingTextsAreACategory(Missing missing, double fill) throws IOException {
        Table table = passengers();
        PreparationPlan plan = PLAN.missing(missing).rawInputs();
        Preparation preparation = plan.fit(table);
        assertEquals(
                List.of("age", "sex=female", "sex=male", "fare", "port=C", "port=Q", "port=S", "port=(missing)"),
                preparation.featureNames());
        double[][] inputs = preparation.inputs(table).toArray2();
        assertArrayEquals(new double[] {22, 0, 1, 7.25, 0, 0, 0, 1}, inputs[0]);
        assertArrayEquals(new double[] {fill, 1, 0, 8, 0, 0, 1, 0}, inputs[2]);
        assertArrayEquals(new double[] {fill, 1, 0, 21, 1, 0, 0, 0}, inputs[5]);
        assertEquals(OptionalDouble.of(fill), preparation.rawColumns().get(0).fill());
        assertEquals(missing, preparation.missing());
        // A missing number is filled wherever it is; a missing text is a category where training rows have one.
        Table others = table("age,fare,sex,port\n,NA,male,\n");
        assertArrayEquals(
                new double[] {fill, 0, 1, preparation.rawColumns().get(2).fill().getAsDouble(), 0, 0, 0, 1},
                preparation.inputs(others).toArray2()[0]);
        Table noSex = table("age,fare,sex,port\n1,2,,S\n");
        assertEquals(
                "t.csv:2:3: \"\" in column \"sex\" is missing, which it is in no training row; expected one of"
                        + " [female, male], or another policy for unseen ones",
                refusal(() -> preparation.inputs(noSex)));
        assertArrayEquals(
                new double[] {1, 0, 0, 2, 0, 0, 1, 0},
                plan.unseen(Unseen.ZEROS).fit(table).inputs(noSex).toArray2()[0]);
    }

    @Test
    void aMissingTargetIsNeverMadeUp() throws IOException {
        Table table = table("a,y\n1,2\n2,\n3,4\n");
        for (PreparationPlan plan :
                List.of(Preparation.regression("y"), Preparation.classification("y"), Preparation.labels("y"))) {
            assertTrue(refusal(() -> plan.missing(Missing.MEAN).fit(table))
                    .startsWith("t.csv:3:2: \"\" in column \"y\" is missing"));
        }
        Table first = table("a,y\n1,\n2,2\n3,4\n");
        assertTrue(refusal(() -> Preparation.regression("y").fit(first)).startsWith("t.csv:2:2: "));
        assertEquals(
                2,
                Preparation.regression("y")
                        .missing(Missing.DROP_ROW)
                        .fit(table)
                        .dataset(table)
                        .size());
    }

    @Test
    void aColumnWithoutAnyValueIsRefused() throws IOException {
        Table table = table("a,b,y\n,x,1\n,y,2\nNA,x,1\n");
        assertEquals(
                "t.csv: column \"a\" is missing in all 3 training rows; leave it out",
                refusal(() ->
                        Preparation.classification("y").missing(Missing.MEAN).fit(table)));
    }

    @Test
    void unseenTextsAreRefusedOrNoCategory() throws IOException {
        Table table = passengers();
        PreparationPlan plan =
                Preparation.classification(-1).using("sex", "fare").rawInputs();
        Table others = table("sex,fare\nfemal,3\n");
        assertEquals(
                "t.csv:2:1: \"femal\" in column \"sex\" is in no training row; expected one of [female, male], or"
                        + " another policy for unseen ones; did you mean \"female\"?",
                refusal(() -> plan.fit(table).inputs(others)));
        assertArrayEquals(
                new double[][] {{0, 0, 3}},
                plan.unseen(Unseen.ZEROS).fit(table).inputs(others).toArray2());
    }

    @Test
    void columnsAreFoundByNameInAnyOrder() throws IOException {
        Preparation preparation = PLAN.missing(Missing.MEAN).fit(passengers());
        Table sorted = passengers().select("survived", "port", "fare", "id", "sex", "age");
        assertArrayEquals(
                preparation.inputs(passengers()).toArray2(),
                preparation.inputs(sorted).toArray2());
        assertArrayEquals(
                preparation.inputs(passengers()).toArray2(),
                preparation.inputs(sorted.without("survived", "id")).toArray2());
        assertTrue(preparation.hasTargets(sorted));
        assertFalse(preparation.hasTargets(sorted.without("survived")));
        assertEquals(
                "t.csv: there is no column \"port\"; did you mean \"Port\"? The columns are age, sex, fare, Port",
                refusal(() -> preparation.inputs(table("age,sex,fare,Port\n1,male,2,S\n"))));
        assertTrue(refusal(() -> preparation.dataset(sorted.without("survived")))
                .contains("there is no column \"survived\""));
        assertEquals(
                "t.csv:2:1: \"old\" is not a number; expected one like -12.5e3 in column \"age\"; mend it, or say"
                        + " withMissing what stands for a missing cell",
                refusal(() -> preparation.inputs(table("age,sex,fare,port\nold,male,2,S\n"))));
    }

    @Test
    void numbersCanBeCategories() throws IOException {
        Table table = table("zip,y\n01234,a\n5000,b\n01234,b\n");
        Preparation preparation =
                Preparation.classification("y").categorical("zip").fit(table);
        assertEquals(List.of("zip=01234", "zip=5000"), preparation.featureNames());
        assertArrayEquals(
                new double[][] {{1, 0}, {0, 1}, {1, 0}},
                preparation.inputs(table).toArray2());
    }

    /** As a program writes them once a column has had a gap; among texts each spelling is a text of its own. */
    @Test
    void aCategoryIsTheSameInEverySpellingOfItsNumber() throws IOException {
        Table table = table("g,y\n2,a\n1,b\n1.0,b\n10,a\n");
        Preparation preparation =
                Preparation.classification("y").categorical("g").fit(table);
        assertEquals(List.of("g=1", "g=10", "g=2"), preparation.featureNames());
        assertArrayEquals(
                new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}},
                preparation.inputs(table("g\n1.00\n2.0\n1e1\n1\n")).toArray2());
        assertTrue(refusal(() -> preparation.inputs(table("g\n1.5\n"))).contains("\"1.5\" in column \"g\" is in no"));
        Preparation codes = Preparation.classification("y").categorical("g").fit(table("g,y\n1e2,a\n100,b\nB,b\n"));
        assertEquals(List.of("g=100", "g=1e2", "g=B"), codes.featureNames());
        assertTrue(refusal(() -> codes.inputs(table("g\n100.0\n"))).contains("is in no training row"));
    }

    @Test
    void aTextThatNamesItsRowsIsRefused() throws IOException {
        StringBuilder text = new StringBuilder("name,half,few,y\n");
        for (int i = 0; i < 40; i++) {
            text.append("n")
                    .append(i)
                    .append(",h")
                    .append(i % 20)
                    .append(",f")
                    .append(i % 3)
                    .append(",")
                    .append(i % 2)
                    .append('\n');
        }
        Table table = table(text.toString());
        assertEquals(
                "t.csv: column \"name\" has 40 different texts in 40 rows; expected categories that occur several"
                        + " times. Leave it out, or ask for it as categorical",
                refusal(() -> Preparation.classification("y").fit(table)));
        assertEquals(
                23,
                Preparation.classification("y")
                        .without("name")
                        .fit(table)
                        .featureNames()
                        .size());
        assertEquals(
                63,
                Preparation.classification("y")
                        .categorical("name")
                        .fit(table)
                        .featureNames()
                        .size());
        assertEquals(
                "t.csv: the target \"name\" has 40 classes in 40 rows; expected classes that occur several times. Is it"
                        + " a number to predict, or another column?",
                refusal(() -> Preparation.classification("name").fit(table)));
    }

    @Test
    void aRefusalNamesAllColumnsThatCannotBeUsed() throws IOException {
        StringBuilder rows = new StringBuilder("id,age,mail,size,y,\"a, b\",none\n");
        for (int i = 0; i < 20; i++) {
            rows.append("i" + i + "," + (i == 7 ? "" : i) + ",m" + i + "," + i + "," + i % 2 + ",x" + i + ",\n");
        }
        Table table = table(rows.toString());
        String first = "t.csv: column \"id\" has 20 different texts in 20 rows; expected categories that occur several"
                + " times. Leave it out, or ask for it as categorical. The same is true of \"mail\", \"a, b\"";
        PreparationPlan plan = Preparation.classification("y");
        assertEquals(first + ". Other faults are in \"age\", \"none\"", refusal(() -> plan.fit(table)));
        assertEquals(
                first + ". Other faults are in \"none\"",
                refusal(() -> plan.missing(Missing.MEAN).fit(table)));
        assertEquals(
                "t.csv:9:2: \"\" in column \"age\" is missing; expected a value in every row, or another policy for"
                        + " missing cells. The same is true of \"none\"",
                refusal(() -> plan.without("id", "mail", "a, b").fit(table)));
    }

    @Test
    void manyFractionsAreNoClassesHoweverOftenTheyOccur() throws IOException {
        StringBuilder rows = new StringBuilder("x,stars,minutes\n");
        for (int i = 0; i < 200; i++) {
            rows.append(i + "," + 0.5 * (i % 10) + "," + 0.25 * (i % 11) + "\n");
        }
        Table table = table(rows.toString());
        assertEquals(
                "t.csv: the target \"minutes\" has 11 classes in 200 rows, fractions among them; expected classes that"
                        + " occur several times. Is it a number to predict, or another column?",
                refusal(() -> Preparation.classification("minutes").fit(table)));
        assertEquals(
                10, Preparation.classification("stars").fit(table).classNames().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1,234.5 | "1,234.5" is not a number; expected one like -12.5e3, without thousands separators. Column "a" holds 3 numbers, 1 cell like them and 0 others
            1,5     | "1,5" is not a number; expected one like -12.5e3, with a decimal point, not a comma, as withDecimalComma() reads it. Column "a" holds 3 numbers, 1 cell like them and 0 others
            $ 12    | "$ 12" is not a number; expected one like -12.5e3. Column "a" holds 3 numbers, 1 cell like them and 0 others
            12 %    | "12 %" is not a number; expected one like -12.5e3. Column "a" holds 3 numbers, 1 cell like them and 0 others
            unknown | "unknown" is not a number; expected one like -12.5e3. Column "a" holds 3 numbers, 0 cells like them and 1 other
            1e999   | "1e999" is too large for a double. Column "a" holds 3 numbers, 1 cell like them and 0 others
            """)
    void numbersInDisguiseAreNoCategories(String cell, String expected) throws IOException {
        Table table = table("a,y\n1,u\n2,v\n\"" + cell + "\",u\n3,v\n");
        assertEquals(
                "t.csv:4:1: " + expected
                        + "; mend it, leave it out, say withMissing what stands for a missing cell, or ask for it as categorical",
                refusal(() -> Preparation.classification("y").fit(table)));
        assertEquals(
                4,
                Preparation.classification("y")
                        .categorical("a")
                        .fit(table)
                        .featureNames()
                        .size());
    }

    // ---- targets ----------------------------------------------------------------------------------------------------

    @Test
    void mostOfTheTextsThatAreThereDecide() throws IOException {
        PreparationPlan plan = Preparation.classification("y").missing(Missing.MEDIAN);
        Table disguised = table("a,y\n$0,u\n$9,v\nred,u\n,v\n,u\n");
        assertTrue(refusal(() -> plan.fit(disguised)).startsWith("t.csv:2:1: \"$0\" is not a number"));
        assertEquals(2, plan.fit(table("a,y\n$1,u\nred,v\n")).featureNames().size());
        Numerals numerals = new Numerals(false);
        assertTrue(numerals.isLikeANumber("$" + "1".repeat(63)));
        assertFalse(numerals.isLikeANumber("$" + "1".repeat(64)));
        assertTrue(numerals.isLikeANumber("$0") && numerals.isLikeANumber("$9"));
    }

    /** A date is refused as the text that it is, not as a number with wrong marks. */
    @ParameterizedTest
    @CsvSource({"24.12.2023,false", "1.2.99,false", "1.234.567,true", "12.345,true", "1.2.345,true", "24.12.20234,true"
    })
    void datesAreNotLikeNumbers(String text, boolean isLikeANumber) throws IOException {
        assertEquals(isLikeANumber, new Numerals(true).isLikeANumber(text));
        StringBuilder rows = new StringBuilder("day,y\n");
        for (int i = 1; i < 25; i++) {
            rows.append(i + ".12.2023," + i % 2 + "\n");
        }
        assertTrue(refusal(() -> Preparation.classification("y").fit(table(rows.toString())))
                .startsWith("t.csv: column \"day\" has 24 different texts in 24 rows; expected categories"));
    }

    @Test
    void classesAreFoundNumbersBySizeThenTexts() throws IOException {
        Table table = table("a,y\n1,10\n2,2\n3,1.0\n4,1\n5,b\n6,a\n");
        Preparation preparation = Preparation.classification("y").fit(table);
        assertEquals(List.of("1.0", "2", "10", "a", "b"), preparation.classNames());
        assertArrayEquals(
                new int[] {2, 1, 0, 0, 4, 3}, preparation.dataset(table).labels());
        StringBuilder text = new StringBuilder("a,y\n");
        IntStream.rangeClosed(1, 12)
                .forEach(i -> text.append(i)
                        .append(',')
                        .append(13 - i)
                        .append("\n7,")
                        .append(i)
                        .append('\n'));
        assertEquals(
                IntStream.rangeClosed(1, 12).mapToObj(Integer::toString).toList(),
                Preparation.classification("y").fit(table(text.toString())).classNames());
    }

    @Test
    void givenClassesKeepTheirOrder() throws IOException {
        Table table = table("a,y\n1,low\n2,high\n3,low\n");
        Preparation preparation =
                Preparation.classification("y").classes("low", "medium", "high").fit(table);
        assertArrayEquals(new int[] {0, 2, 0}, preparation.dataset(table).labels());
        assertEquals(3, preparation.outputs());
        assertEquals(
                "t.csv:3:2: \"high\" in column \"y\" is no class; expected one of [low, medium]",
                refusal(() ->
                        Preparation.classification("y").classes("low", "medium").fit(table)));
        assertEquals(
                "t.csv:2:2: \"0\" in column \"y\" is no class; expected one of [low, medium, high]",
                refusal(() -> preparation.dataset(table("a,y\n1,0\n"))));
        assertThrows(
                IllegalArgumentException.class,
                () -> Preparation.regression("y").classes("a", "b"));
        assertThrows(IllegalArgumentException.class, () -> PLAN.classes("a"));
        assertThrows(IllegalArgumentException.class, () -> PLAN.classes("a", "a"));
        assertEquals(
                "t.csv: the target \"y\" has the classes [low]; expected at least 2",
                refusal(() -> Preparation.classification("y").fit(table.rows(0, 2))));
    }

    @Test
    void severalLabelsAreAnsweredInManyWords() throws IOException {
        Table table = table("a,comedy,drama,war\n1,0,yes,TRUE\n2,1,No,false\n3,1.0,no,True\n");
        Preparation preparation = Preparation.labels("comedy", "drama", "war").fit(table);
        Dataset data = preparation.dataset(table);
        assertEquals(List.of("comedy", "drama", "war"), data.classNames());
        assertArrayEquals(
                new double[][] {{0, 1, 1}, {1, 0, 0}, {1, 0, 1}}, data.targets().toArray2());
        Dataset one = Preparation.labels("war").using("a").fit(table).dataset(table);
        assertArrayEquals(new double[][] {{1}, {0}, {1}}, one.targets().toArray2());
        assertEquals(TargetKind.LABELS, preparation.kind());
        assertEquals(
                "t.csv:2:2: \"2\" in column \"war\" is no label; expected 0 or 1, no or yes, false or true",
                refusal(() -> Preparation.labels("war").fit(table("a,war\n1,2\n"))));
        assertThrows(IllegalArgumentException.class, () -> Preparation.labels());
        assertThrows(IllegalArgumentException.class, () -> Preparation.labels("a", "a"));
    }

    @Test
    void numbersToPredictAreStandardisedAndBroughtBack() throws IOException {
        Table table = table("area,price,tax\n50,150000,1\n70,250000,3\n90,350000,5\n");
        Preparation preparation = Preparation.regression("price", "tax").fit(table);
        Dataset data = preparation.dataset(table);
        assertEquals(0, data.targets().getColumn(0).elementSum(), 1e-12);
        assertEquals(
                3,
                data.targets()
                        .getColumn(0)
                        .elementMult(data.targets().getColumn(0).copy())
                        .elementSum(),
                1e-12);
        assertEquals(0, data.classes());
        SimpleMatrix back = preparation.predictions(data.targets());
        for (int i = 0; i < 3; i++) {
            assertEquals(table.numbers("price")[i], back.get(i, 0), 1e-9);
            assertEquals(table.numbers("tax")[i], back.get(i, 1), 1e-14);
        }
        Preparation raw = Preparation.regression(1).rawTargets().fit(table);
        assertArrayEquals(
                new double[][] {{150000}, {250000}, {350000}},
                raw.dataset(table).targets().toArray2());
        assertEquals(150000, raw.predictions(raw.dataset(table).targets()).get(0, 0));
        assertEquals(
                "predictions: the outputs have 1 columns; expected 2, for [price, tax]",
                refusal(() -> preparation.predictions(new SimpleMatrix(3, 1))));
        Preparation classes = Preparation.classification("tax").fit(table);
        assertArrayEquals(
                new double[][] {{1, 2, 3}},
                classes.predictions(new SimpleMatrix(new double[][] {{1, 2, 3}}))
                        .toArray2());
        assertTrue(refusal(() -> Preparation.regression("sex").using("fare").fit(passengers()))
                .startsWith("t.csv:2:3: \"male\" is not a number"));
    }

    /** Unscaled targets of 1e5 would move these weights by the rate a step, far too little. */
    @Test
    void aNetworkLearnsPrices() throws IOException {
        StringBuilder text = new StringBuilder("area,town,price\n");
        for (int i = 0; i < 60; i++) {
            int town = i % 3;
            text.append(40 + i).append(",t").append(town).append(',');
            text.append(3000 * (40 + i) + 50_000 * town).append('\n');
        }
        Table table = table(text.toString());
        Split split = Split.random(table.size(), 0.25, 1);
        Preparation preparation = Preparation.regression("price").fit(split.train(table));
        Dense network = new Dense(4, 1, 7);
        Trainer.of(network, Objective.squaredError(), Optimizer.of(network.parameters(), Adam.rate(0.05)))
                .fit(preparation.dataset(split.train(table)), 400);
        Table test = split.test(table);
        SimpleMatrix prices = preparation.predictions(
                network.forward(Value.constant(preparation.inputs(test))).matrix());
        for (int i = 0; i < test.size(); i++) {
            assertEquals(test.numbers("price")[i], prices.get(i, 0), 2000);
        }
    }

    @Test
    void oneTextAmongTheTestRowsChangesNoTrainingRow() throws IOException {
        Table table = table("a,y\n1,u\n3,v\nold,u\n");
        assertEquals(ColumnKind.TEXT, table.kind("a"));
        Preparation preparation = Preparation.classification("y").fit(table.rows(0, 1));
        assertEquals(List.of("a"), preparation.featureNames());
        assertTrue(refusal(() -> preparation.inputs(table)).startsWith("t.csv:4:1: \"old\" is not a number"));
    }

    @Test
    void moreInputsThanThereIsMemoryForAreRefused() {
        Table table = Table.of(
                "t",
                List.of("a", "y"),
                IntStream.range(0, 5_000)
                        .mapToObj(i -> List.of("a" + i, "" + i % 2))
                        .toList());
        Preparation wide = Preparation.classification("y").categorical("a").fit(table);
        int[] rows = new int[2_000_000];
        assertTrue(refusal(() -> wide.inputs(table.rows(rows))).startsWith("inputs: "));
    }

    @Test
    void amongTextsANumeralIsATextToo() throws IOException {
        Preparation preparation = Preparation.classification("y").fit(table("a,y\nred,u\n1,v\nred,u\n1,v\n"));
        assertEquals(1, preparation.inputs(table("a\n1\nred\n")).get(0, 0));
        assertTrue(refusal(() -> preparation.inputs(table("a\n1.0\nred\n"))).startsWith("t.csv:2:1: \"1.0\""));
    }

    @Test
    void whatOverflowsIsRefusedByPlace() throws IOException {
        Preparation preparation = Preparation.regression("y").fit(table("a,y\n1,1e-300\n2,2e-300\n"));
        assertTrue(refusal(() -> preparation.dataset(table("a,y\n1,1e100\n")))
                .startsWith("t.csv:2:2: \"1e100\" in column \"y\" is so far"));
        assertTrue(refusal(() -> preparation.inputs(table("a\n1.7e308\n"))).startsWith("t.csv:2:1: \"1.7e308\""));
    }

    // ---- plans ------------------------------------------------------------------------------------------------------

    @Test
    void plansThatContradictThemselvesAreRefused() throws IOException {
        Table table = passengers();
        assertTrue(refusal(() -> PLAN.without("id", "survived").fit(table)).contains("\"survived\" is the target"));
        assertTrue(refusal(() -> PLAN.using("id", "fare").fit(table)).contains("both used and left out"));
        assertTrue(refusal(() -> PLAN.without("Id").fit(table)).contains("did you mean \"id\"?"));
        assertTrue(refusal(() -> PLAN.categorical("sexx").fit(table)).contains("did you mean \"sex\"?"));
        assertTrue(refusal(() -> PLAN.without("id", "id")).contains("is given twice"));
        assertEquals(
                "Preparation: \"a=u\" is given twice",
                refusal(() -> Preparation.classification("y").fit(table("a,a=u,y\nu,1,p\nv,2,q\n"))));
        assertTrue(refusal(() -> PLAN.fit(table.rows())).contains("no row is left to learn from"));
        assertTrue(refusal(() -> Preparation.classification(6).fit(table)).contains("there is no column 6"));
        assertTrue(refusal(() -> Preparation.classification("y").fit(table("y\na\nb\n")))
                .contains("no column is left"));
    }

    @Test
    void aPlanIsNotChangedByItsVariants() throws IOException {
        Table table = passengers();
        PreparationPlan plan = Preparation.classification("survived").using("fare", "sex");
        double[][] before = inputs(plan, table);
        plan.rawInputs();
        plan.using("fare");
        plan.missing(Missing.MEAN);
        assertArrayEquals(before, inputs(plan, table));
        assertArrayEquals(new double[] {7.25, 0, 1}, inputs(plan.rawInputs(), table)[0]);
    }

    @ParameterizedTest
    @EnumSource(Missing.class)
    void onlyTrainingRowsTeach(Missing missing) throws IOException {
        Table table = table("a,b,y\n1,u,p\n2,v,q\n1000,w,p\n3,u,q\n");
        Split split = Split.stratified(table, "y", 0.5, 3);
        PreparationPlan plan = Preparation.classification("y").missing(missing).unseen(Unseen.ZEROS);
        Table train = split.train(table);
        String alone = plan.fit(Table.of(
                        "t",
                        table.names(),
                        IntStream.range(0, train.size())
                                .mapToObj(i -> table.names().stream()
                                        .map(name -> train.texts(name).get(i))
                                        .toList())
                                .toList()))
                .toJson();
        assertEquals(alone, plan.fit(train).toJson());
        assertEquals(2, split.test(table).size());
        assertEquals(2, plan.fit(train).dataset(split.test(table)).size());
    }

    @Test
    void aTableIsSplitByItsClasses() throws IOException {
        StringBuilder text = new StringBuilder("a,y\n");
        IntStream.range(0, 40)
                .forEach(i -> text.append(i).append(i % 4 == 0 ? ",rare\n" : i % 10 == 1 ? ",\n" : ",common\n"));
        Table table = table(text.toString());
        Split split = Split.stratified(table, "y", 0.2, 1);
        assertEquals(8, split.testRows().length);
        assertEquals(
                2, split.test(table).texts("y").stream().filter("rare"::equals).count());
        assertEquals(32, split.train(table).size());
        assertThrows(IllegalArgumentException.class, () -> split.train(table.head(3)));
        assertThrows(IllegalArgumentException.class, () -> Split.stratified(table, "z", 0.2, 1));
    }

    // ---- the text ---------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @ValueSource(strings = {"ejgrad-preparation-2", "ejgrad-preparation-10", "", "é"})
    void anotherVersionIsNamed(String format) throws IOException {
        String text = PLAN.missing(Missing.MEAN).fit(passengers()).toJson().replace("ejgrad-preparation-1", format);
        assertEquals(
                "preparation: character 11: the format is \"" + format
                        + "\"; expected \"ejgrad-preparation-1\", of this" + " version of the library",
                Thrown.message(DatasetFormatException.class, () -> Preparation.fromJson(text)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            "kind"                        | "sort"                           | expected the field "kind"
            CLASSES                       | CLASS                            | "CLASS"; expected one of [CLASSES, LABELS, NUMBERS]
            CLASSES                       | LABELS                           | do not fit LABELS
            "missing": "MEAN"             | "missing": "REFUSE"              | expected a fill if, and only if, missing cells are filled
            "missing": "MEAN"             | "missing": 7                     | expected a text
            "fill": 37.5                  | "fill": "37.5"                   | found 37.5; expected a number
            "fill": 37.5                  | "fill": 1e999                    | expected a number that is finite as a double
            "fill": 37.5                  | "fill": NaN                      | not the expected JSON
            "scale": [0.0078125           | "scale": [0                      | expected a scale whose unit and deviation are greater than 0
            "scale": [0.0078125           | "scale": [1, 0.0078125           | expected a scale of 4 numbers
            "name": "age"                 | "name": "fare"                   | two equal names, "fare"
            "name": "age"                 | "name": "survived"               | two equal names, "survived"
            ["female", "male"]            | ["male", "male"]                 | two equal names, "male"
            ["female", "male"]            | ["\\ud800", "male"]             | a text without half of a surrogate pair
            ["female", "male"]            | []                               | expected at least 1 category
            ["female", "male"]            | [[["female"]]]                   | not the expected JSON
            "unseen": "REFUSE"            | "unseen": "REFUSE", "more": 1    | expected the field "columns"
            "unseen": "REFUSE"            | "unseen": "REFUSE", "unseen": "REFUSE" | not the expected JSON
            "classes": ["no", "yes"]      | "classes": ["no"]                | do not fit CLASSES
            ]}]}                          | ]}]}{                            | expected nothing more
            ]}]}                          | ]}], "more": 1}                  | found more; expected the end of the object
            {"format":                    | ["format",                       | found [; expected an object
            "targetScales": []            | "targetScales": 7                | found 7; expected a list of scales
            "targetScales": []            | "targetScales": [7]              | found 7; expected a scale of 4 numbers
            "columns": [                  | "columns": {                     | found {; expected a list of columns
            "columns": [                  | "columns": [7,                   | found 7; expected an object
            "name": "age", "fill"         | "name": "age"}, "fill"           | found }; expected the field "fill" or "categories"
            "name": "age", "fill"         | "name": "age", "full"            | found full; expected the field "fill" or "categories"
            ["female", "male"]            | ["female", "male"], "more": 1    | found more; expected the end of the column
            ["female", "male"]            | "female"                         | found female; expected a list of texts
            "fill": 37.5                  | "fill": 37.5x                    | not the expected JSON: Unexpected character
            """)
    void whatIsNotRightIsNamed(String from, String to, String expected) throws IOException {
        String text = PLAN.missing(Missing.MEAN).fit(passengers()).toJson();
        assertTrue(text.contains(from), text);
        String message =
                Thrown.message(DatasetFormatException.class, () -> Preparation.fromJson(text.replace(from, to)));
        assertTrue(message.startsWith("preparation: ") && message.contains(expected), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void aDeviationOfZeroIsRefused() throws IOException {
        String text =
                Preparation.classification("y").fit(table("a,y\n1,u\n3,v\n")).toJson();
        String scale = "0.25]}";
        assertTrue(text.contains(scale), text);
        assertTrue(
                Thrown.message(DatasetFormatException.class, () -> Preparation.fromJson(text.replace(scale, "0.0]}")))
                        .contains("whose unit and deviation are greater than 0"));
    }

    @Test
    void halfAPairOfSurrogatesIsNotWritten() throws IOException {
        Table table = Table.of("t", List.of("a\ud800", "y"), List.of(List.of("1", "u"), List.of("2", "v")));
        assertTrue(refusal(() -> Preparation.classification("y").fit(table)).contains("surrogate pair"));
    }

    @Test
    void absurdSizesAreRefused() throws IOException {
        String text = PLAN.missing(Missing.MEAN).fit(passengers()).toJson();
        String longName = "x".repeat((1 << 16) + 1);
        String longest = longName.substring(1);
        Table named = Table.of("t", List.of(longest, "y"), List.of(List.of("1", "a"), List.of("2", "b")));
        assertTrue(Preparation.classification("y").fit(named).toJson().contains(longest));
        String read = Thrown.message(
                DatasetFormatException.class,
                () -> Preparation.fromJson(text.replace("\"age\"", '"' + longName + '"')));
        assertTrue(read.startsWith("preparation: not the expected JSON"), read);
        assertTrue(Thrown.message(
                        ResourceLimitException.class,
                        () -> Preparation.classification("y")
                                .fit(Table.of(
                                        "t", List.of(longName, "y"), List.of(List.of("1", "a"), List.of("2", "b")))))
                .contains("has 65537 characters; at most 65536 are allowed"));
        assertTrue(Thrown.message(DatasetFormatException.class, () -> Preparation.fromJson(" ".repeat((1 << 26) + 1)))
                .contains("expected at most 67108864"));
        assertThrows(DatasetFormatException.class, () -> Preparation.fromJson("[".repeat(1 << 20)));
    }
}
