package org.ejgrad.nn.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.ModelFormatException;

/**
 * What a model file says besides its matrices, as notes of its header.
 *
 * @param model whose notes
 */
record ModelNotes(Model model) {
    /** The newest form of these notes. */
    private static final String FORMAT = "1";

    private static final String VERSION = "model";
    private static final String NETWORK = "network";
    private static final String OUTPUTS = "outputs";
    private static final String LOSS = "loss";
    private static final String FEATURE = "feature/";
    private static final String CLASS = "class/";
    private static final String TRAINING = "training/";

    Map<String, String> write(Architecture network) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(VERSION, FORMAT);
        notes.put(NETWORK, network.toJson());
        notes.put(OUTPUTS, model.outputs().toString());
        notes.put(LOSS, model.loss());
        putAll(notes, FEATURE, model.featureNames());
        putAll(notes, CLASS, model.classNames());
        model.training().entries().forEach((what, which) -> notes.put(TRAINING + what, which));
        return notes;
    }

    private static void putAll(Map<String, String> notes, String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            notes.put(key + i, names.get(i));
        }
    }

    /** The network as data, of a file whose form is known. */
    static Architecture network(Map<String, String> notes, String source) throws ModelFormatException {
        String format = notes.get(VERSION);
        if (!FORMAT.equals(format)) {
            throw new ModelFormatException(
                    source,
                    "header",
                    0,
                    format == null
                            ? "it holds matrices but no model; build the network and load them with Weights.load"
                            : "its model is of format " + format + "; this version of ejgrad reads " + FORMAT
                                    + ", another one is needed");
        }
        return Architecture.parse(notes.getOrDefault(NETWORK, ""), source);
    }

    /** Refuses a network that is not known, or that is not what the file's matrices make. */
    static void require(Map<String, String> notes, Map<String, Shape> shapes, LayerKinds kinds, String source)
            throws ModelFormatException {
        int columns = names(notes, FEATURE).size();
        ArchitectureCheck.require(network(notes, source), kinds, shapes, columns, source);
    }

    /** The model of a network that has been built. */
    static Model read(Layer network, Map<String, String> notes) {
        Map<String, String> training = new LinkedHashMap<>();
        notes.forEach((key, note) -> {
            if (key.startsWith(TRAINING)) {
                training.put(key.substring(TRAINING.length()), note);
            }
        });
        String outputs = notes.getOrDefault(OUTPUTS, "missing");
        return new Model(
                network,
                Stream.of(Outputs.values())
                        .filter(each -> each.toString().equals(outputs))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "its outputs are " + outputs + "; expected one of " + List.of(Outputs.values()))),
                notes.getOrDefault(LOSS, ""),
                names(notes, FEATURE),
                names(notes, CLASS),
                new Manifest(training));
    }

    private static List<String> names(Map<String, String> notes, String key) {
        List<String> names = new ArrayList<>();
        for (String name = notes.get(key + 0); name != null; name = notes.get(key + names.size())) {
            names.add(name);
        }
        return names;
    }
}
