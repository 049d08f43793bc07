package org.ejgrad.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.ejgrad.NonFiniteException;
import org.ejgrad.nn.train.DivergenceException;

/** What to say of an exception that a person's input caused; other exceptions are faults of the program. */
final class Complaint {
    private Complaint() {}

    static Optional<String> of(Exception mistake) {
        if (mistake instanceof UncheckedIOException unchecked) {
            return Optional.ofNullable(unchecked.getCause()).flatMap(Complaint::of);
        }
        if (mistake instanceof NonFiniteException || mistake instanceof DivergenceException) {
            return Optional.of("training diverged, try a smaller learning rate: " + mistake.getMessage());
        }
        if (mistake instanceof NoSuchFileException || mistake instanceof FileNotFoundException) {
            return Optional.of(mistake.getMessage() + ": there is no such file or folder");
        }
        if (mistake instanceof AccessDeniedException) {
            return Optional.of(mistake.getMessage() + ": permission denied");
        }
        if (mistake instanceof IllegalArgumentException || mistake instanceof IOException) {
            return Optional.of(String.valueOf(mistake.getMessage()));
        }
        return Optional.empty();
    }
}
