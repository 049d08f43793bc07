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
 * A convolution: each pixel of an output channel is a weighted sum of what a kernel sees of the input from there, plus
 * a bias. (Strictly a cross-correlation: the kernel is not turned around, as everywhere in the field.)
 *
 * <p>What the kernel sees from each place stands in a row, so that all sums are one product. The weights have a row for
 * each thing seen (input channel by input channel, each kernel row by row) and a column per output channel, which is
 * PyTorch's weight, flattened and transposed, as a dense layer's is. With g groups, an output channel sees the g-th
 * part of the input channels only. The parameters are called {@code weight} and {@code bias}.
 */
public final class Conv2d implements Layer {
    private final ImageShape input;
    private final ImageShape output;
    private final Window window;
    private final Filters filters;
    private final Places seen;
    private final Places pixelwise;

    private Conv2d(ImageShape input, Window window, Filters filters) {
        this.input = input;
        this.window = window;
        this.filters = filters;
        this.output = window.over("Conv2d", input, filters.weight().value().getNumCols());
        this.seen = window.seen(toString(), input, output);
        this.pixelwise = output.pixelwise();
    }

    /**
     * A layer with He-uniform weights, as suits a relu behind it, and a bias of zeros.
     *
     * @param input the shape of the images it takes
     * @param channels of the images it gives
     * @param window how the kernel moves
     * @param seed determines the weights
     * @throws IllegalArgumentException if the kernel is larger than an image with its margins, there is not at least 1
     *     channel, or the weights cannot fit in memory
     */
    public Conv2d(ImageShape input, int channels, Window window, long seed) {
        this(input, channels, window, 1, Initialiser.heUniform(), seed);
    }

    /**
     * A layer with weights of the given kind and a bias of zeros.
     *
     * @param input the shape of the images it takes
     * @param channels of the images it gives
     * @param window how the kernel moves
     * @param groups into how many parts the channels fall, of the input as of the output
     * @param initialiser how the weights begin; the fan-in is what an output pixel sees
     * @param seed determines the weights
     * @throws IllegalArgumentException if the kernel is larger than an image with its margins, the groups do not divide
     *     the channels, or the weights cannot fit in memory
     */
    public Conv2d(ImageShape input, int channels, Window window, int groups, Initialiser initialiser, long seed) {
        this(
                requireNonNull(input, "input"),
                requireNonNull(window, "window"),
                initial(input, channels, window, groups, requireNonNull(initialiser, "initialiser"), seed));
    }

    private static Filters initial(
            ImageShape input, int channels, Window window, int groups, Initialiser initialiser, long seed) {
        Filters.Sizes sizes = sizes(input, channels, window, groups);
        return Filters.of(sizes, sizes.rows(), initialiser, seed);
    }

    private static Filters.Sizes sizes(ImageShape input, int channels, Window window, int groups) {
        window.over("Conv2d", input, channels);
        return new Filters.Sizes("Conv2d", input.channels(), channels, window.taps(), channels, groups);
    }

    /**
     * A layer with given weights.
     *
     * @param input the shape of the images it takes
     * @param window how the kernel moves
     * @param groups into how many parts the channels fall, of the input as of the output
     * @param weight a row per thing seen and a column per output channel; its elements are copied
     * @param bias 1 x output channels, copied, or empty
     * @return the layer
     * @throws IllegalArgumentException if the kernel is larger than an image with its margins, the groups do not divide
     *     the channels, or a matrix has another shape
     */
    public static Conv2d of(
            ImageShape input,
            Window window,
            int groups,
            ConstMatrix<?> weight,
            Optional<? extends ConstMatrix<?>> bias) {
        requireNonNull(input, "input");
        requireNonNull(window, "window");
        int channels = requireNonNull(weight, "weight").getNumCols();
        requireNonNull(bias, "bias");
        return new Conv2d(input, window, Filters.of(sizes(input, channels, window, groups), weight, bias));
    }

    /** {@return the same weights, which this layer shares, without a bias} */
    public Conv2d withoutBias() {
        return new Conv2d(input, window, filters.withoutBias());
    }

    /**
     * The images convolved.
     *
     * @param input a row per image
     * @return a row per image, of the shape {@link #output}
     * @throws IllegalArgumentException if the images are of another shape
     */
    @Override
    public Value forward(Value input) {
        Value patches = seen.take(this.input.requireImages(this, input), 0);
        return pixelwise.put(filters.sums(patches));
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

    /** {@return how the kernel moves} */
    public Window window() {
        return window;
    }

    /** {@return into how many parts the channels fall} */
    public int groups() {
        return filters.groups();
    }

    /** {@return the weights, a column per output channel} */
    public Parameter weight() {
        return filters.weight();
    }

    /** {@return the bias, 1 x output channels, or empty} */
    public Optional<Parameter> bias() {
        return filters.bias();
    }

    /** All options, such as {@code Conv2d(1x28x28, 6x28x28, kernel 5x5 padding 2x2)}. */
    @Override
    public String description() {
        return "Conv2d(" + input + ", " + output + ", kernel " + window + filters.description() + ")";
    }

    /** For example {@code Conv2d(1x28x28, 6x28x28)}. */
    @Override
    public String toString() {
        return "Conv2d(" + input + ", " + output + ")";
    }
}
