package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.History;

/**
 * A page about a training, or several laid over each other: curves, what the network confuses, how certain it is, what
 * it makes of the plane, and the settings.
 *
 * <pre>{@code
 * History history = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
 *         .validation(validation)
 *         .fit(training, 20);
 * RunPage.of("spirals", history)
 *         .network(network, validation)
 *         .settings(Map.of("rate", "0.01"))
 *         .write(Path.of("target", "samples", "run.html"));
 * }</pre>
 *
 * <p>{@link #and} lays another run over this one. Every method that adds something returns a new page.
 */
public final class RunPage {
    /** As many epochs as a curve shows; of more, some are left out, but not the first, the best and the last. */
    private static final int MOST_EPOCHS = 1_000;

    private static final String TRAINING = "training";

    private final List<Shown> runs;

    /** A run and what has been said of it. */
    private record Shown(
            String name,
            History history,
            String watched,
            Map<String, String> settings,
            Map<String, List<Double>> norms,
            Optional<String> evaluation) {}

    private RunPage(List<Shown> runs) {
        this.runs = runs;
    }

    /**
     * {@return a page of one run, with the curves of its losses and measures}
     *
     * @param name what the page calls it
     * @param history of at least one epoch
     * @throws IllegalArgumentException if there was no epoch
     */
    public static RunPage of(String name, History history) {
        requireNonNull(name, "name");
        if (requireNonNull(history, "history").epochs().isEmpty()) {
            throw new IllegalArgumentException("RunPage.of: the history has no epoch; expected at least one");
        }
        return new RunPage(List.of(new Shown(name, history, "validation", Map.of(), Map.of(), Optional.empty())));
    }

    /**
     * {@return this page with, for up to 40 classes, a confusion matrix and, of two inputs, the decision boundary, and
     * with calibration; for several labels a row with the scores of each label and calibration; for regression with
     * predictions beside targets} The network is asked now; what it learns later changes nothing.
     *
     * @param network from inputs to logits, one per class or label, or one for two classes; for regression to
     *     predictions
     * @param data at least one row; if with classes, with one for each, or with labels of 0 and 1
     * @throws IllegalArgumentException if the data do not fit the network, or have soft targets
     */
    public RunPage network(Layer network, Dataset data) {
        requireNonNull(network, "network");
        if (requireNonNull(data, "data").size() == 0) {
            throw new IllegalArgumentException(
                    "RunPage.network: " + data.name() + " has no rows; expected at least one");
        }
        try {
            String evaluation = Evaluation.json(network, data);
            return with(run ->
                    new Shown(run.name, run.history, run.watched, run.settings, run.norms, Optional.of(evaluation)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it is written to memory
        }
    }

    /**
     * {@return this page with another word for the rows that the run was validated on, {@code validation} otherwise}
     *
     * @param rows such as {@code test}, for rows that no choice has been made by
     * @throws IllegalArgumentException if that is the word {@code training}
     */
    public RunPage watching(String rows) {
        if (requireNonNull(rows, "rows").equals(TRAINING)) {
            throw new IllegalArgumentException(
                    "RunPage.watching: \"training\" is the word for other rows; expected such as test");
        }
        return with(run -> new Shown(run.name, run.history, rows, run.settings, run.norms, run.evaluation));
    }

    /** {@return this page with what the run was set to, by name, as a table in the map's order} */
    public RunPage settings(Map<String, String> settings) {
        Map<String, String> all = Require.entries(settings, "settings");
        return with(run -> new Shown(run.name, run.history, run.watched, all, run.norms, run.evaluation));
    }

    /** {@return this page with the curves of the norms that a listener has kept by now} */
    public RunPage gradientNorms(GradientNorms norms) {
        Map<String, List<Double>> all = requireNonNull(norms, "norms").norms();
        return with(run -> new Shown(run.name, run.history, run.watched, run.settings, all, run.evaluation));
    }

    /**
     * {@return this page with the runs of another one laid over them} Further settings belong to the last run.
     *
     * @throws IllegalArgumentException if two runs have one name
     */
    public RunPage and(RunPage other) {
        List<Shown> all = new ArrayList<>(runs);
        all.addAll(requireNonNull(other, "other").runs);
        Set<String> names = new HashSet<>();
        for (Shown run : all) {
            if (!names.add(run.name)) {
                throw new IllegalArgumentException(
                        "RunPage.and: two runs are named \"" + run.name + "\"; expected different names");
            }
        }
        return new RunPage(List.copyOf(all));
    }

    private RunPage with(UnaryOperator<Shown> change) {
        List<Shown> all = new ArrayList<>(runs);
        all.set(all.size() - 1, change.apply(all.get(all.size() - 1)));
        return new RunPage(List.copyOf(all));
    }

    /**
     * Writes the page; at every instant the file is the page that was there before or this one.
     *
     * @param file where to; its folder is made if there is none
     * @return the number of bytes written
     * @throws IOException if the file cannot be written
     */
    public long write(Path file) throws IOException {
        return Page.write(requireNonNull(file, "file"), html());
    }

    String html() throws IOException {
        return Page.of(RunPage.class, "run.html", Section.json(Map.of("runs", json -> {
            json.writeStartArray();
            for (Shown run : runs) {
                write(json, run);
            }
            json.writeEndArray();
        })));
    }

    private static void write(JsonGenerator json, Shown run) throws IOException {
        List<EpochResult> epochs = run.history.epochs();
        int[] shown = shown(epochs.size(), run.history.bestEpoch());
        json.writeStartObject();
        json.writeStringField("name", run.name);
        json.writeNumberField("epochs", epochs.size());
        json.writeNumberField("best", run.history.bestEpoch());
        json.writeStringField("watched", run.watched);
        json.writeStringField("end", run.history.end().toString());
        json.writeFieldName("epoch");
        int[] numbers = IntStream.of(shown).map(i -> epochs.get(i).epoch()).toArray();
        json.writeArray(numbers, 0, numbers.length);
        json.writeObjectFieldStart("curves");
        json.writeObjectFieldStart("loss");
        writeNumbers(json, TRAINING, shown, i -> epochs.get(i).loss());
        if (run.history.last().validationLoss().isPresent()) {
            writeNumbers(
                    json,
                    run.watched,
                    shown,
                    i -> epochs.get(i).validationLoss().orElse(Double.NaN));
        }
        json.writeEndObject();
        for (String measure : run.history.last().measures().keySet()) {
            json.writeObjectFieldStart(measure.equals("loss") ? "loss (a measure)" : measure);
            writeNumbers(json, TRAINING, shown, i -> measured(epochs.get(i).measures(), measure));
            if (!run.history.last().validationMeasures().isEmpty()) {
                writeNumbers(
                        json, run.watched, shown, i -> measured(epochs.get(i).validationMeasures(), measure));
            }
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeObjectFieldStart("norms");
        for (Map.Entry<String, List<Double>> norm : run.norms.entrySet()) {
            int[] seen =
                    IntStream.of(shown).filter(i -> i < norm.getValue().size()).toArray();
            writeNumbers(json, norm.getKey(), seen, norm.getValue()::get);
        }
        json.writeEndObject();
        json.writeFieldName("settings");
        Section.rows(run.settings.entrySet().stream()
                        .map(setting -> List.of(setting.getKey(), setting.getValue()))
                        .toList())
                .write(json);
        json.writeFieldName("evaluation");
        json.writeRawValue(run.evaluation.orElse("null"));
        json.writeEndObject();
    }

    private static double measured(Map<String, Double> measures, String name) {
        return measures.getOrDefault(name, Double.NaN);
    }

    /** The indices of the epochs that a curve shows. */
    private static int[] shown(int epochs, int best) {
        int stride = (epochs + MOST_EPOCHS - 1) / MOST_EPOCHS;
        return IntStream.range(0, epochs)
                .filter(i -> i % stride == 0 || i == epochs - 1 || i == best - 1)
                .toArray();
    }

    private static void writeNumbers(JsonGenerator json, String name, int[] shown, IntToDoubleFunction of)
            throws IOException {
        json.writeFieldName(name);
        double[] numbers = IntStream.of(shown).mapToDouble(of).toArray();
        json.writeArray(numbers, 0, numbers.length);
    }
}
