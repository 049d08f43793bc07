package org.ejgrad.nn.image;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejml.simple.ConstMatrix;

/**
 * A transposed convolution: each pixel of the input, times a kernel, is added to the output where the kernel of a
 * convolution would have seen it from, plus a bias. It is the adjoint of the convolution with the same weights that
 * makes images of its input's shape from those of its output's, and with a stride it makes images larger.
 *
 * <p>The output has (size − 1)·stride − 2·padding + dilation·(kernel − 1) + 1 pixels in each direction, or up to stride
 * − 1 more at the end, as one asks for: a convolution makes images of one size from several. The weights have a row for
 * each thing that a pixel is added to and a column per input channel, which is PyTorch's weight, flattened and
 * transposed. The parameters are called {@code weight} and {@code bias}.
 */
public final class ConvTranspose2d implements Layer {
    private final ImageShape input;
    private final ImageShape output;
    private final Window window;
    private final Filters filters;
    private final Places seen;
    private final Places pixelwise;
    private final int[] channels;

    private ConvTranspose2d(ImageShape input, ImageShape output, Window window, Filters filters) {
        this.input = input;
        this.output = output;
        this.window = window;
        this.filters = filters;
        this.seen = window.seen(toString(), output, input);
        this.pixelwise = input.pixelwise();
        this.channels = new int[output.columns()];
        for (int i = 0; i < channels.length; i++) {
            channels[i] = i / output.pixels();
        }
    }

    /**
     * A layer with He-uniform weights, as suits a relu behind it, and a bias of zeros, whose output is as small as can
     * be.
     *
     * @param input the shape of the images it takes
     * @param channels of the images it gives
     * @param window how the kernel moves over the images it gives
     * @param seed determines the weights
     * @throws IllegalArgumentException if the margins leave nothing of the output, there is not at least 1 channel, or
     *     the weights cannot fit in memory
     */
    public ConvTranspose2d(ImageShape input, int channels, Window window, long seed) {
        this(
                input,
                smallest(requireNonNull(input, "input"), channels, requireNonNull(window, "window")),
                window,
                1,
                Initialiser.heUniform(),
                seed);
    }

    /**
     * A layer with weights of the given kind and a bias of zeros.
     *
     * @param input the shape of the images it takes
     * @param output the shape of the images it gives
     * @param window how the kernel moves over the images it gives
     * @param groups into how many parts the channels fall, of the input as of the output
     * @param initialiser how the weights begin; the fan-in is how many pixels are added to one of the output
     * @param seed determines the weights
     * @throws IllegalArgumentException if the kernel has not as many places on the output as the input has pixels, the
     *     groups do not divide the channels, or the weights cannot fit in memory
     */
    public ConvTranspose2d(
            ImageShape input, ImageShape output, Window window, int groups, Initialiser initialiser, long seed) {
        this(
                requireNonNull(input, "input"),
                requireNonNull(output, "output"),
                requireNonNull(window, "window"),
                initial(input, output, window, groups, requireNonNull(initialiser, "initialiser"), seed));
    }

    /**
     * A layer with given weights.
     *
     * @param input the shape of the images it takes
     * @param output the shape of the images it gives
     * @param window how the kernel moves over the images it gives
     * @param groups into how many parts the channels fall, of the input as of the output
     * @param weight a row for each thing that a pixel is added to and a column per input channel; its elements are
     *     copied
     * @param bias 1 x output channels, copied, or empty
     * @return the layer
     * @throws IllegalArgumentException if the kernel has not as many places on the output as the input has pixels, the
     *     groups do not divide the channels, or a matrix has another shape
     */
    public static ConvTranspose2d of(
            ImageShape input,
            ImageShape output,
            Window window,
            int groups,
            ConstMatrix<?> weight,
            Optional<? extends ConstMatrix<?>> bias) {
        requireNonNull(input, "input");
        requireNonNull(output, "output");
        requireNonNull(window, "window");
        requireNonNull(weight, "weight");
        requireNonNull(bias, "bias");
        return new ConvTranspose2d(
                input, output, window, Filters.of(sizes(input, output, window, groups), weight, bias));
    }

    private static Filters.Sizes sizes(ImageShape input, ImageShape output, Window window, int groups) {
        ImageShape seen = window.over("ConvTranspose2d", output, input.channels());
        if (!seen.equals(input)) {
            throw new IllegalArgumentException("ConvTranspose2d: the kernel " + window + " makes images of " + seen
                    + " from those of " + output + "; expected its input, " + input);
        }
        int channels = output.channels();
        return new Filters.Sizes("ConvTranspose2d", channels, input.channels(), window.taps(), channels, groups);
    }

    private static ImageShape smallest(ImageShape input, int channels, Window window) {
        long height = window.vertical().reach(input.height());
        long width = window.horizontal().reach(input.width());
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("ConvTranspose2d: images of " + input + " with the kernel " + window
                    + " would become " + height + "x" + width + " pixels");
        }
        return ImageShape.of("ConvTranspose2d", channels, height, width);
    }

    private static Filters initial(
            ImageShape input, ImageShape output, Window window, int groups, Initialiser initialiser, long seed) {
        Filters.Sizes sizes = sizes(input, output, window, groups);
        long met = window.vertical().meetings() * window.horizontal().meetings();
        return Filters.of(sizes, input.channels() / groups * met, initialiser, seed);
    }

    /** {@return the same weights, which this layer shares, without a bias} */
    public ConvTranspose2d withoutBias() {
        return new ConvTranspose2d(input, output, window, filters.withoutBias());
    }

    /**
     * The images enlarged.
     *
     * @param input a row per image
     * @return a row per image, of the shape {@link #output}
     * @throws IllegalArgumentException if the images are of another shape
     */
    @Override
    public Value forward(Value input) {
        Value pixels = pixelwise.take(this.input.requireImages(this, input), 0);
        Value sums = seen.put(filters.perGroup(pixels, (part, weight) -> part.mult(weight.transpose())));
        return filters.bias()
                .map(bias -> sums.plus(bias.value().colsAt(channels)))
                .orElse(sums);
    }

    /** {@code weight} and, if there is one, {@code bias}. */
    @Override
    public List<Parameter> parameters() {
        return filters.parameters();
    }

    /** {@return the shape of the images it takes} */
    public ImageShape input() {
        return input;
    }

    /** {@return the shape of the images it gives} */
    public ImageShape output() {
        return output;
    }

    /** {@return how the kernel moves over the images it gives} */
    public Window window() {
        return window;
    }

    /** {@return into how many parts the channels fall} */
    public int groups() {
        return filters.groups();
    }

    /** {@return the weights, a column per input channel} */
    public Parameter weight() {
        return filters.weight();
    }

    /** {@return the bias, 1 x output channels, or empty} */
    public Optional<Parameter> bias() {
        return filters.bias();
    }

    /** All options, such as {@code ConvTranspose2d(6x7x7, 1x14x14, kernel 2x2 stride 2x2)}. */
    @Override
    public String description() {
        return "ConvTranspose2d(" + input + ", " + output + ", kernel " + window + filters.description() + ")";
    }

    /** For example {@code ConvTranspose2d(6x7x7, 1x14x14)}. */
    @Override
    public String toString() {
        return "ConvTranspose2d(" + input + ", " + output + ")";
    }
}
