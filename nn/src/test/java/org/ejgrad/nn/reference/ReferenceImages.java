package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.image.Conv2d;
import org.ejgrad.nn.image.ConvTranspose2d;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.image.PerPixel;
import org.ejgrad.nn.image.Pool2d;
import org.ejgrad.nn.image.Window;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejml.simple.SimpleMatrix;

/** The layers for images of the reference format; {@code src/test/figures/images.py} says what their options mean. */
final class ReferenceImages {
    private static final Map<String, Function<Arguments, Evaluation>> LAYERS = Map.of(
            "conv2d", ReferenceImages::convolution,
            "conv_transpose2d", ReferenceImages::transposed,
            "max_pool2d", in -> pooling(in, Pool2d.Kind.MAX),
            "avg_pool2d", in -> pooling(in, Pool2d.Kind.AVERAGE),
            "batch_norm2d", ReferenceImages::batchNorm,
            "cross_entropy2d", ReferenceImages::perPixel);

    private ReferenceImages() {}

    static Optional<Function<Arguments, Evaluation>> find(String name) {
        return Optional.ofNullable(LAYERS.get(name));
    }

    private static ImageShape image(Arguments in) {
        int[] sizes = in.integers("image");
        return new ImageShape(sizes[0], sizes[1], sizes[2]);
    }

    private static int[] pair(Arguments in, String name, int usual) {
        return in.attribute(name).map(Json::integers).orElse(new int[] {usual, usual});
    }

    private static Window window(Arguments in) {
        int[] kernel = in.integers("kernel");
        int[] stride = pair(in, "stride", 1);
        int[] padding = pair(in, "padding", 0);
        int[] dilation = pair(in, "dilation", 1);
        return Window.of(kernel[0], kernel[1])
                .stride(stride[0], stride[1])
                .padding(padding[0], padding[1])
                .dilation(dilation[0], dilation[1]);
    }

    private static Optional<SimpleMatrix> bias(Arguments in) {
        return in.count() == 3 ? Optional.of(in.value(2).matrix()) : Optional.empty();
    }

    /** Weights have a row per filter in the figures. */
    private static Evaluation learning(Layer layer, Arguments in, Parameter weight, Optional<Parameter> bias) {
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>();
        handles.add(ReferenceLayers.input(in.x()));
        handles.add(Optional.of(new Evaluation.Handle(weight.value(), Value::transpose)));
        bias.ifPresent(each -> handles.add(ReferenceLayers.parameter(each)));
        return new Evaluation(layer.forward(in.x()), handles);
    }

    private static Evaluation convolution(Arguments in) {
        SimpleMatrix weight = in.value(1).matrix().transpose();
        Conv2d layer = Conv2d.of(image(in), window(in), in.integer("groups", 1), weight, bias(in));
        return learning(layer, in, layer.weight(), layer.bias());
    }

    private static Evaluation transposed(Arguments in) {
        Window window = window(in);
        ImageShape input = image(in);
        int[] more = pair(in, "output_padding", 0);
        ImageShape output = new ImageShape(
                in.integer("channels"),
                size(input.height(), window.vertical()) + more[0],
                size(input.width(), window.horizontal()) + more[1]);
        SimpleMatrix weight = in.value(1).matrix().transpose();
        ConvTranspose2d layer = ConvTranspose2d.of(input, output, window, in.integer("groups", 1), weight, bias(in));
        return learning(layer, in, layer.weight(), layer.bias());
    }

    private static int size(int pixels, Window.Axis axis) {
        return (pixels - 1) * axis.stride() - 2 * axis.padding() + axis.dilation() * (axis.size() - 1) + 1;
    }

    private static Evaluation pooling(Arguments in, Pool2d.Kind kind) {
        return Evaluation.of(new Pool2d(kind, image(in), window(in)).forward(in.x()), in);
    }

    private static Evaluation batchNorm(Arguments in) {
        ImageShape image = image(in);
        BatchNorm inner = new BatchNorm(image.channels(), in.number("eps"), 0.1);
        return ReferenceLayers.scaled(PerPixel.of(image, inner), in);
    }

    private static Evaluation perPixel(Arguments in) {
        Value pixels = image(in).toPixels(in.x());
        return Evaluation.of(CrossEntropy.fromLogits(pixels, in.index(1), ReferenceLosses.weighted(in)), in);
    }
}
