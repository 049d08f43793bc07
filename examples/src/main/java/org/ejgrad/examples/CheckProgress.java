package org.ejgrad.examples;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.examples.compare.Bar;

/** A bar that fills while a gradient is checked, if that takes long. */
final class CheckProgress implements GradientCheck.Progress, AutoCloseable {
    private volatile long start = System.nanoTime();
    private final Duration patience;
    private final PrintWriter err;
    private Optional<Bar> bar = Optional.empty();
    private volatile boolean hasBegun;

    /** A bar that appears when a check has taken so long. */
    CheckProgress(Duration patience, PrintWriter err) {
        this.patience = patience;
        this.err = err;
    }

    /** What has passed does not count, such as the time in which a program starts. */
    void restart() {
        start = System.nanoTime();
    }

    /** Whether an entry or direction has been judged. */
    boolean hasBegun() {
        return hasBegun;
    }

    @Override
    public void judged(int done, int total) {
        hasBegun = true;
        if (bar.isEmpty() && System.nanoTime() - start >= patience.toNanos()) {
            bar = Optional.of(new Bar("check", total, "judged", err));
        }
        bar.ifPresent(shown -> shown.stepTo(done, total));
    }

    @Override
    public void close() {
        bar.ifPresent(Bar::close);
    }
}
