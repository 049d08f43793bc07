package org.ejgrad.examples;

import java.util.List;
import java.util.Optional;
import org.ejgrad.nn.Activation;
import picocli.CommandLine.Option;

/** The options that shape a network, shared by the commands that build one. */
final class NetworkOptions {
    @Option(names = "--hidden", split = ",", description = "widths of the hidden layers, such as 32,32; 0 for none")
    private List<Integer> hidden = List.of();

    @Option(names = "--activation", description = "one of ${COMPLETION-CANDIDATES}")
    private Optional<Activation> activation = Optional.empty();

    /** The suggested settings, with the network that was asked for. */
    Recipe recipe(Recipe suggested) {
        return suggested.with(hidden(suggested), activation(suggested));
    }

    /** Refuses them beside an option that brings a network of its own. */
    void requireNoneBeside(String option) {
        if (!hidden.isEmpty() || activation.isPresent()) {
            throw new IllegalArgumentException((hidden.isEmpty() ? "--activation" : "--hidden") + " and " + option
                    + " are given; expected one of them");
        }
    }

    private List<Integer> hidden(Recipe suggested) {
        return hidden.isEmpty() ? suggested.hidden() : hidden.equals(List.of(0)) ? List.of() : hidden;
    }

    private Activation activation(Recipe suggested) {
        return activation.orElse(suggested.activation());
    }
}
