package org.ejgrad.nn.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejml.simple.SimpleMatrix;

/** The kinds of layers for images, and what their options say of columns. */
final class ImageKinds {
    /** What a layer may look at from all places together: for each a number is kept, however small the file. */
    private static final long MOST_SEEN = 1 << 25;

    private ImageKinds() {}

    /**
     * What goes into a layer, and what comes out.
     *
     * @param inner what goes into a layer inside
     */
    record Columns(int input, int output, int inner) {}

    static LayerKinds added(LayerKinds kinds) {
        return kinds.with("Conv2d", Conv2d.class, ImageKinds::options, ImageKinds::convolution)
                .with("ConvTranspose2d", ConvTranspose2d.class, ImageKinds::options, ImageKinds::transposed)
                .with("Pool2d", Pool2d.class, ImageKinds::options, ImageKinds::pooling)
                .with(
                        "PerPixel",
                        PerPixel.class,
                        layer -> Map.of("input", layer.shape().toString()),
                        saved -> PerPixel.of(shape(saved, "input"), saved.layer()));
    }

    // ---- columns ----------------------------------------------------------------------------------------------------

    /**
     * The columns of a layer that is not built yet.
     *
     * @param filters columns of its weights, if it has any
     * @throws IllegalArgumentException if the options do not fit together, or such a layer would look at too much
     */
    static Columns columns(String kind, Map<String, String> options, int filters) {
        SavedLayer saved = new SavedLayer(options, Map.of(), List.of());
        ImageShape input = shape(saved, "input");
        if (kind.equals("PerPixel")) {
            return new Columns(input.columns(), input.columns(), input.channels());
        }
        Window window = window(saved);
        if (kind.equals("ConvTranspose2d")) {
            ImageShape output = shape(saved, "output");
            requireFew(window, input.pixels(), output.channels());
            return new Columns(input.columns(), output.columns(), 0);
        }
        ImageShape output = window.over(input, kind.equals("Pool2d") ? input.channels() : filters);
        requireFew(window, output.pixels(), input.channels());
        return new Columns(input.columns(), output.columns(), 0);
    }

    private static void requireFew(Window window, long places, long channels) {
        long seen = places
                * channels
                * window.vertical().size()
                * window.horizontal().size();
        if (places * channels > MOST_SEEN || seen > MOST_SEEN) {
            throw new IllegalArgumentException("the kernel " + window + " looks at " + channels + " channels from "
                    + places + " places; expected at most " + MOST_SEEN + " pixels in all");
        }
    }

    // ---- options ----------------------------------------------------------------------------------------------------

    private static Map<String, String> options(Conv2d layer) {
        Map<String, String> options = options(layer.input(), layer.window());
        options.put("groups", Integer.toString(layer.groups()));
        return options;
    }

    private static Map<String, String> options(ConvTranspose2d layer) {
        Map<String, String> options = options(layer.input(), layer.window());
        options.put("output", layer.output().toString());
        options.put("groups", Integer.toString(layer.groups()));
        return options;
    }

    private static Map<String, String> options(Pool2d layer) {
        Map<String, String> options = options(layer.input(), layer.window());
        options.put("of", layer.kind().name());
        return options;
    }

    private static Map<String, String> options(ImageShape input, Window window) {
        Window.Axis down = window.vertical();
        Window.Axis right = window.horizontal();
        return new TreeMap<>(Map.of(
                "input", input.toString(),
                "kernel", down.size() + "x" + right.size(),
                "stride", down.stride() + "x" + right.stride(),
                "padding", down.padding() + "x" + right.padding(),
                "dilation", down.dilation() + "x" + right.dilation()));
    }

    // ---- layers -----------------------------------------------------------------------------------------------------

    private static Conv2d convolution(SavedLayer saved) {
        return Conv2d.of(
                shape(saved, "input"),
                window(saved),
                groups(saved),
                saved.matrix("weight").matrix(),
                bias(saved));
    }

    private static ConvTranspose2d transposed(SavedLayer saved) {
        return ConvTranspose2d.of(
                shape(saved, "input"),
                shape(saved, "output"),
                window(saved),
                groups(saved),
                saved.matrix("weight").matrix(),
                bias(saved));
    }

    private static Pool2d pooling(SavedLayer saved) {
        String of = saved.text("of");
        for (Pool2d.Kind kind : Pool2d.Kind.values()) {
            if (kind.name().equals(of)) {
                return new Pool2d(kind, shape(saved, "input"), window(saved));
            }
        }
        throw new IllegalArgumentException("the option of is \"" + of + "\"; expected MAX or AVERAGE");
    }

    private static Optional<SimpleMatrix> bias(SavedLayer saved) {
        return Optional.ofNullable(saved.matrices().get("bias")).map(bias -> bias.matrix());
    }

    private static int groups(SavedLayer saved) {
        return numbers(saved, "groups", 1)[0];
    }

    private static ImageShape shape(SavedLayer saved, String option) {
        int[] sizes = numbers(saved, option, 3);
        return new ImageShape(sizes[0], sizes[1], sizes[2]);
    }

    private static Window window(SavedLayer saved) {
        int[] kernel = numbers(saved, "kernel", 2);
        int[] stride = numbers(saved, "stride", 2);
        int[] padding = numbers(saved, "padding", 2);
        int[] dilation = numbers(saved, "dilation", 2);
        return Window.of(kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }

    /** Whole numbers with an x between them. */
    private static int[] numbers(SavedLayer saved, String option, int count) {
        String text = saved.text(option);
        if (!text.matches("[0-9]{1,9}(x[0-9]{1,9}){" + (count - 1) + "}")) {
            throw new IllegalArgumentException(
                    SavedLayer.told(option, text, count + (count == 1 ? " number" : " numbers such as 3x3")));
        }
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }
}
