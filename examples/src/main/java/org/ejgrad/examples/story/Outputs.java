package org.ejgrad.examples.story;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ejgrad.nn.arguments.FileFailure;
import org.ejgrad.nn.io.AtomicFile;
import org.ejgrad.nn.pages.Page;

/** The files that commands write. */
public final class Outputs {
    private Outputs() {}

    /**
     * Makes the folder of a file, and refuses one that cannot be written before anything is computed for it.
     *
     * @param option how the user says which file
     * @param file the file
     * @throws IllegalArgumentException if it is a folder, or the system refuses it
     */
    public static void requireWritable(String option, Path file) {
        requireNonNull(option, "option");
        if (Files.isDirectory(requireNonNull(file, "file"))) {
            throw new IllegalArgumentException(option + " is " + file + ", a folder; expected a file to write");
        }
        Path folder = file.toAbsolutePath().getParent();
        for (Path each = folder; each != null; each = each.getParent()) {
            if (Files.exists(each) && !Files.isDirectory(each)) {
                throw new IllegalArgumentException(
                        option + " is " + file + ", but " + each + " is a file; expected a folder to write in");
            }
        }
        try {
            Page.makeFolder(file);
            AtomicFile.requireWritable(file);
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    option + " is " + file + ", which cannot be written: " + FileFailure.reason(failure), failure);
        }
    }
}
