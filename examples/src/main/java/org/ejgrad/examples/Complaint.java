package org.ejgrad.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import org.ejgrad.NonFiniteException;
import org.ejgrad.nn.train.DivergenceException;

/** What to say of an exception that a person's input caused; other exceptions are faults of the program. */
final class Complaint {
    /** What the library says to those who call it, and how it is said to those who type. */
    private static final List<List<String>> WORDS = List.of(
            List.of("another is given by withSeparator", "another is given by --separator"),
            List.of("read a file without one by withoutHeader()", "--no-header reads a file without one"),
            List.of("or another policy for missing cells", "or another policy by train --missing"),
            List.of("or another policy for unseen ones", "or another policy by train --unseen"),
            List.of("say withMissing what", "say by --missing-as what"),
            List.of("leave it out", "leave it out by --ignore"),
            List.of("Leave it out", "Leave it out by --ignore"),
            List.of("ask for it as categorical", "take it for --categories"),
            List.of("Is it a number to predict", "Is it a number to predict (--regression)"));

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
            return Optional.of(inOptions(String.valueOf(mistake.getMessage())));
        }
        return Optional.empty();
    }

    private static String inOptions(String message) {
        String words = message;
        for (List<String> each : WORDS) {
            words = words.replace(each.get(0), each.get(1));
        }
        return words;
    }
}
