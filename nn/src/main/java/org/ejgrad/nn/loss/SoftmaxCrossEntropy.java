package org.ejgrad.nn.loss;

import static org.ejgrad.Rule.rule;

import org.ejgrad.Derivatives;
import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.OperationNames;
import org.ejml.data.DMatrixRMaj;

/**
 * Softmax and cross-entropy in one operation: for each row Σⱼ qⱼ·(ln Σₖ eˣᵏ − xⱼ), with logits x and target masses q.
 *
 * <p>A mass is a target probability times its weight. A mass of zero is structural: it contributes nothing, even
 * against a logit of −∞, and a row without mass has gradient zero, whatever its logits. The value and the gradient
 * (Σq)·softmax(x) − q are each one pass over the rows.
 *
 * <p>Where all mass of a row is on one class c, that class's gradient is computed from the probabilities of the others,
 * −qᴄ·Σₖ≠ᴄ pₖ, which keeps its digits when pᴄ is close to 1; likewise the loss ln(1 + rest) uses log1p.
 */
final class SoftmaxCrossEntropy {
    private SoftmaxCrossEntropy() {}

    // spotless:off

    /** The loss of each row, as a column. */
    static final Operation ROWS = loss(false, Divisor.ONE).with("rows").rowwise(0, 1);

    private static final Operation SUM = loss(true, Divisor.ONE).with("sum");

    private static final Operation MEAN = loss(true, new Divisor("/rows", rows -> rows)).with("mean");

    /** The sum of all rows' losses, divided by a number. */
    static Operation total(int rows, double divisor) {
        return divisor == 1 ? SUM : divisor == rows ? MEAN : loss(true, new Divisor("/n", any -> divisor)).with("total", divisor);
    }

    private static Operation loss(boolean total, Divisor n) {
        Operation gradient = gradient(n);
        Operation loss = Trusted.binary(OperationNames.SOFTMAX_CROSS_ENTROPY, (x, q) -> loss(x, q, total, n),
                rule("dy ⊙ ((Σ q)·softmax(x) − q)" + n, (x, q, y, dy) -> gradient.apply(x, q, dy)),
                rule("−dy ⊙ logSoftmax(x)" + n, (x, q, y, dy) ->
                        share(dy, x, n).timesOrZero(StructuralZeros.beside(q, x.logSoftmax(Per.ROW)).negative())));
        return total ? loss.totalOf(ROWS, rows -> total(rows, n.by(rows.numRows))) : loss;
    }

    /** g ⊙ ((Σ q)·p − q)/n with p = softmax(x), itself an operation with derivatives; g is a column or 1x1. */
    private static Operation gradient(Divisor n) {
        return Trusted.of("softmaxCrossEntropyGradient", m -> gradient(m[0], m[1], m[2], n),
                rule("g ⊙ (Σ q)·p ⊙ (dy − Σ dy ⊙ p)" + n, (x, q, g, y, dy) -> {
                    Value moved = dy.timesOrZero(share(g, x, n)).timesOrZero(q.sum(Per.ROW));
                    return Derivatives.vectorJacobian(logits -> logits.softmax(Per.ROW), x, moved);
                }),
                rule("g ⊙ (Σ dy ⊙ p − dy)" + n, (x, q, g, y, dy) -> {
                    Value arriving = dy.timesOrZero(share(g, x, n));
                    return arriving.timesOrZero(x.softmax(Per.ROW)).sum(Per.ROW).minus(arriving);
                }),
                rule("Σ dy ⊙ ((Σ q)·p − q)" + n, (x, q, g, y, dy) -> {
                    Value slope = gradient(n).apply(x, q, Value.ones(g.shape()));
                    return dy.timesOrZero(slope).sumTo(g.shape());
                })).meaning(in -> share(in.get(2), in.get(0), n).elementMult(
                        in.get(1).sum(Per.ROW).elementMult(in.get(0).softmax(Per.ROW)).minus(in.get(1))));
    }

    /** The part of an upstream gradient that each row receives. */
    private static Value share(Value dy, Value x, Divisor n) {
        double parts = n.by(x.getNumRows());
        return parts == 1 ? dy : dy.divide(parts);
    }

    // spotless:on

    private static DMatrixRMaj loss(DMatrixRMaj x, DMatrixRMaj q, boolean total, Divisor divisor) {
        requireMasses(x, q);
        DMatrixRMaj losses = new DMatrixRMaj(x.numRows, 1);
        RowWalk row = new RowWalk(x, q);
        for (int i = 0; i < x.numRows; i++) {
            losses.data[i] = row.at(i) ? row.loss() : 0;
        }
        return total ? total(losses, divisor.by(x.numRows)) : losses;
    }

    /** The sum of losses, divided. */
    static DMatrixRMaj total(DMatrixRMaj losses, double divisor) {
        double sum = 0;
        for (double loss : losses.data) {
            sum += loss;
        }
        return mean(sum, losses, divisor);
    }

    /** The sum divided, or the sum of the quotients where only they are finite. */
    static DMatrixRMaj mean(double sum, DMatrixRMaj losses, double divisor) {
        double mean = sum / divisor;
        if (Double.isInfinite(sum)) {
            mean = 0;
            for (int i = 0; i < losses.getNumElements(); i++) {
                mean += losses.data[i] / divisor;
            }
        }
        return single(mean);
    }

    /** A number as a matrix. */
    static DMatrixRMaj single(double number) {
        DMatrixRMaj one = new DMatrixRMaj(1, 1);
        one.data[0] = number;
        return one;
    }

    private static DMatrixRMaj gradient(DMatrixRMaj x, DMatrixRMaj q, DMatrixRMaj g, Divisor divisor) {
        DMatrixRMaj gradient = new DMatrixRMaj(x.numRows, x.numCols);
        boolean total = g.getNumElements() == 1;
        double parts = divisor.by(x.numRows);
        RowWalk row = new RowWalk(x, q);
        for (int i = 0; i < x.numRows; i++) {
            double share = g.data[total ? 0 : i] / parts;
            if (share != 0 && row.at(i)) {
                row.gradient(share, gradient.data);
            }
        }
        return gradient;
    }

    /** Refuses masses that are not as many as the logits. */
    static void requireMasses(DMatrixRMaj x, DMatrixRMaj q) {
        if (x.numRows != q.numRows || x.numCols != q.numCols) {
            throw new IllegalArgumentException("the logits and the target masses differ in shape");
        }
    }

    /** One row at a time: its largest logit, the exponentials of all relative to it, and where its mass is. */
    private static final class RowWalk {
        private final DMatrixRMaj x;
        private final DMatrixRMaj q;
        private final int columns;
        private final int[] largestOfRows;
        private final double[] exponentials;
        private int start;
        private double mass;
        private int single;
        private int largest;
        private double rest;

        /** Takes the exponentials of all rows at once, which is quicker than one by one. */
        RowWalk(DMatrixRMaj x, DMatrixRMaj q) {
            this.x = x;
            this.q = q;
            this.columns = x.numCols;
            this.largestOfRows = new int[x.numRows];
            DMatrixRMaj differences = new DMatrixRMaj(x.numRows, columns);
            for (int row = 0; row < x.numRows; row++) {
                int first = row * columns;
                int top = first;
                for (int i = first; i < first + columns; i++) {
                    top = x.data[i] > x.data[top] || Double.isNaN(x.data[i]) ? i : top;
                }
                for (int i = first; i < first + columns; i++) {
                    differences.data[i] = x.data[i] - x.data[top];
                }
                largestOfRows[row] = top;
            }
            this.exponentials = Value.EXP.compute(differences).data;
        }

        /** Moves to a row; false if it has no mass. */
        boolean at(int row) {
            start = row * columns;
            largest = largestOfRows[row];
            mass = 0;
            single = -1;
            int places = 0;
            for (int i = start; i < start + columns; i++) {
                if (q.data[i] != 0) {
                    mass += q.data[i];
                    single = i;
                    places++;
                }
            }
            if (places != 1) {
                single = -1;
            }
            if (places > 0) {
                addUp();
            }
            return places > 0;
        }

        /** Makes good the rounding errors of the differences, which would cost |x − top| units of precision. */
        private void addUp() {
            double top = x.data[largest];
            rest = 0;
            for (int i = start; i < start + columns; i++) {
                double difference = x.data[i] - top;
                if (exponentials[i] > 0 && difference < 0) {
                    double back = difference + top;
                    double error = (x.data[i] - back) + ((back - difference) - top);
                    exponentials[i] += exponentials[i] * error;
                }
                if (i != largest) {
                    rest += exponentials[i];
                }
            }
        }

        double loss() {
            double top = x.data[largest];
            double tail = Elementary.log1p(rest) + (exponentials[largest] - 1);
            double loss = 0;
            for (int i = start; i < start + columns; i++) {
                double target = q.data[i];
                if (target != 0) {
                    loss += target * (tail + (top - x.data[i]));
                }
            }
            return loss;
        }

        void gradient(double scale, double[] gradient) {
            double total = exponentials[largest] + rest;
            for (int i = start; i < start + columns; i++) {
                gradient[i] = scale
                        * (i == single ? -mass * (others(i) / total) : mass * (exponentials[i] / total) - q.data[i]);
            }
        }

        /** The sum of all exponentials but one. */
        private double others(int except) {
            if (except == largest) {
                return rest;
            }
            double sum = 0;
            for (int i = start; i < start + columns; i++) {
                if (i != except) {
                    sum += exponentials[i];
                }
            }
            return sum;
        }
    }
}
