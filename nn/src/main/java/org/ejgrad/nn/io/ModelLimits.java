package org.ejgrad.nn.io;

/**
 * How much a model file may hold besides its numbers. Writing refuses what reading would refuse, so that a hostile file
 * is refused before it has filled 64 MiB of memory, and nothing is written that cannot be read again.
 */
final class ModelLimits {
    /** Characters of a matrix's name or of a note's key. */
    static final int LONGEST_NAME = 1 << 16;

    /** Characters of a note. */
    static final int LONGEST_NOTE = 1 << 21;

    /** Matrices in a file, and notes in a file. */
    static final int MOST_ENTRIES = 1 << 16;

    /** Bytes of a safetensors header; the format itself allows 100,000,000. */
    static final int LONGEST_HEADER = 1 << 23;

    /** Bytes of a JSON text. */
    static final long LONGEST_TEXT = 1L << 30;

    /** Elements of a matrix, as many as a Java array can have. */
    static final long MOST_ELEMENTS = Integer.MAX_VALUE - 8;

    private ModelLimits() {}

    /** Refuses to write more matrices or notes than can be read again. */
    static void requireReadable(NamedMatrices matrices, String call) {
        requireAtMost(matrices.names().size(), MOST_ENTRIES, call, "matrices");
        requireAtMost(matrices.metadata().size(), MOST_ENTRIES, call, "notes");
    }

    /** Refuses to write more of something than can be read again. */
    static void requireAtMost(long number, long most, String call, String what) {
        if (number > most) {
            throw new IllegalArgumentException(call + ": " + number + " " + what + "; expected at most " + most);
        }
    }
}
