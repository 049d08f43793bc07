package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import org.ejgrad.PlainText;

/**
 * A file or byte sequence is not a saved model that can be trusted: wrong format, damaged, truncated or hostile.
 *
 * <p>The message names the source, the section and the byte at which reading stopped. Nothing of the file has been
 * used.
 */
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Which part of the source was being read. */
    private final String section;

    /** The first byte of that part. */
    private final long offset;

    /**
     * What is wrong, and where.
     *
     * @param source the file's name, or what the bytes are
     * @param section the part that was being read, such as {@code header}
     * @param offset the first byte of that part, counted from 0
     * @param reason what was found and what was expected
     */
    public ModelFormatException(String source, String section, long offset, String reason) {
        super(PlainText.of(requireNonNull(source, "source") + ": " + requireNonNull(section, "section") + " (byte "
                + offset + "): " + requireNonNull(reason, "reason")));
        this.section = section;
        this.offset = offset;
    }

    /** {@return the part of the source that was being read, such as {@code header} or {@code tensor "0.weight"}} */
    public String section() {
        return section;
    }

    /** {@return the byte at which that part begins, counted from 0} */
    public long offset() {
        return offset;
    }
}
