package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Means and deviations are the training data's, by hand and on random columns. */
class StandardizerTest {
    private static Dataset of(double[]... rows) {
        SimpleMatrix inputs = new SimpleMatrix(rows);
        return Dataset.regression("t", inputs, new SimpleMatrix(rows.length, 1));
    }

    @Test
    void byHand() {
        Standardizer standardizer = Standardizer.fit(of(new double[][] {{1, 10}, {3, 10}, {5, 10}, {7, 10}}));
        assertArrayEquals(new double[] {4, 10}, standardizer.means());
        assertArrayEquals(new double[] {Math.sqrt(5), 1}, standardizer.deviations());
        Dataset test = standardizer.apply(of(new double[] {4 + Math.sqrt(5), 13}));
        assertEquals(1, test.inputs().get(0, 0), 1e-15);
        assertEquals(3, test.inputs().get(0, 1));
    }

    @Test
    void trainingColumnsGetMeanZeroAndDeviationOne() {
        RandomStream random = new RandomStream(5);
        double[][] rows = new double[500][3];
        for (double[] row : rows) {
            row[0] = random.nextGaussian() * 1e-9 + 1;
            row[1] = random.nextGaussian() * 1e9;
            row[2] = random.nextDouble(-1, 1);
        }
        Dataset train = of(rows);
        Dataset standardized = Standardizer.fit(train).apply(train);
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < 500; i++) {
                double x = standardized.inputs().get(i, j);
                sum += x;
                squares += x * x;
            }
            assertEquals(0, sum / 500, 1e-14, "column " + j);
            assertEquals(1, squares / 500, 1e-14, "column " + j);
        }
    }

    @Test
    void neitherScaleNorOffsetCostsDigits() {
        for (double scale : new double[] {4e-324, 1e-310, 1e-308, 1e-200, 1e-170, 1, 1e170, 1e200, 4e307}) {
            double a = scale;
            double b = 3 * scale;
            Dataset train = of(new double[] {a, 1 + Math.ulp(1.0)}, new double[] {b, 1});
            Standardizer standardizer = Standardizer.fit(train);
            assertEquals((a + b) / 2, standardizer.means()[0]);
            assertEquals((b - a) / 2, standardizer.deviations()[0]);
            assertArrayEquals(
                    new double[][] {{-1, 1}, {1, -1}},
                    standardizer.apply(train).inputs().toArray2(),
                    "scale " + scale);
        }
        Dataset widest = of(new double[] {-Double.MAX_VALUE}, new double[] {Double.MAX_VALUE});
        assertArrayEquals(
                new double[] {Double.MAX_VALUE}, Standardizer.fit(widest).deviations());
        assertArrayEquals(
                new double[][] {{-1}, {1}},
                Standardizer.fit(widest).apply(widest).inputs().toArray2());
    }

    @Test
    void theScaleOfAColumnDoesNotChangeWhatItBecomes() {
        RandomStream random = new RandomStream(9);
        double[][] rows = new double[100][1];
        for (double[] row : rows) {
            row[0] = random.nextGaussian() + 3;
        }
        double[][] expected =
                Standardizer.fit(of(rows)).apply(of(rows)).inputs().toArray2();
        for (int power : new int[] {-1020, -900, -300, -1, 1, 300, 900, 1020}) {
            double[][] scaled = new double[100][1];
            for (int i = 0; i < 100; i++) {
                scaled[i][0] = Math.scalb(rows[i][0], power);
            }
            Dataset data = of(scaled);
            assertArrayEquals(
                    expected, Standardizer.fit(data).apply(data).inputs().toArray2(), "2^" + power);
        }
    }

    /** Against 60 digits. */
    @Test
    void meanAndDeviationAreRightToTheLastDigit() {
        RandomStream random = new RandomStream(4);
        MathContext digits = new MathContext(60);
        for (int n : new int[] {2, 3, 10, 1000}) {
            for (double offset : new double[] {0, 1, 1e15}) {
                double[][] rows = new double[n][1];
                BigDecimal sum = BigDecimal.ZERO;
                for (double[] row : rows) {
                    row[0] = offset + random.nextGaussian();
                    sum = sum.add(new BigDecimal(row[0]));
                }
                BigDecimal mean = sum.divide(BigDecimal.valueOf(n), digits);
                BigDecimal squares = BigDecimal.ZERO;
                for (double[] row : rows) {
                    squares = squares.add(new BigDecimal(row[0]).subtract(mean).pow(2));
                }
                double deviation = squares.divide(BigDecimal.valueOf(n), digits)
                        .sqrt(digits)
                        .doubleValue();
                Standardizer standardizer = Standardizer.fit(of(rows));
                assertEquals(mean.doubleValue(), standardizer.means()[0]);
                assertEquals(deviation, standardizer.deviations()[0], Math.ulp(deviation));
                for (double[] row : rows) {
                    double want = new BigDecimal(row[0])
                            .subtract(mean)
                            .divide(new BigDecimal(deviation), digits)
                            .doubleValue();
                    assertEquals(
                            want,
                            standardizer
                                    .apply(new SimpleMatrix(new double[][] {row}))
                                    .get(0),
                            4 * Math.ulp(want));
                }
            }
        }
    }

    @Test
    void aConstantColumnBecomesExactlyZeroWhateverItsValue() {
        for (double constant : new double[] {0, 0.1, 1 / 3.0, 1e300, -1e-300, Double.MAX_VALUE, Double.MIN_VALUE}) {
            double[][] rows = new double[7][1];
            for (double[] row : rows) {
                row[0] = constant;
            }
            Dataset train = of(rows);
            Dataset standardized = Standardizer.fit(train).apply(train);
            for (int i = 0; i < 7; i++) {
                assertEquals(0, standardized.inputs().get(i, 0));
            }
        }
    }

    @Test
    void aTinySpreadIsNoConstant() {
        Dataset train = of(new double[] {0}, new double[] {Double.MIN_VALUE});
        assertArrayEquals(
                new double[] {Double.MIN_VALUE}, Standardizer.fit(train).deviations());
        assertArrayEquals(
                new double[][] {{-1}, {1}},
                Standardizer.fit(train).apply(train).inputs().toArray2());
    }

    /** A mean that is no double is two: what is handed out, and what it is beyond that. */
    @Test
    void aMeanBetweenTwoDoublesIsKept() {
        for (double unit : new double[] {1, 0x1p-40}) {
            double ulp = Math.ulp(unit);
            Standardizer standardizer = Standardizer.fit(of(new double[] {unit}, new double[] {unit + ulp}));
            BigDecimal mean = new BigDecimal(standardizer.means()[0])
                    .add(new BigDecimal(standardizer.beyondMeans()[0]));
            assertEquals(0, mean.compareTo(new BigDecimal(unit).add(new BigDecimal(ulp / 2))));
            SimpleMatrix back = standardizer.undo(new SimpleMatrix(new double[][] {{-1}, {1}}));
            assertEquals(unit, back.get(0), ulp);
            assertEquals(unit + ulp, back.get(1), ulp);
        }
    }

    @Test
    void figuresHandedOutAreCopies() {
        Standardizer standardizer = Standardizer.fit(of(new double[] {1}, new double[] {3}));
        standardizer.means()[0] = 99;
        standardizer.deviations()[0] = 99;
        assertArrayEquals(new double[] {2}, standardizer.means());
        assertArrayEquals(new double[] {1}, standardizer.deviations());
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Dataset one = of(new double[] {1, 2});
        assertEquals("fit: t has 0 rows; expected at least 1", Thrown.argument(() -> Standardizer.fit(one.rows())));
        assertEquals(
                "apply: the inputs have 1 columns, but the standardizer was fitted on 2",
                Thrown.argument(() -> Standardizer.fit(one).apply(of(new double[] {1}))));
        assertEquals(
                "apply: row 1, column 0 of t is 1.0E200, which the mean 2.0E-200 and the deviation 1.0E-200 of the "
                        + "training rows make too large for a number",
                Thrown.argument(() -> Standardizer.fit(of(new double[] {1e-200}, new double[] {3e-200}))
                        .apply(of(new double[] {0}, new double[] {1e200}))));
    }
}
