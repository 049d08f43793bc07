package org.ejgrad.nn.model;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.io.Architecture;

/** A network as data, layer by layer; its matrices are called what the network as a whole calls them. */
final class NetworkWriter {
    private final LayerKinds kinds;
    private final Map<Parameter, String> names = new LinkedHashMap<>();
    private final Map<Parameter, String> owners = new LinkedHashMap<>();
    private final Map<Layer, Integer> seen = new IdentityHashMap<>();
    private int count;

    private NetworkWriter(LayerKinds kinds, Layer network) {
        this.kinds = kinds;
        all(network, "the network").forEach(each -> names.putIfAbsent(each, each.name()));
    }

    /** The network as data; a message about what is of no kind begins with the layer. */
    static Architecture describe(Layer network, LayerKinds kinds) {
        return new NetworkWriter(kinds, network).describe(network, "");
    }

    /** What a layer learns, and what it remembers. */
    static List<Parameter> all(Layer layer, String where) {
        return Stream.concat(
                        Require.elements(layer.parameters(), where + ": its parameters()").stream(),
                        Require.elements(layer.statistics(), where + ": its statistics()").stream())
                .toList();
    }

    /** The layer at a place such as {@code 0.2}, the empty text for the whole. */
    private Architecture describe(Layer layer, String place) {
        String where = where(place);
        int number = count++;
        if (LayerKinds.isStateful(layer)) {
            Integer earlier = seen.putIfAbsent(layer, number);
            if (earlier != null) {
                return new Architecture(
                        LayerKinds.SAME, Map.of(LayerKinds.AS, earlier.toString()), Map.of(), List.of());
            }
        }
        LayerKinds.Known known = kinds.describe(layer)
                .orElseThrow(() -> new IllegalArgumentException(where + " cannot be saved: " + shown(layer)
                        + " is of no known kind; expected a layer of nn as it was made (not its inference() or at()), an "
                        + "Activation, or what LayerKinds.with gives a name"));
        Set<Parameter> own = new LinkedHashSet<>(all(layer, where));
        List<Architecture> layers = new ArrayList<>();
        for (Layer inner : known.inner()) {
            all(inner, where).forEach(own::remove);
            layers.add(describe(inner, inner(place, layers.size())));
        }
        Map<String, String> matrices = new LinkedHashMap<>();
        own.forEach(each -> matrices.put(each.name(), claimed(each, where)));
        return new Architecture(known.name(), known.options(), matrices, layers);
    }

    static String where(String place) {
        return place.isEmpty() ? "the network" : "layer " + PlainText.line(place);
    }

    static String inner(String place, int i) {
        return place.isEmpty() ? "" + i : place + "." + i;
    }

    private static String shown(Layer layer) {
        String type = layer.getClass().getSimpleName();
        return layer.getClass().isSynthetic() || type.isEmpty() ? "a function" : type;
    }

    /** The network's name of a parameter that no other layer has. */
    private String claimed(Parameter parameter, String where) {
        String name = names.get(parameter);
        String other = owners.putIfAbsent(parameter, where);
        if (name == null || other != null) {
            throw new IllegalArgumentException(where + " cannot be saved: its " + parameter.name()
                    + (name == null ? " is no parameter of the network" : " is also that of " + other));
        }
        return name;
    }
}
