package org.ejgrad;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;

/**
 * The arithmetic of reductions, over groups of elements.
 *
 * <p>Element (row, column) belongs to group row·down + column·across of a result whose shape is 1x1, a row, a column,
 * or the matrix itself; down and across are 0 in a direction that is reduced.
 */
final class ReductionKernels {
    private ReductionKernels() {}

    private static int down(Shape shape) {
        return shape.rows() == 1 ? 0 : shape.columns();
    }

    private static int across(Shape shape) {
        return shape.columns() == 1 ? 0 : 1;
    }

    private static DMatrixRMaj groups(DMatrixRMaj x, Shape shape) {
        if (!shape.broadcastsTo(new Shape(x.numRows, x.numCols))) {
            throw new IllegalArgumentException("a " + x.numRows + "x" + x.numCols + " matrix does not sum to " + shape);
        }
        return new DMatrixRMaj(shape.rows(), shape.columns());
    }

    static DMatrixRMaj sum(DMatrixRMaj x, Shape shape) {
        DMatrixRMaj y = groups(x, shape);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[g] += x.data[i];
            }
        }
        return y;
    }

    static DMatrixRMaj repeat(DMatrixRMaj x, Shape shape) {
        Shape own = new Shape(x.numRows, x.numCols);
        if (!own.broadcastsTo(shape)) {
            throw new IllegalArgumentException(
                    "a " + own + " matrix does not repeat to " + shape + "; each size must be equal or 1");
        }
        DMatrixRMaj y = shape.newMatrix();
        int across = across(own);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0, g = row * down(own); column < y.numCols; column++, i++, g += across) {
                y.data[i] = x.data[g];
            }
        }
        return y;
    }

    static DMatrixRMaj runningSum(DMatrixRMaj x, boolean alongRows, boolean backwards) {
        DMatrixRMaj y = x.copy();
        int step = alongRows ? 1 : x.numCols;
        int lines = alongRows ? x.numRows : x.numCols;
        int length = alongRows ? x.numCols : x.numRows;
        for (int line = 0; line < lines; line++) {
            int start = alongRows ? line * x.numCols : line;
            for (int k = 1; k < length; k++) {
                int from = start + (backwards ? length - k : k - 1) * step;
                int to = start + (backwards ? length - 1 - k : k) * step;
                y.data[to] += y.data[from];
            }
        }
        return y;
    }

    // ---- the largest and the smallest -------------------------------------------------------------------------------

    /** The largest (sign 1) or smallest (sign −1) element; NaN in any element gives NaN, unlike EJML's elementMax. */
    static DMatrixRMaj extreme(DMatrixRMaj x, int sign, Shape shape) {
        DMatrixRMaj y = groups(x, shape);
        if (x.getNumElements() == 0 && shape.elements() > 0) {
            throw new IllegalArgumentException((sign > 0 ? "max" : "min") + " of 0 elements");
        }
        Arrays.fill(y.data, sign * Double.NEGATIVE_INFINITY);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[g] = sign > 0 ? Math.max(y.data[g], x.data[i]) : Math.min(y.data[g], x.data[i]);
            }
        }
        return y;
    }

    /** How much of a group's extreme each element is: 1/k of k ties, or all for the first; of NaN, NaN or the first. */
    static DMatrixRMaj shares(DMatrixRMaj x, int sign, boolean first, Shape shape) {
        DMatrixRMaj top = extreme(x, sign, shape);
        DMatrixRMaj ties = new DMatrixRMaj(shape.rows(), shape.columns());
        DMatrixRMaj hits = Kernels.like(x);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                double extreme = top.data[g];
                boolean hit = x.data[i] == extreme || Double.isNaN(x.data[i]);
                if (hit && (!first || ties.data[g] == 0)) {
                    hits.data[i] = 1;
                    ties.data[g]++;
                }
                if (!first && Double.isNaN(extreme)) {
                    hits.data[i] = Double.NaN;
                }
            }
        }
        return first ? hits : Elementwise.zip(hits, repeat(ties, new Shape(x.numRows, x.numCols)), (hit, k) -> hit / k);
    }

    /** (Σ|x|ᵖ)^(1/p), with each group divided by its largest element, so that no power overflows or underflows. */
    static DMatrixRMaj norm(DMatrixRMaj x, double p, Shape shape) {
        DMatrixRMaj y = groups(x, shape);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = extreme(Operation.map(x, Math::abs), 1, shape);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                double ratio = Math.abs(x.data[i]) / top.data[g];
                y.data[g] += p == 2 ? ratio * ratio : Math.pow(ratio, p);
            }
        }
        for (int g = 0; g < y.data.length; g++) {
            double size = top.data[g];
            double root = p == 2 ? Math.sqrt(y.data[g]) : Math.pow(y.data[g], 1 / p);
            y.data[g] = size == 0 || Double.isInfinite(size) ? size : size * root;
        }
        return y;
    }

    // ---- sums of exponentials ---------------------------------------------------------------------------------------

    static DMatrixRMaj logSumExp(DMatrixRMaj x, Shape shape) {
        DMatrixRMaj y = groups(x, shape);
        if (x.getNumElements() == 0) {
            Arrays.fill(y.data, Double.NEGATIVE_INFINITY);
            return y;
        }
        DMatrixRMaj top = extreme(x, 1, shape);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[g] += Math.exp(x.data[i] - finite(top.data[g]));
            }
        }
        for (int g = 0; g < y.data.length; g++) {
            y.data[g] = finite(top.data[g]) + Math.log(y.data[g]);
        }
        return y;
    }

    static DMatrixRMaj softmax(DMatrixRMaj x, Shape shape) {
        DMatrixRMaj total = groups(x, shape);
        DMatrixRMaj y = Kernels.like(x);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = extreme(x, 1, shape);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[i] = Math.exp(x.data[i] - top.data[g]);
                total.data[g] += y.data[i];
            }
        }
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[i] /= total.data[g];
            }
        }
        return y;
    }

    static DMatrixRMaj softmaxGradient(DMatrixRMaj y, DMatrixRMaj dy, Shape shape) {
        DMatrixRMaj inner = sum(Kernels.elementMult(y, dy), shape);
        DMatrixRMaj dx = Kernels.like(y);
        int across = across(shape);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < y.numCols; column++, i++, g += across) {
                dx.data[i] = y.data[i] * (dy.data[i] - inner.data[g]);
            }
        }
        return dx;
    }

    static DMatrixRMaj logSoftmax(DMatrixRMaj x, Shape shape) {
        DMatrixRMaj total = groups(x, shape);
        DMatrixRMaj y = Kernels.like(x);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = extreme(x, 1, shape);
        int across = across(shape);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[i] = x.data[i] - top.data[g];
                total.data[g] += Math.exp(y.data[i]);
            }
        }
        for (int g = 0; g < total.data.length; g++) {
            total.data[g] = Math.log(total.data[g]);
        }
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < x.numCols; column++, i++, g += across) {
                y.data[i] -= total.data[g];
            }
        }
        return y;
    }

    static DMatrixRMaj logSoftmaxGradient(DMatrixRMaj y, DMatrixRMaj dy, Shape shape) {
        DMatrixRMaj total = sum(dy, shape);
        DMatrixRMaj dx = Kernels.like(y);
        int across = across(shape);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0, g = row * down(shape); column < y.numCols; column++, i++, g += across) {
                dx.data[i] = dy.data[i] - Math.exp(y.data[i]) * total.data[g];
            }
        }
        return dx;
    }

    /** The shift for a log-sum-exp: an infinite largest element is not subtracted, which would give NaN. */
    private static double finite(double top) {
        return Double.isInfinite(top) ? 0 : top;
    }
}
