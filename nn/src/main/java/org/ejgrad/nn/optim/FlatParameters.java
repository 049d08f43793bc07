package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.Vectors.joined;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejml.data.DMatrixRMaj;

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
        return joined(parameters.stream().map(Parameter::value).toList());
    }

    /** The gradients of the current values, as a new array. */
    double[] gradient(Gradients gradients) {
        return joined(parameters.stream()
                .map(parameter -> gradients.of(parameter.value()))
                .toList());
    }

    /** Gives the parameters other elements. */
    void moveTo(double[] all) {
        int offset = 0;
        for (Parameter parameter : parameters) {
            Shape shape = parameter.value().shape();
            double[] elements = Arrays.copyOfRange(all, offset, offset + shape.elements());
            parameter.set(Value.adopting(DMatrixRMaj.wrap(shape.rows(), shape.columns(), elements)));
            offset += elements.length;
        }
    }
}
