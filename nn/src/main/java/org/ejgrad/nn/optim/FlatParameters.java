package org.ejgrad.nn.optim;

import java.util.HashSet;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** Several parameters seen as one long vector. */
final class FlatParameters {
    private final List<Parameter> parameters;
    private final int size;

    FlatParameters(List<Parameter> parameters) {
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("there are no parameters to train");
        }
        if (new HashSet<>(parameters).size() < parameters.size()) {
            throw new IllegalArgumentException("a parameter is given twice among " + parameters);
        }
        this.parameters = List.copyOf(parameters);
        size = parameters.stream()
                .mapToInt(parameter -> parameter.value().shape().elements())
                .reduce(0, Math::addExact);
    }

    /** How many elements there are. */
    int size() {
        return size;
    }

    /** The current elements, as a new array. */
    double[] position() {
        double[] all = new double[size];
        int offset = 0;
        for (Parameter parameter : parameters) {
            offset = append(parameter.value(), all, offset);
        }
        return all;
    }

    /** The gradients of the current values, as a new array. */
    double[] gradient(Gradients gradients) {
        double[] all = new double[size];
        int offset = 0;
        for (Parameter parameter : parameters) {
            offset = append(gradients.of(parameter.value()), all, offset);
        }
        return all;
    }

    /** Gives the parameters other elements. */
    void moveTo(double[] all) {
        int offset = 0;
        for (Parameter parameter : parameters) {
            Value value = parameter.value();
            DMatrixRMaj next = new DMatrixRMaj(value.getNumRows(), value.getNumCols());
            System.arraycopy(all, offset, next.data, 0, next.getNumElements());
            parameter.set(SimpleMatrix.wrap(next));
            offset += next.getNumElements();
        }
    }

    private static int append(Value value, double[] all, int offset) {
        DMatrixRMaj matrix = ((SimpleMatrix) value.matrix()).getDDRM();
        System.arraycopy(matrix.data, 0, all, offset, matrix.getNumElements());
        return offset + matrix.getNumElements();
    }
}
