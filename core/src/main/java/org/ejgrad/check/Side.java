package org.ejgrad.check;

import java.util.Locale;

/** The side of a point on which a slope is taken. */
public enum Side {
    /** Smaller arguments only. */
    LEFT,
    /** Smaller and larger arguments. */
    BOTH,
    /** Larger arguments only. */
    RIGHT;

    /** In a sentence, such as {@code left}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
