package org.ejgrad.check;

import java.util.function.Supplier;

/** Stands for a part of the library that calls the engine. */
public final class LibraryCall {
    private LibraryCall() {}

    /** Calls from one method of the library. */
    public static <T> T once(Supplier<T> call) {
        return call.get();
    }

    /** Calls from one method of the library that another has called. */
    public static <T> T twice(Supplier<T> call) {
        return once(call);
    }

    /** The same, called from the library. */
    public static Runnable around(Runnable call) {
        return () -> call.run();
    }

    /** A thread in which the library alone is at work. */
    public static Thread thread(Runnable engine) {
        return new Thread(engine);
    }
}
