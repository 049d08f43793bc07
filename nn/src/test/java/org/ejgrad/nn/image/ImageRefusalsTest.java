package org.ejgrad.nn.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.Thrown;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What does not fit is refused before anything is computed, with the layer and both shapes. */
class ImageRefusalsTest {
    private static final ImageShape IMAGE = new ImageShape(2, 4, 3);
    private static final Initialiser NORMAL = Initialiser.normal(1);

    private static void refused(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    @Test
    void kernelsLargerThanTheImages() {
        refused(
                "Conv2d: the kernel 5x5 spans 5x5 pixels; the images of 2x4x3 with their margins have only 4x3",
                () -> new Conv2d(IMAGE, 3, Window.of(5), 1));
        refused(
                "Conv2d: the kernel 3x2 padding 1x0 dilation 3x5 spans 7x6 pixels; "
                        + "the images of 2x4x3 with their margins have only 6x3",
                () -> new Conv2d(IMAGE, 3, Window.of(3, 2).padding(1, 0).dilation(3, 5), 1));
        refused(
                "Conv2d: the kernel 2x2 padding 0x1 dilation 9x9 spans 10x10 pixels; "
                        + "the images of 2x4x3 with their margins have only 4x5",
                () -> new Conv2d(IMAGE, 3, Window.of(2).padding(0, 1).dilation(9), 1));
        refused(
                "MaxPool2d: the kernel 5x1 spans 5x1 pixels; the images of 2x4x3 with their margins have only 4x3",
                () -> Pool2d.max(IMAGE, Window.of(5, 1)));
        refused(
                "AvgPool2d: the kernel 1x4 spans 1x4 pixels; the images of 2x4x3 with their margins have only 4x3",
                () -> Pool2d.average(IMAGE, Window.of(1, 4)));
        refused(
                "MaxPool2d(2x4x3, 2x8x7): from some place the kernel 1x1 padding 2x2 sees nothing of the image; "
                        + "expected less padding",
                () -> Pool2d.max(IMAGE, Window.of(1).padding(2)));
        refused(
                "MaxPool2d(1x1x1, 1x3x3): from some place the kernel 2x2 padding 2x2 dilation 2x2 sees nothing of the "
                        + "image; expected less padding",
                () -> Pool2d.max(
                        new ImageShape(1, 1, 1), Window.of(2).padding(2).dilation(2)));
    }

    @Test
    void imagesOfAnotherShape() {
        Value x = Value.zeros(new Shape(5, 7));
        String expected = ": the input is 5x7; expected 24 columns, images of 2x4x3";
        refused("Conv2d(2x4x3, 6x3x2)" + expected, () -> new Conv2d(IMAGE, 6, Window.of(2), 1).forward(x));
        refused(
                "ConvTranspose2d(2x4x3, 6x5x4)" + expected,
                () -> new ConvTranspose2d(IMAGE, 6, Window.of(2), 1).forward(x));
        refused(
                "MaxPool2d(2x4x3, 2x3x2)" + expected,
                () -> Pool2d.max(IMAGE, Window.of(2)).forward(x));
        refused("PerPixel(2x4x3)" + expected, () -> PerPixel.of(IMAGE, y -> y).forward(x));
        refused("toPixels" + expected, () -> IMAGE.toPixels(x));
        refused(
                "toImages: the pixels are 5x7; expected 2 columns and a multiple of 12 rows, for images of 2x4x3",
                () -> IMAGE.toImages(x));
        refused(
                "layer 1: Conv2d(2x4x3, 6x3x2)" + expected,
                () -> Sequential.of(new Dense(2, 7, 1), new Conv2d(IMAGE, 6, Window.of(2), 1))
                        .forward(Value.zeros(new Shape(5, 2))));
        refused(
                "PerPixel(2x4x3): the inner layer turned 24x2 into 24x3; expected the same shape",
                () -> PerPixel.of(IMAGE, new Dense(2, 3, 1)).forward(Value.zeros(new Shape(2, 24))));
    }

    @Test
    void numbersThatMeanNothing() {
        refused(
                "Window: the stride = 0; expected at least 1",
                () -> Window.of(2).stride(0));
        refused("Window: the size = 0; expected at least 1", () -> Window.of(0));
        refused(
                "Window: the padding = -1; expected at least 0",
                () -> Window.of(1).padding(-1));
        refused(
                "Window: the dilation = 0; expected at least 1",
                () -> Window.of(1).dilation(0));
        refused("Window: the size = 20000; expected at most 16384", () -> Window.of(20000));
        refused("ImageShape: the height = 0; expected at least 1", () -> new ImageShape(1, 0, 1));
        refused(
                "ImageShape(100000x1000x100): expected at most 2147483639 columns",
                () -> new ImageShape(100_000, 1000, 100));
        refused(
                "ImageShape: the number of channels = 0; expected at least 1",
                () -> new Conv2d(IMAGE, 0, Window.of(2), 1));
    }

    @Test
    void groupsThatDoNotDivide() {
        refused(
                "Conv2d: 2 groups; expected a number that divides 2 and 3 channels",
                () -> new Conv2d(IMAGE, 3, Window.of(2), 2, NORMAL, 1));
        refused(
                "ConvTranspose2d: 3 groups; expected a number that divides 3 and 2 channels",
                () -> new ConvTranspose2d(IMAGE, new ImageShape(3, 5, 4), Window.of(2), 3, NORMAL, 1));
        refused(
                "Conv2d: 0 groups; expected a number that divides 2 and 2 channels",
                () -> new Conv2d(IMAGE, 2, Window.of(2), 0, NORMAL, 1));
    }

    @Test
    void weightsOfAnotherShape() {
        refused(
                "Conv2d: the weights are 7x3; expected 8x3",
                () -> Conv2d.of(IMAGE, Window.of(2), 1, new SimpleMatrix(7, 3), Optional.empty()));
        refused(
                "Conv2d: the bias is 1x2; expected 1x3",
                () -> Conv2d.of(IMAGE, Window.of(2), 1, new SimpleMatrix(8, 3), Optional.of(new SimpleMatrix(1, 2))));
        refused(
                "ConvTranspose2d: the weights are 8x3; expected 8x2",
                () -> ConvTranspose2d.of(
                        IMAGE, new ImageShape(2, 5, 4), Window.of(2), 1, new SimpleMatrix(8, 3), Optional.empty()));
        refused(
                "Conv2d: the initialiser made 1x1; expected 8x3",
                () -> new Conv2d(IMAGE, 3, Window.of(2), 1, (rows, columns, random) -> new SimpleMatrix(1, 1), 1));
    }

    @Test
    void sizesThatATransposedConvolutionCannotHave() {
        refused(
                "ConvTranspose2d: the kernel 2x2 stride 2x2 makes images of 2x5x3 from those of 1x10x7; "
                        + "expected its input, 2x4x3",
                () -> new ConvTranspose2d(
                        IMAGE, new ImageShape(1, 10, 7), Window.of(2).stride(2), 1, NORMAL, 1));
        refused(
                "ConvTranspose2d: images of 2x4x3 with the kernel 1x1 padding 2x2 would become 0x-1 pixels",
                () -> new ConvTranspose2d(IMAGE, 1, Window.of(1).padding(2), 1));
        Window frame = Window.of(1).padding(1);
        assertEquals(
                "1x1x1",
                new ConvTranspose2d(new ImageShape(1, 3, 3), 1, frame, 1)
                        .output()
                        .toString());
    }

    @Test
    void whatIsJustNotTooLarge() {
        ImageShape row = new ImageShape(1, 1, 306_783_377);
        assertEquals(Integer.MAX_VALUE - 8, Window.of(1).over(row, 7).columns());
        assertEquals(Integer.MAX_VALUE - 8, new ImageShape(7, 306_783_377, 1).columns());
    }

    @Test
    void weightsThatDoNotFitInMemory() {
        long memory = Runtime.getRuntime().maxMemory();
        assumeTrue(memory < 1L << 34);
        int channels = (int) (memory / 16);
        assertTrue(Thrown.argument(() -> new Conv2d(new ImageShape(1, 1, 1), channels, Window.of(1), 1))
                .startsWith("Conv2d: 3 times a 1x" + channels));
    }

    @Test
    void whatIsFarTooLarge() {
        refused(
                "Conv2d: it would give images of 6x52003x52003; expected at most 2147483639 columns",
                () -> new Conv2d(
                        new ImageShape(1, 20_003, 20_003), 6, Window.of(1).padding(16_000), 1));
    }
}
