package org.ejgrad.nn.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.ejgrad.Shape;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.ModelFormatException;

/**
 * Refuses a network that a file describes before anything of it is built: a kind that is not known, a matrix that is
 * missing or two layers', shapes that do not follow from one another, and what would grow without measure.
 */
final class ArchitectureCheck {
    /** Columns of anything between two layers. */
    private static final long MOST_COLUMNS = 1 << 20;

    /** Layers applied to a row, each as often as it is. */
    private static final int MOST_APPLIED = 10_000;

    /** Layers within each other, those that are the same as others included. */
    private static final int DEEPEST = 200;

    private final LayerKinds kinds;
    private final Map<String, Shape> shapes;
    private final String source;
    private final Set<String> left;
    private final List<Architecture> seen = new ArrayList<>();
    private final Map<Architecture, Integer> numbers = new IdentityHashMap<>();
    private int applied;
    private int depth;

    private ArchitectureCheck(LayerKinds kinds, Map<String, Shape> shapes, String source) {
        this.kinds = kinds;
        this.shapes = shapes;
        this.source = source;
        this.left = new HashSet<>(shapes.keySet());
    }

    /**
     * Checks a network.
     *
     * @param shapes of all matrices in the file
     * @param columns of the network's input
     */
    static void require(Architecture network, LayerKinds kinds, Map<String, Shape> shapes, int columns, String source)
            throws ModelFormatException {
        ArchitectureCheck check = new ArchitectureCheck(kinds, shapes, source);
        check.requireNames(network, "");
        if (!check.left.isEmpty()) {
            throw check.wrong("", "the matrices " + check.left.stream().sorted().toList() + " are no layer's");
        }
        check.after(network, OptionalLong.of(columns), "");
    }

    private void requireNames(Architecture layer, String place) throws ModelFormatException {
        numbers.put(layer, seen.size());
        seen.add(layer);
        if (!layer.kind().equals(LayerKinds.SAME) && !kinds.names().contains(layer.kind())) {
            throw wrong(
                    place,
                    "there is no kind of layer \"" + layer.kind() + "\" here; known are " + kinds.names()
                            + ", and LayerKinds.with adds one");
        }
        for (String name : layer.matrices().values()) {
            if (!left.remove(name)) {
                throw wrong(place, "its matrix " + name + " is missing, or another layer's");
            }
        }
        for (int i = 0; i < layer.layers().size(); i++) {
            requireNames(layer.layers().get(i), NetworkWriter.inner(place, i));
        }
    }

    /** How many columns a layer makes of so many; unknown after a layer that is not nn's. */
    private OptionalLong after(Architecture layer, OptionalLong columns, String place) throws ModelFormatException {
        if (++applied > MOST_APPLIED || ++depth > DEEPEST) {
            throw wrong(
                    place,
                    "more than " + MOST_APPLIED + " layers are applied to a row, or " + DEEPEST + " within each other");
        }
        OptionalLong after = switch (layer.kind()) {
            case LayerKinds.SAME -> after(earlier(layer, place), columns, place);
            case "Sequential", "Frozen" -> afterAll(layer, columns, place);
            case "Residual" -> afterResidual(layer, columns, place);
            case "EachStep" -> {
                long features = features(layer, place);
                yield afterSteps(columns, features, afterAll(layer, OptionalLong.of(features), place), place);
            }
            case "PositionEncoding" -> {
                long features = features(layer, place);
                yield afterSteps(columns, features, OptionalLong.of(features), place);
            }
            case "Bidirectional" -> afterBoth(layer, columns, place);
            case "Attention" -> afterAttention(layer, columns, place);
            case "Recurrent" -> {
                OptionalLong hidden =
                        OptionalLong.of(shape(layer, "weight_hh", place).rows());
                OptionalLong all =
                        afterSteps(columns, shape(layer, "weight_ih", place).rows(), hidden, place);
                yield layer.options().getOrDefault("last", "").equals("true") ? hidden : all;
            }
            case "Dense" -> {
                Shape weight = shape(layer, "weight", place);
                requireColumns(columns, weight.rows(), place);
                requireRows(layer, "bias", weight.columns(), place);
                yield OptionalLong.of(weight.columns());
            }
            case "BatchNorm", "LayerNorm" -> normalised(layer, columns, place);
            case "Embedding" -> {
                long width = shape(layer, "weight", place).columns();
                yield columns.isPresent() ? OptionalLong.of(columns.getAsLong() * width) : columns;
            }
            case "Conv2d", "ConvTranspose2d", "Pool2d", "PerPixel" -> images(layer, columns, place);
            case "Temperature" -> {
                requireRows(layer, "temperature", 1, place);
                yield columns;
            }
            default -> kinds.keepsColumns(layer.kind()) ? columns : OptionalLong.empty();
        };
        depth--;
        requireMeasure(after.orElse(0), "makes", place);
        return after;
    }

    private void requireMeasure(long columns, String does, String place) throws ModelFormatException {
        if (columns > MOST_COLUMNS) {
            throw wrong(place, "it " + does + " " + columns + " columns; expected at most " + MOST_COLUMNS);
        }
    }

    /** The layer that is there a second time. */
    private Architecture earlier(Architecture layer, String place) throws ModelFormatException {
        String number = layer.options().getOrDefault(LayerKinds.AS, "");
        if (!number.matches("[0-9]{1,5}") || Integer.parseInt(number) >= numbers.getOrDefault(layer, 0)) {
            throw wrong(place, "it is the same as layer number \"" + number + "\"; expected one before it");
        }
        return seen.get(Integer.parseInt(number));
    }

    private OptionalLong afterAll(Architecture layer, OptionalLong columns, String place) throws ModelFormatException {
        OptionalLong after = columns;
        for (int i = 0; i < layer.layers().size(); i++) {
            after = after(layer.layers().get(i), after, NetworkWriter.inner(place, i));
        }
        return after;
    }

    private OptionalLong afterResidual(Architecture layer, OptionalLong columns, String place)
            throws ModelFormatException {
        OptionalLong inner = afterAll(layer, columns, place);
        if (inner.isEmpty() || columns.isEmpty()) {
            return OptionalLong.empty();
        }
        if (layer.options().getOrDefault("concatenating", "").equals("true")) {
            return OptionalLong.of(columns.getAsLong() + inner.getAsLong());
        }
        requireColumns(columns, inner.getAsLong(), place);
        return columns;
    }

    private OptionalLong images(Architecture layer, OptionalLong columns, String place) throws ModelFormatException {
        try {
            boolean hasWeights = layer.kind().startsWith("Conv");
            int filters = hasWeights ? shape(layer, "weight", place).columns() : 0;
            ImageKinds.Columns own = ImageKinds.columns(layer.kind(), layer.options(), filters);
            requireColumns(columns, own.input(), place);
            requireMeasure(own.input(), "takes", place);
            requireColumns(afterAll(layer, OptionalLong.of(own.inner()), place), own.inner(), place);
            return OptionalLong.of(own.output());
        } catch (IllegalArgumentException refused) {
            throw wrong(place, layer.kind() + ": " + refused.getMessage());
        }
    }

    /** Query, key and value of the features, and the output of what comes of the value. */
    private OptionalLong afterAttention(Architecture layer, OptionalLong columns, String place)
            throws ModelFormatException {
        long features = features(layer, place);
        OptionalLong made = OptionalLong.of(features);
        for (int i = 0; i < layer.layers().size(); i++) {
            OptionalLong given = i < layer.layers().size() - 1 ? OptionalLong.of(features) : made;
            made = after(layer.layers().get(i), given, NetworkWriter.inner(place, i));
        }
        return afterSteps(columns, features, made, place);
    }

    /** What each layer makes of all steps, side by side; of one step, if it gives the last alone. */
    private OptionalLong afterBoth(Architecture layer, OptionalLong columns, String place) throws ModelFormatException {
        OptionalLong steps = afterSteps(columns, features(layer, place), OptionalLong.of(1), place);
        long both = 0;
        boolean isKnown = steps.isPresent();
        for (int i = 0; i < layer.layers().size(); i++) {
            OptionalLong made = after(layer.layers().get(i), columns, NetworkWriter.inner(place, i));
            both += made.orElse(0);
            isKnown &= made.isPresent();
        }
        boolean isLast = layer.options().getOrDefault("last", "").equals("true");
        return isKnown ? OptionalLong.of(isLast ? both / Math.max(1, steps.getAsLong()) : both) : OptionalLong.empty();
    }

    /** Of each step's features some columns are made. */
    private OptionalLong afterSteps(OptionalLong columns, long features, OptionalLong made, String place)
            throws ModelFormatException {
        if (columns.isEmpty() || made.isEmpty()) {
            return OptionalLong.empty();
        }
        if (features == 0 || columns.getAsLong() % features != 0) {
            throw wrong(place, "it is given " + columns.getAsLong() + " columns; expected " + features + " a step");
        }
        return OptionalLong.of(columns.getAsLong() / features * made.getAsLong());
    }

    private long features(Architecture layer, String place) throws ModelFormatException {
        String features = layer.options().getOrDefault("features", "");
        if (!features.matches("[1-9][0-9]{0,6}")) {
            throw wrong(place, layer.kind() + ": it has \"" + features + "\" features; expected a number from 1");
        }
        return Long.parseLong(features);
    }

    private OptionalLong normalised(Architecture layer, OptionalLong columns, String place)
            throws ModelFormatException {
        Map<String, String> rows = new LinkedHashMap<>(layer.matrices());
        rows.remove("batches");
        if (rows.isEmpty()) {
            return columns;
        }
        int width = shape(layer, rows.keySet().iterator().next(), place).columns();
        for (String name : rows.keySet()) {
            requireRows(layer, name, width, place);
        }
        requireColumns(columns, width, place);
        return OptionalLong.of(width);
    }

    private Shape shape(Architecture layer, String matrix, String place) throws ModelFormatException {
        Shape shape = shapes.get(layer.matrices().getOrDefault(matrix, ""));
        if (shape == null) {
            throw wrong(place, layer.kind() + ": it has no matrix " + matrix);
        }
        return shape;
    }

    /** A matrix is one row, if it is there. */
    private void requireRows(Architecture layer, String matrix, int columns, String place) throws ModelFormatException {
        Shape row = new Shape(1, columns);
        if (layer.matrices().containsKey(matrix) && !shape(layer, matrix, place).equals(row)) {
            throw wrong(
                    place,
                    layer.kind() + ": its " + matrix + " is " + shape(layer, matrix, place) + "; expected " + row);
        }
    }

    private void requireColumns(OptionalLong found, long expected, String place) throws ModelFormatException {
        if (found.isPresent() && found.getAsLong() != expected) {
            throw wrong(place, "it is given " + found.getAsLong() + " columns; expected " + expected);
        }
    }

    private ModelFormatException wrong(String place, String reason) {
        return new ModelFormatException(source, NetworkWriter.where(place), 0, reason);
    }
}
