package org.ejgrad.nn.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/**
 * An exported network means the same as the one that was exported before; {@code -Dejgrad.goldens.write=true} writes it
 * anew.
 */
class GoldenOnnxTest {
    private static final Path GOLDEN = Path.of("src/test/resources/org/ejgrad/nn/onnx/network.onnx");

    @Test
    void theSameGraphAndWeights() throws IOException {
        Dense hidden = new Dense(2, 3, 1);
        Dense last = new Dense(3, 2, 2);
        hidden.weight().set(new SimpleMatrix(new double[][] {{1, -0.5, 0.25}, {-0.0, 3, 1e-30}}));
        last.weight().set(new SimpleMatrix(new double[][] {{0.1, 2}, {-1, 4}, {0.75, -3}}));
        byte[] now = OnnxModel.of("golden", Sequential.of(hidden, Value::tanh, last), 2, Precision.DOUBLE);
        if (Boolean.getBoolean("ejgrad.goldens.write")) {
            Files.createDirectories(GOLDEN.getParent());
            Files.write(GOLDEN, now);
        }
        assertEquals(ModelProto.parseFrom(Files.readAllBytes(GOLDEN)), ModelProto.parseFrom(now));
    }
}
