package org.ejgrad.nn.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.DatasetFormatException;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Safetensors;
import org.ejgrad.nn.io.Weights;

/** A model as named matrices with notes, in and out of a file. */
final class ModelFile {
    /** The newest form of these notes. */
    private static final String FORMAT = "1";

    private static final String VERSION = "model";
    private static final String NETWORK = "network";
    private static final String OUTPUTS = "outputs";
    private static final String LOSS = "loss";
    private static final String PREPARATION = "preparation";
    private static final String FEATURE = "feature/";
    private static final String CLASS = "class/";
    private static final String TRAINING = "training/";

    private ModelFile() {}

    static void write(Path file, Model model, LayerKinds kinds) throws IOException {
        Safetensors.write(file, matrices(model, kinds));
    }

    static NamedMatrices matrices(Model model, LayerKinds kinds) throws IOException {
        NamedMatrices weights = Weights.of(model.network());
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String name : weights.names()) {
            shapes.put(name, weights.get(name).shape());
            NonFinite.in(weights.get(name)).ifPresent(found -> {
                throw new NonFiniteException("the model holds " + found.number() + " in " + PlainText.line(name)
                        + " at row " + found.row() + ", column " + found.column() + "; nothing has been saved");
            });
        }
        Map<String, String> notes = notes(model, NetworkWriter.describe(model.network(), kinds));
        require(notes, shapes, kinds, "the model"); // what would not be read is not written
        return weights.withMetadata(notes);
    }

    static Model read(Path file, LayerKinds kinds) throws IOException {
        String source = file.toString();
        NamedMatrices saved = Safetensors.read(file, (shapes, notes) -> require(notes, shapes, kinds, source));
        Map<String, String> notes = saved.metadata();
        Layer network = NetworkReader.build(network(notes, source), kinds, saved, source);
        try {
            Weights.into(network, saved, Weights.Numbers.FINITE);
            return model(network, notes, source);
        } catch (IllegalArgumentException | NonFiniteException refused) {
            throw new ModelFormatException(source, "network", 0, String.valueOf(refused.getMessage()));
        }
    }

    private static Map<String, String> notes(Model model, Architecture network) {
        Map<String, String> notes = new LinkedHashMap<>();
        notes.put(VERSION, FORMAT);
        notes.put(NETWORK, network.toJson());
        notes.put(OUTPUTS, model.outputs().toString());
        notes.put(LOSS, model.loss());
        if (model.preparation().isPresent()) {
            notes.put(PREPARATION, model.preparation().get().toJson());
        } else {
            putAll(notes, FEATURE, model.featureNames());
            putAll(notes, CLASS, model.classNames());
        }
        model.training().entries().forEach((what, which) -> notes.put(TRAINING + what, which));
        return notes;
    }

    private static void putAll(Map<String, String> notes, String key, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            notes.put(key + i, names.get(i));
        }
    }

    /** The network as data, of a file whose form is known. */
    private static Architecture network(Map<String, String> notes, String source) throws ModelFormatException {
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
    private static void require(Map<String, String> notes, Map<String, Shape> shapes, LayerKinds kinds, String source)
            throws ModelFormatException {
        int columns = preparation(notes, source)
                .map(Preparation::featureNames)
                .orElse(names(notes, FEATURE))
                .size();
        ArchitectureCheck.require(network(notes, source), kinds, shapes, columns, source);
    }

    private static Optional<Preparation> preparation(Map<String, String> notes, String source)
            throws ModelFormatException {
        String json = notes.get(PREPARATION);
        try {
            return json == null ? Optional.empty() : Optional.of(Preparation.fromJson(json));
        } catch (DatasetFormatException wrong) {
            throw new ModelFormatException(source, "preparation", 0, String.valueOf(wrong.getMessage()));
        }
    }

    /** The model of a network that has been built. */
    private static Model model(Layer network, Map<String, String> notes, String source) throws ModelFormatException {
        Map<String, String> training = new LinkedHashMap<>();
        notes.forEach((key, note) -> {
            if (key.startsWith(TRAINING)) {
                training.put(key.substring(TRAINING.length()), note);
            }
        });
        Outputs outputs = outputs(notes.getOrDefault(OUTPUTS, "missing"));
        String loss = notes.getOrDefault(LOSS, "");
        Manifest run = new Manifest(training);
        Optional<Preparation> preparation = preparation(notes, source);
        return preparation.isPresent()
                ? Model.prepared(network, outputs, loss, preparation.get(), run)
                : new Model(network, outputs, loss, names(notes, FEATURE), names(notes, CLASS), Optional.empty(), run);
    }

    private static Outputs outputs(String name) {
        return Stream.of(Outputs.values())
                .filter(each -> each.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "its outputs are " + name + "; expected one of " + List.of(Outputs.values())));
    }

    private static List<String> names(Map<String, String> notes, String key) {
        List<String> names = new ArrayList<>();
        for (String name = notes.get(key + 0); name != null; name = notes.get(key + names.size())) {
            names.add(name);
        }
        return names;
    }
}
