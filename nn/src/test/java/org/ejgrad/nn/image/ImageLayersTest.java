package org.ejgrad.nn.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.laws.Law;
import org.ejgrad.laws.Matrices;
import org.ejgrad.laws.OperationCase;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every layer for images with every option: the laws in its input, the gradient checker on its parameters. */
class ImageLayersTest {
    private static final int TRIES = Integer.getInteger("ejgrad.tries", 8);
    private static final ImageShape IMAGE = new ImageShape(2, 4, 3);

    /**
     * A layer of {@link #IMAGE}.
     *
     * @param loops the same in nested loops
     */
    private record Case(Layer layer, UnaryOperator<SimpleMatrix> loops) {
        static Case of(Conv2d layer) {
            return new Case(layer, x -> Loops.convolved(layer, x));
        }

        static Case of(ConvTranspose2d layer) {
            return new Case(layer, x -> Loops.transposed(layer, x));
        }

        static Case of(Pool2d layer) {
            return new Case(layer, x -> Loops.pooled(layer, x));
        }
    }

    static Map<String, Layer> layers() {
        Map<String, Layer> layers = new LinkedHashMap<>();
        cases().forEach((name, each) -> layers.put(name, each.layer));
        return layers;
    }

    private static Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        Map<String, Window> windows = new LinkedHashMap<>();
        windows.put("plain", Window.of(2));
        windows.put("oblong", Window.of(3, 1));
        windows.put("with stride", Window.of(2).stride(2, 1));
        windows.put("with padding", Window.of(3).padding(1, 2));
        windows.put("with dilation", Window.of(2).dilation(3, 2));
        windows.put("with everything", Window.of(2, 3).stride(1, 2).padding(1).dilation(2, 1));
        windows.forEach((name, window) -> {
            cases.put("Conv2d " + name, Case.of(shaken(new Conv2d(IMAGE, 3, window, 1))));
            cases.put("ConvTranspose2d " + name, Case.of(shaken(new ConvTranspose2d(IMAGE, 3, window, 2))));
            if (!name.equals("with padding")) {
                cases.put("MaxPool2d " + name, Case.of(Pool2d.max(IMAGE, window)));
            }
            cases.put("AvgPool2d " + name, Case.of(Pool2d.average(IMAGE, window)));
        });
        cases.put(
                "MaxPool2d with padding", Case.of(Pool2d.max(IMAGE, Window.of(3).padding(1))));
        Initialiser normal = Initialiser.normal(1);
        cases.put("Conv2d in groups", Case.of(shaken(new Conv2d(IMAGE, 4, Window.of(2), 2, normal, 3))));
        cases.put("Conv2d without bias", Case.of(new Conv2d(IMAGE, 2, Window.of(2), 4).withoutBias()));
        cases.put(
                "ConvTranspose2d in groups, one more",
                Case.of(shaken(new ConvTranspose2d(
                        IMAGE, new ImageShape(4, 9, 7), Window.of(2).stride(2), 2, normal, 5))));
        cases.put(
                "ConvTranspose2d without bias", Case.of(new ConvTranspose2d(IMAGE, 2, Window.of(2), 6).withoutBias()));
        cases.put("global MaxPool2d", Case.of(Pool2d.global(Pool2d.Kind.MAX, IMAGE)));
        cases.put("global AvgPool2d", Case.of(Pool2d.global(Pool2d.Kind.AVERAGE, IMAGE)));
        PerPixel normalised = PerPixel.of(IMAGE, shaken(new BatchNorm(2)));
        cases.put("BatchNorm per channel", new Case(normalised, x -> channelsNormalised(normalised, x)));
        return cases;
    }

    /** Each channel minus its mean over all images and pixels, over its deviation, scaled and shifted. */
    private static SimpleMatrix channelsNormalised(PerPixel layer, SimpleMatrix x) {
        SimpleMatrix y = x.copy();
        int pixels = IMAGE.pixels();
        double count = (double) x.getNumRows() * pixels;
        for (int c = 0; c < IMAGE.channels(); c++) {
            SimpleMatrix channel = x.cols(c * pixels, (c + 1) * pixels);
            double mean = channel.elementSum() / count;
            double variance = channel.minus(mean).elementPower(2).elementSum() / count;
            double weight = layer.parameters().get(0).value().get(0, c);
            double bias = layer.parameters().get(1).value().get(0, c);
            y.insertIntoThis(
                    0,
                    c * pixels,
                    channel.minus(mean)
                            .divide(Math.sqrt(variance + 1e-5))
                            .scale(weight)
                            .plus(bias));
        }
        return y;
    }

    private static <L extends Layer> L shaken(L layer) {
        RandomStream random = new RandomStream(11);
        for (Parameter each : layer.parameters()) {
            each.set(each.value()
                    .matrix()
                    .plus(Initialiser.normal(0.3)
                            .matrix(each.value().getNumRows(), each.value().getNumCols(), random)));
        }
        return layer;
    }

    /** Of one group, from how many places an input's pixel is seen; the weights begin in that proportion. */
    @Test
    void theFanInIsOfOneGroup() {
        List<String> asked = new ArrayList<>();
        Initialiser initialiser = (rows, columns, random) -> {
            asked.add(rows + "x" + columns);
            return new SimpleMatrix(rows, columns);
        };
        new Conv2d(new ImageShape(4, 4, 3), 6, Window.of(2), 2, initialiser, 1);
        ConvTranspose2d layer =
                new ConvTranspose2d(new ImageShape(4, 4, 3), new ImageShape(6, 5, 4), Window.of(2), 2, initialiser, 1);
        assertEquals(List.of("8x6", "8x6"), asked);
        assertEquals(
                "ConvTranspose2d(4x4x3, 6x5x4, kernel 2x2, 2 groups, without bias)",
                layer.withoutBias().description());
    }

    @TestFactory
    Stream<DynamicNode> everyLawInTheInput() {
        return cases().entrySet().stream().flatMap(entry -> {
            Layer layer = entry.getValue().layer;
            OperationCase row = OperationCase.unary(
                            entry.getKey(),
                            Matrices.distinct(new org.ejgrad.Shape(2, IMAGE.columns()))
                                    .map(List::of),
                            layer::forward,
                            entry.getValue().loops)
                    .upToOrder(2);
            return Stream.of(Law.values())
                    // What depends on parameters is never a constant.
                    .filter(law ->
                            law != Law.CONSTANTS_FOLD || layer.parameters().isEmpty())
                    .map(law -> DynamicTest.dynamicTest(law + " of " + row, () -> law.check(row, TRIES)));
        });
    }

    /** Of a loss that is not linear in them, so that the second order counts; also of their squared gradients. */
    @TestFactory
    Stream<DynamicNode> theParametersGradients() {
        return layers().entrySet().stream()
                .filter(entry -> !entry.getValue().parameters().isEmpty())
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Layer layer = entry.getValue();
                    Map<String, Value> parameters = new TreeMap<>();
                    layer.parameters().forEach(p -> parameters.put(p.name(), p.value()));
                    Value x =
                            Value.variable("x", Initialiser.normal(1).matrix(2, IMAGE.columns(), new RandomStream(9)));
                    Value loss = layer.forward(x).tanh().elementSum();
                    requirePassed(parameters, loss);
                    Value squares = Value.constant(0);
                    var gradients = loss.gradients(org.ejgrad.Gradients.Option.DIFFERENTIABLE);
                    for (Value each : parameters.values()) {
                        squares = squares.plus(gradients.of(each).square().elementSum());
                    }
                    requirePassed(
                            parameters, squares.plus(gradients.of(x).square().elementSum()));
                }));
    }

    private static void requirePassed(Map<String, Value> parameters, Value loss) {
        CheckReport report = GradientCheck.of(parameters, loss).run();
        report.requirePassed();
        int entries = parameters.values().stream()
                .mapToInt(value -> value.shape().elements())
                .sum();
        assertEquals(entries, report.entries().size());
    }

    /** Several layers, with one normalisation that trains and one that has been trained. */
    @TestFactory
    Stream<DynamicNode> wholeNetworks() {
        Conv2d first = new Conv2d(IMAGE, 3, Window.of(3).padding(1), 1);
        Pool2d smaller = Pool2d.max(first.output(), Window.of(2, 1).stride(2, 1));
        ConvTranspose2d larger =
                new ConvTranspose2d(smaller.output(), 2, Window.of(2, 1).stride(2, 1), 3);
        Sequential network = Sequential.of(
                first,
                PerPixel.of(first.output(), shaken(new BatchNorm(3))),
                Value::tanh,
                smaller,
                larger,
                Value::softplus,
                Pool2d.average(larger.output(), Window.of(2)));
        Value x = Value.variable("x", Initialiser.normal(1).matrix(3, IMAGE.columns(), new RandomStream(4)));
        network.at(1).forward(x);
        return Stream.of(network, network.inference())
                .map(each -> DynamicTest.dynamicTest(
                        each == network ? "training" : "after training",
                        () -> GradientCheck.of(each.forward(x).square().elementSum())
                                .run()
                                .requirePassed()));
    }
}
