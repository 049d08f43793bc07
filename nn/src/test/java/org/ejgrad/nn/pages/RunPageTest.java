package org.ejgrad.nn.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Labels;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.metrics.Calibration;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.metrics.Scores;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.reference.Json;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import org.ejgrad.nn.train.Measure;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of a run holds the numbers of the history and of the network, asks for nothing, and is small. */
class RunPageTest {
    private static final Dataset TRAINING = ToySets.spirals(60, 3, 0.02, 1);
    private static final Dataset TEST = ToySets.spirals(30, 3, 0.02, 2);

    private static Sequential network() {
        return Sequential.of(new Dense(2, 8, 1), Value::tanh, new Dense(8, 3, 2));
    }

    private static Trainer trainer(Sequential network) {
        return Trainer.of(network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.02)))
                .batches(16, 1)
                .measure("accuracy", Measure.accuracy())
                .validation(TEST);
    }

    private static Json run(RunPage page, int number) throws IOException {
        return GraphPageTest.data(page.html()).get("runs").list().get(number);
    }

    private static void assertNumbers(List<Double> expected, Json numbers) {
        assertEquals(expected, numbers.list().stream().map(Json::number).toList());
    }

    @Test
    void curvesAreTheHistorys() throws IOException {
        Sequential network = network();
        History history = trainer(network).fit(TRAINING, 12);
        Json run = run(RunPage.of("a run", history), 0);
        List<EpochResult> epochs = history.epochs();
        Json curves = run.get("curves");
        assertNumbers(
                epochs.stream().map(EpochResult::loss).toList(),
                curves.get("loss").get("training"));
        assertNumbers(
                epochs.stream().map(e -> e.validationLoss().orElseThrow()).toList(),
                curves.get("loss").get("validation"));
        assertNumbers(
                epochs.stream().map(e -> e.measures().get("accuracy")).toList(),
                curves.get("accuracy").get("training"));
        assertNumbers(
                epochs.stream().map(e -> e.validationMeasures().get("accuracy")).toList(),
                curves.get("accuracy").get("validation"));
        assertEquals(history.bestEpoch(), run.get("best").integer());
        assertTrue(run.find("evaluation").isEmpty());
        assertEquals("validation", run.get("watched").text());
    }

    /** Rows that no choice has been made by are no validation rows, and nothing on the page says so. */
    @Test
    void theRowsThatWereWatchedHaveTheirOwnWord() throws IOException {
        RunPage page = RunPage.of("a run", trainer(network()).fit(TRAINING, 2)).watching("test");
        Json run = run(page.settings(Map.of("a", "b")).network(network(), TEST), 0);
        assertEquals("test", run.get("watched").text());
        for (String measure : List.of("loss", "accuracy")) {
            Json curves = run.get("curves").get(measure);
            assertEquals(2, curves.get("test").list().size());
            assertTrue(curves.find("validation").isEmpty());
        }
        assertFalse(page.html().contains("validation"));
        assertEquals(
                "RunPage.watching: \"training\" is the word for other rows; expected such as test",
                assertThrows(IllegalArgumentException.class, () -> page.watching("training"))
                        .getMessage());
    }

    @Test
    void evaluationIsTheNetworksAtThatTime() throws IOException {
        Sequential network = network();
        History history = trainer(network).fit(TRAINING, 3);
        RunPage page = RunPage.of("a run", history).network(network, TEST);
        SimpleMatrix probabilities =
                network.forward(Value.constant(TEST.inputs())).softmax(Per.ROW).matrix();
        trainer(network).fit(TRAINING, 3);

        int[] predicted = Value.constant(probabilities).argMax(Per.ROW);
        ConfusionMatrix confusion = ConfusionMatrix.of(TEST.labels(), predicted, TEST.classNames());
        Json evaluation = run(page, 0).get("evaluation");
        assertEquals(confusion.accuracy(), evaluation.get("accuracy").number(), 0);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                assertEquals(
                        confusion.count(i, j),
                        evaluation.get("confusion").list().get(i).list().get(j).integer());
            }
        }
        Calibration calibration = Calibration.ofPredictedClass(TEST.labels(), probabilities, 10);
        assertEquals(
                calibration.expectedError(), evaluation.get("calibrationError").number(), 0);
        assertEquals(
                calibration.bins().size(), evaluation.get("calibration").list().size());
        assertEquals(30, evaluation.get("boundary").get("points").list().size());
    }

    /** Of one logit and two classes the second class has its sigmoid. */
    @Test
    void oneLogitIsEnoughForTwoClasses() throws IOException {
        Dataset moons = ToySets.moons(40, 0.1, 1);
        Dense network = new Dense(2, 1, 1);
        History history = new History(
                List.of(new EpochResult(1, 1, Map.of(), OptionalDouble.empty(), Map.of())), History.End.COMPLETED, 1);
        double right = IntStream.range(0, 40)
                .filter(i ->
                        (network.forward(Value.constant(moons.inputs())).get(i, 0) > 0) == (moons.labels()[i] == 1))
                .count();
        Json evaluation =
                run(RunPage.of("moons", history).network(network, moons), 0).get("evaluation");
        assertEquals(right / 40, evaluation.get("accuracy").number(), 0);
    }

    /** The scores of each label, at one half and at other thresholds, are those of the metrics. */
    @Test
    void severalLabelsAreScoredOneByOne() throws IOException {
        SimpleMatrix targets = new SimpleMatrix(TEST.size(), 2);
        for (int row = 0; row < TEST.size(); row++) {
            targets.set(row, 0, TEST.inputs().get(row, 0) > 0 ? 1 : 0);
            targets.set(row, 1, TEST.labels()[row] == 2 ? 1 : 0);
        }
        Dataset labels = Dataset.of("labels", TEST.inputs(), targets, List.of(), List.of("right", "third"));
        Sequential network = Sequential.of(new Dense(2, 2, 3));
        History history = Trainer.of(
                        network, Objective.sigmoidCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.1)))
                .fit(labels, 200);
        Json evaluation =
                run(RunPage.of("labels", history).network(network, labels), 0).get("evaluation");
        Value logits = network.forward(Value.constant(labels.inputs()));
        MultiLabel answers = MultiLabel.of(targets, MultiLabel.above(logits.matrix(), 0));
        assertEquals(answers.labelAccuracy(), evaluation.get("labelAccuracy").number());
        assertEquals(answers.subsetAccuracy(), evaluation.get("allRight").number());
        for (int label = 0; label < 2; label++) {
            Json shown = evaluation.get("labels").list().get(label);
            Scores scores = answers.scores(label);
            assertEquals(labels.classNames().get(label), shown.get("name").text());
            assertEquals(
                    targets.getColumn(label).elementSum(), shown.get("rows").number());
            assertEquals(answers.labelAccuracy(label), shown.get("accuracy").number());
            assertEquals(scores.precision(), shown.get("precision").number());
            assertEquals(scores.recall(), shown.get("recall").number());
            assertEquals(scores.f1(), shown.get("f1").number());
            List<Json> byThreshold = shown.get("f1ByThreshold").list();
            assertEquals(19, byThreshold.size());
            assertEquals(scores.f1(), byThreshold.get(9).number(), "at one half");
            MultiLabel strict =
                    MultiLabel.of(targets, MultiLabel.above(logits.sigmoid().matrix(), 0.85));
            assertEquals(strict.scores(label).f1(), byThreshold.get(16).number());
        }
        assertTrue(evaluation.get("labels").list().get(0).get("accuracy").number() > 0.9, "the first can be learnt");
        assertTrue(evaluation.get("calibration").list().size() > 2);
        int[] all = IntStream.range(0, targets.getNumElements())
                .map(i -> (int) targets.get(i))
                .toArray();
        assertEquals(
                Calibration.ofPositiveClass(all, logits.sigmoid().matrix().getDDRM().data, 10)
                        .expectedError(),
                evaluation.get("calibrationError").number());
        assertEquals(labels.toString(), evaluation.get("data").text());
        assertEquals(30, evaluation.get("rows").integer());
    }

    /** Rows of one label each are classes, smoothed or not; other targets between 0 and 1 are neither. */
    @Test
    void oneLabelARowIsAClass() throws IOException {
        Sequential network = network();
        History history = trainer(network).fit(TRAINING, 1);
        RunPage page = RunPage.of("one", history);
        Dataset oneHot = TEST.oneHot();
        List<List<List<Double>>> confusions = new ArrayList<>();
        for (Dataset each : List.of(TEST, oneHot, oneHot.withTargets(Labels.smooth(oneHot.targets(), 0.1)))) {
            confusions.add(run(page.network(network, each), 0).get("evaluation").get("confusion").list().stream()
                    .map(row -> row.list().stream().map(Json::number).toList())
                    .toList());
        }
        assertEquals(Collections.nCopies(3, confusions.get(0)), confusions);
        Dataset soft = TEST.withTargets(TEST.oneHot().targets().scale(0.5));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> page.network(network, soft))
                .getMessage()
                .contains("expected 0 or 1"));
    }

    @Test
    void regressionShowsPredictionsBesideTargets() throws IOException {
        Dataset data = ToySets.linearRegression(5, new double[] {1, -2}, 0.5, 0.1, 1);
        Dense line = new Dense(2, 1, 3);
        History history = Trainer.of(line, Objective.squaredError(), Optimizer.of(line.parameters(), Sgd.rate(0.1)))
                .fit(data, 2);
        List<Json> points = run(RunPage.of("line", history).network(line, data), 0)
                .get("evaluation")
                .get("predictions")
                .list();
        Value predictions = line.forward(Value.constant(data.inputs()));
        for (int i = 0; i < 5; i++) {
            assertEquals(data.targets().get(i, 0), points.get(i).list().get(0).number(), 0);
            assertEquals(predictions.get(i, 0), points.get(i).list().get(1).number(), 0);
        }
    }

    @Test
    void gradientNormsAreThoseOfTheSteps() throws IOException {
        Sequential network = network();
        GradientNorms norms = GradientNorms.of(network);
        Parameter bias = network.parameters().get(1);
        List<Double> seen = new ArrayList<>();
        Listener witness = new Listener() {
            @Override
            public void onGradients(int epoch, int batch, Gradients gradients) {
                seen.add(gradients.of(bias.value()).normF().scalar());
            }
        };
        History history = trainer(network).listener(norms).listener(witness).fit(TRAINING, 2);
        List<Double> means = List.of(mean(seen.subList(0, 4)), mean(seen.subList(4, 8)));
        assertEquals(means, norms.norms().get("0.bias"));
        assertNumbers(
                means,
                run(RunPage.of("a run", history).gradientNorms(norms), 0)
                        .get("norms")
                        .get("0.bias"));
    }

    /** An epoch that is trained again takes the place of what was seen of it and after it. */
    @Test
    void gradientNormsOfAnEpochAreTheLast() throws IOException {
        Dense dense = new Dense(1, 1, 1);
        Value x = Value.constant(new double[][] {{2}});
        GradientNorms norms = GradientNorms.of(dense);
        for (int scale : new int[] {1, 10, 100}) {
            int epoch = scale == 1 ? 1 : scale == 10 ? 2 : 3;
            norms.onGradients(epoch, 1, dense.forward(x).scale(scale).gradients());
            norms.onEpoch(epoch(epoch));
        }
        assertEquals(List.of(2.0, 20.0, 200.0), norms.norms().get("weight"));
        norms.onGradients(2, 1, dense.forward(x).scale(3).gradients());
        norms.onGradients(2, 2, dense.forward(x).scale(5).gradients());
        norms.onEpoch(epoch(2));
        norms.onEpoch(epoch(2));
        assertEquals(List.of(2.0, 8.0), norms.norms().get("weight"));
        History three = new History(List.of(epoch(1), epoch(2), epoch(3)), History.End.COMPLETED, 1);
        assertNumbers(
                List.of(2.0, 8.0),
                run(RunPage.of("three", three).gradientNorms(norms), 0)
                        .get("norms")
                        .get("weight"));
        norms.onEpoch(epoch(3));
        assertEquals(List.of(2.0, 8.0, Double.NaN), norms.norms().get("weight"));
    }

    private static EpochResult epoch(int number) {
        return new EpochResult(number, 1, Map.of(), OptionalDouble.empty(), Map.of());
    }

    /** Forty classes have a confusion matrix, of numbers a thousand are shown. */
    @Test
    void whatIsTooMuchToSeeIsLeftOut() throws IOException {
        RunPage page = RunPage.of("one", new History(List.of(epoch(1)), History.End.COMPLETED, 1));
        for (int classes : new int[] {40, 41}) {
            Dataset blobs = ToySets.blobs(2 * classes, classes, 1);
            Json shown = run(page.network(new Dense(2, classes, 1), blobs), 0).get("evaluation");
            assertEquals(classes == 40, shown.has("confusion"));
        }
        Dataset two = Dataset.regression("two", new SimpleMatrix(600, 2), new SimpleMatrix(600, 2));
        Json shown = run(page.network(new Dense(2, 2, 1), two), 0).get("evaluation");
        assertEquals(1000, shown.get("predictions").list().size());
        assertEquals(2, shown.get("targets").number(), "each of which has a picture");
    }

    private static double mean(List<Double> numbers) {
        return numbers.stream().reduce(0.0, Double::sum) / numbers.size(); // a stream's own sum rounds otherwise
    }

    @Test
    void runsLieOverEachOther(@TempDir Path folder) throws IOException {
        Sequential network = network();
        History history = trainer(network).fit(TRAINING, 2);
        String hostile = "</script><script>alert('\u2028😀')";
        RunPage both = RunPage.of("one", history)
                .settings(Map.of("rate", "0.1"))
                .and(RunPage.of(hostile, history).network(network, TEST))
                .settings(Map.of(hostile, hostile));
        assertEquals("one", run(both, 0).get("name").text());
        assertEquals(
                "0.1", run(both, 0).get("settings").list().get(0).list().get(1).text());
        assertEquals(hostile, run(both, 1).get("name").text());
        assertEquals(
                hostile,
                run(both, 1).get("settings").list().get(0).list().get(1).text());
        Path file = folder.resolve("new/run.html");
        assertEquals(both.write(file), Files.size(file));
        String page = Files.readString(file);
        GraphPageTest.assertAsksNothing(page);
        assertEquals(page.split("<script", -1).length, page.split("</script>", -1).length);
        assertTrue(page.length() < 600_000 && !page.contains("dagre"), page.length() + " characters");
        assertEquals(
                "RunPage.and: two runs are named \"one\"; expected different names",
                assertThrows(IllegalArgumentException.class, () -> both.and(RunPage.of("one", history)))
                        .getMessage());
    }

    /** A long history is thinned, but keeps its first, best and last epoch. */
    @Test
    void aLongHistoryIsThinned() throws IOException {
        List<EpochResult> epochs = IntStream.rangeClosed(1, 123_457)
                .mapToObj(i -> new EpochResult(i, i == 7 ? Double.NaN : i, Map.of(), OptionalDouble.empty(), Map.of()))
                .toList();
        Json run = run(RunPage.of("long", new History(epochs, History.End.COMPLETED, 4_321)), 0);
        List<Integer> shown =
                run.get("epoch").list().stream().map(Json::integer).toList();
        assertTrue(shown.size() <= 1_002 && shown.containsAll(List.of(1, 4_321, 123_457)), shown.toString());
        assertEquals(
                shown.size(),
                run.get("curves").get("loss").get("training").list().size());
        assertEquals(123_457, run.get("epochs").integer());
        assertEquals("completed", run.get("end").text().toLowerCase(Locale.ROOT));
        List<EpochResult> thousand = epochs.subList(0, 1_000);
        Json whole = run(RunPage.of("long", new History(thousand, History.End.COMPLETED, 1)), 0);
        assertEquals(1_000, whole.get("epoch").list().size());
    }

    @Test
    void whatIsNoRunIsRefused() {
        History none = new History(List.of(), History.End.COMPLETED, 0);
        assertThrows(IllegalArgumentException.class, () -> RunPage.of("none", none));
        assertThrows(NullPointerException.class, () -> RunPage.of(null, none));
        History one = new History(
                List.of(new EpochResult(1, 1, Map.of(), OptionalDouble.empty(), Map.of())), History.End.COMPLETED, 1);
        RunPage page = RunPage.of("one", one);
        assertThrows(IllegalArgumentException.class, () -> page.network(new Dense(2, 4, 1), TEST));
        assertThrows(IllegalArgumentException.class, () -> page.network(network(), TEST.rows()));
        assertThrows(IllegalArgumentException.class, () -> page.network(new Dense(2, 4, 1), ToySets.multiLabel(6, 1)));
    }
}
