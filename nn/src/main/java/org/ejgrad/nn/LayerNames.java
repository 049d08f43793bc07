package org.ejgrad.nn;

import org.ejgrad.Value;

/** What a layer is called where a person reads it. */
final class LayerNames {
    private LayerNames() {}

    /**
     * What the layer says of itself; of a method reference or a lambda, which says nothing that can be read, the one
     * operation that it applies to its input, such as {@code tanh}, or {@code layer} if it does anything else.
     */
    static String of(Layer layer) {
        return layer.getClass().isHidden() ? ofFunction(layer) : layer.toString();
    }

    private static String ofFunction(Layer function) {
        Value probe = Value.variable("input", 0.5);
        try {
            Value output = function.forward(probe);
            return output != null
                            && output.inputs().size() == 1
                            && output.inputs().get(0) == probe
                    ? output.operation().toString()
                    : "layer";
        } catch (RuntimeException refused) {
            return "layer"; // of another number of columns, perhaps
        }
    }
}
