package org.ejgrad.examples;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/** Writes what cannot steer a terminal: files hold what others have put there, and their names and texts are shown. */
final class TerminalWriter extends FilterWriter {
    /** Control characters but for tabs and ends of lines, and those that turn the direction of writing. */
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}&&[^\t\n" + System.lineSeparator() + "]]|[\u202A-\u202E\u2066-\u2069]");

    TerminalWriter(Writer out) {
        super(out);
    }

    /** The text with the sign for what cannot be shown in their places. */
    static String shown(String text) {
        return STEERING.matcher(text).replaceAll("\uFFFD");
    }

    @Override
    public void write(int character) throws IOException {
        out.write(shown(Character.toString((char) character)));
    }

    @Override
    public void write(char[] characters, int from, int count) throws IOException {
        out.write(shown(new String(characters, from, count)));
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        out.write(shown(text.substring(from, from + count)));
    }
}
