package org.ejgrad.examples;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Lets Ctrl-C end what this thread does in good order: the thread is interrupted, and Java waits for {@link #close}
 * before it goes down.
 */
final class Interrupts implements AutoCloseable {
    /**
     * So many seconds may take what cannot be broken off, such as a step, before something has come of it and after.
     */
    private static final int EARLY = 2;

    private static final int LATE = 20;

    /** So many may take what is to be done then, such as writing a file. */
    private static final int WRITING = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PrintWriter err;
    private final BooleanSupplier isLate;
    private final Thread hook;

    /**
     * From now on this thread is interrupted by Ctrl-C.
     *
     * @param isLate whether something has come of it yet that would be lost
     */
    Interrupts(PrintWriter err, BooleanSupplier isLate) {
        this.err = err;
        this.isLate = isLate;
        Thread worker = Thread.currentThread();
        hook = new Thread(() -> {
            worker.interrupt();
            awaitClosed();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether what is done now has been interrupted; what follows, such as writing a file, is not to be. */
    boolean clear() {
        ended.countDown();
        return Thread.interrupted();
    }

    private void awaitClosed() {
        try {
            int patience = isLate.getAsBoolean() ? LATE : EARLY;
            if (!ended.await(patience, TimeUnit.SECONDS)) {
                err.println("Interrupted; what was under way did not end within " + patience + " s.");
            } else if (!closed.await(WRITING, TimeUnit.SECONDS)) {
                err.println("Interrupted; what came of it could not be written within " + WRITING + " s.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is done that Java was to wait for; Ctrl-C does again what it does elsewhere. */
    @Override
    public void close() {
        ended.countDown();
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // Then the hook has been called.
        }
    }
}
