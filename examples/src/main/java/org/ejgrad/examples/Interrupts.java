package org.ejgrad.examples;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end what this thread does in good order: the thread is interrupted, and Java waits for {@link #close}
 * before it goes down.
 */
final class Interrupts implements AutoCloseable {
    private static final int SECONDS = 60;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook;

    /** From now on this thread is interrupted by Ctrl-C. */
    Interrupts() {
        Thread worker = Thread.currentThread();
        hook = new Thread(() -> {
            worker.interrupt();
            awaitClosed();
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** What has been interrupted is done; what follows, such as writing a file, is not to be. */
    void clear() {
        Thread.interrupted();
    }

    private void awaitClosed() {
        try {
            boolean isDone = closed.await(SECONDS, TimeUnit.SECONDS);
            assert isDone : "a step has taken longer than " + SECONDS + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All is done that Java was to wait for; Ctrl-C does again what it does elsewhere. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException goingDown) {
            // Then the hook has been called.
        }
    }
}
