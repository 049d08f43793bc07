package org.ejgrad.examples.story;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejgrad.nn.pages.Page;

/** The files that commands write. */
public final class Outputs {
    private Outputs() {}

    /**
     * Makes the folder of a file, and refuses one that cannot be written before anything is computed for it.
     *
     * @param option how the user says which file
     * @param file the file
     * @throws IllegalArgumentException if it is a folder
     */
    public static void requireWritable(String option, Path file) {
        requireNonNull(option, "option");
        if (Files.isDirectory(requireNonNull(file, "file"))) {
            throw new IllegalArgumentException(option + " is " + file + ", a folder; expected a file to write");
        }
        try {
            Page.makeFolder(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
