package org.ejgrad.nn.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.sequence.Attention;
import org.ejgrad.nn.sequence.Bidirectional;
import org.ejgrad.nn.sequence.Cell;
import org.ejgrad.nn.sequence.EachStep;
import org.ejgrad.nn.sequence.GruCell;
import org.ejgrad.nn.sequence.LstmCell;
import org.ejgrad.nn.sequence.PositionEncoding;
import org.ejgrad.nn.sequence.Recurrent;
import org.ejgrad.nn.sequence.RecurrentCell;
import org.ejml.simple.ConstMatrix;

/** The kinds of layers over sequences. */
final class SequenceKinds {
    private static final int MOST_HEADS = 1 << 20;

    private static final Map<String, Function<List<ConstMatrix<?>>, Cell>> CELLS =
            Map.of("RecurrentCell", RecurrentCell::of, "GruCell", GruCell::of, "LstmCell", LstmCell::of);

    private SequenceKinds() {}

    static LayerKinds added(LayerKinds kinds) {
        return kinds.with(
                        "Recurrent",
                        Recurrent.class,
                        layer -> Map.of("cell", name(layer.cell()), "last", Boolean.toString(layer.isLast())),
                        SequenceKinds::recurrent)
                .with(
                        "Bidirectional",
                        Bidirectional.class,
                        layer -> Map.of(
                                "features", Integer.toString(layer.features()),
                                "last", Boolean.toString(layer.isLast())),
                        SequenceKinds::bidirectional)
                .with(
                        "EachStep",
                        EachStep.class,
                        layer -> Map.of("features", Integer.toString(layer.features())),
                        saved -> new EachStep(features(saved), saved.layer()))
                .with(
                        "PositionEncoding",
                        PositionEncoding.class,
                        layer -> Map.of("features", Integer.toString(layer.features())),
                        saved -> new PositionEncoding(features(saved)))
                .with("Attention", Attention.class, SequenceKinds::options, SequenceKinds::attention);
    }

    /** One head is not mentioned, as before there could be several. */
    private static Map<String, String> options(Attention layer) {
        Map<String, String> options = new TreeMap<>(
                Map.of("features", Integer.toString(layer.features()), "causal", Boolean.toString(layer.isCausal())));
        if (layer.heads() > 1) {
            options.put("heads", Integer.toString(layer.heads()));
        }
        return options;
    }

    private static String name(Cell cell) {
        if (cell instanceof RecurrentCell) {
            return "RecurrentCell";
        }
        if (cell instanceof GruCell) {
            return "GruCell";
        }
        if (cell instanceof LstmCell) {
            return "LstmCell";
        }
        throw new IllegalArgumentException(
                "Recurrent cannot be saved: its cell, " + cell + ", is none of " + new TreeSet<>(CELLS.keySet()));
    }

    private static int features(SavedLayer saved) {
        return Math.toIntExact(saved.integer("features"));
    }

    private static Bidirectional bidirectional(SavedLayer saved) {
        List<Layer> parts = parts(saved, "ahead", "back");
        Bidirectional both = Bidirectional.of(features(saved), parts.get(0), parts.get(1));
        return saved.truth("last") ? both.last() : both;
    }

    private static List<Layer> parts(SavedLayer saved, String... names) {
        if (saved.layers().size() != names.length) {
            throw new IllegalArgumentException(
                    "it holds " + saved.layers().size() + " layers; expected " + List.of(names));
        }
        return saved.layers();
    }

    private static Attention attention(SavedLayer saved) {
        List<Layer> parts = parts(saved, "query", "key", "value", "output");
        Attention head = Attention.of(features(saved), parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        Attention all = saved.options().containsKey("heads") ? head.heads(heads(saved)) : head;
        return saved.truth("causal") ? all.causal() : all;
    }

    private static int heads(SavedLayer saved) {
        long heads = saved.integer("heads");
        if (heads < 1 || heads > MOST_HEADS) {
            throw new IllegalArgumentException("the option heads is " + heads + "; expected 1 to " + MOST_HEADS);
        }
        return (int) heads;
    }

    private static Recurrent recurrent(SavedLayer saved) {
        Function<List<ConstMatrix<?>>, Cell> cell = CELLS.get(saved.text("cell"));
        if (cell == null) {
            throw new IllegalArgumentException(
                    "the cell is \"" + saved.text("cell") + "\"; expected one of " + new TreeSet<>(CELLS.keySet()));
        }
        Recurrent layer = Recurrent.of(cell.apply(List.of(
                saved.matrix("weight_ih").matrix(),
                saved.matrix("weight_hh").matrix(),
                saved.matrix("bias_ih").matrix(),
                saved.matrix("bias_hh").matrix())));
        return saved.truth("last") ? layer.last() : layer;
    }
}
