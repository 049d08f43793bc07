package org.ejgrad;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a program a value was made, and who watches what is made of it; of what is computed from a traced value it
 * is remembered too.
 *
 * <p>The calls that are running are recorded as the JVM records them for an exception, the cheapest way there is, and
 * are looked through only when somebody asks.
 */
final class Site {
    static final Site UNTRACED = new Site(Watch.NONE, new Trace());

    private static final String ENGINE = "org.ejgrad.";
    private static final List<String> LIBRARY = List.of("org.ejgrad.check.", "org.ejgrad.show.", "org.ejgrad.nn.");

    private final Watch watch;
    private final Trace trace;

    private Site(Watch watch, Trace trace) {
        this.watch = watch;
        this.trace = trace;
    }

    /** What is running now. */
    static Site here(Watch watch) {
        return new Site(watch, new Trace());
    }

    /** The one of the two that more is remembered of. */
    Site or(Site other) {
        boolean isAsWatchful = watch != Watch.NONE || other.watch == Watch.NONE;
        boolean isMore = this != UNTRACED && isAsWatchful;
        return other == UNTRACED || isMore ? this : other;
    }

    Watch watch() {
        return watch;
    }

    /**
     * The call of an operation, and if a layer made it, also the layer, never one of Java's own, such as
     * {@code Dense.forward(Dense.java:41), called at Main.train(Main.java:20)}; empty if not traced.
     */
    @Override
    public String toString() {
        return this == UNTRACED ? "" : String.join(", called at ", told());
    }

    private List<String> told() {
        List<String> told = new ArrayList<>();
        for (StackTraceElement call : trace.getStackTrace()) {
            String name = call.getClassName();
            boolean isEngine = name.startsWith(ENGINE) && name.indexOf('.', ENGINE.length()) < 0;
            boolean isLibrary = LIBRARY.stream().anyMatch(name::startsWith);
            boolean isInner = isLibrary && !told.isEmpty();
            if (isEngine || name.startsWith("java.") || isInner) {
                continue;
            }
            told.add(call.toString());
            if (!isLibrary) {
                break;
            }
        }
        return told;
    }

    /** The calls that were running when it was made; never thrown. */
    private static final class Trace extends Throwable {
        private static final long serialVersionUID = 1;

        Trace() {
            super("", null, false, true);
        }
    }
}
