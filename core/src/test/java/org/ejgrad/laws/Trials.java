package org.ejgrad.laws;

import java.util.Iterator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/** Runs a check on many values of a jqwik arbitrary from inside any test, and shrinks what fails. */
public final class Trials {
    private static final int FRESH = 500;
    private static final int SHRINKING_STEPS = 500;

    /** What all random values of a run come from. */
    static final long SEED = Long.getLong("ejgrad.seed", 0);

    private Trials() {}

    /**
     * A check of one value.
     *
     * @param <T> what is checked
     */
    @FunctionalInterface
    public interface Check<T> {
        /**
         * Checks one value.
         *
         * @param value the value
         * @param seed for further random choices; the same while a failure is being shrunk
         */
        void accept(T value, long seed);
    }

    /**
     * Checks many random values; the same ones in every run with one {@code -Dejgrad.seed}.
     *
     * @param <T> what is checked
     * @param name what is checked, for the message
     * @param values where they come from
     * @param tries how many
     * @param check throws if a value is not as it should be
     * @throws AssertionError if the check throws anything, with the smallest value found for which it does
     */
    public static <T> void forAll(String name, Arbitrary<T> values, int tries, Check<? super T> check) {
        if (JqwikSession.isActive()) {
            run(name, values, tries, check);
        } else {
            JqwikSession.run(() -> run(name, values, tries, check));
        }
    }

    private static <T> void run(String name, Arbitrary<T> values, int tries, Check<? super T> check) {
        Random random = new Random(name.hashCode() + SEED);
        var generator = values.generator(tries, true);
        for (int i = 0; i < tries; i++) {
            Shrinkable<T> sample = generator.next(random);
            long seed = random.nextLong();
            if (failure(check, sample.value(), seed).isPresent()) {
                throw report(name, i, shrunk(smallest(sample, generator, check, seed), check, seed), check, seed);
            }
        }
    }

    /**
     * The smallest of many fresh values that fails as well. jqwik shrinks the elements of a matrix before its shape,
     * and would not be done with those of a large one for long.
     */
    private static <T> Shrinkable<T> smallest(
            Shrinkable<T> failing, RandomGenerator<T> generator, Check<? super T> check, long seed) {
        Random random = new Random(seed);
        return Stream.generate(() -> generator.next(random))
                .limit(FRESH)
                .filter(sample -> sample.compareTo(failing) < 0)
                .sorted()
                .filter(sample -> failure(check, sample.value(), seed).isPresent())
                .findFirst()
                .orElse(failing);
    }

    private static <T> Shrinkable<T> shrunk(Shrinkable<T> failing, Check<? super T> check, long seed) {
        Shrinkable<T> best = failing;
        int steps = 0;
        boolean smaller = true;
        while (smaller && steps < SHRINKING_STEPS) {
            smaller = false;
            for (Iterator<Shrinkable<T>> next = best.shrink().iterator();
                    next.hasNext() && !smaller && steps < SHRINKING_STEPS;
                    steps++) {
                Shrinkable<T> candidate = next.next();
                if (candidate.compareTo(best) < 0
                        && failure(check, candidate.value(), seed).isPresent()) {
                    best = candidate;
                    smaller = true;
                }
            }
        }
        return best;
    }

    private static <T> AssertionError report(
            String name, int index, Shrinkable<T> sample, Check<? super T> check, long seed) {
        Throwable failure = failure(check, sample.value(), seed)
                .orElseGet(() -> new AssertionError("the same check does not fail a second time"));
        return new AssertionError(
                name + ": try " + (index + 1) + " of -Dejgrad.seed=" + SEED + " with seed " + seed + " fails for\n"
                        + Texts.of(sample.value()) + "\n"
                        + (failure instanceof AssertionError ? failure.getMessage() : failure),
                failure);
    }

    private static <T> Optional<Throwable> failure(Check<? super T> check, T value, long seed) {
        try {
            check.accept(value, seed);
            return Optional.empty();
        } catch (AssertionError | RuntimeException e) {
            return Optional.of(e);
        }
    }
}
