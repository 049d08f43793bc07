package org.ejgrad.nn.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The cells of a table as they were written, column by column: the bytes of each and four more. */
final class TableCells {
    private final String file;
    private final Numerals numerals;
    private final Set<String> missing;
    private final int longestMissing;
    private final Column[] columns;
    private int[] lines = new int[0];
    private int rows;
    private long taken;

    /** What is gathered of a column. */
    private static final class Column {
        private byte[] text = new byte[0];
        private int[] ends = new int[0];
        private boolean isNumeric = true;
    }

    /** No rows yet, of so many columns. */
    TableCells(String file, Numerals numerals, List<String> missing, int columns) {
        this.file = file;
        this.numerals = numerals;
        this.missing = missing.stream().map(TableCells::small).collect(Collectors.toSet());
        this.longestMissing =
                this.missing.stream().mapToInt(String::length).max().orElse(0);
        this.columns = new Column[columns];
        Arrays.setAll(this.columns, j -> new Column());
    }

    String file() {
        return file;
    }

    Numerals numerals() {
        return numerals;
    }

    int columns() {
        return columns.length;
    }

    int rows() {
        return rows;
    }

    /** Adds a row that begins on a line of the file. */
    void add(long line, List<String> texts) {
        lines = withRoom(lines, rows);
        lines[rows] = (int) Math.min(line, Integer.MAX_VALUE);
        for (int j = 0; j < columns.length; j++) {
            add(columns[j], texts.get(j), j);
        }
        rows++;
        taken += Integer.BYTES;
        requireMemory();
    }

    /** So much that the cells and a copy of them, with room for more, still fit. */
    private void requireMemory() {
        long most = Runtime.getRuntime().maxMemory() / 3;
        if (taken > most) {
            throw new ResourceLimitException(file + ": the first " + rows + " rows take " + taken
                    + " bytes, more than a third of the memory of this JVM; give it more with -Xmx");
        }
    }

    private void add(Column column, String text, int number) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int begin = rows == 0 ? 0 : column.ends[rows - 1];
        long end = (long) begin + bytes.length;
        if (end > Integer.MAX_VALUE - 8) {
            throw new ResourceLimitException(file + ": column " + (number + 1) + " has more than 2 GiB of text");
        }
        if (end > column.text.length) {
            column.text =
                    Arrays.copyOf(column.text, (int) Math.min(end + (column.text.length >> 1), Integer.MAX_VALUE - 8));
        }
        System.arraycopy(bytes, 0, column.text, begin, bytes.length);
        column.ends = withRoom(column.ends, rows);
        column.ends[rows] = (int) end;
        taken += bytes.length + Integer.BYTES;
        if (column.isNumeric) {
            String stripped = text.strip();
            column.isNumeric = isMissing(stripped) || numerals.isNumberOrNone(stripped);
        }
    }

    private static int[] withRoom(int[] numbers, int index) {
        return index < numbers.length
                ? numbers
                : Arrays.copyOf(numbers, (int) Math.min(index + (index >> 1) + 1L, Integer.MAX_VALUE - 8));
    }

    /** Gives back the memory that was kept for further rows. */
    TableCells complete() {
        lines = Arrays.copyOf(lines, rows);
        for (Column column : columns) {
            column.ends = Arrays.copyOf(column.ends, rows);
            column.text = Arrays.copyOf(column.text, rows == 0 ? 0 : column.ends[rows - 1]);
        }
        return this;
    }

    boolean isNumeric(int column) {
        return columns[column].isNumeric;
    }

    /** A cell, character by character. */
    String raw(int row, int column) {
        int[] ends = columns[column].ends;
        int begin = row == 0 ? 0 : ends[row - 1];
        return new String(columns[column].text, begin, ends[row] - begin, StandardCharsets.UTF_8);
    }

    /** A cell without the blanks around it, nothing where it is missing. */
    String text(int row, int column) {
        String text = raw(row, column).strip();
        return isMissing(text) ? "" : text;
    }

    /** File, line and number of a cell; the line ends in cells before it count. */
    String place(int row, int column) {
        long line = lines[row];
        for (int j = 0; j < column; j++) {
            line += (raw(row, j) + ".").lines().count() - 1;
        }
        return file + ":" + line + ":" + (column + 1);
    }

    private boolean isMissing(String stripped) {
        return stripped.isEmpty() || (stripped.length() <= longestMissing && missing.contains(small(stripped)));
    }

    private static String small(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
