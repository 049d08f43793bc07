package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.Thrown;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a data set holds, hands out and refuses. */
class DatasetTest {
    private static final SimpleMatrix INPUTS = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}, {5, 6}});
    private static final int[] LABELS = {2, 0, 2};

    private static Dataset dataset() {
        return Dataset.classification("t", INPUTS, LABELS, "a", "b", "c");
    }

    private static SimpleMatrix column(double... entries) {
        return new SimpleMatrix(entries);
    }

    @Test
    void aClassificationDatasetHandsOutWhatItWasGiven() {
        Dataset data = dataset();
        assertEquals(3, data.size());
        assertEquals(2, data.features());
        assertEquals(3, data.classes());
        assertArrayEquals(LABELS, data.labels());
        assertArrayEquals(new int[] {1, 0, 2}, data.classCounts());
        assertEquals(List.of("x0", "x1"), data.featureNames());
        assertEquals("t: 3 rows, 2 features, 3 classes (a 1, b 0, c 2)", data.toString());
        assertEquals("other", data.named("other").name());
    }

    @Test
    void rowsMayBeTakenInAnyOrderAndRepeated() {
        Dataset taken = dataset().rows(2, 0, 2);
        assertArrayEquals(
                new double[][] {{5, 6}, {1, 2}, {5, 6}}, taken.inputs().toArray2());
        assertArrayEquals(new int[] {2, 2, 2}, taken.labels());
        assertEquals(0, dataset().rows().size());
        assertEquals(
                "t: there is no row 3; expected 0 to 2",
                Thrown.argument(() -> dataset().rows(0, 3)));
        assertEquals(
                "t: there is no row -1; expected 0 to 2",
                Thrown.argument(() -> dataset().rows(-1)));
    }

    @Test
    void labelsBecomeOneHotRowsAndComeBack() {
        Dataset oneHot = dataset().oneHot();
        assertArrayEquals(
                new double[][] {{0, 0, 1}, {1, 0, 0}, {0, 0, 1}},
                oneHot.targets().toArray2());
        assertArrayEquals(LABELS, oneHot.labels());
        assertEquals("t: 3 rows, 2 features, 3 classes", oneHot.toString());
        Dataset soft = oneHot.withTargets(Labels.smooth(oneHot.targets(), 0.3));
        assertEquals(0.1, soft.targets().get(0, 0), 1e-15);
        assertEquals(0.8, soft.targets().get(0, 2), 1e-15);
        assertEquals(
                "indices: row 0 is not one-hot: column 0 holds " + 0.3 / 3 + "; expected a single 1, otherwise 0",
                Thrown.argument(soft::labels));
    }

    @Test
    void targetsSayWhatTheyAre() {
        Dataset data = dataset();
        SimpleMatrix several = new SimpleMatrix(new double[][] {{1, 0, 1}, {0, 0, 0}, {1, 0, 0}});
        SimpleMatrix soft = Labels.smooth(data.oneHot().targets(), 0.3);
        assertEquals(TargetKind.CLASSES, data.kind());
        assertEquals(TargetKind.CLASSES, data.oneHot().kind());
        assertEquals(TargetKind.CLASSES, data.withTargets(soft).kind());
        assertEquals(TargetKind.LABELS, data.withTargets(several).kind());
        assertEquals(
                "t: 3 rows, 2 features, 3 labels", data.withTargets(several).toString());
        assertEquals(
                TargetKind.NUMBERS,
                Dataset.of("t", INPUTS, several, List.of(), List.of()).kind());
    }

    @Test
    void twentyClassesAreCountedInWords() {
        for (int classes : new int[] {20, 21}) {
            String[] names = IntStream.range(0, classes).mapToObj(i -> "c" + i).toArray(String[]::new);
            Dataset data = Dataset.classification("t", INPUTS, new int[3], names);
            assertEquals(classes == 20, data.toString().contains("(c0 3, c1 0"), data.toString());
        }
    }

    @Test
    void nothingOutsideChangesADataset() {
        SimpleMatrix inputs = INPUTS.copy();
        SimpleMatrix targets = column(0, 1, 1);
        Dataset data = Dataset.of("t", inputs, targets, List.of(), List.of("a", "b"));
        inputs.set(0, 0, 99);
        targets.set(0, 0, 1);
        data.labels()[0] = 1;
        assertEquals(1, data.inputs().get(0, 0));
        assertArrayEquals(new int[] {0, 1, 1}, data.labels());
        assertThrows(
                UnsupportedOperationException.class, () -> data.classNames().clear());
        assertThrows(
                UnsupportedOperationException.class, () -> data.featureNames().clear());
    }

    @Test
    void aMatrixWithALongerBufferIsReadByItsShape() {
        DMatrixRMaj reshaped = new DMatrixRMaj(10, 10);
        reshaped.fill(Double.NaN);
        reshaped.reshape(2, 1);
        reshaped.set(0, 0, 7);
        reshaped.set(1, 0, 8);
        SimpleMatrix inputs = SimpleMatrix.wrap(reshaped);
        Dataset data = Dataset.classification("t", inputs, new int[] {0, 0}, "a");
        assertArrayEquals(new double[][] {{8}, {7}}, data.rows(1, 0).inputs().toArray2());
        assertArrayEquals(
                new double[][] {{3.5}, {4}}, data.divideInputs(2).inputs().toArray2());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void entriesThatAreNotFiniteAreRefused(double entry) {
        SimpleMatrix bad = INPUTS.copy();
        bad.set(2, 1, entry);
        assertEquals(
                "t: row 2, column 1 of the inputs is " + entry + "; expected a finite number",
                Thrown.argument(() -> Dataset.classification("t", bad, LABELS, "a", "b", "c")));
        assertEquals(
                "t: row 2, column 1 of the targets is " + entry + "; expected a finite number",
                Thrown.argument(() -> Dataset.regression("t", INPUTS, bad)));
        assertEquals(
                "t: row 2, column 1 of the inputs is " + entry + "; expected a finite number",
                Thrown.argument(() -> dataset().withInputs(bad)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 3, 0.5, 1e300, -0.1})
    void labelsThatAreNoClassAreRefused(double label) {
        assertEquals(
                "t: row 1 has label " + label + "; with 3 classes, expected an integer from 0 to 2",
                Thrown.argument(() -> Dataset.of("t", INPUTS, column(0, label, 1), List.of(), List.of("a", "b", "c"))));
    }

    @Test
    void rowsAndNamesMustFit() {
        assertEquals(
                "t: 3 rows of inputs, but 2 rows of targets; expected as many",
                Thrown.argument(() -> Dataset.classification("t", INPUTS, new int[2], "a")));
        assertEquals(
                "t: classification needs at least one class name",
                Thrown.argument(() -> Dataset.classification("t", INPUTS, LABELS)));
        assertEquals(
                "t: 1 feature names for 2 columns of inputs; expected as many",
                Thrown.argument(() -> Dataset.of("t", INPUTS, INPUTS, List.of("x"), List.of())));
        assertEquals(
                "t: two feature names are \"x\"",
                Thrown.argument(() -> Dataset.of("t", INPUTS, INPUTS, List.of("x", "x"), List.of())));
        assertEquals(
                "t: two class names are \"a\"",
                Thrown.argument(() -> Dataset.classification("t", INPUTS, new int[3], "a", "a")));
        assertEquals(
                "t: the targets have 2 columns for 3 classes; expected 1 (class indices) or 3",
                Thrown.argument(() -> Dataset.of("t", INPUTS, INPUTS, List.of(), List.of("a", "b", "c"))));
        assertEquals(
                "t: row 0, class 1 has target 2.0; expected a number in [0, 1]",
                Thrown.argument(() -> Dataset.of("t", INPUTS, INPUTS, List.of(), List.of("a", "b"))));
    }

    @Test
    void oneClassHasIndicesOrOneHotRows() {
        Dataset indices = Dataset.classification("t", column(1, 2), new int[2], "only");
        Dataset oneHot = indices.oneHot();
        assertArrayEquals(new double[][] {{1}, {1}}, oneHot.targets().toArray2());
        for (Dataset rows : List.of(
                oneHot,
                oneHot.oneHot(),
                oneHot.named("t"),
                oneHot.rows(1, 0),
                oneHot.withInputs(column(3, 4)),
                oneHot.divideInputs(2),
                oneHot.withTargets(Labels.smooth(oneHot.targets(), 0.1)),
                Resampling.oversample(oneHot, 0),
                Batches.inOrder(oneHot, 2).epoch(0).get(0))) {
            assertArrayEquals(new int[2], rows.labels());
            assertArrayEquals(new int[] {2}, rows.classCounts());
            assertArrayEquals(new double[][] {{1}, {1}}, rows.targets().toArray2());
            assertEquals("t: 2 rows, 1 feature, 1 class", rows.toString());
        }
        for (Dataset again : List.of(indices, LabelNoise.symmetric(oneHot, 0, 1), Resampling.smote(oneHot, 1, 1))) {
            assertArrayEquals(new int[2], again.labels());
            assertArrayEquals(new double[][] {{0}, {0}}, again.targets().toArray2());
            assertEquals("t: 2 rows, 1 feature, 1 class (only 2)", again.toString());
        }
        assertEquals(
                "t: row 0 has label 1.0; with 1 classes, expected an integer from 0 to 0",
                Thrown.argument(() -> Dataset.of("t", column(1, 2), column(1, 1), List.of(), List.of("only"))));
        assertEquals(
                "t: row 0, class 0 has target 2.0; expected a number in [0, 1]",
                Thrown.argument(() -> oneHot.withTargets(column(2, 1))));
    }

    @Test
    void absurdNumbersAreRefusedBeforeAllocating() {
        assertEquals(
                "counts: the number of classes = 2147483647; at most 16777216 are allowed",
                Thrown.message(ResourceLimitException.class, () -> Labels.counts(new int[] {0}, Integer.MAX_VALUE)));
        Dataset wide = Dataset.regression("t", new SimpleMatrix(1, 50_000), column(1));
        assertEquals(
                "rows: 50000 rows of 50000 columns are more than one matrix holds",
                Thrown.message(ResourceLimitException.class, () -> wide.rows(new int[50_000])));
    }

    @Test
    void regressionHasNoLabels() {
        Dataset data = Dataset.regression("t", INPUTS, INPUTS);
        assertEquals("t: 3 rows, 2 features, 2 targets", data.toString());
        assertEquals(
                "t: a regression data set has no labels", Thrown.message(IllegalStateException.class, data::labels));
        assertThrows(IllegalStateException.class, data::oneHot);
        assertThrows(IllegalStateException.class, data::classCounts);
    }

    @Test
    void inputsAreDividedByAConstant() {
        assertArrayEquals(
                new double[][] {{0.5, 1}, {1.5, 2}, {2.5, 3}},
                dataset().divideInputs(2).inputs().toArray2());
        for (double divisor : new double[] {0, -0.0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertEquals(
                    "divideInputs: the divisor is " + divisor + "; expected a finite number other than 0",
                    Thrown.argument(() -> dataset().divideInputs(divisor)));
        }
        assertEquals(
                "t: row 0, column 0 of the inputs is Infinity; expected a finite number",
                Thrown.argument(() -> dataset().divideInputs(Double.MIN_VALUE)));
    }

    @Test
    void otherInputsMayHaveOtherColumns() {
        assertEquals(List.of("x0"), dataset().withInputs(column(1, 2, 3)).featureNames());
        assertEquals(
                "t: 2 rows of inputs, but 3 rows of targets; expected as many",
                Thrown.argument(() -> dataset().withInputs(column(1, 2))));
    }

    @Test
    void tooManyClassesForOneHotRowsAreRefusedBeforeAllocating() {
        assertEquals(
                "oneHot: 100 rows of 10000000 classes take 8000000000 bytes; at most 1073741824 are allowed."
                        + " Use class indices instead",
                Thrown.message(ResourceLimitException.class, () -> Labels.oneHot(new int[100], 10_000_000)));
    }

    @Test
    void labelsAreCheckedInEverySpelling() {
        assertEquals(
                "row 1 has label 3; with 3 classes, expected an integer from 0 to 2",
                Thrown.argument(() -> Labels.oneHot(new int[] {0, 3}, 3)));
        assertEquals(
                "row 0 has label -1; with 3 classes, expected an integer from 0 to 2",
                Thrown.argument(() -> Labels.counts(new int[] {-1}, 3)));
        assertEquals(
                "the number of classes = 0; expected at least 1", Thrown.argument(() -> Labels.oneHot(new int[0], 0)));
        assertEquals(
                "indices: row 1 is not one-hot: column 1 holds 1.0 and column 0 holds 1; expected a single 1,"
                        + " otherwise 0",
                Thrown.argument(() -> Labels.indices(new SimpleMatrix(new double[][] {{0, 1}, {1, 1}}))));
        assertEquals(
                "indices: row 0 is not one-hot: it holds no 1",
                Thrown.argument(() -> Labels.indices(new SimpleMatrix(1, 3))));
        for (double epsilon : new double[] {-0.1, 1.1, Double.NaN}) {
            assertEquals(
                    "smooth: epsilon = " + epsilon + "; expected a number in [0, 1]",
                    Thrown.argument(() -> Labels.smooth(INPUTS, epsilon)));
        }
        SimpleMatrix oneHot = Labels.oneHot(new int[] {1, 0}, 2);
        assertArrayEquals(oneHot.toArray2(), Labels.smooth(oneHot, 0).toArray2());
        assertArrayEquals(
                new double[][] {{0.5, 0.5}, {0.5, 0.5}},
                Labels.smooth(oneHot, 1).toArray2());
        assertArrayEquals(new double[][] {{1}}, Labels.oneHot(new int[1], 1).toArray2());
        assertThrows(IllegalArgumentException.class, () -> Labels.smooth(new SimpleMatrix(2, 0), 0.1));
        assertArrayEquals(
                IntStream.range(0, 5).toArray(),
                Labels.indices(Labels.oneHot(IntStream.range(0, 5).toArray(), 5)));
    }
}
