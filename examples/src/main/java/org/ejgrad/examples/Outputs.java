package org.ejgrad.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejgrad.nn.pages.Page;

/** The files that commands write. */
final class Outputs {
    private Outputs() {}

    /** Makes the folder of a file, and refuses one that cannot be written before anything is computed for it. */
    static void requireWritable(String option, Path file) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(option + " is " + file + ", a folder; expected a file to write");
        }
        try {
            Page.makeFolder(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
