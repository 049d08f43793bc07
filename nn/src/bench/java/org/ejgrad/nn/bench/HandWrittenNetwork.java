package org.ejgrad.nn.bench;

import org.ejgrad.nn.RandomStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The contender: a dense network trained by backpropagation written by hand on EJML, with every buffer allocated once.
 *
 * <p>Hidden layers use tanh or relu; the loss is the mean softmax cross-entropy, or for one output the mean sigmoid
 * cross-entropy; the update is plain gradient descent.
 */
final class HandWrittenNetwork {
    final DMatrixRMaj[] weights;
    final DMatrixRMaj[] biases;
    private final boolean relu;
    private final DMatrixRMaj[] activations;
    private final DMatrixRMaj[] deltas;
    private final DMatrixRMaj[] weightGradients;
    private final DMatrixRMaj[] biasGradients;

    HandWrittenNetwork(int[] sizes, int batch, boolean relu) {
        this.relu = relu;
        int layers = sizes.length - 1;
        weights = new DMatrixRMaj[layers];
        biases = new DMatrixRMaj[layers];
        activations = new DMatrixRMaj[layers + 1];
        deltas = new DMatrixRMaj[layers];
        weightGradients = new DMatrixRMaj[layers];
        biasGradients = new DMatrixRMaj[layers];
        for (int i = 0; i < layers; i++) {
            weights[i] = random(sizes[i], sizes[i + 1], i);
            biases[i] = new DMatrixRMaj(1, sizes[i + 1]);
            activations[i + 1] = new DMatrixRMaj(batch, sizes[i + 1]);
            deltas[i] = new DMatrixRMaj(batch, sizes[i + 1]);
            weightGradients[i] = new DMatrixRMaj(sizes[i], sizes[i + 1]);
            biasGradients[i] = new DMatrixRMaj(1, sizes[i + 1]);
        }
    }

    static DMatrixRMaj random(int rows, int columns, long position) {
        RandomStream random = new RandomStream(7, position);
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        double spread = Math.sqrt(2.0 / rows);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = spread * random.nextGaussian();
        }
        return matrix;
    }

    double step(DMatrixRMaj inputs, int[] labels, double rate) {
        activations[0] = inputs;
        int last = weights.length - 1;
        for (int i = 0; i <= last; i++) {
            DMatrixRMaj z = activations[i + 1];
            CommonOps_DDRM.mult(activations[i], weights[i], z);
            addRow(z, biases[i]);
            if (i < last) {
                activate(z);
            }
        }
        double loss = lossAndDelta(activations[last + 1], labels, deltas[last]);
        for (int i = last; i >= 0; i--) {
            CommonOps_DDRM.multTransA(activations[i], deltas[i], weightGradients[i]);
            CommonOps_DDRM.sumCols(deltas[i], biasGradients[i]);
            if (i > 0) {
                CommonOps_DDRM.multTransB(deltas[i], weights[i], deltas[i - 1]);
                timesSlope(deltas[i - 1], activations[i]);
            }
        }
        for (int i = 0; i <= last; i++) {
            CommonOps_DDRM.addEquals(weights[i], -rate, weightGradients[i]);
            CommonOps_DDRM.addEquals(biases[i], -rate, biasGradients[i]);
        }
        return loss;
    }

    private static void addRow(DMatrixRMaj z, DMatrixRMaj row) {
        for (int r = 0, i = 0; r < z.numRows; r++) {
            for (int c = 0; c < z.numCols; c++, i++) {
                z.data[i] += row.data[c];
            }
        }
    }

    private void activate(DMatrixRMaj z) {
        for (int i = 0; i < z.data.length; i++) {
            z.data[i] = relu ? Math.max(z.data[i], 0) : Math.tanh(z.data[i]);
        }
    }

    private void timesSlope(DMatrixRMaj delta, DMatrixRMaj a) {
        for (int i = 0; i < delta.data.length; i++) {
            delta.data[i] = relu ? (a.data[i] > 0 ? delta.data[i] : 0) : delta.data[i] * (1 - a.data[i] * a.data[i]);
        }
    }

    private static double lossAndDelta(DMatrixRMaj z, int[] labels, DMatrixRMaj delta) {
        double loss = 0;
        int n = z.numRows;
        for (int r = 0; r < n; r++) {
            int start = r * z.numCols;
            if (z.numCols == 1) {
                double v = z.data[start];
                double e = Math.exp(-Math.abs(v));
                loss += Math.max(v, 0) - v * labels[r] + Math.log1p(e);
                delta.data[start] = ((v >= 0 ? 1 / (1 + e) : e / (1 + e)) - labels[r]) / n;
                continue;
            }
            double top = Double.NEGATIVE_INFINITY;
            for (int c = 0; c < z.numCols; c++) {
                top = Math.max(top, z.data[start + c]);
            }
            double total = 0;
            for (int c = 0; c < z.numCols; c++) {
                delta.data[start + c] = Math.exp(z.data[start + c] - top);
                total += delta.data[start + c];
            }
            for (int c = 0; c < z.numCols; c++) {
                delta.data[start + c] /= total * n;
            }
            delta.data[start + labels[r]] -= 1.0 / n;
            loss += Math.log(total) + top - z.data[start + labels[r]];
        }
        return loss / n;
    }
}
