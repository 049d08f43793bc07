package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.io.NamedMatrices;
import org.ejgrad.nn.io.Npz;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.metrics.Classification;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks go to files and come back. */
class ExportTest {
    @Test
    void theWeightsAloneLoadIntoTheSameNetwork(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("new/xor.safetensors");
        Program export = Program.run(
                "export", "xor", "--format", "safetensors", "--out", file.toString(), "--hidden", "5", "--seed", "4");
        assertEquals(0, export.code(), export.err());
        Problem xor = Problems.load("xor", 4, Optional.empty());
        Recipe recipe = xor.recipe().with(List.of(5), xor.recipe().activation());
        Sequential network = recipe.network(2, 2, 9);
        Weights.load(file, network);
        Value logits = network.forward(Value.constant(xor.test().inputs()));
        assertEquals(1, Classification.accuracy(xor.test().labels(), logits.matrix()));
        assertThrows(
                ModelMismatchException.class,
                () -> Weights.load(file, xor.recipe().network(2, 2, 9)));
    }

    /** All formats hold the same numbers; PyTorch's has the weights transposed and the biases as vectors. */
    @Test
    void theWeightsGoToNumPyAndToPyTorch(@TempDir Path folder) throws IOException {
        for (String format : List.of("safetensors", "pytorch", "npz")) {
            Program export = Program.run(
                    "export",
                    "xor",
                    "--format",
                    format,
                    "--out",
                    folder.resolve(format).toString());
            assertEquals(0, export.code(), export.err());
        }
        Sequential expected = Problems.load("xor", 0, Optional.empty()).recipe().network(2, 2, 1);
        Weights.load(folder.resolve("safetensors"), expected);
        Sequential fromPyTorch =
                Problems.load("xor", 0, Optional.empty()).recipe().network(2, 2, 2);
        Weights.load(folder.resolve("pytorch"), fromPyTorch, Weights.Layout.PYTORCH);
        NamedMatrices fromNumPy = Npz.read(folder.resolve("npz"));
        assertThrows(ModelMismatchException.class, () -> Weights.load(folder.resolve("pytorch"), expected));
        for (int i = 0; i < expected.parameters().size(); i++) {
            Parameter parameter = expected.parameters().get(i);
            assertEquals(
                    0,
                    difference(
                            parameter, fromPyTorch.parameters().get(i).value().matrix()));
            assertEquals(
                    0, difference(parameter, fromNumPy.get(parameter.name()).matrix()));
        }
    }

    private static double difference(Parameter parameter, ConstMatrix<SimpleMatrix> other) {
        return parameter.value().matrix().minus(other).normF();
    }

    @Test
    void onnxHoldsFloatsUnlessDoublesAreAskedFor(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("xor.onnx");
        assertEquals(
                0,
                Program.run("export", "xor", "--onnx", "--out", file.toString()).code());
        Program both = Program.run("export", "xor", "--onnx", "--format", "npz", "--out", file.toString());
        assertEquals(2, both.code());
        assertTrue(both.err().contains("--onnx and --format npz are given; expected one of them"), both.err());
        assertEquals(TensorProto.DataType.FLOAT_VALUE, type(file));
        assertEquals(
                0,
                Program.run("export", "xor", "--out", file.toString(), "--precision", "double")
                        .code());
        assertEquals(TensorProto.DataType.DOUBLE_VALUE, type(file));
    }

    /** Of the first layer's weights, 2x8; the preparation before them is in doubles either way. */
    private static int type(Path file) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDimsList().equals(List.of(2L, 8L)))
                .findFirst()
                .orElseThrow()
                .getDataType();
    }
}
