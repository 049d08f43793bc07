package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Texts with a class each, read from a file with one text per line: the class name, a tab, the text.
 *
 * <p>The file is UTF-8 without quoting; lines end in LF, CRLF or CR.
 */
public final class LabelledTexts {
    private final String name;
    private final List<String> texts;
    private final int[] labels;
    private final List<String> classNames;

    private LabelledTexts(String name, List<String> texts, int[] labels, List<String> classNames) {
        this.name = name;
        this.texts = texts;
        this.labels = labels;
        this.classNames = classNames;
    }

    /**
     * Reads a file, decompressing it if its name ends in {@code .gz}.
     *
     * @param path the file
     * @param classNames the classes in the order of their indices
     * @throws IOException if the file is missing, unreadable, or ({@link DatasetFormatException}) not of this format
     * @throws ResourceLimitException if the file exceeds the {@linkplain Limits#DEFAULT default limits}
     */
    public static LabelledTexts read(Path path, String... classNames) throws IOException {
        Require.elements(classNames, "classNames");
        try (InputStream file = DataFiles.open(path)) {
            return read(path.toString(), file, Limits.DEFAULT, classNames);
        }
    }

    /**
     * Reads a stream to its end, decompressing it if its name ends in {@code .gz}. The stream is not closed.
     *
     * @param name what messages call it
     * @param stream the file's bytes
     * @param limits what is too much
     * @param classNames the classes in the order of their indices
     * @throws IOException if reading fails, or ({@link DatasetFormatException}) this is not of this format
     * @throws ResourceLimitException if the file exceeds the limits
     */
    public static LabelledTexts read(String name, InputStream stream, Limits limits, String... classNames)
            throws IOException {
        List<String> names = Require.elements(classNames, "classNames");
        try (InputStream content = DataFiles.open(name, stream, limits)) {
            return readContent(name, content, limits, names);
        }
    }

    /** {@return the n texts} */
    public List<String> texts() {
        return texts;
    }

    /** {@return the class index of each text} */
    public int[] labels() {
        return labels.clone();
    }

    /** {@return the k names of the classes, in the order of their indices} */
    public List<String> classNames() {
        return classNames;
    }

    /**
     * The texts as a data set of the words they contain.
     *
     * @param words the words to look for, collected from the training texts
     * @return n rows of zeros and ones; the features are the words
     * @throws ResourceLimitException if the data set has more than 2²⁷ entries (1 GiB)
     */
    public Dataset dataset(BagOfWords words) {
        SimpleMatrix inputs = requireNonNull(words, "words").apply(texts);
        return Dataset.owning(name, inputs, Dataset.column(labels), words.words(), classNames);
    }

    private static LabelledTexts readContent(String name, InputStream content, Limits limits, List<String> classNames)
            throws IOException {
        List<String> texts = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        BufferedReader lines = new BufferedReader(new StrictUtf8Reader(name, content, limits));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int number = texts.size() + 1;
            limits.requireRows(number, name);
            int tab = line.indexOf('\t');
            if (tab < 0 || line.indexOf('\t', tab + 1) >= 0) {
                throw DatasetFormatException.at(
                        name, number, 1, (tab < 0 ? "no tab" : "two tabs") + "; expected a class name, a tab, a text");
            }
            int label = classNames.indexOf(line.substring(0, tab));
            if (label < 0) {
                String found = line.substring(0, Math.min(tab, 60));
                throw DatasetFormatException.at(
                        name, number, 1, "the class is \"" + found + "\"; expected one of " + classNames);
            }
            labels.add(label);
            texts.add(line.substring(tab + 1));
        }
        if (texts.isEmpty()) {
            throw new DatasetFormatException(name, "0 data rows; expected at least 1");
        }
        int[] indices = labels.stream().mapToInt(Integer::intValue).toArray();
        return new LabelledTexts(name, List.copyOf(texts), indices, classNames);
    }
}
