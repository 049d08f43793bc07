package org.ejgrad.nn.io;

import static org.ejgrad.nn.io.SafetensorsTest.file;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files by other programs: what is a matrix is read, what is none is listed, what is ambiguous is asked about. */
class ForeignFilesTest {
    private static String entry(String name, String type, String shape, long begin, long end) {
        return String.format(
                Locale.ROOT,
                "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}",
                name,
                type,
                shape,
                begin,
                end);
    }

    /** A network with BatchNorm and a convolution, as PyTorch saves it. */
    private static byte[] mixed() {
        ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(7).putFloat(1.5f).putFloat(-2).putDouble(0.25).putLong((1L << 53) + 1);
        return file(
                "{\"__metadata__\":{\"format\":\"pt\"},"
                        + String.join(
                                ",",
                                entry("1.num_batches_tracked", "I64", "[]", 0, 8),
                                entry("fc.bias", "F32", "[2]", 8, 16),
                                entry("scale", "F64", "[1,1]", 16, 24),
                                entry("id", "I64", "[1]", 24, 32),
                                entry("conv.weight", "F32", "[1,2,1,1]", 32, 40),
                                entry("waves", "C64", "[1]", 40, 48))
                        + "}",
                data.array());
    }

    @Test
    void whatIsNoMatrixIsListedAndTheRestIsRead() throws ModelFormatException {
        NamedMatrices read = Safetensors.fromForeignBytes(mixed());
        assertEquals("[1.num_batches_tracked 1x1, fc.bias 1x2, scale 1x1]", read.toString());
        assertEquals(7, read.get("1.num_batches_tracked").scalar());
        assertEquals(-2, read.get("fc.bias").get(0, 1));
        assertEquals(0.25, read.get("scale").scalar(), "what follows a tensor of another type stays in its place");
        assertEquals(
                Map.of(
                        "id", "its element 0 is a I64 that no double is equal to",
                        "conv.weight", "its shape [1, 2, 1, 1] has 4 dimensions; a matrix has at most 2",
                        "waves",
                                "its numbers are of the type \"C64\"; expected one of "
                                        + List.of(ElementType.values())),
                read.skipped());
        assertEquals(Map.of(), NamedMatrices.empty().skipped());
    }

    @Test
    void chosenNamesAreReadOrRefusedByName(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("model.safetensors"), mixed());
        NamedMatrices read = Safetensors.readForeign(file, List.of("scale", "fc.bias"));
        assertEquals("[fc.bias 1x2, scale 1x1]", read.toString());
        assertEquals(Map.of(), read.skipped());
        ModelMismatchException refused = assertThrows(
                ModelMismatchException.class,
                () -> Safetensors.readForeign(file, List.of("scale", "conv.weight", "other")));
        assertEquals(
                List.of(
                        "conv.weight: its shape [1, 2, 1, 1] has 4 dimensions; a matrix has at most 2",
                        "missing: other"),
                refused.differences());
        assertEquals(Set.of(), Safetensors.readForeign(file, List.of()).names());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            I64,  00000000000000 80,  -9223372036854775808
            I64,  ffffffffffffff ff,  -1
            I64,  00000000000020 00,  9007199254740992
            U64,  ffffffffffffff 00,  NaN
            U64,  00f8ffffffffff ff,  18446744073709549568
            U64,  00000000000000 80,  9223372036854775808
            I64,  ffffffffffffff 7f,  NaN
            U64,  ffffffffffffff ff,  NaN
            I32,  000000 80,          -2147483648
            U32,  ffffff ff,          4294967295
            I16,  00 80,              -32768
            U16,  ff ff,              65535
            I8,   80,                 -128
            U8,   ff,                 255
            BOOL, 01,                 1
            BOOL, 00,                 0
            BOOL, 02,                 NaN
            """)
    void wholeNumbersAreReadWhereADoubleEqualsThem(String type, String bytes, double expected)
            throws ModelFormatException {
        byte[] data = java.util.HexFormat.of().parseHex(bytes.replace(" ", ""));
        NamedMatrices read =
                Safetensors.fromForeignBytes(file("{" + entry("w", type, "[]", 0, data.length) + "}", data));
        if (Double.isNaN(expected)) {
            assertEquals(Set.of("w"), read.skipped().keySet());
        } else {
            assertEquals(expected, read.get("w").scalar());
        }
    }

    @Test
    void lengthsAreCheckedForTensorsThatAreSkipped() {
        for (String shape : List.of("[2,2,2]", "[9223372036854775807,9223372036854775807,9223372036854775807]")) {
            String message = assertThrows(
                            ModelFormatException.class,
                            () -> Safetensors.fromForeignBytes(
                                    file("{" + entry("w", "F32", shape, 0, 8) + "}", new byte[8])))
                    .toString();
            assertTrue(message.contains("it has 8 bytes; shape "), message);
        }
    }

    private static final SimpleMatrix SQUARE = new SimpleMatrix(new double[][] {{1, 2}, {3, 4}});
    private static final SimpleMatrix BIAS = new SimpleMatrix(1, 2, true, 5, 6);

    private static NamedMatrices foreign(NamedMatrices matrices) throws ModelFormatException {
        String own = new String(Safetensors.toBytes(matrices), java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] bytes = own.replaceFirst("\"ejgrad.format\":\"1\"", "\"format\":      \"pt\"")
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return Safetensors.fromForeignBytes(bytes);
    }

    @Test
    void aSquareWeightOfAnotherProgramIsTakenOnlyInANamedLayout() throws ModelFormatException {
        Layer network = new Dense(2, 2, 1);
        NamedMatrices before = Weights.of(network);
        NamedMatrices saved =
                foreign(NamedMatrices.empty().with("weight", SQUARE).with("bias", BIAS));
        NamedMatrices noted =
                NamedMatrices.empty().with("weight", SQUARE).with("bias", BIAS).withMetadata("format", "pt");
        NamedMatrices unsigned =
                Safetensors.fromForeignBytes(file("{" + entry("weight", "F64", "[2,2]", 0, 32) + "}", new byte[32]));
        for (NamedMatrices each : List.of(saved, noted, unsigned)) {
            String message = assertThrows(
                            ModelMismatchException.class, () -> Weights.into(network, each, Weights.Numbers.FINITE))
                    .toString();
            assertTrue(message.contains("weight is square, 2x2") && message.contains("Weights.Layout"), message);
            assertEquals(before, Weights.of(network));
        }
        Weights.into(network, saved, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        Value x = Value.constant(new double[][] {{1, 10}});
        assertArrayEquals(
                new double[][] {{1 + 20 + 5, 3 + 40 + 6}},
                network.forward(x).matrix().toArray2());
        Weights.into(network, saved, Weights.Numbers.FINITE, Weights.Layout.EJGRAD);
        assertArrayEquals(
                new double[][] {{1 + 30 + 5, 2 + 40 + 6}},
                network.forward(x).matrix().toArray2());
        NamedMatrices own = NamedMatrices.empty().with("weight", SQUARE).with("bias", BIAS);
        Weights.into(network, Safetensors.fromForeignBytes(Safetensors.toBytes(own)), Weights.Numbers.FINITE);
        assertEquals(own, Weights.of(network));

        NamedMatrices single = foreign(Weights.of(new Dense(1, 1, 1)));
        for (Weights.Layout layout : Weights.Layout.values()) {
            Layer other = new Dense(1, 1, 2);
            Weights.into(other, single, Weights.Numbers.FINITE);
            assertEquals(Weights.of(new Dense(1, 1, 1)), Weights.of(other), "1x1 is the same either way round");
            Weights.into(other, single, Weights.Numbers.FINITE, layout);
        }
    }

    @Test
    void aTransposeThatWouldFitIsAdvised() {
        NamedMatrices own = Weights.of(new Dense(2, 3, 1));
        assertEquals(
                List.of(
                        "weight is 3x2; expected 2x3",
                        "the transpose of weight would fit; a file by PyTorch is read with Weights.Layout.PYTORCH"),
                differences(new Dense(2, 3, 2), own.withTransposed("weight")));
        assertEquals(List.of("bias is 3x1; expected 1x3"), differences(new Dense(2, 3, 2), own.withTransposed("bias")));
        assertEquals(
                List.of("missing: bias 1x2", "unexpected: other 3x2"),
                differences(
                        new Dense(2, 2, 2),
                        NamedMatrices.empty().with("weight", SQUARE).with("other", new SimpleMatrix(3, 2))));
    }

    private static List<String> differences(Layer network, NamedMatrices saved) {
        return assertThrows(ModelMismatchException.class, () -> Weights.into(network, saved, Weights.Numbers.FINITE))
                .differences();
    }

    /** 2 GiB of zeros, which take no room on the disk. */
    @Test
    void ofMoreThanFitsIntoMemorySomeIsRead(@TempDir Path folder) throws IOException {
        long bytes = ModelLimits.MOST_ELEMENTS;
        assumeTrue(Runtime.getRuntime().maxMemory() < 8 * bytes);
        Path file = folder.resolve("model");
        for (String shape : List.of("[1,1," + bytes + "]", "[" + bytes + "]")) {
            byte[] start = file(
                    "{" + entry("few", "F64", "[1]", 0, 8) + "," + entry("many", "U8", shape, 8, 8 + bytes) + "}",
                    new byte[8]);
            Files.write(file, start);
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(start.length + bytes);
            }
            assertEquals(
                    "[few 1x1]", Safetensors.readForeign(file, List.of("few")).toString());
            if (shape.startsWith("[1,")) {
                assertEquals(
                        Set.of("many"), Safetensors.readForeign(file).skipped().keySet());
            }
        }
        String message = assertThrows(ModelFormatException.class, () -> Safetensors.readForeign(file))
                .toString();
        assertTrue(message.contains("its matrices take 17179869120 bytes as doubles"), message);
    }

    @Test
    void theElementThatNoDoubleEqualsIsNamed() throws ModelFormatException {
        byte[] data = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(7)
                .putLong(Long.MAX_VALUE)
                .array();
        assertEquals(
                Map.of("id", "its element 1 is a I64 that no double is equal to"),
                Safetensors.fromForeignBytes(file("{" + entry("id", "I64", "[2]", 0, 16) + "}", data))
                        .skipped());
    }

    @Test
    void weightsOfEveryShapeAreTurnedAndTablesAreNot() throws ModelFormatException {
        Layer network = Sequential.of(new Dense(2, 3, 1), new Dense(3, 3, 2), new Dense(3, 1, 3));
        NamedMatrices own = Weights.of(network);
        NamedMatrices saved = foreign(own.withTransposed("0.weight", "1.weight", "2.weight"));
        Layer other = Sequential.of(new Dense(2, 3, 4), new Dense(3, 3, 5), new Dense(3, 1, 6));
        String message = assertThrows(
                        ModelMismatchException.class, () -> Weights.into(other, saved, Weights.Numbers.FINITE))
                .toString();
        assertTrue(message.contains("Weights.Layout"), message);
        Weights.into(other, saved, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        assertEquals(own, Weights.of(other));

        Layer table = new Embedding(3, 2, 1);
        NamedMatrices words = foreign(Weights.of(table));
        Weights.into(table, words, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        assertEquals(Weights.of(new Embedding(3, 2, 1)), Weights.of(table));
        Weights.into(table, words, Weights.Numbers.FINITE);

        for (Layer linear : List.of(new Dense(2, 3, 1), Dense.withoutBias(2, 3, Initialiser.xavierUniform(), 1))) {
            NamedMatrices wrong = foreign(Weights.of(linear));
            assertTrue(assertThrows(
                            ModelMismatchException.class,
                            () -> Weights.into(linear, wrong, Weights.Numbers.FINITE, Weights.Layout.PYTORCH))
                    .toString()
                    .contains("weight is 2x3; expected 3x2 of PyTorch"));
        }
        assertEquals(
                List.of("weight is 2x3; expected 3x2"),
                assertThrows(
                                ModelMismatchException.class,
                                () -> Weights.into(
                                        table,
                                        words.withTransposed("weight"),
                                        Weights.Numbers.FINITE,
                                        Weights.Layout.PYTORCH))
                        .differences());
    }

    /** A linear layer without a bias and an embedding look the same; the network says which it has. */
    @Test
    void aSquareMatrixWithoutABiasIsAskedAboutOnlyInALayerOfYourOwn() throws ModelFormatException {
        NamedMatrices saved = foreign(NamedMatrices.empty().with("weight", SQUARE));
        Layer linear = Dense.withoutBias(2, 2, Initialiser.xavierUniform(), 1);
        Layer table = new Embedding(2, 2, 1);
        for (Layer network : List.of(linear, table)) {
            Weights.into(network, saved, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
        }
        assertEquals(SQUARE.get(1, 0), Weights.of(linear).get("weight").get(0, 1));
        assertEquals(SQUARE.get(0, 1), Weights.of(table).get("weight").get(0, 1));

        Parameter weight = new Parameter("weight", new SimpleMatrix(2, 2));
        Layer own = new Layer() {
            @Override
            public Value forward(Value input) {
                return input.mult(weight.value());
            }

            @Override
            public List<Parameter> parameters() {
                return List.of(weight);
            }
        };
        String message = assertThrows(
                        ModelMismatchException.class,
                        () -> Weights.into(own, saved, Weights.Numbers.FINITE, Weights.Layout.PYTORCH))
                .toString();
        assertTrue(message.contains("without a bias") && message.contains("withTransposed"), message);
        Weights.into(own, saved.withTransposed("weight"), Weights.Numbers.FINITE, Weights.Layout.EJGRAD);
        assertEquals(SQUARE.get(1, 0), weight.value().get(0, 1));
        assertThrows(IllegalArgumentException.class, () -> saved.withTransposed("other"));
        assertFalse(saved.equals(saved.withTransposed("weight")));
    }

    /** A vector beside a matrix tells of a linear layer, as PyTorch has it, another matrix does not. */
    @Test
    void aBiasTellsThatALayerOfYourOwnIsLinear() throws ModelFormatException {
        for (int rows = 1; rows <= 2; rows++) {
            Parameter weight = new Parameter("weight", new SimpleMatrix(2, 2));
            Parameter bias = new Parameter("bias", new SimpleMatrix(rows, 2));
            Layer own = new Layer() {
                @Override
                public Value forward(Value input) {
                    return input.mult(weight.value()).plus(bias.value());
                }

                @Override
                public List<Parameter> parameters() {
                    return List.of(weight, bias);
                }
            };
            NamedMatrices saved = foreign(NamedMatrices.empty()
                    .with("weight", SQUARE)
                    .with("bias", bias.value().matrix()));
            Executable read = () -> Weights.into(own, saved, Weights.Numbers.FINITE, Weights.Layout.PYTORCH);
            if (rows == 1) {
                assertDoesNotThrow(read);
                assertEquals(SQUARE.get(1, 0), weight.value().get(0, 1));
            } else {
                assertThrows(ModelMismatchException.class, read);
            }
        }
    }
}
