package org.ejgrad.examples.images;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.examples.compare.Comparison.Order.HIGHER;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Mnist;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Pictures;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code convolution}: digits by a network that knows that pixels have neighbours, beside one that does not. */
@Command(
        name = "convolution",
        footer = "%nExample: convolution --page convolution.html",
        description = "Tells digits apart by a convolutional network and by a dense one, on the rows and in the "
                + "epochs that both have.")
public final class ConvolutionCommand extends ComparingCommand {
    static final String DENSE = "dense";
    static final String CONVOLUTIONAL = "convolutional";
    static final String ACCURACY = "test accuracy";
    static final String MISTAKES = "mistakes";
    private static final int HIDDEN = 64;
    private static final int SHOWN = 12;

    @Option(names = "--data", description = "take MNIST, whose four IDX files are in this folder")
    private Optional<Path> data = Optional.empty();

    /** Made by the command line. */
    public ConvolutionCommand() {}

    /**
     * Rows to learn from, rows to judge by, and the network for them.
     *
     * @param settings of the convolutional network; the dense one has as many epochs
     */
    record Digits(Dataset train, Dataset test, Convolutional settings) {
        static Digits shipped() throws IOException {
            Dataset digits = Sources.digits();
            Split split = Split.everyFifthOfClass(digits.labels());
            return new Digits(split.train(digits), split.test(digits), Convolutional.DIGITS);
        }

        static Digits mnist(Path folder) throws IOException {
            Mnist mnist = Mnist.read(folder);
            ImageShape expected = Convolutional.MNIST.image();
            if (!mnist.image().equals(expected)) {
                throw new IllegalArgumentException("--data is " + folder + ", with pictures of " + size(mnist.image())
                        + " pixels; expected " + size(expected));
            }
            return new Digits(mnist.train(), mnist.test(), Convolutional.MNIST);
        }

        private static String size(ImageShape image) {
            return image.height() + "x" + image.width();
        }

        /** Hands over each convolutional network with its seed. */
        Comparison compare(Seeds seeds, BiConsumer<Long, Sequential> convolutional) {
            return Comparison.of(
                    List.of(ACCURACY, MISTAKES),
                    List.of(new Treatment(DENSE, seed -> measured(dense(seed))), new Treatment(CONVOLUTIONAL, seed -> {
                        Sequential network = settings.trained(train, seed);
                        convolutional.accept(seed, network);
                        return measured(network);
                    })),
                    seeds);
        }

        private Sequential dense(long seed) {
            Sequential network = Sequential.dense(Activation.RELU, seed, train.features(), HIDDEN, train.classes());
            return settings.fit(network, train, seed);
        }

        private double[] measured(Sequential network) {
            ConfusionMatrix confusion = Convolutional.judge(network, test);
            double accuracy = confusion.accuracy();
            return new double[] {accuracy, Math.rint(confusion.total() * (1 - accuracy))};
        }
    }

    @Override
    public Integer call() throws IOException {
        Digits digits = data.isPresent() ? Digits.mnist(data.get()) : Digits.shipped();
        Sequential network = digits.settings.network(digits.train.classes(), seeds.first());
        Story story = page.begin(
                "Digits by a convolutional network",
                "%s: %s to train, %d to test, %d epochs",
                digits.train.name(),
                Figures.counted(digits.train.size(), "row"),
                digits.test.size(),
                digits.settings.course().epochs());
        story.printsOnly(out -> out.printf(Locale.ROOT, "%s%n%n", network.summary(digits.train.features())));
        Map<Long, Sequential> trained = new ConcurrentHashMap<>();
        Comparison comparison = digits.compare(seeds, trained::put);
        story.chapter("Beside a dense network", "");
        story.compares(comparison, Map.of(ACCURACY, HIGHER));
        story.says(
                "Of the test rows the dense network takes %s for another digit, the convolutional one %s.",
                text(comparison.mean(DENSE, MISTAKES)), text(comparison.mean(CONVOLUTIONAL, MISTAKES)));
        return page.end(story, () -> tellPictures(story, digits, requireNonNull(trained.get(seeds.first()))));
    }

    /** A mean, which is a whole number if there is one seed. */
    private static String text(double mean) {
        return String.format(Locale.ROOT, mean == Math.rint(mean) ? "%.0f" : "%.1f", mean);
    }

    // ---- on the page alone ------------------------------------------------------------------------------------------

    private static void tellPictures(Story story, Digits digits, Sequential network) {
        int[] predicted = Convolutional.predictions(network, digits.test);
        int[] actual = digits.test.labels();
        int[] wrong = IntStream.range(0, actual.length)
                .filter(row -> predicted[row] != actual[row])
                .toArray();
        int[] some = Arrays.copyOf(wrong, Math.min(SHOWN, wrong.length));
        ImageShape image = digits.settings.image();
        Conv2d edges = (Conv2d) network.layers().get(0);
        story.chapter(
                "What its filters see",
                "Each filter is a square of weights that moves over the picture; where it meets what it looks like, its "
                        + "channel is blue, where it meets the opposite, red. The same weights look everywhere, so a digit may stand a little aside.");
        story.shows(filters(edges));
        int[] first = firstOfEach(actual, digits.test.classes());
        story.shows(
                Pictures.grey("Digits of the test rows", image, digits.test.classNames(), rows(digits.test, first)));
        for (int row : new int[] {first[0], first[first.length - 1]}) {
            story.shows(seen(edges, digits.test, row));
        }
        story.chapter("What it takes for another digit", "");
        story.shows(Pictures.grey(
                "Mistakes: " + some.length + " of " + wrong.length + ", with what was meant and what was seen",
                image,
                IntStream.of(some)
                        .mapToObj(row -> actual[row] + " seen as " + predicted[row])
                        .toList(),
                rows(digits.test, some)));
    }

    private static int[] firstOfEach(int[] labels, int classes) {
        return IntStream.range(0, classes)
                .flatMap(c -> IntStream.range(0, labels.length)
                        .filter(row -> labels[row] == c)
                        .limit(1))
                .toArray();
    }

    private static ConstMatrix<?> rows(Dataset data, int... rows) {
        return data.rows(rows).inputs();
    }

    private static Pictures filters(Conv2d layer) {
        SimpleMatrix weights = layer.weight().value().matrix().transpose();
        ImageShape shape = new ImageShape(
                1, layer.window().vertical().size(), layer.window().horizontal().size());
        return Pictures.signed("The first layer's filters", shape, numbers(weights.getNumRows()), weights);
    }

    private static Pictures seen(Conv2d layer, Dataset data, int row) {
        ImageShape output = layer.output();
        SimpleMatrix channels = layer.forward(Value.constant(rows(data, row)))
                .reshape(output.channels(), output.pixels())
                .matrix();
        String title = "What the filters make of a " + data.classNames().get(data.labels()[row]);
        return Pictures.signed(title, output, numbers(output.channels()), channels);
    }

    private static List<String> numbers(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(String::valueOf).toList();
    }
}
