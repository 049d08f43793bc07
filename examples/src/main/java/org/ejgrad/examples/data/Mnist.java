package org.ejgrad.examples.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.DatasetFormatException;
import org.ejgrad.nn.data.IdxArray;
import org.ejgrad.nn.image.ImageShape;

/**
 * MNIST, or pictures of somebody's own in four files of the same names; grey levels from 0 to 1.
 *
 * @param train to learn from
 * @param test to judge by
 * @param image the size that all pictures have
 */
public record Mnist(Dataset train, Dataset test, ImageShape image) {
    private static final List<Integer> TRAIN = List.of(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
    private static final List<Integer> TEST = List.of(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);

    /** Refuses null. */
    public Mnist {
        requireNonNull(train, "train");
        requireNonNull(test, "test");
        requireNonNull(image, "image");
    }

    /**
     * Reads {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte} and the two of {@code t10k}, each with
     * {@code .gz} behind its name or, if there is none, without.
     *
     * @param folder where they are
     * @return all of them
     * @throws IOException if a file cannot be read, is not of this form, or holds no pictures
     */
    public static Mnist read(Path folder) throws IOException {
        Path first = file(requireNonNull(folder, "folder"), "train-images-idx3-ubyte");
        IdxArray pictures = pictures(first);
        Dataset train = labelled(pictures, file(folder, "train-labels-idx1-ubyte"));
        Path second = file(folder, "t10k-images-idx3-ubyte");
        IdxArray others = pictures(second);
        if (!size(others).equals(size(pictures))) {
            throw new DatasetFormatException(
                    second.toString(),
                    "pictures of " + size(others) + " pixels; expected " + size(pictures) + ", as in " + first);
        }
        Dataset test = labelled(others, file(folder, "t10k-labels-idx1-ubyte"));
        int[] size = pictures.dimensions();
        return new Mnist(train, test, new ImageShape(1, size[1], size[2]));
    }

    private static Path file(Path folder, String name) {
        Path compressed = folder.resolve(name + ".gz");
        Path plain = folder.resolve(name);
        return Files.exists(plain) && !Files.exists(compressed) ? plain : compressed;
    }

    private static IdxArray pictures(Path file) throws IOException {
        IdxArray pictures = IdxArray.read(file, 3);
        int[] sizes = pictures.dimensions();
        if (sizes[0] == 0 || sizes[1] * sizes[2] == 0) {
            throw new DatasetFormatException(
                    file.toString(),
                    sizes[0] == 0
                            ? "no pictures; expected at least 1"
                            : "pictures of " + size(pictures) + " pixels; expected at least 1x1");
        }
        return pictures;
    }

    private static String size(IdxArray pictures) {
        int[] sizes = pictures.dimensions();
        return sizes[1] + "x" + sizes[2];
    }

    private static Dataset labelled(IdxArray pictures, Path labels) throws IOException {
        return IdxArray.dataset("mnist", pictures, IdxArray.read(labels, 1), Sources.DIGITS)
                .divideInputs(255);
    }

    /** {@return whether these are MNIST's own pictures, as far as their sizes and the counts of each digit tell} */
    public boolean isOriginal() {
        return image.equals(new ImageShape(1, 28, 28))
                && counts(train).equals(TRAIN)
                && counts(test).equals(TEST);
    }

    private static List<Integer> counts(Dataset rows) {
        int[] counts = new int[rows.classes()];
        Arrays.stream(rows.labels()).forEach(label -> counts[label]++);
        return IntStream.of(counts).boxed().toList();
    }
}
