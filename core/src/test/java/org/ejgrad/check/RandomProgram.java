package org.ejgrad.check;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** A random program over most operations, with values of ordinary size so that its derivatives are worth checking. */
final class RandomProgram {
    private final long seed;
    private int drawn;
    private final boolean kinks;

    final List<Value> variables = new ArrayList<>();
    final Value loss;

    RandomProgram(long seed, boolean kinks) {
        this.seed = seed;
        this.kinks = kinks;
        int n = 2 + choose(3);
        int count = 1 + choose(3);
        List<Value> pool = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Value variable = Value.variable("v" + i, matrix(n, n));
            variables.add(variable);
            pool.add(variable);
        }
        pool.add(Value.constant(matrix(n, n)));
        int length = 3 + choose(8);
        for (int i = 0; i < length; i++) {
            pool.add(step(pool.get(choose(pool.size())), pool.get(choose(pool.size()))));
        }
        Value sum = pool.get(pool.size() - 1);
        for (Value variable : variables) {
            sum = sum.plus(variable.scale(0.25).tanh());
        }
        loss = finish(sum.plus(pool.get(pool.size() / 2)));
    }

    private int choose(int bound) {
        return (int) (bound * Randomness.uniform(seed, 1, drawn++));
    }

    private DMatrixRMaj matrix(int rows, int columns) {
        DMatrixRMaj matrix = new DMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = 3 * Randomness.uniform(seed, 2, drawn++) - 1.5;
        }
        return matrix;
    }

    /** One operation; results are brought back to about the size of 1 where they could grow. */
    private Value step(Value a, Value b) {
        int n = a.getNumRows();
        return switch (choose(kinks ? 24 : 19)) {
            case 0 -> a.plus(b);
            case 1 -> a.minus(b.scale(0.5));
            case 2 -> a.tanh().elementMult(b);
            case 3 -> a.elementDiv(b.square().plus(1));
            case 4 -> a.mult(b).divide(n).tanh();
            case 5 -> a.transpose();
            case 6 -> a.tanh();
            case 7 -> a.sigmoid();
            case 8 -> a.softplus();
            case 9 -> a.tanh().elementExp();
            case 10 -> a.square().plus(0.5).elementLog();
            case 11 -> a.square().plus(b.square()).plus(0.25).sqrt();
            case 12 -> a.softmax(Per.ROW);
            case 13 -> a.logSoftmax(Per.ROW).elementMult(b.sigmoid());
            case 14 -> b.minus(a.logSumExp(Per.ROW));
            case 15 -> a.sum(Per.ROW).divide(n).elementMult(b);
            case 16 -> a.mean(Per.COLUMN).plus(b);
            case 17 -> a.multTransB(b).divide(n).sigmoid();
            case 18 -> a.rows(0, 1).concatRows(b.rows(1, n));
            case 19 -> a.relu();
            case 20 -> a.abs();
            case 21 -> a.minus(a.max(Per.ROW));
            case 22 -> a.relu().minus(b.relu().scale(0.3));
            default -> a.max(Per.COLUMN).elementMult(b.tanh());
        };
    }

    private Value finish(Value a) {
        return switch (choose(4)) {
            case 0 -> a.mean();
            case 1 -> a.square().mean();
            case 2 -> a.logSumExp(Per.ROW).elementSum();
            default -> a.logSoftmax(Per.ROW).getColumn(0).mean().negative();
        };
    }
}
