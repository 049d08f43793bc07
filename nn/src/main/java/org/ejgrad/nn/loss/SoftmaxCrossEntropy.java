package org.ejgrad.nn.loss;

import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
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
    static Operation rows() {
        return loss(false, 1).with("rows");
    }

    /** The sum of all rows' losses, divided by a number. */
    static Operation total(double divisor) {
        return loss(true, divisor).with("total", divisor);
    }

    private static Operation loss(boolean total, double divisor) {
        return Operation.binary("softmaxCrossEntropy", (x, q) -> loss(x, q, total, divisor),
                Rule.rule("dy ⊙ (Σq·softmax(x) − q)", (x, q, y, dy) -> gradient(divisor).apply(x, q, dy)),
                Rule.rule("−dy ⊙ logSoftmax(x)", (x, q, y, dy) ->
                        x.logSoftmax(Per.ROW).negative().elementMult(dy.divide(divisor))));
    }

    /** dy ⊙ (Σq·softmax(x) − q), itself an operation with derivatives. */
    private static Operation gradient(double divisor) {
        return Operation.of("softmaxCrossEntropyGradient", m -> gradient(m[0], m[1], m[2], divisor),
                new Rule("Σq·dx ⊙ p ⊙ (dy − Σ dy ⊙ p)", (in, y, dy) -> {
                    Value p = in.get(0).softmax(Per.ROW);
                    Value inner = dy.minus(dy.elementMult(p).sum(Per.ROW)).elementMult(p);
                    return inner.elementMult(in.get(1).sum(Per.ROW)).elementMult(in.get(2).divide(divisor));
                }),
                new Rule("dx ⊙ (Σ dy ⊙ p − dy)", (in, y, dy) -> {
                    Value p = in.get(0).softmax(Per.ROW);
                    return dy.negative().plus(dy.elementMult(p).sum(Per.ROW)).elementMult(in.get(2).divide(divisor));
                }),
                new Rule("Σ dy ⊙ (Σq·p − q)", (in, y, dy) -> {
                    Value unit = gradient(divisor).apply(in.get(0), in.get(1), Value.ones(in.get(2).shape()));
                    return dy.elementMult(unit).sumTo(in.get(2).shape());
                }));
    }

    // spotless:on

    private static DMatrixRMaj loss(DMatrixRMaj x, DMatrixRMaj q, boolean total, double divisor) {
        requireMasses(x, q);
        DMatrixRMaj losses = new DMatrixRMaj(x.numRows, 1);
        RowWalk row = new RowWalk(x, q);
        double sum = 0;
        for (int i = 0; i < x.numRows; i++) {
            losses.data[i] = row.at(i) ? row.loss() : 0;
            sum += losses.data[i];
        }
        return total ? new DMatrixRMaj(new double[][] {{sum / divisor}}) : losses;
    }

    private static DMatrixRMaj gradient(DMatrixRMaj x, DMatrixRMaj q, DMatrixRMaj dy, double divisor) {
        DMatrixRMaj dx = new DMatrixRMaj(x.numRows, x.numCols);
        boolean total = dy.numRows * dy.numCols == 1;
        RowWalk row = new RowWalk(x, q);
        for (int i = 0; i < x.numRows; i++) {
            if (row.at(i)) {
                row.gradient(dy.data[total ? 0 : i] / divisor, dx.data);
            }
        }
        return dx;
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
        private final double[] exponentials;
        private int start;
        private double mass;
        private int single;
        private int largest;
        private double rest;

        RowWalk(DMatrixRMaj x, DMatrixRMaj q) {
            this.x = x;
            this.q = q;
            this.columns = x.numCols;
            this.exponentials = new double[columns];
        }

        /** Moves to a row; false if it has no mass. */
        boolean at(int row) {
            start = row * columns;
            mass = 0;
            single = -1;
            int places = 0;
            largest = 0;
            for (int j = 0; j < columns; j++) {
                double target = q.data[start + j];
                if (target != 0) {
                    mass += target;
                    single = j;
                    places++;
                }
                double logit = x.data[start + j];
                if (logit > x.data[start + largest] || Double.isNaN(logit)) {
                    largest = j;
                }
            }
            if (places != 1) {
                single = -1;
            }
            if (places > 0) {
                exponentiate();
            }
            return places > 0;
        }

        /**
         * eˣ⁻ᵗᵒᵖ with the rounding error of the difference made good, which would cost |x − top| units of precision.
         */
        private void exponentiate() {
            double top = x.data[start + largest];
            rest = 0;
            for (int j = 0; j < columns; j++) {
                double logit = x.data[start + j];
                double difference = logit - top;
                double e = Math.exp(difference);
                if (e > 0 && difference < 0) {
                    double back = difference + top;
                    double error = (logit - back) + ((back - difference) - top);
                    e += e * error;
                }
                exponentials[j] = e;
                if (j != largest) {
                    rest += e;
                }
            }
        }

        double loss() {
            double top = x.data[start + largest];
            double tail = Math.log1p(rest) + (exponentials[largest] - 1);
            double loss = 0;
            for (int j = 0; j < columns; j++) {
                double target = q.data[start + j];
                if (target != 0) {
                    loss += target * (tail + (top - x.data[start + j]));
                }
            }
            return loss;
        }

        void gradient(double scale, double[] dx) {
            double total = exponentials[largest] + rest;
            for (int j = 0; j < columns; j++) {
                dx[start + j] = scale
                        * (j == single
                                ? -mass * (others(j) / total)
                                : mass * (exponentials[j] / total) - q.data[start + j]);
            }
        }

        /** The sum of all exponentials but one. */
        private double others(int except) {
            if (except == largest) {
                return rest;
            }
            double sum = 0;
            for (int j = 0; j < columns; j++) {
                if (j != except) {
                    sum += exponentials[j];
                }
            }
            return sum;
        }
    }
}
