package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.ejgrad.PlainText;

/**
 * A data file does not hold what its format promises; the message begins with the file's name and the place.
 *
 * <p>The place is {@code line:column} for text, where the column counts the cells of the row from 1, and a byte offset
 * from 0 for binary files and for bytes that are not text.
 */
public final class DatasetFormatException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A fault in a file.
     *
     * @param file the file's name
     * @param reason what was found and what was expected
     */
    public DatasetFormatException(String file, String reason) {
        super(PlainText.of(requireNonNull(file, "file") + ": " + requireNonNull(reason, "reason")));
    }

    static DatasetFormatException at(String file, long line, int column, String reason) {
        return new DatasetFormatException(file + ":" + line + ":" + column, reason);
    }

    static DatasetFormatException atByte(String file, long offset, String reason) {
        return new DatasetFormatException(file, "byte " + offset + ": " + reason);
    }
}
