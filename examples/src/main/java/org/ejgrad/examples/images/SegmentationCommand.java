package org.ejgrad.examples.images;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Pictures;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;

/** {@code segmentation}: which pixels of a drawn picture are disc, square, cross or background. */
@Command(
        name = "segmentation",
        footer = "%nExample: segmentation --seeds 1 --page segmentation.html",
        description = "Finds drawn shapes pixel by pixel: cross-entropy per pixel with unknown pixels left out, "
                + "class weights, and overlap (IoU) to judge by.")
public final class SegmentationCommand extends ComparingCommand {
    private static final String BLIND = "each pixel alone";
    private static final String PLAIN = "convolutional";
    private static final String BALANCED = "with class weights";
    private static final String MEAN = "mean IoU";
    private static final String ACCURACY = "pixel accuracy";
    private static final List<String> MEASURES = measures();
    private static final int TRAIN = 400;
    private static final int TEST = 200;
    private static final List<String> NAMES = List.of("1", "2", "3", "4", "5", "6", "7", "8");

    /** The networks of the first seed, trained, by treatment. */
    private final Map<String, Sequential> shown = new ConcurrentHashMap<>();

    /** Made by the command line. */
    public SegmentationCommand() {}

    private static List<String> measures() {
        List<String> all = new ArrayList<>(List.of(MEAN, ACCURACY));
        Shapes.CLASSES.forEach(name -> all.add("IoU " + name));
        return List.copyOf(all);
    }

    static Dataset train(long seed) {
        return Shapes.drawn(TRAIN, seed);
    }

    private static Dataset test(long seed) {
        return Shapes.drawn(TEST, seed + 1_000_000);
    }

    private Comparison compare(Seeds each) {
        return Comparison.of(
                MEASURES,
                List.of(
                        treatment(BLIND, Segmenter::blind, seed -> Segmenter.plain()),
                        treatment(PLAIN, Segmenter::seeing, seed -> Segmenter.plain()),
                        treatment(BALANCED, Segmenter::seeing, seed -> Segmenter.balanced(train(seed)))),
                each);
    }

    private Treatment treatment(String name, LongFunction<Sequential> made, LongFunction<ClassOptions> options) {
        return new Treatment(name, seed -> {
            Sequential network = Segmenter.trained(made.apply(seed), train(seed), options.apply(seed), seed);
            if (seed == seeds.first()) {
                shown.put(name, network);
            }
            Dataset test = test(seed);
            return measured(Segmenter.judge(Segmenter.predictions(network, test), test));
        });
    }

    private static double[] measured(ConfusionMatrix confusion) {
        double[] measured = new double[MEASURES.size()];
        measured[0] = confusion.meanIntersectionOverUnion();
        measured[1] = confusion.accuracy();
        for (int c = 0; c < confusion.classes(); c++) {
            measured[2 + c] = confusion.intersectionOverUnion(c);
        }
        return measured;
    }

    /** What one would have by saying background everywhere. */
    private static ConfusionMatrix background(Dataset test) {
        return Segmenter.judge(new int[test.size() * Shapes.IMAGE.pixels()], test);
    }

    @Override
    public Integer call() throws IOException {
        Story story = page.begin(
                "Shapes, pixel by pixel",
                "%d drawn pictures of %dx%d pixels to train, %d to test, %d epochs",
                TRAIN,
                Shapes.IMAGE.height(),
                Shapes.IMAGE.width(),
                TEST,
                Segmenter.COURSE.epochs());
        ConfusionMatrix background = background(test(seeds.first()));
        story.chapter("How much of each shape is found", "");
        story.says(
                "background everywhere: mean IoU %.4f, pixel accuracy %.4f",
                background.meanIntersectionOverUnion(), background.accuracy());
        story.printsOnly(PrintWriter::println);
        Comparison comparison = compare(seeds);
        story.compares(comparison, Map.of(MEAN, HIGHER));
        String cross = MEASURES.get(MEASURES.size() - 1);
        story.says(
                "Looking around raises the mean IoU from %.2f to %.2f; class weights move that of the "
                        + "cross, the class with the fewest pixels, from %.2f to %.2f.",
                comparison.mean(BLIND, MEAN),
                comparison.mean(PLAIN, MEAN),
                comparison.mean(PLAIN, cross),
                comparison.mean(BALANCED, cross));
        return page.end(story, () -> tellPictures(story));
    }

    private void tellPictures(Story story) {
        Dataset some = test(seeds.first()).rows(IntStream.range(0, NAMES.size()).toArray());
        story.chapter(
                "What each network sees",
                "A network that sees a pixel alone knows how bright it is, not what it belongs to. One that looks around "
                        + "tells shapes apart by their rims. Pixels on a rim have no class and count for nothing.");
        story.shows(Pictures.grey("Test pictures", Shapes.IMAGE, NAMES, some.inputs()));
        story.shows(classes("The class of each pixel", some.targets()));
        for (String name : List.of(BLIND, PLAIN, BALANCED)) {
            story.shows(found(name, some));
        }
    }

    private Pictures found(String name, Dataset some) {
        int[] predicted = Segmenter.predictions(requireNonNull(shown.get(name)), some);
        double[] classes = IntStream.of(predicted).asDoubleStream().toArray();
        return classes("Found: " + name, new SimpleMatrix(some.size(), Shapes.IMAGE.pixels(), true, classes));
    }

    private static Pictures classes(String title, ConstMatrix<?> rows) {
        return Pictures.classes(title, Shapes.IMAGE, NAMES, rows, Shapes.CLASSES);
    }
}
