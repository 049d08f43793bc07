package org.ejgrad.examples;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.NonFiniteException;
import org.ejgrad.nn.arguments.FileFailure;
import org.ejgrad.nn.arguments.Nearest;
import org.ejgrad.nn.io.ModelFormatException;
import org.ejgrad.nn.train.DivergenceException;

/** What to say of an exception that a person's input caused; other exceptions are faults of the program. */
final class Complaint {
    /** What the library says to those who call it, and how it is said to those who type. */
    private static final List<List<String>> WORDS = List.of(
            List.of("another is given by withSeparator", "another is given by --separator"),
            List.of(
                    "read a file without one by withoutHeader(), one with such names by withHeader()",
                    "--no-header reads a file without one, --header one with such names"),
            List.of("as withDecimalComma() reads it", "as --decimal-comma reads it"),
            List.of("or none by withHeader()", "or none by --header"),
            List.of("or another policy for missing cells", "or another policy by train --missing"),
            List.of("or another policy for unseen ones", "or another policy by train --unseen"),
            List.of("say withMissing what", "say by --missing-as what"),
            List.of("; build the network and load them with Weights.load", ""),
            List.of("leave it out", "leave it out by --ignore"),
            List.of("leave the row out", "leave such rows out by train --missing"),
            List.of("is too large for a double", "is too large; expected at most 1.7e308"),
            List.of("Leave it out", "Leave it out by --ignore"),
            List.of("grid: combinations", "trials of settings and seeds"),
            List.of("ask for it as categorical", "take it for --categories"),
            List.of("Is it a number to predict", "Is it a number to predict (train --regression)"));

    private static final Pattern CHOICE =
            Pattern.compile("(.*expected one of \\[)(.*)(\\] \\(case-insensitive\\) but was '(.*)')");

    /** What a message begins with that is the call of a method or of a constructor. */
    private static final Pattern CALL = Pattern.compile("([A-Z]\\w*)(?:\\.\\w+|)(?:\\([^)]*\\)|): ");

    private static final Pattern LIMIT = Pattern.compile(", the limit of Limits\\.\\w+");

    private Complaint() {}

    static Optional<String> of(Exception mistake) {
        if (mistake instanceof UncheckedIOException unchecked) {
            return Optional.ofNullable(unchecked.getCause()).flatMap(Complaint::of);
        }
        if (mistake.getCause() instanceof Exception cause && cause.toString().equals(mistake.getMessage())) {
            return of(cause); // as another thread threw it
        }
        if (mistake instanceof NonFiniteException || mistake instanceof DivergenceException) {
            return Optional.of("training diverged, try a smaller learning rate: " + mistake.getMessage());
        }
        if (mistake instanceof ModelFormatException) {
            return Optional.of(inOptions(mistake) + ". A model is a file that train --save wrote");
        }
        if (mistake instanceof FileSystemException named) {
            return Optional.of(named.getFile() + ": " + FileFailure.reason(named));
        }
        if (mistake instanceof FileNotFoundException missing) {
            String file = String.valueOf(mistake.getMessage()).replaceFirst(" \\([^()]*\\)$", "");
            return Optional.of(file + ": " + FileFailure.reason(missing));
        }
        if (mistake instanceof IllegalArgumentException || mistake instanceof IOException) {
            return Optional.of(inOptions(mistake));
        }
        return Optional.empty();
    }

    /** What comes of an option or a file, which a refusal names. */
    static <T> T about(String what, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(what + ": " + inOptions(refused), refused);
        }
    }

    /** What picocli says of options, without words of Java. */
    static String ofOptions(String message) {
        String words = message.replaceAll(
                        "('[+-]?[0-9]+)' is not an int$",
                        "$1' is out of range; expected " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE)
                .replaceAll(
                        "('[+-]?[0-9]+)' is not a long$",
                        "$1' is out of range; expected " + Long.MIN_VALUE + " to " + Long.MAX_VALUE)
                .replaceAll("' is not an? (int|long)$", "' is not a whole number")
                .replaceAll("' is not a double$", "' is not a number")
                .replaceAll(" (from|at) index [0-9]+", "");
        Matcher choice = CHOICE.matcher(words);
        if (!choice.matches()) {
            return words;
        }
        String names = choice.group(2).toLowerCase(Locale.ROOT);
        return choice.group(1)
                + names
                + choice.group(3)
                + Nearest.question(choice.group(4), List.of(names.split(", ")));
    }

    private static String inOptions(Exception mistake) {
        String message = String.valueOf(mistake.getMessage());
        Matcher call = CALL.matcher(message);
        boolean isCalled = call.lookingAt()
                && Arrays.stream(mistake.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().contains("." + call.group(1)));
        String words = LIMIT.matcher(isCalled ? message.substring(call.end()) : message)
                .replaceAll(", the most that is read");
        for (List<String> each : WORDS) {
            words = words.replace(each.get(0), each.get(1));
        }
        return words;
    }
}
