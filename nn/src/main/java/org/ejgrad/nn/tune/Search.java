package org.ejgrad.nn.tune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.CsvLine;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.io.AtomicFile;

/**
 * Tries settings by what they reach on validation rows.
 *
 * <p>What is tried, and each trial's seed, are a function of the search's seed; so a search gives the same on any
 * number of threads, and one that was broken off goes on from its file to the same end. A search never changes.
 */
public final class Search {
    /** So few that a file of them can be written after each. */
    static final int MOST_TRIALS = 10_000;

    private static final int MOST_THREADS = 1_000;
    private static final int DRAW = 0;
    private static final int SEED = 1;

    /** The end of a line of a file: the score as Java writes it, and the failure, quoted if need be. */
    private static final Pattern OUTCOME = Pattern.compile("(NaN|-?Infinity|-?\\d+\\.\\d+(?:E-?\\d+)?),(\"?)(.*)\\2");

    private static final Pattern BEGIN = Pattern.compile("(\\d{1,9}),(\\d{1,9}),");

    private final List<Settings> candidates;
    private final int factor;
    private final List<Integer> budgets;
    private final long seed;
    private final boolean largerIsBetter;
    private final int threads;

    /** Trains with some settings and judges on validation rows; several threads may ask at once. */
    @FunctionalInterface
    public interface Score {
        /**
         * {@return how good they are; NaN is worse than every number}
         *
         * @param settings what to try
         * @param budget how long, such as a number of epochs
         * @param seed for all that is random; with another budget the same settings have the same seed
         */
        double of(Settings settings, int budget, long seed);
    }

    private Search(
            List<Settings> candidates,
            int factor,
            List<Integer> budgets,
            long seed,
            boolean largerIsBetter,
            int threads) {
        this.candidates = candidates;
        this.factor = factor;
        this.budgets = budgets;
        this.seed = seed;
        this.largerIsBetter = largerIsBetter;
        this.threads = threads;
    }

    /**
     * {@return a search through all combinations of choices, on one thread, for the smallest score}
     *
     * @param budget of each trial, at least 1
     * @throws IllegalArgumentException if a name has a range, or there are more than 10,000 combinations
     */
    public static Search grid(Space space, int budget, long seed) {
        List<Integer> budgets = List.of(Require.atLeast(budget, 1, "grid: the budget"));
        return new Search(requireNonNull(space, "space").grid(), 1, budgets, seed, false, 1);
    }

    /**
     * {@return a search through settings drawn at random, on one thread, for the smallest score}
     *
     * @param count how many settings, from 1 to 10,000
     * @param budget of each trial, at least 1
     */
    public static Search random(Space space, int count, int budget, long seed) {
        List<Integer> budgets = List.of(Require.atLeast(budget, 1, "random: the budget"));
        return new Search(drawn("random", space, count, seed), 1, budgets, seed, false, 1);
    }

    /**
     * {@return a search by successive halving (Jamieson and Talwalkar 2016), on one thread, for the smallest score:
     * settings drawn at random get the first budget, and the best of them go on with more of it}
     *
     * @param count how many settings begin, from 1 to 10,000
     * @param factor of so many settings one, and at least one, goes on with so many times the budget; at least 2
     * @param first the smallest budget, at least 1
     * @param last what no budget exceeds
     */
    public static Search halving(Space space, int count, int factor, int first, int last, long seed) {
        Require.atLeast(factor, 2, "halving: the factor");
        Require.atLeast(last, Require.atLeast(first, 1, "halving: the first budget"), "halving: the last budget");
        List<Integer> budgets = new ArrayList<>();
        for (long budget = first; budget <= last; budget *= factor) {
            budgets.add((int) budget);
        }
        return new Search(drawn("halving", space, count, seed), factor, budgets, seed, false, 1);
    }

    private static List<Settings> drawn(String call, Space space, int count, long seed) {
        requireNonNull(space, "space");
        Require.atMost(Require.atLeast(count, 1, call + ": the count"), MOST_TRIALS, call + ": the count");
        return IntStream.range(0, count)
                .mapToObj(number -> space.draw(new RandomStream(seed, DRAW, number)))
                .toList();
    }

    /** {@return the same for the largest score, such as an accuracy} */
    public Search larger() {
        return new Search(candidates, factor, budgets, seed, true, threads);
    }

    /** {@return the same with so many trials at once, from 1 to 1,000} */
    public Search threads(int threads) {
        Require.atMost(Require.atLeast(threads, 1, "threads"), MOST_THREADS, "threads");
        return new Search(candidates, factor, budgets, seed, largerIsBetter, threads);
    }

    /**
     * Runs all trials. An exception is a trial's failure, and the search goes on; an {@link Error} ends it.
     *
     * @return what they gave
     * @throws CancellationException if this thread is interrupted; trials under way are interrupted too
     */
    public Trials run(Score score) {
        return run(requireNonNull(score, "score"), Map.of(), trial -> {});
    }

    /**
     * Runs the trials that are not in a file yet, and puts each there as it ends.
     *
     * @param file as {@link Trials#toCsv} writes it; need not be there
     * @return what all gave, those of the file included
     * @throws IllegalArgumentException if the file holds anything but trials of this search
     * @throws IOException if the file cannot be read or written; the search can be run again
     * @throws CancellationException if this thread is interrupted; trials under way are interrupted too
     */
    public Trials run(Score score, Path file) throws IOException {
        requireNonNull(score, "score");
        Map<String, Trial> kept = Files.exists(requireNonNull(file, "file")) ? kept(file) : Map.of();
        List<Trial> ended = new ArrayList<>(kept.values());
        try {
            return run(score, kept, trial -> {
                ended.add(trial);
                write(file, new Trials(ended, largerIsBetter).toCsv().getBytes(UTF_8));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            AtomicFile.write(file, bytes.length, out -> out.write(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The trials of a file by what they tried. */
    private Map<String, Trial> kept(Path file) throws IOException {
        String text = Files.readString(file);
        TreeSet<String> lines = new TreeSet<>(text.lines().toList());
        Map<String, Trial> kept = new LinkedHashMap<>();
        for (int budget : budgets) {
            for (int number = 0; number < candidates.size(); number++) {
                String tried = trial(number, budget, Double.NaN, "").tried();
                String line = lines.ceiling(tried);
                Matcher outcome =
                        OUTCOME.matcher(line == null || !line.startsWith(tried) ? "" : line.substring(tried.length()));
                if (outcome.matches()) {
                    String failure = outcome.group(3).replace("\"\"", "\"");
                    kept.put(tried, trial(number, budget, Double.parseDouble(outcome.group(1)), failure));
                }
            }
        }
        String own = new Trials(List.copyOf(kept.values()), largerIsBetter).toCsv();
        if (!own.equals(text)) {
            Set<String> known = Set.copyOf(own.lines().toList());
            String other = text.lines()
                    .skip(1)
                    .filter(line -> !known.contains(line))
                    .findFirst()
                    .map(line -> "; " + difference(line))
                    .orElse("");
            throw new IllegalArgumentException(file + ": of the lines, " + kept.size()
                    + " are trials of this search; expected all but a header" + other);
        }
        return kept;
    }

    /** In what the line of a file is no trial of this search. */
    private String difference(String line) {
        Matcher begin = BEGIN.matcher(line);
        if (!begin.lookingAt()) {
            return "\"" + PlainText.line(line) + "\" is no trial";
        }
        int number = Integer.parseInt(begin.group(1));
        int budget = Integer.parseInt(begin.group(2));
        String which = "trial " + number + " of budget " + budget;
        if (number >= candidates.size() || !budgets.contains(budget)) {
            return "this search has no " + which;
        }
        List<String> names = new ArrayList<>(List.of("trial", "budget", "seed"));
        candidates.get(number).values().keySet().forEach(name -> names.add("setting " + Settings.text(name)));
        String rest = line;
        List<String> cells = trial(number, budget, Double.NaN, "").cells();
        for (int i = 0; i < cells.size(); i++) {
            String written = CsvLine.of(cells.subList(i, i + 1)).strip();
            if (!rest.startsWith(written + ",")) {
                return which + " has another " + names.get(i) + ", in this search " + PlainText.line(written);
            }
            rest = rest.substring(written.length() + 1);
        }
        return which + " has no score";
    }

    private Trial trial(int number, int budget, double score, String failure) {
        long its = new RandomStream(seed, SEED, number).nextLong();
        return new Trial(
                number,
                candidates.get(number),
                budget,
                its,
                score,
                Optional.of(failure).filter(text -> !text.isEmpty()));
    }

    private Trials run(Score score, Map<String, Trial> kept, Consumer<Trial> ended) {
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, candidates.size()), Search::daemon);
        List<Trial> all = new ArrayList<>();
        List<Integer> numbers = IntStream.range(0, candidates.size()).boxed().toList();
        try {
            for (int budget : budgets) {
                List<Callable<Trial>> tasks = new ArrayList<>();
                for (int number : numbers) {
                    Trial tried = trial(number, budget, Double.NaN, "");
                    Trial known = kept.get(tried.tried());
                    tasks.add(() -> {
                        if (known != null) {
                            return known;
                        }
                        Trial trial = judged(tried, score);
                        synchronized (all) {
                            if (Thread.currentThread().isInterrupted() || pool.isShutdown()) {
                                throw new InterruptedException();
                            }
                            ended.accept(trial);
                        }
                        return trial;
                    });
                }
                List<Trial> these = new ArrayList<>();
                for (Future<Trial> task : pool.invokeAll(tasks)) {
                    these.add(task.get());
                }
                all.addAll(these);
                numbers = new Trials(these, largerIsBetter)
                        .ranked().stream()
                                .limit(Math.max(1, numbers.size() / factor))
                                .map(Trial::number)
                                .sorted()
                                .toList();
            }
            return new Trials(all, largerIsBetter);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Search: interrupted after " + all.size() + " trials");
        } catch (ExecutionException e) {
            throw asThrown(requireNonNull(e.getCause()));
        } finally {
            synchronized (all) { // so that nothing is written once this has returned
                pool.shutdownNow();
            }
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "search");
        thread.setDaemon(true);
        return thread;
    }

    private Trial judged(Trial tried, Score score) {
        try {
            double reached = score.of(tried.settings(), tried.budget(), tried.seed());
            return trial(tried.number(), tried.budget(), reached, "");
        } catch (RuntimeException e) {
            return trial(tried.number(), tried.budget(), Double.NaN, Settings.text(e));
        }
    }

    /** What no trial is said to have failed by: an error, a file, an interruption. */
    private static RuntimeException asThrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException thrown
                ? thrown
                : new CancellationException("Search: a trial was interrupted");
    }
}
