package org.ejgrad.nn.loss;

import static org.ejgrad.Rule.rule;

import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejml.data.DMatrixRMaj;

/** The sums of the rows, as a column, rounded once: 2ᵏ equal terms of 2⁻ᵏ·a make exactly a. */
final class RowTotals {
    /** More than what rounding leaves of a divergence that is 0, of masses whose sum is 1. */
    private static final double ROUNDING = 0x1p-48;

    private RowTotals() {}

    // spotless:off

    private static final Operation TOTALS = Trusted.unary("rowTotals", x -> totals(x, 1),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    private static final Operation DIVERGENCES = Trusted.binary("divergences", RowTotals::divergences,
            rule("dy repeated to a's shape", (a, b, y, dy) -> dy.broadcastTo(a.shape())),
            rule("0", (a, b, y, dy) -> Value.zeros(b.shape())));

    private static final Operation NEGATIVE_TOTALS = Trusted.unary("negativeRowTotals", x -> totals(x, -1),
            rule("−dy repeated to x's shape", (x, y, dy) -> dy.negative().broadcastTo(x.shape())));

    // spotless:on

    static Value of(Value terms) {
        return TOTALS.apply(terms);
    }

    /** Of terms that for distributions p have no total below 0 but for rounding, which is taken off. */
    static Value divergencesOf(Value terms, Value p) {
        return DIVERGENCES.apply(terms, p.detached());
    }

    private static DMatrixRMaj divergences(DMatrixRMaj terms, DMatrixRMaj p) {
        DMatrixRMaj totals = totals(terms, 1);
        DMatrixRMaj masses = totals(p, 1);
        for (int i = 0; i < totals.numRows; i++) {
            boolean isRounding = totals.data[i] < 0 && totals.data[i] > -ROUNDING * masses.data[i];
            totals.data[i] = isRounding ? 0 : totals.data[i];
        }
        return totals;
    }

    /** Of the negative terms; 0, not −0, where all are 0. */
    static Value ofNegative(Value terms) {
        return NEGATIVE_TOTALS.apply(terms);
    }

    private static DMatrixRMaj totals(DMatrixRMaj x, double sign) {
        DMatrixRMaj totals = new DMatrixRMaj(x.numRows, 1);
        for (int i = 0; i < x.numRows; i++) {
            CompensatedSum sum = new CompensatedSum();
            for (int j = 0; j < x.numCols; j++) {
                sum.add(sign * x.get(i, j));
            }
            totals.set(i, 0, sum.total());
        }
        return totals;
    }
}
