package org.ejgrad;

/**
 * Products and running results, as short programs of other operations.
 *
 * <p>None divides, so their derivatives of every order are exact at zeros too. A product halves its operand until one
 * element is left; a running result doubles the reach of each element until it covers all before it. Both need about
 * log₂ n steps.
 */
final class Scans {
    private Scans() {}

    /** The product of each row; 1 for an empty one. */
    static Value productOfRows(Value x) {
        Value y = x;
        while (y.getNumCols() > 1) {
            int n = y.getNumCols();
            int half = n / 2;
            Value pairs = y.cols(0, half).elementMult(y.cols(half, 2 * half));
            y = n % 2 == 0 ? pairs : pairs.concatColumns(y.cols(n - 1, n));
        }
        return y.getNumCols() == 1 ? y : y.sumRows().plus(1);
    }

    /** Each element times all before it in its row. */
    static Value runningProduct(Value x) {
        Value y = x;
        int n = x.getNumCols();
        for (int reach = 1; reach < n; reach *= 2) {
            Value further = y.cols(reach, n).elementMult(y.cols(0, n - reach));
            y = y.cols(0, reach).concatColumns(further);
        }
        return y;
    }

    /** ln of the running sum of eˣ along each row, without overflow. */
    static Value runningLogSumExp(Value x) {
        Value y = x;
        int n = x.getNumCols();
        for (int reach = 1; reach < n; reach *= 2) {
            Value further = y.cols(reach, n).logAddExp(y.cols(0, n - reach));
            y = y.cols(0, reach).concatColumns(further);
        }
        return y;
    }
}
