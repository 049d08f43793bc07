package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
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
 * DataParallel parallel = DataParallel.on(4);
 * DataParallel.Result result = parallel.gradients(training, 4, (shard, number) ->
 *         CrossEntropy.fromLogits(network.forward(Value.constant(shard.inputs())), shard.labels()));
 * optimizer.step(result.gradients());
 * }</pre>
 *
 * <p>The calling thread takes shards too, and all that no other thread has begun when it comes to them: so it never
 * waits for a thread that is not there. It pays where a shard's step takes much longer than handing it to a thread,
 * some microseconds. A layer that looks at a whole batch sees a shard in its place: batch normalisation has the means
 * of a shard, and its running statistics move shard by shard in the order in which threads come to them; dropout has
 * the same mask for shards of the same shape, unless the network is told which one it is: {@code network.at(step,
 * number)}.
 */
public final class DataParallel {
    private static final int MOST_THREADS = 1_000;

    private final Executor executor;
    private final int threads;

    private DataParallel(Executor executor, int threads) {
        this.executor = executor;
        this.threads = threads;
    }

    /** The mean loss over the examples of a shard; several threads ask for several shards at once. */
    @FunctionalInterface
    public interface ShardLoss {
        /**
         * {@return a 1x1 value}
         *
         * @param shard its examples
         * @param number which one it is, from 0
         */
        Value of(Dataset shard, int number);
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
     * {@return gradients on so many threads at most, the calling one and those of the JVM's common pool}
     *
     * @throws IllegalArgumentException if there are none, or more than 1,000
     */
    public static DataParallel on(int threads) {
        return on(threads, ForkJoinPool.commonPool());
    }

    /**
     * {@return gradients on so many threads at most, the calling one and those of an executor}
     *
     * @param executor may refuse work, or leave it: then the calling thread does it
     * @throws IllegalArgumentException if there are none, or more than 1,000
     */
    public static DataParallel on(int threads, Executor executor) {
        requireNonNull(executor, "executor");
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(
                    "DataParallel.on: " + threads + " threads; expected 1 to " + MOST_THREADS);
        }
        return new DataParallel(executor, threads);
    }

    /**
     * The loss of a batch and its gradients.
     *
     * @param batch the examples, at least 1
     * @param shards how many parts of neighbouring rows it is cut into, sizes as equal as can be; at most one per row
     * @throws IllegalArgumentException if the batch is empty, there is less than 1 shard, or a loss is null
     * @throws CancellationException if this thread is interrupted while it waits for shards that others have begun
     */
    public Result gradients(Dataset batch, int shards, ShardLoss loss) {
        requireNonNull(batch, "batch");
        requireNonNull(loss, "loss");
        int rows = Require.atLeast(batch.size(), 1, "DataParallel: rows of the batch");
        int count = Math.min(Require.atLeast(shards, 1, "DataParallel: shards"), rows);
        List<FutureTask<Result>> parts = new ArrayList<>();
        for (int shard = 0; shard < count; shard++) {
            int number = shard;
            parts.add(new FutureTask<>(() -> part(batch, number, count, loss)));
        }
        try {
            for (int helper = 1; helper < Math.min(threads, count); helper++) {
                executor.execute(() -> parts.forEach(FutureTask::run));
            }
        } catch (RejectedExecutionException refused) {
            // Then there are fewer helpers.
        }
        parts.forEach(FutureTask::run); // which does nothing where another thread has begun
        return sum(parts);
    }

    private static Result sum(List<FutureTask<Result>> parts) {
        try {
            Result sum = parts.get(0).get();
            for (FutureTask<Result> part : parts.subList(1, parts.size())) {
                Result next = part.get();
                sum = new Result(sum.loss + next.loss, sum.gradients.plus(next.gradients));
            }
            return sum;
        } catch (ExecutionException e) {
            throw asThrown(requireNonNull(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("DataParallel: interrupted while the shards were computed");
        }
    }

    /** What a loss has thrown, which are no checked exceptions. */
    private static RuntimeException asThrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException thrown ? thrown : new IllegalStateException(cause);
    }

    private static int start(int shard, int shards, int rows) {
        return (int) ((long) rows * shard / shards);
    }

    private static Result part(Dataset batch, int number, int shards, ShardLoss loss) {
        int rows = batch.size();
        int[] own = IntStream.range(start(number, shards, rows), start(number + 1, shards, rows))
                .toArray();
        Value mean = loss.of(batch.rows(own), number);
        if (mean == null) {
            throw new IllegalArgumentException("DataParallel: the loss of a shard is null");
        }
        Value weighted = mean.scale(own.length / (double) rows);
        return new Result(weighted.scalar(), weighted.gradients());
    }
}
