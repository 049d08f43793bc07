package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
            assertEquals(0, sum / 500, j == 0 ? 1.2e-7 : 1e-12, "column " + j);
            assertEquals(1, squares / 500, 1e-12, "column " + j);
        }
    }

    @Test
    void aConstantColumnBecomesExactlyZeroWhateverItsValue() {
        for (double constant : new double[] {0, 0.1, 1 / 3.0, 1e300, -1e-300}) {
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
    void aTinySpreadDoesNotDivideByZero() {
        Dataset train = of(new double[] {0}, new double[] {1e-200});
        assertArrayEquals(new double[] {1}, Standardizer.fit(train).deviations());
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
                "fit: column 0 of t ranges from -1.0E300 to 1.0E300; its standard deviation overflows",
                Thrown.argument(() -> Standardizer.fit(of(new double[] {-1e300}, new double[] {1e300}))));
    }
}
