package org.ejgrad.examples.compare;

import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Require;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say how often, and from which seed on, a comparison is made. */
public final class Seeds {
    @Option(names = "--seed", defaultValue = "0", description = "the first seed, of data, weights and order")
    private long first;

    private int count = 5;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Seeds 0 to 4. */
    public Seeds() {}

    @Option(names = "--seeds", defaultValue = "5", description = "how many seeds in a row")
    void count(int number) {
        count = number;
        try {
            count();
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(command.commandLine(), "--seeds: " + wrong.getMessage(), wrong);
        }
    }

    /** Calls one after the other or side by side, from 0 on; a command shows by a bar how many have returned. */
    void each(int calls, IntConsumer call) {
        Optional<Bar> bar = Optional.ofNullable(command.commandLine())
                .map(line -> new Bar("training", calls, "networks", line.getErr()));
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
