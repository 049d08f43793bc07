package org.ejgrad.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Labels become wrong as often as asked, and in the way asked. */
class LabelNoiseTest {
    private static final int ROWS = 30_000;

    private static Dataset clean() {
        return ToySets.blobs(ROWS, 3, 1);
    }

    private static int[][] transitions(Dataset clean, Dataset noisy) {
        int[][] counts = new int[3][3];
        int[] from = clean.labels();
        int[] to = noisy.labels();
        for (int i = 0; i < from.length; i++) {
            counts[from[i]][to[i]]++;
        }
        return counts;
    }

    @Test
    void symmetricNoiseSpreadsEvenlyOverTheOtherClasses() {
        int[][] counts = transitions(clean(), LabelNoise.symmetric(clean(), 0.3, 7));
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                double share = i == j ? 0.7 : 0.15;
                assertEquals(10_000 * share, counts[i][j], 4 * Math.sqrt(10_000 * share * (1 - share)));
            }
        }
    }

    @Test
    void aMatrixSaysWhichClassIsTakenForWhich() {
        SimpleMatrix transition = new SimpleMatrix(new double[][] {{0.5, 0.5, 0}, {0, 1, 0}, {0.1, 0.2, 0.7}});
        int[][] counts = transitions(clean(), LabelNoise.byMatrix(clean(), transition, 8));
        assertEquals(5000, counts[0][1], 4 * 50);
        assertEquals(0, counts[0][2]);
        assertArrayEquals(new int[] {0, 10_000, 0}, counts[1]);
        assertEquals(1000, counts[2][0], 4 * 30);
        assertEquals(2000, counts[2][1], 4 * 40);
    }

    @Test
    void noNoiseChangesNothingAndAllNoiseChangesEverything() {
        assertArrayEquals(clean().labels(), LabelNoise.symmetric(clean(), 0, 3).labels());
        int[][] counts = transitions(clean(), LabelNoise.symmetric(clean(), 1, 3));
        assertEquals(0, counts[0][0] + counts[1][1] + counts[2][2]);
        assertArrayEquals(
                clean().inputs().toArray2(),
                LabelNoise.symmetric(clean(), 1, 3).inputs().toArray2());
        assertArrayEquals(
                LabelNoise.symmetric(clean(), 0.5, 3).labels(),
                LabelNoise.symmetric(clean(), 0.5, 3).labels());
    }

    @Test
    void impossibleNoiseIsRefused() {
        for (double rate : new double[] {-0.1, 1.5, Double.NaN}) {
            assertEquals(
                    "label noise: rate = " + rate + "; expected a number in [0, 1]",
                    Thrown.argument(() -> LabelNoise.symmetric(clean(), rate, 0)));
        }
        assertEquals(
                "label noise: 1 classes; expected at least 2 for a rate above 0",
                Thrown.argument(() -> LabelNoise.symmetricMatrix(1, 0.1)));
        assertEquals(
                "label noise: a transition matrix of 2147483647 classes takes more than 134217728 entries",
                Thrown.argument(() -> LabelNoise.symmetricMatrix(Integer.MAX_VALUE, 0.1)));
        assertEquals(1, LabelNoise.symmetricMatrix(1, 0).get(0, 0));
        assertEquals(
                "label noise: the transition matrix is 2x2; expected 3x3",
                Thrown.argument(() -> LabelNoise.byMatrix(clean(), SimpleMatrix.identity(2), 0)));
        assertEquals(
                "label noise: row 0 of the transition matrix sums to 3.0; expected 1",
                Thrown.argument(() -> LabelNoise.byMatrix(clean(), SimpleMatrix.ones(3, 3), 0)));
        SimpleMatrix negative = SimpleMatrix.identity(3);
        negative.setRow(1, 0, -0.5, 1.5, 0);
        assertEquals(
                "label noise: entry (1, 0) of the transition matrix is -0.5; expected a number in [0, 1]",
                Thrown.argument(() -> LabelNoise.byMatrix(clean(), negative, 0)));
    }
}
