package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import org.ejml.data.DMatrixRMaj;

/**
 * Sums and what is built on them, with their derivatives.
 *
 * <p>{@code sumTo} and {@code broadcastTo} are each other's derivative. A reduction over everything gives 1x1, over the
 * elements of each row a column, over the elements of each column a row: {@code toShape} says which.
 */
final class Reductions {
    private Reductions() {}

    // spotless:off

    static final Operation ELEMENT_SUM = unary("elementSum", x -> sum(x, Shape.SCALAR),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    static final Operation SUM_ROWS = unary("sumRows", x -> sum(x, new Shape(x.numRows, 1)),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    static final Operation SUM_COLS = unary("sumCols", x -> sum(x, new Shape(1, x.numCols)),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    /** The sum that leaves a matrix of the target's shape, and the derivative of broadcasting from it. */
    static Operation sumTo(Shape target) {
        return target.isScalar() ? ELEMENT_SUM : target.columns() == 1 ? SUM_ROWS : SUM_COLS;
    }

    static Operation broadcastTo(Shape shape) {
        return unary("broadcastTo", x -> repeat(x, shape),
                        rule("dy summed to x's shape", (x, y, dy) -> dy.sumTo(x.shape()))).with(shape);
    }

    /** The largest element of each group; ties share the gradient equally. */
    static Operation max(Shape shape) {
        return unary("max", x -> max(x, shape),
                        rule(
                                "dy shared among the largest",
                                (x, y, dy) -> largest(shape).apply(x).elementMult(dy.broadcastTo(x.shape())))).with(shape)
                .piecewise(x -> share(x[0], shape), (d, x) -> sum(Elementwise.zip(d, x[0], Reductions::weigh), shape));
    }

    /** 1/k at the k largest elements of each group, 0 elsewhere. */
    static Operation largest(Shape shape) {
        return unary("largest", x -> share(x, shape), rule("0", (x, y, dy) -> Value.zeros(x.shape()))).with(shape)
                .piecewise(x -> share(x[0], shape), (d, x) -> d.copy());
    }

    /** ln Σ eˣ over each group, shifted by the largest element so that it never overflows. */
    static Operation logSumExp(Shape shape) {
        return unary("logSumExp", x -> logSumExp(x, shape),
                        rule(
                                "dy ⊙ softmax(x)",
                                (x, y, dy) -> softmax(shape).apply(x).elementMult(dy.broadcastTo(x.shape())))).with(shape);
    }

    /** eˣ / Σ eˣ over each group. */
    static Operation softmax(Shape shape) {
        return unary("softmax", x -> softmax(x, shape),
                        rule(
                                "y ⊙ (dy − Σ dy ⊙ y)",
                                (x, y, dy) -> softmaxGradient(shape).apply(y, dy))).with(shape);
    }

    /** y ⊙ (dy − Σ dy ⊙ y) over each group: the softmax Jacobian, which is symmetric, times dy. */
    static Operation softmaxGradient(Shape shape) {
        return binary("softmaxGradient", (a, b) -> softmaxGradient(a, b, shape),
                        rule(
                                "dy ⊙ (b − Σ a ⊙ b) − b·Σ dy ⊙ a",
                                (a, b, y, dy) -> dy.elementMult(
                                                b.minus(a.elementMult(b).sumTo(shape)))
                                        .minus(b.elementMult(dy.elementMult(a).sumTo(shape)))),
                        rule(
                                "a ⊙ (dy − Σ dy ⊙ a)",
                                (a, b, y, dy) -> softmaxGradient(shape).apply(a, dy))).with(shape);
    }

    /** x − ln Σ eˣ over each group. */
    static Operation logSoftmax(Shape shape) {
        return unary("logSoftmax", x -> logSoftmax(x, shape),
                        rule(
                                "dy − softmax(x)·Σ dy",
                                (x, y, dy) -> dy.minus(softmax(shape).apply(x).elementMult(dy.sumTo(shape))))).with(shape);
    }

    // spotless:on

    // ---- forward ----------------------------------------------------------------------------------------------------

    /** The index of the group that element (row, column) belongs to, in a matrix of groups of the given shape. */
    private static int group(Shape shape, int row, int column) {
        return (shape.rows() == 1 ? 0 : row) * shape.columns() + (shape.columns() == 1 ? 0 : column);
    }

    private static void requireGroups(DMatrixRMaj x, Shape shape) {
        if (!shape.broadcastsTo(new Shape(x.numRows, x.numCols))) {
            throw new IllegalArgumentException("a " + x.numRows + "x" + x.numCols + " matrix does not sum to " + shape);
        }
    }

    static DMatrixRMaj sum(DMatrixRMaj x, Shape shape) {
        requireGroups(x, shape);
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[group(shape, row, column)] += x.data[i];
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
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0; column < y.numCols; column++, i++) {
                y.data[i] = x.data[group(own, row, column)];
            }
        }
        return y;
    }

    /** NaN in any element gives NaN, unlike EJML's elementMax. */
    static DMatrixRMaj max(DMatrixRMaj x, Shape shape) {
        requireGroups(x, shape);
        if (x.getNumElements() == 0 && shape.elements() > 0) {
            throw new IllegalArgumentException("max of 0 elements");
        }
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        java.util.Arrays.fill(y.data, Double.NEGATIVE_INFINITY);
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                int g = group(shape, row, column);
                y.data[g] = Math.max(y.data[g], x.data[i]);
            }
        }
        return y;
    }

    private static DMatrixRMaj share(DMatrixRMaj x, Shape shape) {
        DMatrixRMaj top = repeat(max(x, shape), new Shape(x.numRows, x.numCols));
        DMatrixRMaj hits = Elementwise.zip(x, top, (v, m) -> v == m ? 1 : m != m ? Double.NaN : 0);
        DMatrixRMaj counts = repeat(sum(hits, shape), new Shape(x.numRows, x.numCols));
        return Elementwise.zip(hits, counts, (hit, count) -> hit / count);
    }

    private static double weigh(double weight, double v) {
        return weight == 0 ? 0 : weight * v;
    }

    static DMatrixRMaj logSumExp(DMatrixRMaj x, Shape shape) {
        requireGroups(x, shape);
        if (x.getNumElements() == 0) {
            DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
            java.util.Arrays.fill(y.data, Double.NEGATIVE_INFINITY);
            return y;
        }
        DMatrixRMaj top = max(x, shape);
        DMatrixRMaj y = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                int g = group(shape, row, column);
                y.data[g] += Math.exp(x.data[i] - finite(top.data[g]));
            }
        }
        for (int g = 0; g < y.data.length; g++) {
            y.data[g] = finite(top.data[g]) + Math.log(y.data[g]);
        }
        return y;
    }

    static DMatrixRMaj softmax(DMatrixRMaj x, Shape shape) {
        requireGroups(x, shape);
        DMatrixRMaj y = Kernels.like(x);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = max(x, shape);
        DMatrixRMaj total = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                int g = group(shape, row, column);
                y.data[i] = Math.exp(x.data[i] - top.data[g]);
                total.data[g] += y.data[i];
            }
        }
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[i] /= total.data[group(shape, row, column)];
            }
        }
        return y;
    }

    private static DMatrixRMaj softmaxGradient(DMatrixRMaj y, DMatrixRMaj dy, Shape shape) {
        DMatrixRMaj inner = sum(Elementwise.zip(y, dy, (p, g) -> p * g), shape);
        DMatrixRMaj dx = Kernels.like(y);
        for (int row = 0, i = 0; row < y.numRows; row++) {
            for (int column = 0; column < y.numCols; column++, i++) {
                dx.data[i] = y.data[i] * (dy.data[i] - inner.data[group(shape, row, column)]);
            }
        }
        return dx;
    }

    static DMatrixRMaj logSoftmax(DMatrixRMaj x, Shape shape) {
        requireGroups(x, shape);
        DMatrixRMaj y = Kernels.like(x);
        if (x.getNumElements() == 0) {
            return y;
        }
        DMatrixRMaj top = max(x, shape);
        DMatrixRMaj total = new DMatrixRMaj(shape.rows(), shape.columns());
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                int g = group(shape, row, column);
                y.data[i] = x.data[i] - top.data[g];
                total.data[g] += Math.exp(y.data[i]);
            }
        }
        for (int row = 0, i = 0; row < x.numRows; row++) {
            for (int column = 0; column < x.numCols; column++, i++) {
                y.data[i] -= Math.log(total.data[group(shape, row, column)]);
            }
        }
        return y;
    }

    /** The shift for a log-sum-exp: an infinite largest element is not subtracted, which would give NaN. */
    private static double finite(double top) {
        return Double.isInfinite(top) ? 0 : top;
    }
}
