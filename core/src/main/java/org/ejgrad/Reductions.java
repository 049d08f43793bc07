package org.ejgrad;

import static org.ejgrad.Operation.binary;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

/**
 * Sums, largest elements, norms and sums of exponentials, with their derivatives.
 *
 * <p>{@code sumTo} and {@code broadcastTo} are each other's derivative. A reduction over everything gives 1x1, over the
 * elements of each row a column, over the elements of each column a row: the shape of the result says which elements
 * form a group.
 */
final class Reductions {
    private Reductions() {}

    // spotless:off

    // ---- sums -------------------------------------------------------------------------------------------------------

    static final Operation ELEMENT_SUM = unary("elementSum", x -> ReductionKernels.sum(x, Shape.SCALAR),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    static final Operation SUM_ROWS = unary("sumRows", x -> ReductionKernels.sum(x, new Shape(x.numRows, 1)),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    static final Operation SUM_COLS = unary("sumCols", x -> ReductionKernels.sum(x, new Shape(1, x.numCols)),
            rule("dy repeated to x's shape", (x, y, dy) -> dy.broadcastTo(x.shape())));

    /** The sum that leaves a matrix of the target's shape, and the derivative of broadcasting from it. */
    static Operation sumTo(Shape target) {
        return target.isScalar() ? ELEMENT_SUM : target.columns() == 1 ? SUM_ROWS : SUM_COLS;
    }

    static Operation broadcastTo(Shape shape) {
        return unary("broadcastTo", x -> ReductionKernels.repeat(x, shape),
                rule("dy summed to x's shape", (x, y, dy) -> dy.sumTo(x.shape()))).with(shape);
    }

    /** The running sum of each row or column, forwards or backwards. */
    static Operation runningSum(boolean alongRows, boolean backwards) {
        return unary("runningSum", x -> ReductionKernels.runningSum(x, alongRows, backwards),
                rule("dy summed from the other end", (x, y, dy) -> runningSum(alongRows, !backwards).apply(dy)));
    }

    // ---- the largest and the smallest -------------------------------------------------------------------------------

    /** The largest element of each group; ties share the gradient equally. */
    static Operation max(Shape shape) {
        return extreme("max", 1, false, shape);
    }

    /** The smallest element of each group; ties share the gradient equally. */
    static Operation min(Shape shape) {
        return extreme("min", -1, false, shape);
    }

    /** The largest element of each group; at a tie the first has the whole gradient. */
    static Operation firstMax(Shape shape) {
        return extreme("firstMax", 1, true, shape);
    }

    /** The smallest element of each group; at a tie the first has the whole gradient. */
    static Operation firstMin(Shape shape) {
        return extreme("firstMin", -1, true, shape);
    }

    private static Operation extreme(String name, int sign, boolean first, Shape shape) {
        return unary(name, x -> ReductionKernels.extreme(x, sign, shape),
                rule("dy ⊙ share of the ties", (x, y, dy) -> dy.broadcastTo(x.shape())
                        .times(shares(sign, first, shape).apply(x)))).with(shape)
                .piecewise(x -> ReductionKernels.shares(x[0], sign, first, shape),
                        (d, x) -> ReductionKernels.sum(Kernels.times(d, x[0]), shape));
    }

    /** 1/k at the k largest (sign 1) or smallest (sign −1) elements of each group, or 1 at the first; 0 elsewhere. */
    static Operation shares(int sign, boolean first, Shape shape) {
        return unary("shares", x -> ReductionKernels.shares(x, sign, first, shape),
                rule("0", (x, y, dy) -> Value.zeros(x.shape()))).with(shape)
                .piecewise(x -> ReductionKernels.shares(x[0], sign, first, shape), (d, x) -> d.copy());
    }

    // ---- norms ------------------------------------------------------------------------------------------------------

    /** √Σx² over each group, scaled so that it neither overflows nor underflows. */
    static Operation norm(Shape shape) {
        return unary("norm", x -> ReductionKernels.norm(x, 2, shape),
                rule("dy ⊙ x ⊘ y", (x, y, dy) -> dy.broadcastTo(x.shape()).times(x.over(y.broadcastTo(x.shape())))))
                .with(shape);
    }

    /** (Σ|x|ᵖ)^(1/p) over each group. */
    static Operation norm(double p, Shape shape) {
        return unary("norm", x -> ReductionKernels.norm(x, p, shape),
                rule("dy ⊙ sign(x) ⊙ |x ⊘ y|^(p−1)", (x, y, dy) -> dy.broadcastTo(x.shape()).times(
                        x.sign().times(x.abs().over(y.broadcastTo(x.shape())).elementPower(p - 1))))).with(p, shape);
    }

    // ---- sums of exponentials ---------------------------------------------------------------------------------------

    /** ln Σ eˣ over each group, shifted by the largest element so that it never overflows. */
    static Operation logSumExp(Shape shape) {
        return unary("logSumExp", x -> ReductionKernels.logSumExp(x, shape),
                rule("dy ⊙ softmax(x)", (x, y, dy) -> dy.broadcastTo(x.shape()).times(softmax(shape).apply(x))))
                .with(shape);
    }

    /** eˣ / Σ eˣ over each group. */
    static Operation softmax(Shape shape) {
        return unary("softmax", x -> ReductionKernels.softmax(x, shape),
                rule("y ⊙ (dy − Σ dy ⊙ y)", (x, y, dy) -> softmaxGradient(shape).apply(y, dy))).with(shape);
    }

    /** a ⊙ (b − Σ b ⊙ a) over each group: the softmax Jacobian, which is symmetric, times b. */
    static Operation softmaxGradient(Shape shape) {
        return binary("softmaxGradient", (a, b) -> ReductionKernels.softmaxGradient(a, b, shape),
                rule("dy ⊙ (b − Σ a ⊙ b) − b·Σ dy ⊙ a", (a, b, y, dy) ->
                        dy.elementMult(b.minus(a.elementMult(b).sumTo(shape)))
                                .minus(b.elementMult(dy.elementMult(a).sumTo(shape)))),
                rule("a ⊙ (dy − Σ dy ⊙ a)", (a, b, y, dy) -> softmaxGradient(shape).apply(a, dy))).with(shape);
    }

    /** x − ln Σ eˣ over each group. */
    static Operation logSoftmax(Shape shape) {
        return unary("logSoftmax", x -> ReductionKernels.logSoftmax(x, shape),
                rule("dy − eʸ·Σ dy", (x, y, dy) -> logSoftmaxGradient(shape).apply(y, dy))).with(shape);
    }

    /** b − eᵃ·Σ b over each group. */
    static Operation logSoftmaxGradient(Shape shape) {
        return binary("logSoftmaxGradient", (a, b) -> ReductionKernels.logSoftmaxGradient(a, b, shape),
                rule("−dy ⊙ eᵃ·Σ b", (a, b, y, dy) -> dy.elementMult(a.elementExp().elementMult(b.sumTo(shape))).negative()),
                rule("dy − Σ dy ⊙ eᵃ", (a, b, y, dy) -> dy.minus(dy.elementMult(a.elementExp()).sumTo(shape))))
                .with(shape);
    }

    // spotless:on
}
