package org.ejgrad.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.ejgrad.nn.data.CsvFormat;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.IdxArray;

/** Where data come from: the files shipped with the examples, and files that a person names. */
final class Sources {
    static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

    private Sources() {}

    static Dataset shipped(String file, String name, List<String> classNames) throws IOException {
        try (InputStream stream = Sources.class.getResourceAsStream("data/" + file)) {
            if (stream == null) {
                throw new FileNotFoundException("the resource data/" + file + " is missing");
            }
            return CsvFormat.classification(classNames.toArray(String[]::new))
                    .read(file, stream)
                    .named(name);
        }
    }

    static Dataset mnist(Path folder, String part) throws IOException {
        Path images = folder.resolve(part + "-images-idx3-ubyte.gz");
        Path labels = folder.resolve(part + "-labels-idx1-ubyte.gz");
        return IdxArray.dataset("mnist", images, labels, DIGITS).divideInputs(255);
    }

    static Path required(String name, String what, Optional<Path> data) {
        return data.orElseThrow(() -> new IllegalArgumentException(name + " needs --data, " + what));
    }
}
