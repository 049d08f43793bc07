package org.ejgrad.nn.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Optional;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.train.Objective;

/** What turns a network's outputs into what one asks for: probabilities or numbers. The loss decides it. */
public enum Outputs {
    /** Logits of classes of which a row has one: their softmax. */
    SOFTMAX,
    /** Logits of labels of which a row may have several, or of the second of two classes: the sigmoid of each. */
    SIGMOID,
    /** What one asks for already. */
    IDENTITY;

    /**
     * {@return what a network trained by the loss of this description gives, if that is one of {@link Objective}'s own}
     */
    static Optional<Outputs> of(String loss) {
        if (loss.equals(Objective.softmaxCrossEntropy().description())) {
            return Optional.of(SOFTMAX);
        }
        if (loss.equals(Objective.sigmoidCrossEntropy().description())) {
            return Optional.of(SIGMOID);
        }
        return loss.equals(Objective.squaredError().description()) ? Optional.of(IDENTITY) : Optional.empty();
    }

    /** {@return the probabilities or numbers, in the shape of the outputs} */
    public Value apply(Value outputs) {
        requireNonNull(outputs, "outputs");
        return switch (this) {
            case SOFTMAX -> outputs.softmax(Per.ROW);
            case SIGMOID -> outputs.sigmoid();
            case IDENTITY -> outputs;
        };
    }

    /** The name in small letters. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
