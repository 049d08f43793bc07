package org.ejgrad.examples;

import java.util.Locale;
import org.ejgrad.nn.Activations;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;

/** The activations that {@code --activation} knows, each with the initial weights that suit it. */
enum Activation {
    TANH(Activations::tanh, Initialiser.xavierUniform()),
    SIGMOID(Activations::sigmoid, Initialiser.xavierUniform()),
    SOFTPLUS(Activations::softplus, Initialiser.xavierUniform()),
    RELU(Activations::relu, Initialiser.heUniform());

    private final Layer layer;
    private final Initialiser initialiser;

    Activation(Layer layer, Initialiser initialiser) {
        this.layer = layer;
        this.initialiser = initialiser;
    }

    Layer layer() {
        return layer;
    }

    Initialiser initialiser() {
        return initialiser;
    }

    /** The name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
