package org.ejgrad.nn.image;

import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/** What the layers for images compute, in nested loops over pixels as in the textbook. */
final class Loops {
    private Loops() {}

    /** What is done with a pixel that the kernel sees. */
    @FunctionalInterface
    private interface Seen {
        /** At a place of the output; the tap is the number within the kernel, the pixel −1 in the margin. */
        void at(int place, int tap, int pixel);
    }

    private static void slide(ImageShape image, ImageShape output, Window window, Seen seen) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        for (int y = 0; y < output.height(); y++) {
            for (int x = 0; x < output.width(); x++) {
                for (int ky = 0; ky < v.size(); ky++) {
                    for (int kx = 0; kx < h.size(); kx++) {
                        int row = y * v.stride() - v.padding() + ky * v.dilation();
                        int column = x * h.stride() - h.padding() + kx * h.dilation();
                        boolean isInside = row >= 0 && row < image.height() && column >= 0 && column < image.width();
                        seen.at(
                                y * output.width() + x,
                                ky * h.size() + kx,
                                isInside ? row * image.width() + column : -1);
                    }
                }
            }
        }
    }

    static SimpleMatrix convolved(Conv2d layer, ConstMatrix<?> x) {
        ImageShape in = layer.input();
        ImageShape out = layer.output();
        int taps =
                layer.window().vertical().size() * layer.window().horizontal().size();
        int seen = in.channels() / layer.groups();
        int made = out.channels() / layer.groups();
        SimpleMatrix y = new SimpleMatrix(x.getNumRows(), out.columns());
        for (int n = 0; n < x.getNumRows(); n++) {
            for (int o = 0; o < out.channels(); o++) {
                for (int i = 0; i < seen; i++) {
                    int from = (o / made * seen + i) * in.pixels();
                    int to = o * out.pixels();
                    int row = n;
                    int filter = o;
                    int first = i * taps;
                    slide(in, out, layer.window(), (place, tap, pixel) -> {
                        double v = pixel < 0 ? 0 : x.get(row, from + pixel);
                        double w = layer.weight().value().get(first + tap, filter);
                        y.set(row, to + place, y.get(row, to + place) + v * w);
                    });
                }
                for (int place = 0; place < out.pixels() && layer.bias().isPresent(); place++) {
                    double bias = layer.bias().get().value().get(0, o);
                    y.set(n, o * out.pixels() + place, y.get(n, o * out.pixels() + place) + bias);
                }
            }
        }
        return y;
    }

    static SimpleMatrix transposed(ConvTranspose2d layer, ConstMatrix<?> x) {
        ImageShape in = layer.input();
        ImageShape out = layer.output();
        int taps =
                layer.window().vertical().size() * layer.window().horizontal().size();
        int taken = in.channels() / layer.groups();
        int made = out.channels() / layer.groups();
        SimpleMatrix y = new SimpleMatrix(x.getNumRows(), out.columns());
        for (int n = 0; n < x.getNumRows(); n++) {
            for (int c = 0; c < in.channels(); c++) {
                for (int o = 0; o < made; o++) {
                    int from = c * in.pixels();
                    int to = (c / taken * made + o) * out.pixels();
                    int row = n;
                    int filter = c;
                    int first = o * taps;
                    slide(out, in, layer.window(), (place, tap, pixel) -> {
                        if (pixel >= 0) {
                            double w = layer.weight().value().get(first + tap, filter);
                            double v = x.get(row, from + place);
                            y.set(row, to + pixel, y.get(row, to + pixel) + v * w);
                        }
                    });
                }
            }
            for (int i = 0; i < out.columns() && layer.bias().isPresent(); i++) {
                y.set(n, i, y.get(n, i) + layer.bias().get().value().get(0, i / out.pixels()));
            }
        }
        return y;
    }

    static SimpleMatrix pooled(Pool2d layer, ConstMatrix<?> x) {
        ImageShape in = layer.input();
        ImageShape out = layer.output();
        boolean isMax = layer.kind() == Pool2d.Kind.MAX;
        double taps =
                layer.window().vertical().size() * layer.window().horizontal().size();
        SimpleMatrix y = new SimpleMatrix(x.getNumRows(), out.columns());
        y.fill(isMax ? Double.NEGATIVE_INFINITY : 0);
        for (int n = 0; n < x.getNumRows(); n++) {
            for (int c = 0; c < in.channels(); c++) {
                int row = n;
                int from = c * in.pixels();
                int to = c * out.pixels();
                slide(in, out, layer.window(), (place, tap, pixel) -> {
                    if (pixel >= 0) {
                        double v = x.get(row, from + pixel);
                        double sofar = y.get(row, to + place);
                        y.set(row, to + place, isMax ? Math.max(sofar, v) : sofar + v / taps);
                    }
                });
            }
        }
        return y;
    }
}
