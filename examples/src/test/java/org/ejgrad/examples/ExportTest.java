package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks go to files and come back. */
class ExportTest {
    @Test
    void predictReadsWhatExportWrote(@TempDir Path folder) {
        String file = folder.resolve("new/iris.safetensors").toString();
        Program export = Program.run("export", "iris", "--format", "safetensors", "--out", file, "--hidden", "5");
        assertEquals(0, export.code(), export.err());
        String accuracy = export.out().replaceAll("(?s).*test accuracy ([\\d.]+).*", "$1");
        Program predict = Program.run("predict", "iris", "--model", file, "--hidden", "5");
        assertEquals(0, predict.code(), predict.err());
        assertTrue(predict.out().contains("test accuracy " + accuracy + ", test loss "), predict.out());
    }

    @Test
    void anotherArchitectureIsRefused(@TempDir Path folder) {
        String file = folder.resolve("xor.safetensors").toString();
        assertEquals(
                0,
                Program.run("export", "xor", "--format", "safetensors", "--out", file)
                        .code());
        Program predict = Program.run("predict", "xor", "--model", file, "--hidden", "9");
        assertEquals(2, predict.code());
        assertEquals(1, predict.err().lines().count(), predict.err());
        assertTrue(predict.err().contains("0.weight is 2x8; expected 2x9"), predict.err());
    }

    @Test
    void onnxHoldsFloatsUnlessDoublesAreAskedFor(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("xor.onnx");
        assertEquals(0, Program.run("export", "xor", "--out", file.toString()).code());
        assertEquals(TensorProto.DataType.FLOAT_VALUE, type(file));
        assertEquals(
                0,
                Program.run("export", "xor", "--out", file.toString(), "--precision", "double")
                        .code());
        assertEquals(TensorProto.DataType.DOUBLE_VALUE, type(file));
    }

    private static int type(Path file) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(file))
                .getGraph()
                .getInitializer(0)
                .getDataType();
    }
}
