package org.ejgrad.examples.factors;

import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Pictures;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.metrics.Ranking;
import picocli.CommandLine.Command;

/** {@code anomalies}: a digit that was never seen, found by how badly it is put together again. */
@Command(
        name = "anomalies",
        footer = "%nExample: anomalies --seeds 1 --page anomalies.html",
        description = "Flags digits of a class that training left out: an auto-encoder against the distance to the "
                + "mean and principal directions.")
public final class AnomaliesCommand extends ComparingCommand {
    static final String MEAN = "distance to the mean";
    static final String DIRECTIONS = Reconstruction.CODE + " principal directions";
    static final String MORE = "8 principal directions";
    static final String NETWORK = "auto-encoder, code of " + Reconstruction.CODE;
    static final String AREA = "ROC-AUC";
    static final String PRECISION = "average precision";
    private static final double TESTED = 0.2;
    private static final int SHOWN = 10;
    private static final int UNSEEN = 2;

    /** Made by the command line. */
    public AnomaliesCommand() {}

    /**
     * Rows to learn from, without a class, and rows to judge by, with it.
     *
     * @param normal to learn from
     * @param test to judge by
     * @param anomalous 1 for each row of the class that was left out
     */
    record Without(Dataset normal, Dataset test, int... anomalous) {
        static Without of(Dataset digits, int unseen, long seed) {
            Split split = Split.stratified(digits.labels(), TESTED, seed);
            Dataset train = split.train(digits);
            Dataset test = split.test(digits);
            int[] labels = train.labels();
            int[] seen = IntStream.range(0, labels.length)
                    .filter(row -> labels[row] != unseen)
                    .toArray();
            int[] anomalous = Arrays.stream(test.labels())
                    .map(label -> label == unseen ? 1 : 0)
                    .toArray();
            return new Without(train.rows(seen), test, anomalous);
        }

        double[] measured(Layer layer) {
            double[] scores = Reconstruction.errors(layer, test);
            return new double[] {Ranking.rocAuc(anomalous, scores), Ranking.averagePrecision(anomalous, scores)};
        }
    }

    /** Both measures, their means over all classes that can be left out, and each class's area. */
    static Comparison compare(Dataset digits, Seeds seeds) {
        List<String> measures = new ArrayList<>(List.of(AREA, PRECISION));
        digits.classNames().forEach(name -> measures.add("without " + name));
        return Comparison.of(
                measures,
                List.of(
                        treatment(MEAN, digits, (normal, seed) -> Reconstruction.principal(normal, 0)),
                        treatment(
                                DIRECTIONS,
                                digits,
                                (normal, seed) -> Reconstruction.principal(normal, Reconstruction.CODE)),
                        treatment(MORE, digits, (normal, seed) -> Reconstruction.principal(normal, 8)),
                        treatment(NETWORK, digits, Reconstruction::autoEncoder)),
                seeds);
    }

    private static Treatment treatment(String name, Dataset digits, BiFunction<Dataset, Long, Layer> made) {
        return new Treatment(name, seed -> {
            double[] all = new double[2 + digits.classes()];
            for (int unseen = 0; unseen < digits.classes(); unseen++) {
                Without without = Without.of(digits, unseen, seed);
                double[] measured = without.measured(made.apply(without.normal(), seed));
                all[0] += measured[0] / digits.classes();
                all[1] += measured[1] / digits.classes();
                all[2 + unseen] = measured[0];
            }
            return all;
        });
    }

    @Override
    public Integer call() throws IOException {
        Story story = page.begin(
                "A digit that was never seen",
                "Each digit in turn is left out of training and is then one test row in ten. How badly a row is put "
                        + "together again says how strange it is.");
        Dataset digits = Sources.digits();
        Comparison comparison = compare(digits, seeds);
        story.chapter("Found by mistakes", "");
        List<String> both = List.of(AREA, PRECISION);
        story.compares(
                new Comparison(both, comparison.treatments(), comparison.results()), Comparison.all(both, HIGHER));
        story.says(
                "Of a strange and a usual digit, the auto-encoder takes the right one for strange %.0f times in 100, "
                        + "%s %.0f times; guessing would be right 50 times.",
                100 * comparison.mean(NETWORK, AREA), MORE, 100 * comparison.mean(MORE, AREA));
        story.chapter("The areas, digit by digit", "");
        List<String> names =
                comparison.treatments().stream().map(Treatment::name).toList();
        List<String> headings = new ArrayList<>(List.of(AREA));
        headings.addAll(names);
        List<List<String>> rows = new ArrayList<>();
        for (String measure :
                comparison.measures().subList(both.size(), comparison.measures().size())) {
            List<String> row = new ArrayList<>(List.of(measure));
            names.forEach(name -> row.add(String.format(Locale.ROOT, "%.4f", comparison.mean(name, measure))));
            rows.add(row);
        }
        story.tabulates(headings, rows);
        return page.end(story, () -> tellStrangest(story, digits));
    }

    private void tellStrangest(Story story, Dataset digits) {
        Without without = Without.of(digits, UNSEEN, seeds.first());
        Layer network = Reconstruction.autoEncoder(without.normal(), seeds.first());
        double[] errors = Reconstruction.errors(network, without.test());
        int[] strangest = IntStream.range(0, errors.length)
                .boxed()
                .sorted(Comparator.comparingDouble(row -> -errors[row]))
                .limit(SHOWN)
                .mapToInt(Integer::intValue)
                .toArray();
        Dataset some = without.test().rows(strangest);
        List<String> names =
                Arrays.stream(some.labels()).mapToObj(digits.classNames()::get).toList();
        ImageShape image = new ImageShape(1, 8, 8);
        story.chapter("The strangest digits for a network that has never seen a " + UNSEEN, "");
        story.shows(Pictures.grey("As they are", image, names, some.inputs()));
        story.shows(Pictures.grey(
                "As the network puts them together",
                image,
                names,
                network.forward(Value.constant(some.inputs())).clamp(0, 1).matrix()));
    }
}
