package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;

/**
 * The gradients of a batch, computed shard by shard on several threads.
 *
 * <p>Every shard has its own graph; what the shards give is added in their order. So the result depends on the number
 * of shards, to rounding, but not by a bit on the number of threads.
 *
 * <pre>{@code
 * try (DataParallel parallel = DataParallel.on(4)) {
 *     DataParallel.Result result = parallel.gradients(training, 4, shard ->
 *             CrossEntropy.fromLogits(network.forward(Value.constant(shard.inputs())), shard.labels()));
 *     optimizer.step(result.gradients());
 * }
 * }</pre>
 *
 * <p>It pays where a shard's step takes much longer than handing it to a thread, some microseconds. A layer that looks
 * at a whole batch, such as batch normalisation, sees a shard in its place.
 */
public final class DataParallel implements AutoCloseable {
    private final ExecutorService threads;

    private DataParallel(ExecutorService threads) {
        this.threads = threads;
    }

    /** The mean loss over the examples of a shard; several threads ask for several shards at once. */
    @FunctionalInterface
    public interface ShardLoss {
        /** {@return a 1x1 value} */
        Value of(Dataset shard);
    }

    /**
     * What the shards gave together.
     *
     * @param loss the mean over all examples
     * @param gradients of that mean
     */
    public record Result(double loss, Gradients gradients) {
        public Result {
            requireNonNull(gradients, "gradients");
        }
    }

    /**
     * {@return a crew of threads, to be closed; they do not keep the JVM alive}
     *
     * @throws IllegalArgumentException if there is less than 1
     */
    public static DataParallel on(int threads) {
        Require.atLeast(threads, 1, "DataParallel.on: threads");
        return new DataParallel(Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "ejgrad-shards");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /**
     * The loss of a batch and its gradients.
     *
     * @param batch the examples, at least 1
     * @param shards how many parts of neighbouring rows it is cut into, sizes as equal as can be; at most one per row
     * @throws IllegalArgumentException if the batch is empty, there is less than 1 shard, or a loss is null
     * @throws IllegalStateException after {@link #close}
     * @throws CancellationException if this thread is interrupted while it waits
     */
    public Result gradients(Dataset batch, int shards, ShardLoss loss) {
        requireNonNull(loss, "loss");
        if (threads.isShutdown()) {
            throw new IllegalStateException("DataParallel.gradients: called after close");
        }
        int rows = Require.atLeast(requireNonNull(batch, "batch").size(), 1, "DataParallel: rows of the batch");
        int count = Math.min(Require.atLeast(shards, 1, "DataParallel: shards"), rows);
        List<Callable<Result>> parts = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            int from = start(shard, count, rows);
            int to = start(shard + 1, count, rows);
            parts.add(() -> part(batch.rows(IntStream.range(from, to).toArray()), (to - from) / (double) rows, loss));
        }
        Result sum = null;
        for (Future<Result> part : submitted(parts)) {
            Result next = finished(part);
            sum = sum == null ? next : new Result(sum.loss + next.loss, sum.gradients.plus(next.gradients));
        }
        return requireNonNull(sum);
    }

    private static int start(int shard, int shards, int rows) {
        return (int) ((long) rows * shard / shards);
    }

    private static Result part(Dataset shard, double share, ShardLoss loss) {
        Value mean = loss.of(shard);
        if (mean == null) {
            throw new IllegalArgumentException("DataParallel: the loss of a shard is null");
        }
        Value weighted = mean.scale(share);
        return new Result(weighted.scalar(), weighted.gradients());
    }

    private List<Future<Result>> submitted(List<Callable<Result>> parts) {
        try {
            return threads.invokeAll(parts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("DataParallel: interrupted while the shards were computed");
        }
    }

    /** A part's result; what its loss has thrown is thrown as it is. */
    private static Result finished(Future<Result> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            if (e.getCause() instanceof Error thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("DataParallel: interrupted while the shards were computed");
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
