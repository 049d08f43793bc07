package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.data.Limits;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Lbfgs;
import org.ejgrad.nn.optim.Optimizer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that were written once are read to the same bits for ever, and what they hold is written to the same bytes.
 *
 * <p>{@code -Dejgrad.goldens.write=true} writes them anew, for a change of format that is meant.
 */
class GoldenFilesTest {
    private static final Path GOLDENS = Path.of("src/test/resources/org/ejgrad/nn/io/goldens");
    private static final boolean WRITE = Boolean.getBoolean("ejgrad.goldens.write");

    private static final NamedMatrices MODEL = NamedMatrices.empty()
            .with("0.weight", new SimpleMatrix(new double[][] {{1, -0.0, Math.PI}, {1e-320, 1.7976931348623157e308, 0.1}
            }))
            .with("0.bias", new SimpleMatrix(new double[][] {
                {Double.NaN, Double.POSITIVE_INFINITY, Double.longBitsToDouble(0x7ff8000000000abcL)}
            }))
            .with("empty", new SimpleMatrix(0, 3))
            .withMetadata("note", "größer als \"1\"\n");

    private static final Manifest MANIFEST =
            Manifest.empty().with("data", "abc").with("seed", 7).with("optimizer", "Sgd(rate 0.1)");

    private static final Checkpoint CHECKPOINT = Checkpoint.at(3, 5, MANIFEST)
            .with("network", MODEL)
            .with("optimizer", NamedMatrices.empty().withMetadata("steps", "12"));

    /** The bytes of a golden file, which are written first if that is asked for. */
    private static byte[] golden(String name, Supplier<byte[]> now) throws IOException {
        Path file = GOLDENS.resolve(name);
        if (WRITE) {
            Files.createDirectories(file.getParent());
            Files.write(file, now.get());
        }
        return Files.readAllBytes(file);
    }

    private static void requireBits(NamedMatrices expected, NamedMatrices actual) {
        assertEquals(bits(expected), bits(actual));
        assertEquals(expected.metadata(), actual.metadata());
    }

    private static Map<String, List<Long>> bits(NamedMatrices matrices) {
        Map<String, List<Long>> bits = new TreeMap<>();
        for (String name : matrices.names()) {
            SimpleMatrix matrix = matrices.get(name).matrix();
            bits.put(
                    name,
                    Stream.concat(
                                    Stream.of((long) matrix.getNumRows(), (long) matrix.getNumCols()),
                                    Arrays.stream(matrix.getDDRM().data).mapToObj(Double::doubleToRawLongBits))
                            .toList());
        }
        return bits;
    }

    @Test
    void safetensors() throws IOException {
        byte[] golden = golden("model.safetensors", () -> Safetensors.toBytes(MODEL));
        requireBits(MODEL, Safetensors.fromBytes(golden));
        assertArrayEquals(golden, Safetensors.toBytes(MODEL));
    }

    @Test
    void json() throws IOException {
        byte[] golden = golden("model.json", () -> JsonText.of(MODEL).getBytes(StandardCharsets.UTF_8));
        requireBits(MODEL, JsonText.parse(new String(golden, StandardCharsets.UTF_8)));
        assertEquals(new String(golden, StandardCharsets.UTF_8), JsonText.of(MODEL));
    }

    @Test
    void checkpointFolderAndManifest(@TempDir Path folder) throws IOException {
        byte[] golden = golden("checkpoint-000041.safetensors", () -> Safetensors.toBytes(CHECKPOINT.toMatrices()));
        Files.write(folder.resolve("checkpoint-000041.safetensors"), golden);
        try (CheckpointFolder open = CheckpointFolder.open(folder, 1)) {
            Checkpoint found = Checkpoint.of(open.newest().orElseThrow().matrices());
            assertEquals(3, found.epoch());
            assertEquals(5, found.batch());
            assertEquals(MANIFEST, found.manifest());
            MANIFEST.requireSameRunAs(found.manifest());
            requireBits(MODEL, found.part("network"));
            assertEquals("12", found.part("optimizer").metadata().get("steps"));
            Path next = open.save(found.toMatrices());
            assertEquals("checkpoint-000042.safetensors", next.getFileName().toString());
            assertArrayEquals(golden, Files.readAllBytes(next));
        }
    }

    private static final Supplier<List<Parameter>> PARAMETERS = () -> List.of(
            new Parameter("w", new SimpleMatrix(new double[][] {{1, -2, 0.1}})),
            new Parameter("b", new SimpleMatrix(new double[][] {{1e-3}})));

    private static Value loss(List<Parameter> parameters) {
        return parameters.stream()
                .map(each -> each.value().square().elementSum())
                .reduce(Value::plus)
                .orElseThrow();
    }

    /** An optimizer takes the golden state up, and gives the same bytes. */
    @Test
    void stateOfAnOptimizer() throws IOException {
        Supplier<Optimizer> fresh =
                () -> Optimizer.of(PARAMETERS.get(), Adam.rate(0.1).amsgrad());
        byte[] golden = golden("adam.safetensors", () -> {
            Optimizer optimizer = fresh.get();
            for (int i = 0; i < 3; i++) {
                optimizer.step(loss(optimizer.parameters()).gradients());
            }
            return Safetensors.toBytes(optimizer.state());
        });
        Optimizer restored = fresh.get();
        restored.restore(Safetensors.fromBytes(golden));
        assertEquals(3, restored.steps());
        assertArrayEquals(golden, Safetensors.toBytes(restored.state()));
    }

    @Test
    void stateOfALineSearch() throws IOException {
        byte[] golden = golden("lbfgs.safetensors", () -> {
            List<Parameter> parameters = PARAMETERS.get();
            Lbfgs optimizer = Lbfgs.of(parameters);
            optimizer.step(() -> loss(parameters).plus(loss(parameters).square()));
            return Safetensors.toBytes(optimizer.state());
        });
        Lbfgs restored = Lbfgs.of(PARAMETERS.get());
        restored.restore(Safetensors.fromBytes(golden));
        assertArrayEquals(golden, Safetensors.toBytes(restored.state()));
    }

    @Test
    void idx() throws IOException {
        byte[] plain = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 127, (byte) 128, (byte) 255};
        byte[] golden = golden("rows.idx", () -> plain);
        byte[] compressed = golden("rows.idx.gz", () -> FaultyReadingTest.compressed(plain));
        for (IdxArray array : List.of(
                IdxArray.read("rows.idx", new ByteArrayInputStream(golden), Limits.DEFAULT),
                IdxArray.read("rows.idx.gz", new ByteArrayInputStream(compressed), Limits.DEFAULT))) {
            assertArrayEquals(
                    new double[] {0, 1, 2, 127, 128, 255}, array.matrix().getDDRM().data);
            assertEquals(2, array.matrix().getNumRows());
        }
    }

    @Test
    void csv() throws IOException {
        byte[] text = golden(
                "rows.csv",
                () -> "a,\"b \"\"c\"\"\",class\r\n-0.0,1e-320,red\r\n.5,+12.5E3,blue\r\n"
                        .getBytes(StandardCharsets.UTF_8));
        Dataset rows = CsvFormat.classification("red", "blue").read("rows.csv", new ByteArrayInputStream(text));
        assertEquals(List.of("a", "b \"c\""), rows.featureNames());
        assertEquals(List.of("red", "blue"), rows.classNames());
        double[] expected = {-0.0, 1e-320, 0.5, 12500};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(
                    Double.doubleToRawLongBits(expected[i]),
                    Double.doubleToRawLongBits(rows.inputs().get(i / 2, i % 2)));
        }
        assertArrayEquals(new int[] {0, 1}, rows.labels());
    }
}
