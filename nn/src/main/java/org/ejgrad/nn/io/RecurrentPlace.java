package org.ejgrad.nn.io;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Frozen;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.Cell;
import org.ejgrad.nn.sequence.Recurrent;

/**
 * Where a recurrent layer is in a module of PyTorch, {@code nn.LSTM}, {@code nn.GRU} or {@code nn.RNN}, which has one
 * layer or several, in one direction or both.
 *
 * @param layer the name here of the layer of several, or none
 * @param number the layer's number there
 * @param side the name here of the part of a {@code Bidirectional}, or none
 */
record RecurrentPlace(String layer, int number, String side) {
    private static final String BACK = "back";

    static final RecurrentPlace ALONE = new RecurrentPlace("", 0, "");

    /** What all layers of one module have alike. */
    private record Kind(Class<? extends Cell> cell, int hidden, boolean isBoth) {
        static Optional<Kind> of(Layer layer) {
            if (layer instanceof Recurrent recurrent) {
                return Optional.of(
                        new Kind(recurrent.cell().getClass(), recurrent.cell().hidden(), false));
            }
            if (layer instanceof Frozen frozen) {
                return of(frozen.layer());
            }
            return layer instanceof Bidirectional
                    ? common(Children.of(layer).values()).map(kind -> new Kind(kind.cell, kind.hidden, true))
                    : Optional.empty();
        }

        static Optional<Kind> common(Collection<Layer> layers) {
            List<Optional<Kind>> kinds =
                    layers.stream().map(Kind::of).distinct().toList();
            return kinds.size() == 1 ? kinds.get(0) : Optional.empty();
        }
    }

    /** The place of a layer inside one that is at this place. */
    RecurrentPlace inside(Layer whole, String name) {
        if (name.isEmpty()) {
            return this;
        }
        if (whole instanceof Bidirectional) {
            return new RecurrentPlace(layer, number, name);
        }
        Map<String, Layer> all = Children.of(whole);
        List<String> recurrent = all.keySet().stream()
                .filter(each -> !(all.get(each) instanceof Dropout))
                .toList();
        boolean isModule = whole instanceof Sequential
                && recurrent.size() > 1
                && Kind.common(recurrent.stream().map(all::get).toList()).isPresent();
        return isModule ? new RecurrentPlace(name, recurrent.indexOf(name), "") : ALONE;
    }

    /** The place of the same layer in a module that has no other. */
    RecurrentPlace alone() {
        return new RecurrentPlace("", 0, side);
    }

    /** The name there of what has a name here. */
    String torch(String name) {
        String last = name.substring(name.lastIndexOf('.') + 1);
        String own =
                Stream.of(layer, side, last).filter(part -> !part.isEmpty()).collect(Collectors.joining("."));
        return name.substring(0, name.length() - (name.endsWith(own) ? own : last).length())
                + last
                + "_l"
                + number
                + (side.equals(BACK) ? "_reverse" : "");
    }
}
