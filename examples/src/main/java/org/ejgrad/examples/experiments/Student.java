package org.ejgrad.examples.experiments;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejgrad.Elementary;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejml.simple.SimpleMatrix;

/**
 * Backpropagation through a network of two layers, written by hand in EJML as a student does, with one mistake or none,
 * and checked against the network's loss.
 */
final class Student {
    private static final SimpleMatrix X =
            new SimpleMatrix(new double[][] {{0.5, -1.0}, {1.5, 0.3}, {-0.7, 0.8}, {-0.2, -0.4}, {0.9, 1.1}});
    private static final int[] LABELS = {0, 1, 1, 0, 1};
    private static final SimpleMatrix W1 = new SimpleMatrix(new double[][] {{0.4, -0.6, 0.9}, {0.2, 0.1, -0.3}});
    private static final SimpleMatrix B1 = new SimpleMatrix(new double[][] {{0.7, -0.5, 0.35}});
    private static final SimpleMatrix W2 = new SimpleMatrix(new double[][] {{0.8, -0.15}, {0.25, 0.6}, {-0.45, 0.3}});
    private static final SimpleMatrix B2 = new SimpleMatrix(new double[][] {{0.1, -0.2}});

    /** What a student may get wrong. */
    enum Slip {
        NONE("makes no mistake"),
        NO_TANH("forgets the derivative of tanh"),
        NO_MEAN("forgets to divide by the number of rows"),
        FIRST_ROW("takes the first row for the sum of the rows, for b1"),
        SIGN("subtracts the wrong way round, target − p"),
        TWICE("adds the gradient of w1 twice"),
        ZERO("never computes the gradient of b2");

        private final String text;

        Slip(String text) {
            this.text = text;
        }

        /** The mistake in words. */
        @Override
        public String toString() {
            return text;
        }
    }

    /** The derivatives of the mean cross-entropy of tanh(x·w1 + b1)·w2 + b2. */
    record Derivatives(SimpleMatrix w1, SimpleMatrix b1, SimpleMatrix w2, SimpleMatrix b2) {}

    private Student() {}

    static CheckReport check(Slip slip) {
        Value w1 = Value.variable("w1", W1);
        Value b1 = Value.variable("b1", B1);
        Value w2 = Value.variable("w2", W2);
        Value b2 = Value.variable("b2", B2);
        Value hidden = Value.constant(X).mult(w1).plus(b1).tanh();
        Value loss = CrossEntropy.fromLogits(hidden.mult(w2).plus(b2), LABELS);
        Derivatives claimed = derivatives(slip);
        Map<Value, SimpleMatrix> claims = new LinkedHashMap<>();
        claims.put(w1, claimed.w1);
        claims.put(b1, claimed.b1);
        claims.put(w2, claimed.w2);
        claims.put(b2, claimed.b2);
        return GradientCheck.of(loss).against(claims).run();
    }

    static Derivatives derivatives(Slip slip) {
        SimpleMatrix h = addRow(X.mult(W1), B1).elementOp((int row, int column, double a) -> Elementary.tanh(a));
        SimpleMatrix powers = addRow(h.mult(W2), B2).elementExp();
        SimpleMatrix dz = new SimpleMatrix(powers.getNumRows(), powers.getNumCols());
        for (int row = 0; row < LABELS.length; row++) {
            double total = powers.get(row, 0) + powers.get(row, 1);
            for (int column = 0; column < 2; column++) {
                dz.set(row, column, powers.get(row, column) / total - (LABELS[row] == column ? 1 : 0));
            }
        }
        dz = dz.scale(slip == Slip.SIGN ? -1 : 1).divide(slip == Slip.NO_MEAN ? 1 : LABELS.length);
        SimpleMatrix da = dz.mult(W2.transpose());
        da = slip == Slip.NO_TANH
                ? da
                : da.elementMult(h.elementMult(h).negative().plus(1));
        return new Derivatives(
                X.transpose().mult(da).scale(slip == Slip.TWICE ? 2 : 1),
                slip == Slip.FIRST_ROW ? da.getRow(0) : sumOfRows(da),
                h.transpose().mult(dz),
                sumOfRows(dz).scale(slip == Slip.ZERO ? 0 : 1));
    }

    private static SimpleMatrix addRow(SimpleMatrix a, SimpleMatrix row) {
        return a.plus(SimpleMatrix.ones(a.getNumRows(), 1).mult(row));
    }

    private static SimpleMatrix sumOfRows(SimpleMatrix a) {
        return SimpleMatrix.ones(1, a.getNumRows()).mult(a);
    }

    /** What the checker says, in a sentence. */
    static String verdict(CheckReport report) {
        return report.passed()
                ? "All " + report.entries().size() + " entries agree."
                : report.diagnosis().map(Object::toString).orElse(report.summary());
    }
}
