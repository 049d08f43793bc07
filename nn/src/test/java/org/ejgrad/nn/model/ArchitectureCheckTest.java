package org.ejgrad.nn.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.Shape;
import org.ejgrad.nn.Thrown;
import org.ejgrad.nn.io.Architecture;
import org.ejgrad.nn.io.ModelFormatException;
import org.junit.jupiter.api.Test;

/** What a network that is only described may make of its columns, to the last layer and column that is allowed. */
class ArchitectureCheckTest {
    private static final Architecture TANH = layer("tanh", Map.of());
    private static final Architecture DOUBLED = layer("Residual", Map.of("concatenating", "true"), TANH);

    /** A function of one's own: nobody knows how many columns it makes. */
    private static final Architecture OWN = layer("own", Map.of());

    private static Architecture layer(String kind, Map<String, String> options, Architecture... layers) {
        return new Architecture(kind, options, Map.of(), List.of(layers));
    }

    private static Architecture sequential(Architecture... layers) {
        return layer("Sequential", Map.of(), layers);
    }

    private static Architecture repeated(int times, Architecture layer) {
        return sequential(Collections.nCopies(times, layer).toArray(Architecture[]::new));
    }

    /** A layer whose weight is that of the file called by its shape, such as 2x3. */
    private static Architecture dense(String weight) {
        return new Architecture("Dense", Map.of(), Map.of("weight", weight), List.of());
    }

    /** Checks a network whose matrices are called by their shapes. */
    private static void require(int columns, Architecture... layers) throws ModelFormatException {
        Architecture network = layers.length == 1 ? layers[0] : sequential(layers);
        Map<String, Shape> shapes = new HashMap<>();
        matrices(network).forEach(name -> {
            int[] sizes =
                    Arrays.stream(name.split("x")).mapToInt(Integer::parseInt).toArray();
            shapes.put(name, new Shape(sizes[0], sizes[1]));
        });
        ArchitectureCheck.require(network, LayerKinds.DEFAULT.with("own", x -> x), shapes, columns, "file");
    }

    private static Stream<String> matrices(Architecture layer) {
        return Stream.concat(
                layer.matrices().values().stream(), layer.layers().stream().flatMap(each -> matrices(each)));
    }

    private static void refused(String words, int columns, Architecture... layers) {
        String message = Thrown.message(ModelFormatException.class, () -> require(columns, layers));
        assertTrue(message.contains(words), message);
    }

    @Test
    void theLastThatIsAllowedIsAllowed() throws ModelFormatException {
        require(1, repeated(9_999, TANH));
        refused("more than 10000 layers are applied", 1, repeated(10_000, TANH));
        Architecture deepest = IntStream.range(1, 200).boxed().reduce(TANH, (in, i) -> sequential(in), (a, b) -> b);
        require(1, deepest);
        refused("200 within each other", 1, sequential(deepest));
        require(1, repeated(20, DOUBLED));
        refused("it makes 2097152 columns; expected at most 1048576", 1, repeated(21, DOUBLED));
    }

    @Test
    void whatIsInsideALayerHasToFit() {
        refused("it is given 1 columns; expected 3", 2, attention(dense("3x1"), TANH, TANH, TANH));
        refused("it is given 1 columns; expected 3", 2, attention(TANH, TANH, TANH, dense("3x1")));
        refused(
                "layer 0 (byte 0): it is given 4 columns; expected 2",
                24,
                layer("PerPixel", Map.of("input", "2x4x3"), DOUBLED),
                TANH);
        Architecture temperature = new Architecture("Temperature", Map.of(), Map.of("temperature", "1x2"), List.of());
        refused("its temperature is 1x2; expected 1x1", 2, temperature);
    }

    private static Architecture attention(Architecture... parts) {
        return layer("Attention", Map.of("features", "1"), parts);
    }

    @Test
    void bothDirectionsAreCounted() throws ModelFormatException {
        Map<String, String> last = Map.of("features", "1", "last", "true");
        for (Map<String, String> options : List.of(Map.of("features", "1"), last)) {
            String made = options == last ? "3" : "12";
            require(4, layer("Bidirectional", options, TANH, DOUBLED), dense(made + "x5"));
            refused(
                    "it is given " + made + " columns; expected 4",
                    4,
                    layer("Bidirectional", options, TANH, DOUBLED),
                    dense("4x5"));
        }
    }

    /** Behind a layer of one's own, anything may be right, up to the next that says what it takes. */
    @Test
    void nothingIsHeldAgainstWhatIsNotKnown() throws ModelFormatException {
        Map<String, String> steps = Map.of("features", "2");
        for (Architecture unknown : List.of(
                OWN,
                sequential(OWN, DOUBLED),
                layer("Residual", Map.of(), OWN),
                sequential(OWN, layer("EachStep", steps, TANH)),
                sequential(OWN, layer("Bidirectional", steps, TANH, TANH)),
                layer("Bidirectional", steps, OWN, TANH),
                layer("Bidirectional", steps, TANH, OWN))) {
            require(4, unknown, dense("7x3"));
            refused("it is given 3 columns; expected 7", 4, unknown, dense("7x3"), dense("7x4"));
        }
        Map<String, String> wide = image("1x1025x1024", "1x1", "0x0", "2x2");
        refused("it takes 1049600 columns; expected at most 1048576", 4, OWN, layer("Pool2d", wide));
    }

    private static Map<String, String> image(String input, String kernel, String padding, String stride) {
        return new HashMap<>(
                Map.of("input", input, "kernel", kernel, "padding", padding, "stride", stride, "dilation", "1x1"));
    }

    private static ImageKinds.Columns pooled(String input, String kernel) {
        return ImageKinds.columns("Pool2d", image(input, kernel, "0x0", "1x1"), 0);
    }

    private static ImageKinds.Columns transposed(String input, String output, String kernel) {
        Map<String, String> options = image(input, kernel, "0x0", "1x1");
        options.put("output", output);
        return ImageKinds.columns("ConvTranspose2d", options, 0);
    }

    /** At 2²⁵ pixels. */
    @Test
    void imagesAreLookedAtAsOftenAsThereIsMemory() {
        int most = 1 << 25;
        assertEquals(new ImageKinds.Columns(most, most, 0), pooled("2x4096x4096", "1x1"));
        assertEquals(most / 2, pooled("1x4096x4097", "1x2").output());
        assertEquals(most / 2, pooled("1x4097x4096", "2x1").output());
        assertEquals(most / 2, transposed("1x4096x4096", "1x4096x4097", "1x2").input());
        for (String more : List.of("1x4096x8193 1x1", "2x4096x4096 1x2", "1x4096x4098 1x2", "1x4098x4096 2x1")) {
            String[] parts = more.split(" ");
            assertThrows(IllegalArgumentException.class, () -> pooled(parts[0], parts[1]), more);
        }
        assertEquals(
                "the kernel 1x2 looks at 2 channels from 16777216 places; expected at most 33554432 pixels in all",
                Thrown.argument(() -> transposed("1x4096x4096", "2x4096x4097", "1x2")));
        // 2^64 of them.
        Thrown.argument(() -> transposed("1x32768x32768", "536870912x1x1", "4x8"));
    }
}
