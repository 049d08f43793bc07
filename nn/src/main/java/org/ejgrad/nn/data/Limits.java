package org.ejgrad.nn.data;

/**
 * How much a data file may make a reader do, so that a hostile or mistaken file is refused instead of filling memory.
 *
 * @param bytes the most bytes of content, after decompression
 * @param ratio the most bytes of content per compressed byte, looked at once the content exceeds 1 MiB
 * @param lineLength the most characters in one line, and in one record of several lines
 * @param columns the most cells in one row
 * @param rows the most rows
 */
public record Limits(long bytes, int ratio, int lineLength, int columns, int rows) {
    /**
     * Limits, all at least 1.
     *
     * @param bytes the most bytes of content, after decompression
     * @param ratio the most bytes of content per compressed byte
     * @param lineLength the most characters in one line, and in one record of several lines
     * @param columns the most cells in one row
     * @param rows the most rows
     * @throws IllegalArgumentException if one is less than 1
     */
    public Limits {
        require("bytes", bytes);
        require("ratio", ratio);
        require("lineLength", lineLength);
        require("columns", columns);
        require("rows", rows);
    }

    /**
     * Limits that honest files of this library's size stay far below: 256 MiB, ratio 200, lines of 1 Mi characters,
     * 20,000 columns, 10,000,000 rows.
     *
     * @return the limits used where none are given
     */
    public static Limits standard() {
        return new Limits(256L << 20, 200, 1 << 20, 20_000, 10_000_000);
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException("Limits: " + name + " is " + value + "; expected at least 1");
        }
    }
}
