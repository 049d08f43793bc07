package org.ejgrad.nn.optim;

import static org.ejgrad.nn.optim.Vectors.joined;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejml.data.DMatrixRMaj;

/** Several parameters seen as one long vector, which nobody else may move meanwhile. */
final class FlatParameters {
    private final List<Parameter> parameters;
    private final int size;
    private List<Value> held = List.of();

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

    /** Takes the parameters as they are now. */
    List<Value> hold() {
        held = parameters.stream().map(Parameter::value).toList();
        return held;
    }

    /** The elements that are held, as a new array. */
    double[] position() {
        return joined(held);
    }

    /** The gradients of the values that are held, as a new array. */
    double[] gradient(Gradients gradients) {
        for (int i = 0; i < held.size(); i++) {
            if (!gradients.contains(held.get(i))) {
                throw new IllegalArgumentException("step: there is no gradient of " + parameters.get(i)
                        + "; the loss does not depend on it, or another thread gave it another value meanwhile");
            }
        }
        return joined(held.stream().map(gradients::of).toList());
    }

    /** Gives the parameters other elements; refused if somebody else has moved one. */
    void moveTo(double[] all) {
        List<Parameter.Replacement> moves = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < parameters.size(); i++) {
            Shape shape = held.get(i).shape();
            double[] elements = Arrays.copyOfRange(all, offset, offset + shape.elements());
            Value next = Value.adopting(DMatrixRMaj.wrap(shape.rows(), shape.columns(), elements));
            moves.add(new Parameter.Replacement(parameters.get(i), held.get(i), next));
            offset += elements.length;
        }
        held = Parameter.replaceAll(moves);
    }

    /** Lets the parameters go. */
    void release() {
        held = List.of();
    }

    /** Takes the parameters back to earlier values, but for those that somebody else has moved. */
    void takeBack(List<Value> earlier) {
        for (int i = 0; i < parameters.size(); i++) {
            if (held.get(i) != earlier.get(i)) {
                takeBack(new Parameter.Replacement(parameters.get(i), held.get(i), earlier.get(i)));
            }
        }
    }

    /** Tries again as long as another thread merely wants to move the parameter, too. */
    private static void takeBack(Parameter.Replacement move) {
        while (move.parameter().value() == move.present()) {
            try {
                Parameter.replaceAll(List.of(move));
            } catch (IllegalArgumentException beingReplaced) {
                Thread.onSpinWait();
            }
        }
    }
}
