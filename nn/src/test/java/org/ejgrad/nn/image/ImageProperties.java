package org.ejgrad.nn.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.ejgrad.Value;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.RandomStream;
import org.ejml.simple.SimpleMatrix;

/** Layers for images of random sizes against nested loops and against each other. */
class ImageProperties {
    private static final Initialiser NORMAL = Initialiser.normal(1);

    /**
     * Images and a window that fits over them.
     *
     * @param groups into how many parts both channels fall
     * @param channels of the other images
     */
    record Setting(ImageShape image, Window window, int groups, int channels, long seed) {
        Conv2d convolution() {
            Conv2d layer = new Conv2d(image, channels, window, groups, NORMAL, seed);
            layer.bias().orElseThrow().set(NORMAL.matrix(1, channels, new RandomStream(seed, 1)));
            return layer;
        }

        SimpleMatrix images(int rows, ImageShape shape, long number) {
            return NORMAL.matrix(rows, shape.columns(), new RandomStream(seed, number));
        }
    }

    private static Arbitrary<Integer> to(int least, int most) {
        return Arbitraries.integers().between(least, most);
    }

    private static Arbitrary<Window.Axis> axes() {
        return Combinators.combine(to(1, 4), to(1, 3), to(0, 3), to(1, 3)).as(Window.Axis::new);
    }

    @Provide
    Arbitrary<Setting> settings() {
        Arbitrary<Window> windows = Combinators.combine(axes(), axes()).as(Window::new);
        Arbitrary<int[]> sizes = to(1, 3).array(int[].class).ofSize(3); // groups, and parts per group
        return Combinators.combine(sizes, to(0, 6), to(0, 6), windows, Arbitraries.longs())
                .as((parts, height, width, window, seed) -> {
                    int fewest = fewest(window.vertical());
                    int narrowest = fewest(window.horizontal());
                    ImageShape image = new ImageShape(parts[0] * parts[1], fewest + height, narrowest + width);
                    return new Setting(image, window, parts[0], parts[0] * parts[2], seed);
                });
    }

    /** The fewest pixels over which a window fits. */
    private static int fewest(Window.Axis axis) {
        return (int) Math.max(1, axis.span() - 2L * axis.padding());
    }

    private static void assertClose(SimpleMatrix expected, Value found) {
        assertEquals(
                expected.getNumRows() + "x" + expected.getNumCols(),
                found.shape().toString());
        SimpleMatrix difference = expected.minus(found.matrix());
        assertTrue(difference.elementMaxAbs() <= 1e-12 * Math.max(1, expected.elementMaxAbs()));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void convolutionsAreNestedLoops(@ForAll("settings") Setting setting, @ForAll @IntRange(min = 1, max = 3) int rows) {
        Conv2d layer = setting.convolution();
        SimpleMatrix x = setting.images(rows, setting.image, 2);
        assertClose(Loops.convolved(layer, x), layer.forward(Value.constant(x)));
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void poolingsAreNestedLoops(@ForAll("settings") Setting setting, @ForAll Pool2d.Kind kind) {
        SimpleMatrix x = setting.images(2, setting.image, 2);
        Pool2d layer;
        try {
            layer = new Pool2d(kind, setting.image, setting.window);
        } catch (IllegalArgumentException refused) {
            assertTrue(kind == Pool2d.Kind.MAX && refused.getMessage().contains("sees nothing of the image"));
            Pool2d mean = Pool2d.average(setting.image, setting.window);
            assertTrue(IntStream.range(0, mean.output().columns())
                    .anyMatch(i -> Loops.pooled(mean, x).get(0, i) == 0));
            return;
        }
        assertClose(Loops.pooled(layer, x), layer.forward(Value.constant(x)));
    }

    /** Σ y ⊙ conv(x) = Σ convTranspose(y) ⊙ x with the same weights, whatever rows and columns no kernel reaches. */
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void transposedConvolutionsAreAdjoints(@ForAll("settings") Setting setting) {
        Conv2d there = setting.convolution().withoutBias();
        ImageShape small = there.output();
        ConvTranspose2d back = ConvTranspose2d.of(
                small,
                setting.image,
                setting.window,
                setting.groups,
                there.weight().value().matrix(),
                Optional.empty());
        Value x = Value.constant(setting.images(2, setting.image, 2));
        Value y = Value.constant(setting.images(2, small, 3));
        double one = y.dot(there.forward(x)).scalar();
        double other = x.dot(back.forward(y)).scalar();
        assertEquals(
                one, other, 1e-11 * Math.max(1, x.normF().scalar() * y.normF().scalar()));
        assertClose(Loops.transposed(back, y.matrix()), back.forward(y));
    }

    /** An image one step further is seen one place further, away from the edges. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void convolutionsFollowAShift(@ForAll("settings") Setting setting) {
        Window.Axis h = setting.window.horizontal();
        ImageShape wide =
                new ImageShape(setting.image.channels(), setting.image.height(), setting.image.width() + h.stride());
        Window plain = setting.window.padding(setting.window.vertical().padding(), 0);
        if (h.span() > wide.width() - h.stride()) {
            return;
        }
        Conv2d layer = new Conv2d(wide, setting.channels, plain, setting.groups, NORMAL, setting.seed);
        SimpleMatrix x = setting.images(2, wide, 2);
        Value shifted = layer.forward(Value.constant(shifted(x, wide, h.stride())));
        SimpleMatrix expected = shifted(layer.forward(Value.constant(x)).matrix(), layer.output(), 1);
        SimpleMatrix found = shifted.matrix();
        for (int i = 0; i < expected.getNumElements(); i++) {
            if (i % layer.output().width() > 0) {
                assertEquals(expected.get(i), found.get(i), 1e-12 * Math.max(1, Math.abs(expected.get(i))));
            }
        }
    }

    /** Each pixel some columns further to the right, zeros coming in. */
    private static SimpleMatrix shifted(SimpleMatrix images, ImageShape shape, int right) {
        SimpleMatrix moved = new SimpleMatrix(images.getNumRows(), images.getNumCols());
        for (int i = 0; i < images.getNumElements(); i++) {
            if (i % shape.width() >= right) {
                moved.set(i, images.get(i - right));
            }
        }
        return moved;
    }

    /** Filters in another order make channels in that order; images in another order stay themselves. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void theOrderOfFiltersAndOfImagesIsKept(@ForAll("settings") Setting setting) {
        Conv2d layer = new Conv2d(setting.image, setting.channels, setting.window, setting.seed);
        Value x = Value.constant(setting.images(3, setting.image, 2));
        Value y = layer.forward(x);
        int[] reversed = IntStream.range(0, setting.channels)
                .map(i -> setting.channels - 1 - i)
                .toArray();
        Conv2d other = Conv2d.of(
                setting.image,
                setting.window,
                1,
                layer.weight().value().colsAt(reversed).matrix(),
                Optional.of(layer.bias().orElseThrow().value().colsAt(reversed).matrix()));
        ImageShape output = layer.output();
        Value expected = output.toImages(output.toPixels(y).colsAt(reversed));
        assertClose(expected.matrix(), other.forward(x));
        assertClose(y.rowsAt(2, 0, 1).matrix(), layer.forward(x.rowsAt(2, 0, 1)));
    }

    /** Input channels in another order, the weights' rows in the same, make the same images. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void channelsInAnotherOrderGiveTheSame(@ForAll("settings") Setting setting) {
        Conv2d layer = new Conv2d(setting.image, setting.channels, setting.window, setting.seed);
        int taps = setting.window.taps();
        int channels = setting.image.channels();
        int[] rows = IntStream.range(0, channels * taps)
                .map(i -> (channels - 1 - i / taps) * taps + i % taps)
                .toArray();
        Conv2d other = Conv2d.of(
                setting.image,
                setting.window,
                1,
                layer.weight().value().rowsAt(rows).matrix(),
                Optional.empty());
        Value x = Value.constant(setting.images(2, setting.image, 2));
        int[] reversed = IntStream.range(0, channels).map(i -> channels - 1 - i).toArray();
        Value turned = setting.image.toImages(setting.image.toPixels(x).colsAt(reversed));
        assertClose(layer.forward(x).matrix(), other.forward(turned));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void pixelsAndBackIsTheIdentity(@ForAll("settings") Setting setting) {
        Value x = Value.constant(setting.images(3, setting.image, 2));
        Value pixels = setting.image.toPixels(x);
        assertEquals(setting.image.channels(), pixels.getNumCols());
        assertTrue(setting.image.toImages(pixels).matrix().isIdentical(x.matrix(), 0));
    }
}
