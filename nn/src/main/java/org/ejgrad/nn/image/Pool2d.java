package org.ejgrad.nn.image;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;

/**
 * Pooling: each pixel of the output is the largest, or the mean, of what a kernel sees of the same channel from there.
 *
 * <p>The margin counts as −∞ for the largest and as zeros for the mean, as in PyTorch; ties share the gradient equally,
 * as of every maximum here. It learns nothing.
 */
public final class Pool2d implements Layer {
    private final Kind kind;
    private final ImageShape input;
    private final ImageShape output;
    private final Window window;
    private final Places seen;

    /** What becomes of the pixels that the kernel sees. */
    public enum Kind {
        /** The largest is taken. */
        MAX("MaxPool2d"),
        /** Their mean is taken. */
        AVERAGE("AvgPool2d");

        private final String layer;

        Kind(String layer) {
            this.layer = layer;
        }
    }

    /**
     * A layer of either kind.
     *
     * @param input the shape of the images it takes
     * @param window how the kernel moves
     * @throws IllegalArgumentException if the kernel is larger than an image with its margins, or one of
     *     {@link Kind#MAX} sees nothing but margin from some place
     */
    public Pool2d(Kind kind, ImageShape input, Window window) {
        this.kind = requireNonNull(kind, "kind");
        this.input = requireNonNull(input, "input");
        this.window = requireNonNull(window, "window");
        this.output = window.over(kind.layer, input, input.channels());
        int pixels = output.pixels();
        this.seen = Places.of(
                toString(),
                input.columns(),
                input.columns(),
                output.columns(),
                window.taps(),
                (place, tap) -> window.pixel(input, place / pixels, output.width(), place % pixels, tap));
        if (kind == Kind.MAX && seen.hasEmptyRow()) {
            throw new IllegalArgumentException(this + ": from some place the kernel " + window
                    + " sees nothing of the image; expected less padding");
        }
    }

    /** {@return the largest of what the kernel sees} */
    public static Pool2d max(ImageShape input, Window window) {
        return new Pool2d(Kind.MAX, input, window);
    }

    /** {@return the mean of what the kernel sees} */
    public static Pool2d average(ImageShape input, Window window) {
        return new Pool2d(Kind.AVERAGE, input, window);
    }

    /** {@return one pooling of the whole image: a column per channel} */
    public static Pool2d global(Kind kind, ImageShape input) {
        requireNonNull(input, "input");
        return new Pool2d(kind, input, Window.of(input.height(), input.width()));
    }

    /**
     * The images pooled.
     *
     * @param input a row per image
     * @return a row per image, of the shape {@link #output}
     * @throws IllegalArgumentException if the images are of another shape
     */
    @Override
    public Value forward(Value input) {
        this.input.requireImages(this, input);
        Value pooled = kind == Kind.MAX
                ? seen.takeForLargest(input).max(Per.ROW)
                : seen.take(input, 0).mean(Per.ROW);
        return pooled.reshape(input.getNumRows(), output.columns());
    }

    /** {@return what becomes of the pixels that the kernel sees} */
    public Kind kind() {
        return kind;
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

    /** All options, such as {@code MaxPool2d(6x28x28, 6x14x14, kernel 2x2 stride 2x2)}. */
    @Override
    public String description() {
        return kind.layer + "(" + input + ", " + output + ", kernel " + window + ")";
    }

    /** For example {@code MaxPool2d(6x28x28, 6x14x14)}. */
    @Override
    public String toString() {
        return kind.layer + "(" + input + ", " + output + ")";
    }
}
