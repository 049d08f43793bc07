package org.ejgrad.examples.data;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;

/** Where data come from: the files shipped with the examples, and files that a person names. */
public final class Sources {
    /** The names of the digits' classes. */
    public static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Sources() {}

    /**
     * A file that is shipped.
     *
     * @param file its name
     * @param name what the data set is called
     * @param classNames the classes in the order of their indices
     * @return all of it
     * @throws IOException if the resource cannot be read
     */
    public static Dataset shipped(String file, String name, List<String> classNames) throws IOException {
        requireNonNull(name, "name");
        Require.elements(classNames, "classNames");
        byte[] bytes = resource(Sources.class, requireNonNull(file, "file"));
        return CsvFormat.classification(classNames.toArray(String[]::new))
                .read(file, new ByteArrayInputStream(bytes))
                .named(name);
    }

    /**
     * A file that is shipped beside a class.
     *
     * @param beside the class
     * @param file its name
     * @return all of it
     * @throws IOException if the resource cannot be read
     */
    public static byte[] resource(Class<?> beside, String file) throws IOException {
        requireNonNull(file, "file");
        try (InputStream stream = requireNonNull(beside, "beside").getResourceAsStream(file)) {
            if (stream == null) {
                throw new FileNotFoundException("the resource " + file + " is missing");
            }
            return stream.readAllBytes();
        }
    }

    /**
     * The shipped 8x8 pictures of digits, their grey levels from 0 to 1.
     *
     * @return 1797 rows of 10 classes
     * @throws IOException if the resource cannot be read
     */
    public static Dataset digits() throws IOException {
        return shipped("digits.csv.gz", "digits", DIGITS).divideInputs(16);
    }

    /**
     * What {@code --data} names.
     *
     * @param name of the data set that needs it
     * @param what it has to be
     * @param data the option
     * @return the file or folder
     * @throws IllegalArgumentException if the option was not given
     */
    public static Path required(String name, String what, Optional<Path> data) {
        requireNonNull(name, "name");
        requireNonNull(what, "what");
        return requireNonNull(data, "data")
                .orElseThrow(() -> new IllegalArgumentException(name + " needs --data, " + what));
    }
}
