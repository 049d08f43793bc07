package org.ejgrad.nn;

import java.util.List;
import java.util.function.BiFunction;
import org.ejgrad.Value;

/**
 * A layer as it is used after training: what it makes of a constant is a constant, so that no graph grows however long
 * it is used. What it makes of anything else can be differentiated.
 *
 * @param layer which has no other way to be used after training
 */
record Inference(Layer layer) implements Layer {
    @Override
    public Value forward(Value input) {
        Value output = layer.forward(input);
        return output != null && input.isConstant() ? output.detached() : output;
    }

    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new Inference(Children.mapped(layer, change));
    }

    @Override
    public List<Parameter> parameters() {
        return layer.parameters();
    }

    @Override
    public List<Parameter> statistics() {
        return layer.statistics();
    }

    @Override
    public Layer inference() {
        return this;
    }

    @Override
    public String description() {
        return layer.description();
    }

    @Override
    public String toString() {
        return layer.toString();
    }
}
