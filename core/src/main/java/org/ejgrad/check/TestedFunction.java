package org.ejgrad.check;

import java.util.List;
import org.ejgrad.Shape;

/** A real function of several labelled matrices, whose elements stand one after another in one array. */
abstract class TestedFunction {
    private final List<Block> blocks;
    private final double[] point;
    private long evaluations;

    /** One matrix among the arguments: where its elements start, row by row. */
    record Block(String label, Shape shape, int offset) {}

    static List<Block> scalarBlock() {
        return List.of(new Block("x", Shape.SCALAR, 0));
    }

    TestedFunction(List<Block> blocks, double[] point) {
        this.blocks = List.copyOf(blocks);
        this.point = point.clone();
    }

    /** The value; only one block differs from the point, or any if the index is −1. */
    abstract double compute(double[] x, int block);

    final double evaluate(double[] x, int block) {
        evaluations++;
        try {
            return compute(x, block);
        } catch (RuntimeException refused) {
            return Double.NaN;
        }
    }

    final List<Block> blocks() {
        return blocks;
    }

    final double[] point() {
        return point.clone();
    }

    final int size() {
        return point.length;
    }

    final long evaluations() {
        return evaluations;
    }

    /** The function along one entry. */
    final LineFunction entry(int block, int index) {
        double[] x = point.clone();
        double base = x[index];
        return new LineFunction() {
            @Override
            public double at(double t) {
                x[index] = base + t;
                double value = evaluate(x, block);
                x[index] = base;
                return value;
            }

            @Override
            public double step(double t) {
                return (base + t) - base;
            }

            @Override
            public double reach() {
                return Math.scalb(1.0, Math.max(0, Math.getExponent(base)));
            }
        };
    }

    /** The function along a direction that moves one block, or all if the index is −1. */
    final LineFunction direction(double[] u, int block) {
        double[] x = point.clone();
        return t -> {
            for (int i = 0; i < x.length; i++) {
                x[i] = point[i] + t * u[i];
            }
            return evaluate(x, block);
        };
    }
}
