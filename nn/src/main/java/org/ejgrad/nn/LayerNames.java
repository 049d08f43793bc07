package org.ejgrad.nn;

import org.ejgrad.PlainText;
import org.ejgrad.Shape;

/** What a layer is called where a person reads it. */
final class LayerNames {
    private LayerNames() {}

    /**
     * What the layer says of itself; of a method reference or a lambda, which says nothing that can be read, the one
     * operation that it applies to its input, such as {@code tanh}, or {@code layer} if it does anything else.
     */
    static String of(Layer layer) {
        return layer.getClass().isHidden() ? ofFunction(layer) : PlainText.line(layer.toString());
    }

    private static String ofFunction(Layer function) {
        try {
            return Activation.recorded(function, Shape.SCALAR)
                    .map(operation -> PlainText.line(operation.toString()))
                    .orElse("layer");
        } catch (RuntimeException refused) {
            return "layer"; // of another number of columns, perhaps
        }
    }
}
