package org.ejgrad.nn.image;

import static java.util.Objects.requireNonNull;

import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;

/**
 * What the columns of a row of pixels are: the channels one after another, each row by row, as PyTorch flattens an
 * image.
 *
 * @param channels such as 3 for red, green and blue
 * @param height rows of pixels
 * @param width columns of pixels
 */
public record ImageShape(int channels, int height, int width) {
    private static final int MOST_COLUMNS = Integer.MAX_VALUE - 8;

    /**
     * Checks the sizes.
     *
     * @throws IllegalArgumentException if one is less than 1, or an image would not fit in a row
     */
    public ImageShape {
        Require.atLeast(channels, 1, "ImageShape: the number of channels");
        Require.atLeast(height, 1, "ImageShape: the height");
        Require.atLeast(width, 1, "ImageShape: the width");
        if ((double) channels * height * width > MOST_COLUMNS) {
            throw new IllegalArgumentException("ImageShape(" + channels + "x" + height + "x" + width
                    + "): expected at most " + MOST_COLUMNS + " columns");
        }
    }

    /** What a layer gives. */
    static ImageShape of(String layer, int channels, long height, long width) {
        if ((double) channels * height * width > MOST_COLUMNS) {
            throw new IllegalArgumentException(layer + ": it would give images of " + channels + "x" + height + "x"
                    + width + "; expected at most " + MOST_COLUMNS + " columns");
        }
        return new ImageShape(channels, (int) height, (int) width);
    }

    /** {@return how many pixels a channel has} */
    public int pixels() {
        return height * width;
    }

    /** {@return how many columns an image has: channels · height · width} */
    public int columns() {
        return channels * pixels();
    }

    /**
     * Images seen pixel by pixel: what a loss or a metric of pixels takes, where a channel is a class.
     *
     * @param images a row per image
     * @return a row per pixel, image after image, and a column per channel
     * @throws IllegalArgumentException if the images are of another shape
     */
    public Value toPixels(Value images) {
        return pixelwise().take(requireImages("toPixels", requireNonNull(images, "images")), 0);
    }

    /**
     * The reverse of {@link #toPixels}.
     *
     * @param pixels a row per pixel, image after image, and a column per channel
     * @return a row per image
     * @throws IllegalArgumentException if these are not the pixels of whole images of this shape
     */
    public Value toImages(Value pixels) {
        if (requireNonNull(pixels, "pixels").getNumCols() != channels || pixels.getNumRows() % pixels() != 0) {
            throw new IllegalArgumentException("toImages: the pixels are " + pixels.shape() + "; expected " + channels
                    + " columns and a multiple of " + pixels() + " rows, for images of " + this);
        }
        return pixelwise().put(pixels);
    }

    /** From images to their pixels; a way there and back, as each element has one place. */
    Places pixelwise() {
        return Places.of(
                toString(), columns(), columns(), pixels(), channels, (pixel, channel) -> channel * pixels() + pixel);
    }

    /** The input of a layer, whose rows are images of this shape. */
    Value requireImages(Object layer, Value input) {
        if (requireNonNull(input, "input").getNumCols() != columns()) {
            throw new IllegalArgumentException(layer + ": the input is " + input.shape() + "; expected " + columns()
                    + " columns, images of " + this);
        }
        return input;
    }

    /** For example {@code 3x28x28}. */
    @Override
    public String toString() {
        return channels + "x" + height + "x" + width;
    }
}
