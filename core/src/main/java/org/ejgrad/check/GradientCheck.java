package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.ConstMatrix;

/**
 * Checks a gradient against numerical derivatives that carry error bars.
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
 * Value x = Value.constant(new double[][] {{1, 2}, {3, -4}});
 * CheckReport report = GradientCheck.of(x.mult(w).tanh().elementSum()).run();
 * report.requirePassed();
 * }</pre>
 *
 * <p>A recorded graph is replayed with the decisions of its piecewise operations frozen, so that its gradient is
 * certified at kinks too. A program is run again to see that the graph tells the whole story. A foreign function of an
 * array can be checked against any claimed gradient.
 *
 * <p>An instance is a description of a check and never changes; each setting returns another one.
 */
public final class GradientCheck {
    private static final int MOST_DIRECTIONS = 10_000;
    private static final int MOST_THREADS = 1_000;

    private final Procedure procedure;
    private final Settings settings;

    private GradientCheck(Procedure procedure, Settings settings) {
        this.procedure = procedure;
        this.settings = settings;
    }

    /**
     * A check of a value's gradients with respect to every variable it depends on. A value that is not 1x1 is weighted
     * by random numbers first.
     *
     * @throws IllegalArgumentException if the value is a constant
     */
    public static GradientCheck of(Value loss) {
        return new GradientCheck(GraphCheck.of(requireNonNull(loss, "loss")), Settings.STANDARD);
    }

    /**
     * A check of a value's gradients with respect to chosen variables, by name.
     *
     * @param parameters the variables under the names that the report is to use, in the order of the map
     * @param loss a value that is not a constant
     * @throws IllegalArgumentException if the value is a constant or one of the parameters is not a variable
     */
    public static GradientCheck of(Map<String, Value> parameters, Value loss) {
        Map<String, Value> copy = copy("parameters", parameters);
        return new GradientCheck(GraphCheck.of(copy, requireNonNull(loss, "loss")), Settings.STANDARD);
    }

    /**
     * A check of a program: it is run at other values of its variables too, so that a dependence which the graph does
     * not know of is noticed.
     *
     * @param variables where to check
     * @param program from variables, in the same order, to a value; called several times
     * @throws IllegalArgumentException if one of the values is not a variable
     */
    public static GradientCheck of(List<Value> variables, Function<List<Value>, Value> program) {
        for (int i = 0; i < requireNonNull(variables, "variables").size(); i++) {
            requireNonNull(variables.get(i), "variables[" + i + "]");
        }
        return new GradientCheck(GraphCheck.of(variables, requireNonNull(program, "program")), Settings.STANDARD);
    }

    /**
     * A check of any function of an array and of what somebody claims to be its gradient.
     *
     * @param function the function; it must not change its argument
     * @param x where to check
     * @param claimed the claimed partial derivatives at x, one per element of x
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static GradientCheck ofFunction(ToDoubleFunction<double[]> function, double[] x, double[] claimed) {
        return ofFunction(function, Optional.empty(), x, claimed);
    }

    /**
     * The same for a claim that can be asked for at other points, where its mistakes show more of themselves. It is
     * called there only if it is wrong.
     *
     * @param function the function; it must not change its argument
     * @param x where to check
     * @param gradient from any point to the claimed partial derivatives there, one per element
     * @throws IllegalArgumentException if the arrays differ in length, or the gradient is null
     */
    public static GradientCheck ofFunction(
            ToDoubleFunction<double[]> function, double[] x, UnaryOperator<double[]> gradient) {
        requireNonNull(function, "function");
        requireNonNull(x, "x");
        double[] claimed = requireNonNull(gradient, "gradient").apply(x.clone());
        if (claimed == null) {
            throw new IllegalArgumentException("ofFunction: the gradient returned null; expected an array");
        }
        return ofFunction(function, Optional.of(gradient), x, claimed);
    }

    private static GradientCheck ofFunction(
            ToDoubleFunction<double[]> function,
            Optional<UnaryOperator<double[]>> gradient,
            double[] x,
            double[] claimed) {
        requireNonNull(function, "function");
        if (requireNonNull(x, "x").length != requireNonNull(claimed, "claimed").length) {
            throw new IllegalArgumentException("ofFunction: the point has " + x.length
                    + " elements and the claimed gradient " + claimed.length + "; expected as many");
        }
        List<Block> blocks = List.of(Block.row(x.length));
        return new GradientCheck(
                new FunctionCheck(function, gradient, blocks, x.clone(), claimed.clone(), OptionalDouble.empty()),
                Settings.STANDARD);
    }

    /**
     * A check of what a program in any language claims to be its gradient, at the point that the program gave. It is
     * asked for the gradient now, and for values in the run.
     *
     * @throws ArithmeticException if the program answers that there is an error at the point
     * @throws UncheckedIOException if the program does not answer as it should; the run too can throw it
     */
    public static GradientCheck ofProcess(ForeignProcess process) {
        double[] point = requireNonNull(process, "process").point();
        ForeignProcess.Answer answer = process.valueAndGradient(point);
        List<Block> blocks = Block.inOneArray(process.shapes());
        return new GradientCheck(
                new FunctionCheck(
                        process::unroundedValue,
                        Optional.of(process::gradient),
                        blocks,
                        point,
                        answer.gradient(),
                        OptionalDouble.of(answer.value())),
                Settings.STANDARD);
    }

    /**
     * A check of another gradient of the same value, such as a hand-written one, in place of ejgrad's own.
     *
     * @param claimed a matrix for each variable to check, in the variable's shape
     * @throws IllegalArgumentException if a shape differs, or the check is of a foreign function
     */
    public GradientCheck against(Map<Value, ? extends ConstMatrix<?>> claimed) {
        Map<Value, ConstMatrix<?>> copy = copy("claimed", claimed);
        if (procedure instanceof GraphCheck graph) {
            return new GradientCheck(graph.against(copy), settings);
        }
        throw new IllegalArgumentException(
                "against: a foreign function's claimed gradient was given already; expected a check of a graph");
    }

    /**
     * Names for the parts of a foreign function's argument, which the report then shows as matrices.
     *
     * @param shapes names and shapes in the order in which the matrices stand in the array, each row by row
     * @throws IllegalArgumentException if the shapes do not add up to the array, or the check is of a graph
     */
    public GradientCheck shaped(Map<String, Shape> shapes) {
        Map<String, Shape> copy = copy("shapes", shapes);
        if (procedure instanceof FunctionCheck function) {
            return new GradientCheck(function.shaped(copy), settings);
        }
        throw new IllegalArgumentException("shaped: the variables of a graph have shapes; expected a foreign function");
    }

    /** The map in its own order, without nulls. */
    private static <K, V> Map<K, V> copy(String name, Map<? extends K, ? extends V> map) {
        Map<K, V> copy = new LinkedHashMap<>();
        requireNonNull(map, name)
                .forEach((key, value) -> copy.put(
                        requireNonNull(key, () -> name + ": a key"),
                        requireNonNull(value, () -> name + "[" + key + "]")));
        return copy;
    }

    /**
     * Looks along random directions instead of at every entry: the cost no longer depends on the number of entries. A
     * direction through kinks of a foreign function tells nothing, as its choices there are unknown.
     *
     * @param count how many directions, 1 to 10,000
     * @throws IllegalArgumentException if the count is out of this range
     */
    public GradientCheck directions(int count) {
        if (count < 1 || count > MOST_DIRECTIONS) {
            throw new IllegalArgumentException(
                    "directions: " + count + " directions; expected 1 to " + MOST_DIRECTIONS);
        }
        return new GradientCheck(procedure, settings.withDirections(count));
    }

    /**
     * How narrow a bar must be to certify an entry, relative to it or to the largest entry of the gradient; 1e-6 if not
     * set.
     *
     * @param relative between 0 and 1
     * @throws IllegalArgumentException if not between 0 and 1
     */
    public GradientCheck tolerance(double relative) {
        if (!(relative > 0 && relative < 1)) {
            throw new IllegalArgumentException("tolerance: " + relative + "; expected a number between 0 and 1");
        }
        return new GradientCheck(procedure, settings.withTolerance(relative));
    }

    /**
     * Lets any slope between the two one-sided ones pass at a kink of a graph, in place of the one that is documented
     * for it only. Of a foreign function no choice is documented, and any passes.
     */
    public GradientCheck anySubgradient() {
        return new GradientCheck(procedure, settings.withAnySubgradient());
    }

    /**
     * Looks at so many entries, chosen at random, instead of at every one; at all if there are no more.
     *
     * @param count how many entries, at least 1
     * @throws IllegalArgumentException if the count is less
     */
    public GradientCheck entries(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("entries: " + count + " entries; expected at least 1");
        }
        return new GradientCheck(procedure, settings.withEntries(count));
    }

    /** The seed of the random directions, entries and weights; 1 if not set. */
    public GradientCheck seed(long seed) {
        return new GradientCheck(procedure, settings.withSeed(seed));
    }

    /**
     * On how many threads entries or directions of a recorded graph are measured; 1 if not set. The report is the same
     * for any number. A foreign function is always called by one thread.
     *
     * @param count from 1 to 1,000
     * @throws IllegalArgumentException if the count is out of this range
     */
    public GradientCheck threads(int count) {
        if (count < 1 || count > MOST_THREADS) {
            throw new IllegalArgumentException("threads: " + count + " threads; expected 1 to " + MOST_THREADS);
        }
        return new GradientCheck(procedure, settings.withThreads(count));
    }

    /** Whom to tell how far a run has come. */
    public GradientCheck progress(Progress listener) {
        return new GradientCheck(procedure, settings.withProgress(requireNonNull(listener, "listener")));
    }

    /**
     * Runs the check. If the thread is interrupted, the run ends at the next entry, with a report that says which
     * entries were not judged, and the thread stays interrupted.
     *
     * @throws UncheckedIOException if a process does not answer as it should, or an interruption comes before it has
     *     answered what it is asked first, the value at the point
     */
    public CheckReport run() {
        return procedure.run(settings);
    }

    /** Is told of each entry or direction that was judged: by one thread at a time, which need not be the caller's. */
    @FunctionalInterface
    public interface Progress {
        /**
         * One more was judged.
         *
         * @param done how many were judged
         * @param total how many are to be; entries are counted anew after directions that refute the gradient
         */
        void judged(int done, int total);
    }

    /** What is checked, and how. */
    sealed interface Procedure permits GraphCheck, FunctionCheck {
        CheckReport run(Settings settings);
    }

    /** What a user can set. */
    record Settings(
            int directions,
            int entries,
            double tolerance,
            boolean anySubgradient,
            long seed,
            int threads,
            Progress progress) {
        static final Settings STANDARD = new Settings(0, Integer.MAX_VALUE, 1e-6, false, 1, 1, (done, total) -> {});

        Settings withDirections(int count) {
            return new Settings(count, entries, tolerance, anySubgradient, seed, threads, progress);
        }

        Settings withEntries(int count) {
            return new Settings(0, count, tolerance, anySubgradient, seed, threads, progress);
        }

        Settings withTolerance(double relative) {
            return new Settings(directions, entries, relative, anySubgradient, seed, threads, progress);
        }

        Settings withAnySubgradient() {
            return new Settings(directions, entries, tolerance, true, seed, threads, progress);
        }

        Settings withThreads(int count) {
            return new Settings(directions, entries, tolerance, anySubgradient, seed, count, progress);
        }

        Settings withProgress(Progress listener) {
            return new Settings(directions, entries, tolerance, anySubgradient, seed, threads, listener);
        }

        Settings withSeed(long other) {
            return new Settings(directions, entries, tolerance, anySubgradient, other, threads, progress);
        }
    }
}
