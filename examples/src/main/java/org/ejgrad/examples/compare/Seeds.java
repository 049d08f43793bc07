package org.ejgrad.examples.compare;

import static java.util.Objects.requireNonNull;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Require;
import picocli.CommandLine.Option;

/** The options that say how often, and from which seed on, a comparison is made. */
public final class Seeds {
    @Option(names = "--seed", defaultValue = "0", description = "the first seed, of data, weights and order")
    private long first;

    @Option(names = "--seeds", defaultValue = "5", description = "how many seeds in a row")
    private int count = 5;

    private Optional<PrintWriter> watcher = Optional.empty();

    /** Seeds 0 to 4. */
    public Seeds() {}

    /**
     * The same seeds, with a bar that fills while a comparison is made.
     *
     * @param err where the bar goes
     * @return the seeds
     */
    public Seeds watched(PrintWriter err) {
        Seeds watched = of(first, count);
        watched.watcher = Optional.of(requireNonNull(err, "err"));
        return watched;
    }

    /** Calls one after the other or side by side, from 0 on, and shows how many have returned. */
    void each(int calls, IntConsumer call) {
        Optional<Bar> bar = watcher.map(err -> new Bar("training", calls, "networks", err));
        try {
            IntStream.range(0, calls).parallel().forEach(i -> {
                call.accept(i);
                bar.ifPresent(Bar::step);
            });
        } finally {
            bar.ifPresent(Bar::close);
        }
    }

    /**
     * Some seeds in a row.
     *
     * @param first the first of them
     * @param count how many
     * @return the seeds
     */
    public static Seeds of(long first, int count) {
        Seeds seeds = new Seeds();
        seeds.first = first;
        seeds.count = count;
        return seeds;
    }

    /**
     * The first seed.
     *
     * @return any number
     */
    public long first() {
        return first;
    }

    /**
     * How many seeds.
     *
     * @return from 1 to 1,000,000
     * @throws IllegalArgumentException if another number was asked for
     */
    public int count() {
        if (count < 1) {
            throw new IllegalArgumentException("the number of seeds is " + count + "; expected at least 1");
        }
        Require.atMost(count, 1_000_000, "the number of seeds");
        return count;
    }

    /**
     * How many, in words.
     *
     * @return {@code one seed}, or such as {@code 5 seeds}
     * @throws IllegalArgumentException as {@link #count}
     */
    public String words() {
        return count() == 1 ? "one seed" : count() + " seeds";
    }
}
