package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Sequential;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks come back from a file with every bit, or not at all. */
class WeightsTest {
    private static Sequential network(long seed, int hidden) {
        return Sequential.of(
                new Dense(2, hidden, seed), new BatchNorm(hidden), Value::tanh, new Dense(hidden, 1, seed + 1));
    }

    private final Value input = Value.constant(new double[][] {{0.5, -1}, {2, 3}});

    @Test
    void aNetworkComesBackWithItsStatistics(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network.safetensors");
        Sequential trained = network(1, 4);
        trained.at(0, 0).forward(input);
        Weights.save(file, trained);
        Sequential other = network(2, 4);
        NamedMatrices before = Weights.of(other);
        Weights.load(file, other);
        assertNotEquals(before, Weights.of(other));
        assertEquals(Weights.of(trained), Weights.of(other));
        assertTrue(NamedMatrices.of(
                        java.util.Map.of("y", trained.inference().forward(input).matrix()))
                .equals(NamedMatrices.of(
                        java.util.Map.of("y", other.inference().forward(input).matrix()))));
        assertTrue(
                Weights.of(trained).names().contains("1.variance"),
                Weights.of(trained).toString());
    }

    @Test
    void everyDifferenceIsListedAndNothingLoaded() {
        Sequential three = network(1, 3);
        Layer four = Sequential.of(new Dense(2, 4, 5), Value::tanh, new Dense(4, 1, 6));
        NamedMatrices before = Weights.of(four);
        ModelMismatchException refusal = assertThrows(
                ModelMismatchException.class, () -> Weights.into(four, Weights.of(three), Weights.Numbers.FINITE));
        assertEquals(
                List.of(
                        "0.weight is 2x3; expected 2x4",
                        "0.bias is 1x3; expected 1x4",
                        "missing: 2.weight 4x1",
                        "missing: 2.bias 1x1",
                        "unexpected: 1.weight 1x3",
                        "unexpected: 1.bias 1x3",
                        "unexpected: 3.weight 3x1",
                        "unexpected: 3.bias 1x1",
                        "unexpected: 1.mean 1x3",
                        "unexpected: 1.variance 1x3"),
                refusal.differences());
        assertTrue(refusal.toString().contains("missing: 2.weight 4x1; missing: 2.bias 1x1"), refusal.toString());
        assertEquals(before, Weights.of(four));
    }

    @Test
    void numbersThatAreNotFiniteMustBeAllowed() {
        for (double bad : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
            Parameter a = new Parameter("a", new SimpleMatrix(1, 1, true, 1.0));
            Parameter b = new Parameter("b", new SimpleMatrix(1, 2, true, 2.0, 3.0));
            NamedMatrices saved = NamedMatrices.empty()
                    .with("a", new SimpleMatrix(1, 1, true, 7.0))
                    .with("b", new SimpleMatrix(1, 2, true, 8, bad));
            String message = assertThrows(
                            NonFiniteException.class, () -> Weights.into(List.of(a, b), saved, Weights.Numbers.FINITE))
                    .toString();
            assertTrue(message.contains(bad + " in b at row 0, column 1"), message);
            assertEquals(1, a.value().scalar());
            Weights.into(List.of(a, b), saved, Weights.Numbers.ANY);
            assertEquals(7, a.value().scalar());
            assertEquals(saved, Weights.of(List.of(a, b)));
        }
    }

    @Test
    void aDamagedFileLoadsNothing(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("network.safetensors");
        Sequential network = network(1, 3);
        Weights.save(file, network);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);
        Sequential other = network(2, 3);
        NamedMatrices before = Weights.of(other);
        assertThrows(ModelFormatException.class, () -> Weights.load(file, other));
        assertEquals(before, Weights.of(other));
    }

    @Test
    void aSharedParameterIsSavedOnceAndEqualNamesAreRefused() {
        Parameter a = new Parameter("a", new SimpleMatrix(1, 1));
        assertEquals("[a 1x1]", Weights.of(List.of(a, a.within("copy"))).toString());
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Weights.of(List.of(a, new Parameter("a", new SimpleMatrix(1, 1)))))
                .toString();
        assertTrue(message.contains("two parameters are named \"a\""), message);
    }
}
