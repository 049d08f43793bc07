package org.ejgrad.examples;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.ejgrad.PlainText;

/** Writes what cannot steer a terminal: files hold what others have put there, and their names and texts are shown. */
final class TerminalWriter extends FilterWriter {
    TerminalWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int character) throws IOException {
        out.write(PlainText.of(Character.toString((char) character)));
    }

    @Override
    public void write(char[] characters, int from, int count) throws IOException {
        out.write(PlainText.of(new String(characters, from, count)));
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
        out.write(PlainText.of(text.substring(from, from + count)));
    }
}
