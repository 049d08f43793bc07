package org.ejgrad.nn.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The cells of a CSV file (RFC 4180), row by row, each with the line it begins on; blank lines are passed over.
 *
 * <p>A cell that begins with a quote ends with one, and holds a quote as two; elsewhere a quote is a character like any
 * other.
 */
final class CsvCells implements AutoCloseable {
    private static final int END = -1;

    private final String name;
    private final char separator;
    private final Limits limits;
    private final StrictUtf8Reader reader;
    private final char[] buffer = new char[1 << 13];
    private final StringBuilder text = new StringBuilder();
    private int position;
    private int filled;
    private long line = 1;
    private long recordLine;
    private long recordLength;

    /** A cell: its text, and the file, line and cell number by which messages name it. */
    record Cell(String file, String text, long line, int column) {
        DatasetFormatException fault(String reason) {
            return DatasetFormatException.at(file, line, column, reason);
        }
    }

    CsvCells(String name, InputStream content, char separator, Limits limits) {
        this.name = name;
        this.separator = separator;
        this.limits = limits;
        reader = new StrictUtf8Reader(name, content, limits);
    }

    /** The next row, or no cells at the end. */
    List<Cell> next() throws IOException {
        while (isLineEnd(peek())) {
            takeLineEnd();
        }
        if (peek() == END) {
            return List.of();
        }
        recordLine = line;
        recordLength = 0;
        List<Cell> row = new ArrayList<>();
        row.add(cell(1));
        while (peek() == separator) {
            take();
            if (row.size() == limits.columns()) {
                throw new ResourceLimitException(name + ":" + line + ": the row has more than " + limits.columns()
                        + " cells, the limit of Limits.columns");
            }
            row.add(cell(row.size() + 1));
        }
        if (peek() != END) {
            takeLineEnd();
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private Cell cell(int column) throws IOException {
        long begin = line;
        text.setLength(0);
        if (peek() == '"') {
            takeQuoted(begin, column);
        } else {
            while (!isCellEnd(peek())) {
                append(take());
            }
        }
        return new Cell(name, text.toString(), begin, column);
    }

    /** From the opening quote to the closing one. */
    private void takeQuoted(long begin, int column) throws IOException {
        take();
        while (true) {
            int next = peek();
            if (next == END) {
                throw DatasetFormatException.at(name, begin, column, "the quote that opens here is never closed");
            }
            if (isLineEnd(next)) {
                takeLineEnd().chars().forEach(each -> append((char) each));
                continue;
            }
            char taken = take();
            if (taken == '"') {
                if (peek() != '"') {
                    break;
                }
                take();
            }
            append(taken);
        }
        if (!isCellEnd(peek())) {
            throw DatasetFormatException.at(
                    name,
                    line,
                    column,
                    "a closing quote is followed by " + CsvFormat.quoted(Character.toString(peek()))
                            + "; expected the separator or the end of the line. The separator is '" + separator
                            + "', another is given by withSeparator");
        }
    }

    private void append(char next) {
        limits.requireLength(++recordLength, name, recordLine, "record");
        text.append(next);
    }

    private boolean isCellEnd(int next) {
        return next == separator || next == END || isLineEnd(next);
    }

    private static boolean isLineEnd(int next) {
        return next == '\n' || next == '\r';
    }

    /** LF, CRLF or CR, as it stands. */
    private String takeLineEnd() throws IOException {
        char first = take();
        line++;
        if (first == '\r' && peek() == '\n') {
            take();
            return "\r\n";
        }
        return first == '\r' ? "\r" : "\n";
    }

    /** The next character or the end, which stays the next. */
    private int peek() throws IOException {
        if (position == filled) {
            position = 0;
            filled = Math.max(reader.read(buffer, 0, buffer.length), 0);
        }
        return position == filled ? END : buffer[position];
    }

    /** The next character, which must be there. */
    private char take() throws IOException {
        peek();
        return buffer[position++];
    }
}
