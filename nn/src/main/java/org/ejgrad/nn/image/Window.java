package org.ejgrad.nn.image;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.arguments.Require;

/**
 * How a kernel moves over an image: its size, the steps it takes, the margin it sees around the image and the distance
 * between the pixels that it looks at.
 *
 * @param vertical along the height
 * @param horizontal along the width
 */
public record Window(Axis vertical, Axis horizontal) {
    private static final int MOST = 1 << 14;

    /** Refuses nulls. */
    public Window {
        requireNonNull(vertical, "vertical");
        requireNonNull(horizontal, "horizontal");
    }

    /**
     * One direction.
     *
     * @param size how many pixels the kernel looks at
     * @param stride the step from one place to the next
     * @param padding how many pixels there are beyond each end of the image
     * @param dilation the distance of neighbours among the pixels it looks at
     */
    public record Axis(int size, int stride, int padding, int dilation) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the padding is negative, another number less than 1, or one more than
         *     16384
         */
        public Axis {
            require(size, 1, "the size");
            require(stride, 1, "the stride");
            require(padding, 0, "the padding");
            require(dilation, 1, "the dilation");
        }

        private static void require(int number, int least, String name) {
            Require.atMost(Require.atLeast(number, least, "Window: " + name), MOST, "Window: " + name);
        }

        /** How many pixels from the first it looks at to the last. */
        long span() {
            return (long) dilation * (size - 1) + 1;
        }

        /** In how many places it fits; less than 1 if in none. */
        long places(long length) {
            return Math.floorDiv(length + 2L * padding - span(), stride) + 1;
        }

        /** The fewest pixels on which it has so many places. */
        long reach(int places) {
            return (places - 1L) * stride - 2L * padding + span();
        }

        /** From how many places a pixel is seen, at most. */
        long meetings() {
            return ((long) size + stride - 1) / stride;
        }

        /** The pixel that it looks at; outside 0 to length − 1 in the margin. */
        int pixel(int place, int tap) {
            return place * stride - padding + tap * dilation;
        }
    }

    /** {@return a kernel of size x size that moves by one pixel, without margin or distance} */
    public static Window of(int size) {
        return of(size, size);
    }

    /** {@return a kernel of height x width that moves by one pixel, without margin or distance} */
    public static Window of(int height, int width) {
        return new Window(new Axis(height, 1, 0, 1), new Axis(width, 1, 0, 1));
    }

    /** {@return this window with steps of so many pixels} */
    public Window stride(int stride) {
        return stride(stride, stride);
    }

    /** {@return this window with steps of so many pixels down and to the right} */
    public Window stride(int down, int right) {
        return new Window(
                new Axis(vertical.size, down, vertical.padding, vertical.dilation),
                new Axis(horizontal.size, right, horizontal.padding, horizontal.dilation));
    }

    /** {@return this window with a margin of so many pixels on every side} */
    public Window padding(int padding) {
        return padding(padding, padding);
    }

    /** {@return this window with a margin of so many pixels above and below, and left and right} */
    public Window padding(int rows, int columns) {
        return new Window(
                new Axis(vertical.size, vertical.stride, rows, vertical.dilation),
                new Axis(horizontal.size, horizontal.stride, columns, horizontal.dilation));
    }

    /** {@return this window with so many pixels from one that it looks at to the next} */
    public Window dilation(int dilation) {
        return dilation(dilation, dilation);
    }

    /** {@return this window with so many pixels from one that it looks at to the next, downwards and to the right} */
    public Window dilation(int down, int right) {
        return new Window(
                new Axis(vertical.size, vertical.stride, vertical.padding, down),
                new Axis(horizontal.size, horizontal.stride, horizontal.padding, right));
    }

    /** How many pixels of a channel it looks at. */
    int taps() {
        return vertical.size * horizontal.size;
    }

    /**
     * {@return the shape of what a layer with this window makes of images}
     *
     * @param channels of what it makes
     * @throws IllegalArgumentException if it is larger than an image with its margins
     */
    public ImageShape over(ImageShape image, int channels) {
        return over("Window", requireNonNull(image, "image"), channels);
    }

    /**
     * What a layer with this window makes of images.
     *
     * @param layer for the message
     * @throws IllegalArgumentException if it is larger than an image with its margins
     */
    ImageShape over(String layer, ImageShape image, int channels) {
        long height = vertical.places(image.height());
        long width = horizontal.places(image.width());
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(layer + ": the kernel " + this + " spans " + vertical.span() + "x"
                    + horizontal.span() + " pixels; the images of " + image + " with their margins have only "
                    + (image.height() + 2L * vertical.padding) + "x" + (image.width() + 2L * horizontal.padding));
        }
        return ImageShape.of(layer, channels, height, width);
    }

    /**
     * A row for each place of the kernel on an image, a column for each thing that it sees there: channel by channel,
     * each row by row.
     *
     * @param output whose pixels are the places
     */
    Places seen(String layer, ImageShape image, ImageShape output) {
        int taps = taps();
        return Places.of(
                layer,
                image.columns(),
                image.columns(),
                output.pixels(),
                (long) image.channels() * taps,
                (place, seen) -> pixel(image, seen / taps, output.width(), place, seen % taps));
    }

    /** The pixel of a channel that is looked at from a place, or nowhere. */
    int pixel(ImageShape image, int channel, int across, int place, int tap) {
        int row = vertical.pixel(place / across, tap / horizontal.size);
        int column = horizontal.pixel(place % across, tap % horizontal.size);
        boolean isInside = row >= 0 && row < image.height() && column >= 0 && column < image.width();
        return isInside ? channel * image.pixels() + row * image.width() + column : Places.NOWHERE;
    }

    /** For example {@code 5x5}, or {@code 3x3 stride 2x2 padding 1x1} where these are not 1 and 0. */
    @Override
    public String toString() {
        return pair(vertical.size, horizontal.size)
                + option(" stride ", 1, vertical.stride, horizontal.stride)
                + option(" padding ", 0, vertical.padding, horizontal.padding)
                + option(" dilation ", 1, vertical.dilation, horizontal.dilation);
    }

    private static String option(String name, int usual, int down, int right) {
        return down == usual && right == usual ? "" : name + pair(down, right);
    }

    private static String pair(int down, int right) {
        return down + "x" + right;
    }
}
