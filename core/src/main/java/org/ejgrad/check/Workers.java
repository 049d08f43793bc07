package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.ejgrad.check.GradientCheck.Progress;

/**
 * Measures at many places, on several threads where the function allows it; what comes out is the same for any number.
 *
 * <p>Neighbours are taken together, by a copy of the function, and what the copies have found is gathered in the order
 * of the places.
 */
final class Workers {
    private static final int NEIGHBOURS = 64;

    private final int threads;
    private final Progress progress;
    private final Thread caller = Thread.currentThread();
    private volatile boolean isInterrupted;

    /** Measures at the place of this number. */
    @FunctionalInterface
    interface Task<T> {
        T measured(TestedFunction function, int place);
    }

    private record Part<T>(TestedFunction function, List<T> results) {}

    /** Workers for the thread that makes them. */
    Workers(int threads, Progress progress) {
        this.threads = threads;
        this.progress = progress;
    }

    /** Whether the thread that these are for has been interrupted: then nothing more is to be measured. */
    boolean isInterrupted() {
        if (Thread.currentThread() == caller && caller.isInterrupted()) {
            isInterrupted = true;
        }
        return isInterrupted;
    }

    /** The results in the order of the places; of several exceptions, the first in that order is thrown. */
    <T> List<T> measure(TestedFunction function, int places, Task<T> task) {
        int parts = (places + NEIGHBOURS - 1) / NEIGHBOURS;
        int most = function.isShared() ? Math.min(threads, parts) : 1;
        AtomicInteger done = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger(parts);
        Queue<FutureTask<Part<T>>> all = new ArrayDeque<>();
        for (int n = 0; n < parts; n++) {
            int part = n;
            all.add(new FutureTask<>(() -> {
                boolean isCopied = function.isShared() && !isInterrupted();
                Part<T> measured = new Part<>(isCopied ? function.copy() : function, new ArrayList<>());
                int end = Math.min(places, (part + 1) * NEIGHBOURS);
                try {
                    for (int i = part * NEIGHBOURS; i < end && failed.get() > part; i++) {
                        measured.results.add(task.measured(measured.function, i));
                        if (!isInterrupted()) {
                            tell(done, places);
                        }
                    }
                } catch (RuntimeException | Error failure) {
                    failed.accumulateAndGet(part, Math::min);
                    throw failure;
                }
                return measured;
            }));
        }
        if (most <= 1) {
            return gathered(function, all, FutureTask::run);
        }
        ExecutorService pool = Executors.newFixedThreadPool(most);
        try {
            all.forEach(pool::execute);
            return gathered(function, all, running -> {});
        } finally {
            pool.shutdown();
        }
    }

    private synchronized void tell(AtomicInteger done, int places) {
        progress.judged(done.incrementAndGet(), places);
    }

    /** No part is kept longer than it is needed: its copy of a large function is large. */
    private <T> List<T> gathered(
            TestedFunction function, Queue<FutureTask<Part<T>>> all, Consumer<FutureTask<Part<T>>> first) {
        List<T> results = new ArrayList<>();
        boolean wasInterrupted = false;
        try {
            while (!all.isEmpty()) {
                try {
                    first.accept(all.element());
                    Part<T> part = all.element().get();
                    results.addAll(part.results);
                    function.absorb(part.function);
                    all.remove();
                } catch (InterruptedException stop) {
                    wasInterrupted = true;
                    isInterrupted = true;
                } catch (ExecutionException failure) {
                    throw asThrown(requireNonNull(failure.getCause()));
                }
            }
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return results;
    }

    /** An exception of the task, which throws no checked ones. */
    private static RuntimeException asThrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException thrown ? thrown : new IllegalStateException(failure);
    }
}
