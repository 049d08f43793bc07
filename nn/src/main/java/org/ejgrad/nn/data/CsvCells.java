package org.ejgrad.nn.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The cells of a CSV file (RFC 4180), row by row, each with the line it begins on; blank lines are passed over. */
final class CsvCells implements AutoCloseable {
    private final String name;
    private final Limits limits;
    private final CsvReader<List<Cell>> reader;
    private final Iterator<List<Cell>> rows;

    /** A cell: its text, and the file, line and cell number by which messages name it. */
    record Cell(String file, String text, long line, int column) {
        DatasetFormatException fault(String reason) {
            return DatasetFormatException.at(file, line, column, reason);
        }
    }

    CsvCells(String name, InputStream content, char separator, Limits limits) {
        this.name = name;
        this.limits = limits;
        reader = CsvReader.builder()
                .fieldSeparator(separator)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .maxBufferSize(Math.max(limits.lineLength(), 1 << 16))
                .build(new Handler(), new StrictUtf8Reader(name, content, limits));
        rows = reader.iterator();
    }

    /** The next row, or no cells at the end. */
    List<Cell> next() throws IOException {
        try {
            return rows.hasNext() ? rows.next() : List.of();
        } catch (UncheckedIOException | CsvParseException e) {
            throw reason(e);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    private IOException reason(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ResourceLimitException limit) {
                throw limit;
            }
            if (cause instanceof IOException fault) {
                return fault;
            }
        }
        String message = thrown.getMessage();
        DatasetFormatException fault = new DatasetFormatException(name, message == null ? "not CSV" : message);
        fault.initCause(thrown);
        return fault;
    }

    /** Collects the cells of one record. */
    private final class Handler extends AbstractBaseCsvCallbackHandler<List<Cell>> {
        private List<Cell> cells = new ArrayList<>();
        private long line;
        private long characters;

        @Override
        protected void handleBegin(long startingLine) {
            cells = new ArrayList<>();
            line = startingLine;
            characters = 0;
        }

        @Override
        protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
            if (index >= limits.columns()) {
                throw new ResourceLimitException(name + ":" + line + ": the row has more than " + limits.columns()
                        + " cells, the limit of Limits.columns");
            }
            characters += length;
            limits.requireLength(characters, name, line, "record");
            String text = new String(buffer, offset, length);
            cells.add(new Cell(name, text, line, index + 1));
            if (quoted) {
                line += text.replace("\r\n", "\n")
                        .chars()
                        .filter(c -> c == '\n' || c == '\r')
                        .count();
            }
        }

        @Override
        protected List<Cell> buildRecord() {
            return cells;
        }
    }
}
