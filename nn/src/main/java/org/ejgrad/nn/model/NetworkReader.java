package org.ejgrad.nn.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;

/** A network built from what a file says of it. */
final class NetworkReader {
    private final LayerKinds kinds;
    private final NamedMatrices matrices;
    private final String source;
    private final List<Optional<Layer>> built = new ArrayList<>();

    private NetworkReader(LayerKinds kinds, NamedMatrices matrices, String source) {
        this.kinds = kinds;
        this.matrices = matrices;
        this.source = source;
    }

    /** Builds a network that {@link ArchitectureCheck} has let pass; its parameters need not have their values yet. */
    static Layer build(Architecture network, LayerKinds kinds, NamedMatrices matrices, String source)
            throws ModelFormatException {
        return new NetworkReader(kinds, matrices, source).build(network, "");
    }

    private Layer build(Architecture layer, String place) throws ModelFormatException {
        int number = built.size();
        built.add(Optional.empty());
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < layer.layers().size(); i++) {
            layers.add(build(layer.layers().get(i), NetworkWriter.inner(place, i)));
        }
        Map<String, Value> own = new LinkedHashMap<>();
        layer.matrices().forEach((inside, name) -> own.put(inside, matrices.get(name)));
        SavedLayer saved = new SavedLayer(layer.options(), own, layers);
        try {
            Layer made = layer.kind().equals(LayerKinds.SAME) ? earlier(saved) : kinds.build(layer.kind(), saved);
            built.set(number, Optional.of(made));
            return made;
        } catch (IllegalArgumentException | ArithmeticException refused) {
            throw wrong(source, place, layer.kind() + ": " + refused.getMessage());
        }
    }

    /** The layer that is there a second time; it is complete, as the check does not end otherwise. */
    private Layer earlier(SavedLayer saved) {
        return built.get(Math.toIntExact(saved.integer(LayerKinds.AS))).orElseThrow();
    }

    private static ModelFormatException wrong(String source, String place, String reason) {
        return new ModelFormatException(source, NetworkWriter.where(place), 0, reason);
    }
}
