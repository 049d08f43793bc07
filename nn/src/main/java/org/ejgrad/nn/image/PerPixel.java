package org.ejgrad.nn.image;

import static java.util.Objects.requireNonNull;

import java.util.function.BiFunction;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Layer;

/**
 * A layer applied to the pixels of images: to a row per pixel with a column per channel. Of a batch normalisation that
 * makes one with statistics per channel (PyTorch's BatchNorm2d).
 *
 * <p>The parameters keep the names they have inside.
 */
public final class PerPixel implements Layer {
    private final ImageShape shape;
    private final Layer inner;
    private final Places pixelwise;

    private PerPixel(ImageShape shape, Layer inner, Places pixelwise) {
        this.shape = shape;
        this.inner = inner;
        this.pixelwise = pixelwise;
    }

    /**
     * {@return a layer applied to each pixel}
     *
     * @param shape of the images
     * @param inner a layer that gives as many columns as it takes, the channels
     */
    public static PerPixel of(ImageShape shape, Layer inner) {
        return new PerPixel(requireNonNull(shape, "shape"), requireNonNull(inner, "inner"), shape.pixelwise());
    }

    /**
     * The images with the layer applied to each pixel. What is refused after the inner layer's turn leaves its running
     * statistics moved, as in a sequence of layers.
     *
     * @param input a row per image
     * @return in this shape
     * @throws IllegalArgumentException if the images are of another shape, or the inner layer changes the channels
     */
    @Override
    public Value forward(Value input) {
        Value pixels = pixelwise.take(shape.requireImages(this, input), 0);
        Value changed = inner.forward(pixels);
        if (changed == null || !changed.shape().equals(pixels.shape())) {
            throw new IllegalArgumentException(this + ": the inner layer turned " + pixels.shape() + " into "
                    + (changed == null ? "null" : changed.shape()) + "; expected the same shape");
        }
        return pixelwise.put(changed);
    }

    /** {@return the shape of the images} */
    public ImageShape shape() {
        return shape;
    }

    /** {@return the layer inside} */
    public Layer inner() {
        return inner;
    }

    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new PerPixel(shape, Children.changed(change, "", inner), pixelwise);
    }

    /** For example {@code PerPixel(6x28x28, BatchNorm(6, epsilon 1.0E-5, momentum 0.1))}. */
    @Override
    public String description() {
        return "PerPixel(" + shape + ", " + inner.description() + ")";
    }

    /** For example {@code PerPixel(6x28x28)}. */
    @Override
    public String toString() {
        return "PerPixel(" + shape + ")";
    }
}
