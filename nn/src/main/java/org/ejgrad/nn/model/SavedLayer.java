package org.ejgrad.nn.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.ejgrad.PlainText;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;

/**
 * What a file says of one layer, for the function that builds it.
 *
 * <p>A builder that takes its sizes from the matrices cannot be made to allocate more than there is in the file.
 *
 * @param options name → option
 * @param matrices what it has learnt and remembers, name within the layer → matrix
 * @param layers those inside, built already
 */
public record SavedLayer(Map<String, String> options, Map<String, Value> matrices, List<Layer> layers) {
    public SavedLayer {
        options = Require.entries(options, "options");
        matrices = Require.entries(matrices, "matrices");
        layers = Require.elements(layers, "layers");
    }

    /**
     * {@return an option}
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public String text(String option) {
        return found(options, requireNonNull(option, "option"), "option");
    }

    /**
     * {@return an option that is a number}
     *
     * @throws IllegalArgumentException if there is none of this name, or it is no number
     */
    public double number(String option) {
        String text = text(option);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(told(option, text, "a number"), e);
        }
    }

    /**
     * {@return an option that is a whole number}
     *
     * @throws IllegalArgumentException if there is none of this name, or it is no whole number of 64 bits
     */
    public long integer(String option) {
        String text = text(option);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(told(option, text, "a whole number of 64 bits"), e);
        }
    }

    /**
     * {@return an option that is {@code true} or {@code false}}
     *
     * @throws IllegalArgumentException if there is none of this name, or it is something else
     */
    public boolean truth(String option) {
        String text = text(option);
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(told(option, text, "true or false"));
        }
        return text.equals("true");
    }

    /**
     * {@return a matrix}
     *
     * @throws IllegalArgumentException if there is none of this name
     */
    public Value matrix(String name) {
        return found(matrices, requireNonNull(name, "name"), "matrix");
    }

    /**
     * {@return the one layer inside}
     *
     * @throws IllegalArgumentException if there is none, or there are several
     */
    public Layer layer() {
        if (layers.size() != 1) {
            throw new IllegalArgumentException("it holds " + layers.size() + " layers; expected 1");
        }
        return layers.get(0);
    }

    /** The options, the names of the matrices and the layers inside. */
    @Override
    public String toString() {
        return PlainText.line("options " + options + ", matrices " + matrices.keySet() + ", layers " + layers);
    }

    /** What to say of an option that is another thing than expected. */
    static String told(String option, String text, String expected) {
        return PlainText.line("the option " + option + " is \"" + text + "\"; expected " + expected);
    }

    private static <T> T found(Map<String, T> all, String name, String what) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException(
                    PlainText.line("it has no " + what + " " + name + "; only " + all.keySet()));
        }
        return found;
    }
}
