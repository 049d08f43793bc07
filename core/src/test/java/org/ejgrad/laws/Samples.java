package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** What laws draw at random, and how they turn matrices into values and values into gradients. */
final class Samples {
    private Samples() {}

    static List<Value> variables(List<SimpleMatrix> inputs) {
        List<Value> variables = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            variables.add(Value.variable("input " + i, inputs.get(i)));
        }
        return variables;
    }

    static List<Value> constants(List<SimpleMatrix> inputs) {
        return inputs.stream().map(Value::constant).toList();
    }

    /** The gradients of the inputs; zeros for an input that the output does not depend on. */
    static List<SimpleMatrix> gradients(Value output, Value upstream, List<Value> inputs, Gradients.Option... options) {
        if (output.isConstant()) {
            return inputs.stream().map(x -> zeros(x.shape())).toList();
        }
        Gradients gradients = output.gradients(upstream, options);
        return inputs.stream().map(x -> matrix(gradients.orZero(x))).toList();
    }

    static Value upstream(Value output, long seed) {
        return Value.constant(random(output.shape(), new Random(seed)));
    }

    /** Numbers between 0.25 and 1 in size, of either sign: none is lost, none dominates. */
    static SimpleMatrix random(Shape shape, Random random) {
        return Oracles.fill(
                shape.rows(),
                shape.columns(),
                (i, j) -> (0.25 + 0.75 * random.nextDouble()) * (random.nextBoolean() ? 1 : -1));
    }

    static SimpleMatrix matrix(Value value) {
        return value.matrix();
    }

    static DMatrixRMaj[] raw(List<SimpleMatrix> inputs) {
        return inputs.stream().map(x -> x.copy().getDDRM()).toArray(DMatrixRMaj[]::new);
    }

    static List<SimpleMatrix> copies(List<SimpleMatrix> inputs) {
        return inputs.stream().map(SimpleMatrix::copy).toList();
    }

    static SimpleMatrix zeros(Shape shape) {
        return new SimpleMatrix(shape.rows(), shape.columns());
    }

    static Shape shape(SimpleMatrix matrix) {
        return new Shape(matrix.getNumRows(), matrix.getNumCols());
    }

    static double dot(SimpleMatrix a, SimpleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += a.get(i) * b.get(i);
        }
        return sum;
    }

    static double absoluteDot(SimpleMatrix a, SimpleMatrix b) {
        double sum = 0;
        for (int i = 0; i < a.getNumElements(); i++) {
            sum += Math.abs(a.get(i) * b.get(i));
        }
        return sum;
    }
}
