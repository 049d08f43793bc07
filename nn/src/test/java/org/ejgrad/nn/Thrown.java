package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** The words with which a call is refused. */
public final class Thrown {
    private Thrown() {}

    /** The message of what the call throws, which must be of the given type. */
    public static String message(Class<? extends Throwable> type, Executable call) {
        return String.valueOf(assertThrows(type, call).getMessage());
    }

    /** The message of the IllegalArgumentException the call throws. */
    public static String argument(Executable call) {
        return message(IllegalArgumentException.class, call);
    }
}
