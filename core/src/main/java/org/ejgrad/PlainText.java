package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Names and texts that others wrote, such as those of a file, for a person to read: they cannot steer the terminal that
 * shows them. What would stands as U+FFFD, the sign for what cannot be shown: control characters, and those that turn
 * the direction of writing or end a line where none ends.
 */
public final class PlainText {
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u206F&&[^\t\n\r]]|\r(?!\n)");

    private static final Pattern SPACES = Pattern.compile("[\t\n\r]+");

    private PlainText() {}

    /** {@return the text with its tabs and ends of lines} */
    public static String of(String text) {
        return STEERING.matcher(requireNonNull(text, "text")).replaceAll("\uFFFD");
    }

    /** {@return the text on one line: a space stands for tabs and ends of lines} */
    public static String line(String text) {
        return of(SPACES.matcher(requireNonNull(text, "text")).replaceAll(" "));
    }
}
