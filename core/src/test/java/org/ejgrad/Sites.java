package org.ejgrad;

import java.util.concurrent.atomic.AtomicReference;

/** A door to the engine's record of where it was called. */
public final class Sites {
    private Sites() {}

    /** The place of the caller, as reports show it. */
    public static String here() {
        return Site.here(Watch.NONE).toString();
    }

    /** Writes down the place of whoever runs it. */
    public static Runnable recorder(AtomicReference<String> place) {
        return () -> place.set(here());
    }
}
