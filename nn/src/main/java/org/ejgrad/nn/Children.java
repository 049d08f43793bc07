package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/** The layers inside a layer, as its {@link Layer#map} has them, and what it has by way of them. */
public final class Children {
    private Children() {}

    /**
     * {@return the layers directly inside a layer by name, in their order}
     *
     * @throws IllegalArgumentException if two have the same name
     */
    public static Map<String, Layer> of(Layer layer) {
        Map<String, Layer> children = new LinkedHashMap<>();
        requireNonNull(layer, "layer").map((name, child) -> {
            if (children.putIfAbsent(requireNonNull(name, "a child's name"), requireNonNull(child, name)) != null) {
                throw new IllegalArgumentException(
                        layer + ": two layers inside are called \"" + PlainText.line(name) + "\"");
            }
            return child;
        });
        return Collections.unmodifiableMap(children);
    }

    /** {@return what a change makes of a layer inside, for {@link Layer#map}; null is refused in words} */
    public static Layer changed(BiFunction<String, Layer, Layer> change, String name, Layer child) {
        requireNonNull(change, "change");
        requireNonNull(name, "name");
        return requireNonNull(
                change.apply(name, requireNonNull(child, "child")),
                () -> "what became of layer " + PlainText.line(name));
    }

    /** What a layer learns, and what it remembers. */
    static List<Parameter> all(Layer layer) {
        return Stream.concat(
                        Require.elements(layer.parameters(), "the layer's parameters()").stream(),
                        Require.elements(layer.statistics(), "the layer's statistics()").stream())
                .toList();
    }

    /** The parameters of the layers inside, within their names; one that several share once. */
    static List<Parameter> named(Layer layer, Function<Layer, List<Parameter>> part, String what) {
        List<Parameter> all = new ArrayList<>();
        of(layer)
                .forEach((name, child) -> Require.elements(
                                part.apply(child), "layer " + PlainText.line(name) + ": its " + what)
                        .forEach(each -> all.add(name.isEmpty() ? each : each.within(name))));
        return all.stream().distinct().toList();
    }

    /** The layer with those inside at a position, each at a place of its own. */
    static Layer at(Layer layer, long... position) {
        AtomicInteger place = new AtomicInteger();
        return mapped(layer, (name, child) -> {
            long[] inner = Arrays.copyOf(position, position.length + 1);
            inner[position.length] = place.getAndIncrement();
            return returned(child.at(name.isEmpty() ? position : inner), name, "at()");
        });
    }

    /** The layer with other layers inside, as its own {@link Layer#map} makes it. */
    static Layer mapped(Layer layer, BiFunction<String, Layer, Layer> change) {
        return requireNonNull(layer.map(change), () -> "what the map() of " + layer + " returned");
    }

    static Layer returned(Layer mode, String name, String method) {
        return requireNonNull(mode, () -> "what the " + method + " of layer " + PlainText.line(name) + " returned");
    }
}
