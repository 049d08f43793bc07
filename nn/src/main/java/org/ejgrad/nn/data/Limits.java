package org.ejgrad.nn.data;

import org.ejgrad.nn.arguments.Require;

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
     * Limits that honest files of this library's size stay far below, used where none are given: 256 MiB, ratio 200,
     * lines of 1 Mi characters, 20,000 columns, 10,000,000 rows.
     */
    public static final Limits DEFAULT = new Limits(256L << 20, 200, 1 << 20, 20_000, 10_000_000);

    /** Limits, all at least 1. */
    public Limits {
        Require.atLeast(bytes, 1, "Limits: bytes");
        Require.atLeast(ratio, 1, "Limits: ratio");
        Require.atLeast(lineLength, 1, "Limits: lineLength");
        Require.atLeast(columns, 1, "Limits: columns");
        Require.atLeast(rows, 1, "Limits: rows");
    }

    void requireRows(int count, String file) {
        if (count > rows) {
            throw new ResourceLimitException(file + ": more than " + rows + " rows, the limit of Limits.rows");
        }
    }

    void requireBytes(long count, String file) {
        if (count > bytes) {
            throw new ResourceLimitException(
                    file + ": the content exceeds " + bytes + " bytes, the limit of Limits.bytes");
        }
    }

    void requireLength(long count, String file, long line, String what) {
        if (count > lineLength) {
            throw new ResourceLimitException(file + ":" + line + ": the " + what + " exceeds " + lineLength
                    + " characters, the limit of Limits.lineLength");
        }
    }
}
