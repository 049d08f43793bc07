package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/**
 * Sums and means of groups of elements, right to about the last place whatever the sizes and the order of the terms.
 *
 * <p>Beside each running sum goes the sum of what its roundings lost, which is exact for each step (Knuth's two-sum,
 * Neumaier 1974). The terms are added in order, so a group has the same bits wherever it stands. A sum that overflows
 * on the way is formed once more of smaller terms.
 */
final class Sums {
    /** So many columns are added one by one. */
    private static final int FEW = 12;

    private static final boolean VECTOR = Kernels.inUse() == Kernels.VECTOR;

    private final DMatrixRMaj x;
    private final Per per;
    private final double[] high;
    private final double[] low;

    private Sums(DMatrixRMaj x, Per per) {
        this.x = x;
        this.per = per;
        int groups = per == Per.ROW ? x.numRows : per == Per.COLUMN ? x.numCols : 1;
        this.high = new double[groups];
        this.low = new double[groups];
    }

    /** The sum of each group, 0 of none. */
    static DMatrixRMaj sum(DMatrixRMaj x, Per per) {
        Sums sums = of(x, per);
        double[] y = sums.high;
        for (int g = 0; g < y.length; g++) {
            y[g] = Double.isFinite(y[g])
                    ? y[g] + sums.low[g]
                    : sums.rescued(g, 1).value();
        }
        return sums.result(y);
    }

    /** For each element the sum of the others of its group, in x's shape. */
    static DMatrixRMaj others(DMatrixRMaj x, Per per) {
        Sums sums = of(x, per);
        DMatrixRMaj y = ElementKernels.like(x);
        for (int g = 0; g < sums.high.length; g++) {
            boolean plain = Double.isFinite(sums.high[g]);
            double sum = plain ? sums.high[g] : sums.rescued(g, 1).value();
            double rest = plain ? sums.low[g] : 0;
            for (int k = per.sizeIn(Shape.of(x)) - 1; k >= 0; k--) {
                int i = IndexKernels.place(x, per, g, k);
                y.data[i] = Double.isFinite(sum) ? (sum - x.data[i]) + rest : sum;
            }
        }
        return y;
    }

    /** The sum of each group divided by its size less ddof; of equal elements the mean is that element exactly. */
    static DMatrixRMaj mean(DMatrixRMaj x, Per per, int ddof) {
        Sums sums = of(x, per);
        double[] y = sums.high;
        for (int g = 0; g < y.length; g++) {
            y[g] = sums.mean(g, per.sizeIn(Shape.of(x)) - ddof).value();
        }
        return sums.result(y);
    }

    /** For each element the sum of those of its group up to it, or from it on. */
    static DMatrixRMaj running(DMatrixRMaj x, Per per, boolean backwards) {
        DMatrixRMaj y = ElementKernels.map(x, v -> Double.NaN);
        for (int g = per.resultOf(Shape.of(x)).elements() - 1; g >= 0; g--) {
            if (!run(x, y, per, g, backwards, 1)) {
                run(x, y, per, g, backwards, 0x1p-32);
            }
        }
        return y;
    }

    /** Sets the sums that are not finite yet, of terms times a factor against overflow; whether all are. */
    private static boolean run(DMatrixRMaj x, DMatrixRMaj y, Per per, int group, boolean backwards, double factor) {
        int size = per.sizeIn(Shape.of(x));
        double sum = 0;
        double lost = 0;
        for (int k = 0; k < size; k++) {
            int i = IndexKernels.place(x, per, group, backwards ? size - 1 - k : k);
            double term = x.data[i] * factor;
            double next = sum + term;
            double added = next - sum;
            lost += (sum - (next - added)) + (term - added);
            sum = next;
            if (!Double.isFinite(y.data[i])) {
                y.data[i] = k == 0 ? x.data[i] : Double.isFinite(sum) ? (sum + lost) / factor : sum;
            }
        }
        return Double.isFinite(sum);
    }

    private DMatrixRMaj result(double[] perGroup) {
        return DMatrixRMaj.wrap(per == Per.ROW ? x.numRows : 1, per == Per.COLUMN ? x.numCols : 1, perGroup);
    }

    /** Each element minus the mean of its group, which is subtracted to twice the digits. */
    static DMatrixRMaj centre(DMatrixRMaj x, Per per) {
        Sums sums = of(x, per);
        Mean[] means = new Mean[sums.high.length];
        for (int g = 0; g < means.length; g++) {
            means[g] = sums.mean(g, per.sizeIn(Shape.of(x)));
        }
        DMatrixRMaj y = ElementKernels.like(x);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                Mean mean = means[per == Per.ROW ? row : per == Per.COLUMN ? column : 0];
                y.data[i] = (x.data[i] - mean.value) - mean.rest;
            }
        }
        return y;
    }

    /** A quotient, rounded, and what the rounding left. */
    private record Mean(double value, double rest) {
        /** (high + low)/n, to twice the digits. */
        static Mean of(double high, double low, double n) {
            double quotient = high / n;
            double remainder = Math.fma(-quotient, n, high);
            double correction = (remainder + low) / n;
            double value = quotient + correction;
            return Double.isFinite(correction)
                    ? new Mean(value, (quotient - value) + correction)
                    : new Mean(quotient, 0);
        }
    }

    private Mean mean(int group, int n) {
        return Double.isFinite(high[group]) ? Mean.of(high[group], low[group], n) : rescued(group, n);
    }

    private static Sums of(DMatrixRMaj x, Per per) {
        Sums sums = new Sums(x, per);
        if (per == Per.COLUMN && x.numCols < (VECTOR ? VectorFunctions.LANES : FEW)) {
            for (int g = 0; g < sums.high.length; g++) {
                sums.add(g, g, x.numCols, x.numRows);
            }
        } else if (per == Per.COLUMN && VECTOR) {
            VectorFunctions.addRows(x.data, sums.high, sums.low);
        } else if (per == Per.COLUMN) {
            double[] terms = new double[x.numCols];
            for (int row = 0; row < x.numRows; row++) {
                System.arraycopy(x.data, row * x.numCols, terms, 0, x.numCols);
                add(sums.high, sums.low, terms);
            }
        } else {
            int size = per.sizeIn(Shape.of(x));
            for (int g = 0; g < sums.high.length; g++) {
                sums.add(g, g * size, 1, size);
            }
        }
        return sums;
    }

    /** Adds a row; all arrays start at their own element 0, so that Java's compiler vectorises the loop. */
    private static void add(double[] high, double[] low, double[] terms) {
        for (int j = 0; j < terms.length; j++) {
            double sum = high[j];
            double next = sum + terms[j];
            double added = next - sum;
            low[j] += (sum - (next - added)) + (terms[j] - added);
            high[j] = next;
        }
    }

    private void add(int group, int from, int step, int size) {
        double sum = 0;
        double lost = 0;
        for (int k = 0, i = from; k < size; k++, i += step) {
            double term = x.data[i];
            double next = sum + term;
            double added = next - sum;
            lost += (sum - (next - added)) + (term - added);
            sum = next;
        }
        high[group] = sum;
        low[group] = lost;
    }

    /**
     * The sum divided by n, of a group whose sum is not finite: of terms so small that only an infinite one overflows.
     */
    private Mean rescued(int group, int n) {
        int size = per.sizeIn(Shape.of(x));
        int shift = Integer.SIZE + 1 - Integer.numberOfLeadingZeros(size);
        DMatrixRMaj small = new DMatrixRMaj(1, size);
        for (int k = 0; k < size; k++) {
            small.data[k] = Math.scalb(x.data[IndexKernels.place(x, per, group, k)], -shift);
        }
        Sums sums = of(small, Per.ALL);
        if (!Double.isFinite(sums.high[0])) {
            return new Mean(sums.high[0], 0);
        }
        Mean mean = Mean.of(sums.high[0], sums.low[0], n);
        return new Mean(Math.scalb(mean.value, shift), Math.scalb(mean.rest, shift));
    }
}
