package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.ejgrad.examples.data.Mnist;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.image.ImageShape;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of somebody's own in MNIST's form, and what is said of files that are not. */
class MnistFilesTest {
    @TempDir
    private Path folder;

    private void write(String part, int[] images, int... labels) throws IOException {
        Files.write(folder.resolve(part + "-images-idx3-ubyte"), plain(images));
        Files.write(folder.resolve(part + "-labels-idx1-ubyte"), plain(labels));
    }

    private static byte[] plain(int... header) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(BadInputTest.gzip(header))).readAllBytes();
    }

    private void refused(String command, String expected) {
        Program program = Program.run((command + " --data " + folder).split(" "));
        assertEquals(2, program.code(), program.out());
        assertEquals("", program.out());
        assertEquals(1, program.err().lines().count(), program.err());
        assertTrue(program.err().contains(expected.replace("FOLDER", folder.toString())), program.err());
    }

    @Test
    void oneRowIsNoneToJudgeSettingsBy() throws IOException {
        write("train", new int[] {2051, 1, 8, 8, 64}, 2049, 1, 1);
        write("t10k", new int[] {2051, 1, 8, 8, 64}, 2049, 1, 1);
        refused(
                "choose mnist",
                "ejgrad choose: mnist: a testShare of 0.2 divides 1 rows into 1 for training and 0 for");
    }

    @Test
    void filesThatAreNotCompressedAreReadToo() throws IOException {
        write("train", new int[] {2051, 10, 8, 8, 640}, 2049, 10, 10);
        write("t10k", new int[] {2051, 5, 8, 8, 320}, 2049, 5, 5);
        Program program = Program.run("train", "mnist", "--data", folder.toString(), "--epochs", "1");
        assertEquals(0, program.code(), program.err());
        assertTrue(program.out().startsWith("mnist: 10 rows to train, 5 to test, 64 inputs"), program.out());
        assertFalse(program.out().contains("baseline"), program.out());
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), BadInputTest.gzip(2051, 5, 8, 9, 360));
        refused(
                "train mnist",
                "FOLDER/t10k-images-idx3-ubyte.gz: pictures of 8x9 pixels; expected 8x8, as in FOLDER/train");
    }

    @Test
    void whatIsNoPictureIsRefusedByItsFile() throws IOException {
        for (String command : List.of("train mnist", "convolution")) {
            write("train", new int[] {2051, 10, 8, 8, 640}, 2049, 10, 10);
            write("t10k", new int[] {2051, 0, 8, 8, 0}, 2049, 0, 0);
            refused(command, "FOLDER/t10k-images-idx3-ubyte: no pictures; expected at least 1");
            write("train", new int[] {2051, 0, 8, 8, 0}, 2049, 0, 0);
            refused(command, "FOLDER/train-images-idx3-ubyte: no pictures; expected at least 1");
            write("train", new int[] {2051, 10, 8, 0, 0}, 2049, 10, 10);
            refused(command, "FOLDER/train-images-idx3-ubyte: pictures of 8x0 pixels; expected at least 1x1");
            write("train", new int[] {2052, 10, 8, 8, 640}, 2049, 10, 10);
            refused(command, "FOLDER/train-images-idx3-ubyte: byte 3: found 4 dimensions; expected 3");
            write("train", new int[] {2051, 10, 8, 8, 640}, 2051, 10, 10);
            write("t10k", new int[] {2051, 10, 8, 8, 640}, 2049, 10, 10);
            refused(command, "FOLDER/train-labels-idx1-ubyte: byte 3: found 3 dimensions; expected 1");
        }
        write("train", new int[] {2051, 10, 8, 8, 640}, 2049, 10, 10);
        refused("convolution", "--data is FOLDER, with pictures of 8x8 pixels; expected 28x28");
    }

    /** A figure to stand beside ours is of the same pictures. */
    @Test
    void onlyMnistItselfIsTakenForMnist() {
        int[] train = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
        int[] test = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
        ImageShape image = new ImageShape(1, 28, 28);
        assertTrue(new Mnist(counted(train), counted(test), image).isOriginal());
        assertFalse(new Mnist(counted(train), counted(test), new ImageShape(1, 8, 8)).isOriginal());
        assertFalse(new Mnist(counted(test), counted(test), image).isOriginal());
        Arrays.fill(test, 1000);
        assertFalse(new Mnist(counted(train), counted(test), image).isOriginal());
    }

    private static Dataset counted(int... counts) {
        int[] labels = IntStream.range(0, counts.length)
                .flatMap(label -> IntStream.generate(() -> label).limit(counts[label]))
                .toArray();
        return Dataset.classification(
                "mnist", new SimpleMatrix(labels.length, 1), labels, Sources.DIGITS.toArray(String[]::new));
    }
}
