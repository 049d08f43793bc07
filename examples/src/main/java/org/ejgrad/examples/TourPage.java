package org.ejgrad.examples;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Elementary;
import org.ejgrad.check.CheckReport;
import org.ejgrad.nn.pages.CheckTable;
import org.ejgrad.nn.pages.DecisionBoundary;
import org.ejgrad.nn.pages.GraphPage;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;
import org.ejgrad.nn.train.EpochResult;

/** The report on the main job: what its page shows, and the runs themselves. */
final class TourPage {
    private TourPage() {}

    static long write(Path file, long seed, List<Trained> runs, CheckReport check) throws IOException {
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("seed", json -> json.writeNumber(seed));
        sections.put("java", Section.text(Runtime.version().toString()));
        sections.put("functions", Section.text(Elementary.isStrict() ? "StrictMath" : "Math"));
        sections.put(
                "seconds",
                Section.number(runs.stream().mapToDouble(Trained::seconds).sum()));
        sections.put("runs", json -> writeRuns(json, runs));
        sections.put("boundary", boundary(runs.get(0)));
        sections.put("mistakes", new Mistakes(runs.get(2)));
        sections.put("check", new CheckTable(checked(runs.get(1)) + " " + check.summary(), check));
        sections.put(
                "graph",
                GraphPage.of(SmallGraph.loss())
                        .titled("Backpropagation, step by step", SmallGraph.TEXT)
                        .section());
        return Page.write(file, TourPage.class, "tour.html", Section.json(sections));
    }

    private static String checked(Trained run) {
        return "The " + run.problem().name() + " network’s " + run.parameterCount()
                + " derivatives beside numerical ones that carry error bars.";
    }

    private static DecisionBoundary boundary(Trained run) {
        return new DecisionBoundary(
                run.network(), List.of(run.problem().train(), run.problem().test()));
    }

    private static void writeRuns(JsonGenerator json, List<Trained> runs) throws IOException {
        json.writeStartArray();
        for (Trained run : runs) {
            json.writeStartObject();
            write(json, run);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Trained run) throws IOException {
        Problem problem = run.problem();
        json.writeStringField("name", problem.name());
        json.writeStringField("network", run.shape());
        json.writeStringField("settings", run.recipe().settings());
        json.writeNumberField("parameters", run.parameterCount());
        json.writeNumberField("trainRows", problem.train().size());
        json.writeNumberField("testRows", problem.test().size());
        json.writeNumberField("accuracy", run.accuracy());
        json.writeNumberField("loss", run.testLoss());
        json.writeNumberField("seconds", run.seconds());
        json.writeFieldName("baseline");
        if (problem.baseline().isPresent()) {
            json.writeNumber(problem.baseline().get().accuracy());
            json.writeStringField("baselineName", problem.baseline().get().model());
        } else {
            json.writeNull();
        }
        json.writeNumberField("best", run.history().bestEpoch());
        writeNumbers(json, "trainLoss", run.history().epochs(), EpochResult::loss);
        writeNumbers(json, "testLoss", run.history().epochs(), EpochResult::watchedLoss);
        json.writeFieldName("classes");
        Section.texts(run.confusion().classNames()).write(json);
        json.writeFieldName("confusion");
        Section.counts(run.confusion()).write(json);
    }

    private static void writeNumbers(
            JsonGenerator json, String name, List<EpochResult> epochs, ToDoubleFunction<EpochResult> of)
            throws IOException {
        json.writeFieldName(name);
        double[] numbers = epochs.stream().mapToDouble(of).toArray();
        json.writeArray(numbers, 0, numbers.length);
    }
}
