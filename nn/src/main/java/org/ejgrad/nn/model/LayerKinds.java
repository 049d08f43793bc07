package org.ejgrad.nn.model;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Frozen;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Temperature;
import org.ejgrad.nn.arguments.Require;

/**
 * The kinds of layers that a model file may hold, each under the name that stands there.
 *
 * <p>A file says only names and options: what they mean is said here, so no file can make a program run code that it
 * has not named. {@link #DEFAULT} knows the layers of nn; a layer of one's own is added, for saving and for loading:
 *
 * <pre>{@code
 * Layer halved = x -> x.scale(0.5);
 * LayerKinds kinds = LayerKinds.DEFAULT.with("halved", halved);
 * }</pre>
 */
public final class LayerKinds {
    /** The kind of a layer that is the same object as one before it. */
    static final String SAME = "same";

    /** The option that says which one, by its place among all. */
    static final String AS = "as";

    /** All layers and activations of nn. */
    public static final LayerKinds DEFAULT = SequenceKinds.added(
                    ImageKinds.added(new LayerKinds(activations(), Map.of())))
            .with(
                    "Sequential",
                    Sequential.class,
                    layer -> Map.of(),
                    saved -> Sequential.of(saved.layers().toArray(Layer[]::new)))
            .with(
                    "Residual",
                    Residual.class,
                    layer -> Map.of("concatenating", Boolean.toString(layer.isConcatenating())),
                    saved -> saved.truth("concatenating")
                            ? Residual.concatenating(saved.layer())
                            : Residual.of(saved.layer()))
            .with("Frozen", Frozen.class, layer -> Map.of(), saved -> new Frozen(saved.layer()))
            .with("Dense", Dense.class, layer -> Map.of(), LayerKinds::dense)
            .with("BatchNorm", BatchNorm.class, LayerKinds::options, LayerKinds::batchNorm)
            .with(
                    "LayerNorm",
                    LayerNorm.class,
                    layer -> Map.of("epsilon", Double.toString(layer.epsilon())),
                    LayerKinds::layerNorm)
            .with(
                    "Dropout",
                    Dropout.class,
                    LayerKinds::options,
                    saved -> new Dropout(saved.number("probability"), saved.integer("seed")))
            .with("Embedding", Embedding.class, LayerKinds::options, LayerKinds::embedding)
            .with("Temperature", Temperature.class, layer -> Map.of(), saved -> new Temperature(1));

    private final Map<String, Layer> functions;
    private final Map<String, Kind<?>> kinds;

    /**
     * One kind.
     *
     * @param type whose objects are of this kind
     * @param options of a layer
     * @param inner the layers inside
     * @param layer builds one
     */
    private record Kind<L extends Layer>(
            Class<L> type,
            Function<L, Map<String, String>> options,
            Function<L, List<Layer>> inner,
            Function<SavedLayer, L> layer) {
        Known describe(String name, Layer layer) {
            L own = type.cast(layer);
            return new Known(
                    name,
                    new TreeMap<>(Require.entries(options.apply(own), "what toOptions returned")),
                    Require.elements(inner.apply(own), "what inner returned"));
        }
    }

    /**
     * What a kind says of a layer.
     *
     * @param name the kind's
     * @param options of the layer, sorted
     * @param inner the layers inside
     */
    record Known(String name, Map<String, String> options, List<Layer> inner) {}

    private LayerKinds(Map<String, Layer> functions, Map<String, Kind<?>> kinds) {
        this.functions = Collections.unmodifiableMap(functions);
        this.kinds = Collections.unmodifiableMap(kinds);
    }

    private static Map<String, Layer> activations() {
        Map<String, Layer> all = new LinkedHashMap<>();
        Stream.of(Activation.values()).forEach(each -> all.put(each.toString(), each));
        return all;
    }

    /**
     * {@return these kinds and a function that learns nothing; a network that holds this very object can be saved}
     *
     * @param name what it is called in files
     * @param function the layer
     * @throws IllegalArgumentException if the name is empty or taken, or the function has parameters or statistics
     */
    public LayerKinds with(String name, Layer function) {
        requireNonNull(function, "function");
        requireFree(requireNonNull(name, "name"));
        if (isStateful(function)) {
            throw new IllegalArgumentException("with: the function \"" + name
                    + "\" has parameters or statistics; name its class and how it is built");
        }
        Map<String, Layer> more = new LinkedHashMap<>(functions);
        more.put(name, function);
        return new LayerKinds(more, kinds);
    }

    /**
     * {@return these kinds and a class of layers, with those inside that {@link Layer#map} has}
     *
     * @param name what it is called in files
     * @param type the class itself; its subclasses are other kinds
     * @param toOptions what has to be known to build such a layer again, besides its matrices
     * @param fromSaved builds one; its parameters and statistics are set afterwards
     * @throws IllegalArgumentException if the name is empty or taken, or the class has a name already
     */
    public <L extends Layer> LayerKinds with(
            String name, Class<L> type, Function<L, Map<String, String>> toOptions, Function<SavedLayer, L> fromSaved) {
        return with(
                name, type, toOptions, layer -> List.copyOf(Children.of(layer).values()), fromSaved);
    }

    /**
     * {@return these kinds and a class of layers that hold others which {@link Layer#map} does not have}
     *
     * @param name what it is called in files
     * @param type the class itself; its subclasses are other kinds
     * @param toOptions what has to be known to build such a layer again, besides its matrices
     * @param inner the layers inside, in the order in which the builder finds them
     * @param fromSaved builds one; its parameters and statistics are set afterwards
     * @throws IllegalArgumentException if the name is empty or taken, or the class has a name already
     */
    public <L extends Layer> LayerKinds with(
            String name,
            Class<L> type,
            Function<L, Map<String, String>> toOptions,
            Function<L, List<Layer>> inner,
            Function<SavedLayer, L> fromSaved) {
        Kind<L> added = new Kind<>(
                requireNonNull(type, "type"),
                requireNonNull(toOptions, "toOptions"),
                requireNonNull(inner, "inner"),
                requireNonNull(fromSaved, "fromSaved"));
        requireFree(requireNonNull(name, "name"));
        kinds.forEach((known, kind) -> {
            if (kind.type == type) {
                throw new IllegalArgumentException(
                        "with: the class " + type.getSimpleName() + " has the name \"" + known + "\" already");
            }
        });
        Map<String, Kind<?>> more = new LinkedHashMap<>(kinds);
        more.put(name, added);
        return new LayerKinds(functions, more);
    }

    private void requireFree(String name) {
        if (name.isEmpty() || name.equals(SAME) || names().contains(name)) {
            throw new IllegalArgumentException(PlainText.line(
                    "with: the name is \"" + name + "\"; expected one besides " + names() + " and " + SAME));
        }
    }

    /** {@return the names of all kinds, sorted} */
    public Set<String> names() {
        Set<String> names = new TreeSet<>(functions.keySet());
        names.addAll(kinds.keySet());
        return Collections.unmodifiableSet(names);
    }

    /** Whether there is anything in a layer that another of its kind might not share. */
    static boolean isStateful(Layer layer) {
        return !NetworkWriter.all(layer, "the layer").isEmpty();
    }

    /** Whether layers of a kind of nn give as many columns as they are given. */
    boolean keepsColumns(String name) {
        return name.equals("Dropout") || functions.get(name) instanceof Activation;
    }

    /** What is known of a layer, if it is of a kind. */
    Optional<Known> describe(Layer layer) {
        for (Map.Entry<String, Layer> each : functions.entrySet()) {
            if (each.getValue() == layer) {
                return Optional.of(new Known(each.getKey(), Map.of(), List.of()));
            }
        }
        for (Map.Entry<String, Kind<?>> each : kinds.entrySet()) {
            if (each.getValue().type == layer.getClass()) {
                return Optional.of(each.getValue().describe(each.getKey(), layer));
            }
        }
        return isStateful(layer)
                ? Optional.empty()
                : Activation.of(layer).map(each -> new Known(each.toString(), Map.of(), List.of()));
    }

    /** Builds a layer of a kind whose name is known. */
    Layer build(String name, SavedLayer saved) {
        Layer function = functions.get(name);
        if (function != null) {
            return function;
        }
        Kind<?> kind = requireNonNull(kinds.get(name), name);
        Layer built = kind.layer.apply(saved);
        if (built == null) {
            throw new IllegalArgumentException("the function that builds a " + PlainText.line(name) + " returned null");
        }
        return built;
    }

    // ---- the layers of nn -------------------------------------------------------------------------------------------

    private static Dense dense(SavedLayer saved) {
        return saved.matrices().containsKey("bias")
                ? Dense.of(saved.matrix("weight").matrix(), saved.matrix("bias").matrix())
                : Dense.withoutBias(saved.matrix("weight").matrix());
    }

    private static Map<String, String> options(BatchNorm layer) {
        String momentum =
                layer.momentum().isPresent() ? Double.toString(layer.momentum().getAsDouble()) : "averaging";
        return Map.of("epsilon", Double.toString(layer.epsilon()), "momentum", momentum);
    }

    private static BatchNorm batchNorm(SavedLayer saved) {
        int columns = saved.matrix("mean").getNumCols();
        double epsilon = saved.number("epsilon");
        BatchNorm layer = saved.text("momentum").equals("averaging")
                ? BatchNorm.averaging(columns, epsilon)
                : new BatchNorm(columns, epsilon, saved.number("momentum"));
        return saved.matrices().containsKey("weight") ? layer : layer.withoutScaling();
    }

    private static LayerNorm layerNorm(SavedLayer saved) {
        double epsilon = saved.number("epsilon");
        return saved.matrices().isEmpty()
                ? LayerNorm.plain(epsilon)
                : new LayerNorm(saved.matrix("weight").getNumCols(), epsilon);
    }

    private static Map<String, String> options(Dropout layer) {
        return Map.of("probability", Double.toString(layer.probability()), "seed", Long.toString(layer.seed()));
    }

    private static Map<String, String> options(Embedding layer) {
        return layer.padding().isPresent()
                ? Map.of("padding", Integer.toString(layer.padding().getAsInt()))
                : Map.of();
    }

    private static Embedding embedding(SavedLayer saved) {
        Embedding table = Embedding.of(saved.matrix("weight").matrix());
        return saved.options().containsKey("padding")
                ? table.padding(Math.toIntExact(saved.integer("padding")))
                : table;
    }
}
