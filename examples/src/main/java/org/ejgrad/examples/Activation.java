package org.ejgrad.examples;

import java.util.Locale;
import org.ejgrad.Value;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;

/** The activations that {@code --activation} knows, each with the initial weights that suit it. */
enum Activation {
    TANH,
    SIGMOID,
    SOFTPLUS,
    RELU;

    Layer layer() {
        return switch (this) {
            case TANH -> Value::tanh;
            case SIGMOID -> Value::sigmoid;
            case SOFTPLUS -> Value::softplus;
            case RELU -> Value::relu;
        };
    }

    Initialiser initialiser() {
        return this == RELU ? Initialiser.heUniform() : Initialiser.xavierUniform();
    }

    /** The name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
