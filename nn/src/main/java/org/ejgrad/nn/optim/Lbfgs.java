package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.nn.optim.Vectors.dot;
import static org.ejgrad.nn.optim.Vectors.largest;
import static org.ejgrad.nn.optim.Vectors.scaled;
import static org.ejgrad.nn.optim.Vectors.sum;
import static org.ejgrad.nn.optim.Vectors.sumOfSizes;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.io.NamedMatrices;

/**
 * Limited-memory BFGS with a line search that fulfils the strong Wolfe conditions (Nocedal 1980; Nocedal and Wright
 * 2006, algorithm 7.4): for whole batches, where the loss is the same function at every evaluation.
 *
 * <p>The direction is −H·g, where H approximates the inverse Hessian from the last few moves s and changes of the
 * gradient y. As PyTorch's {@code LBFGS} with {@code line_search_fn="strong_wolfe"}.
 *
 * <pre>{@code
 * Lbfgs optimizer = Lbfgs.of(network.parameters());
 * Lbfgs.Step step = optimizer.step(() -> CrossEntropy.fromLogits(network.forward(input), labels));
 * while (step.end() == Lbfgs.End.LIMIT) {
 *     step = optimizer.step(() -> CrossEntropy.fromLogits(network.forward(input), labels));
 * }
 * }</pre>
 */
public final class Lbfgs {
    private final FlatParameters parameters;
    private final Options options;
    private LbfgsMemory memory = LbfgsMemory.EMPTY;

    /**
     * When to stop, and what to remember.
     *
     * @param rate the first distance that each line search tries, greater than 0
     * @param iterations the most iterations of one step, at least 1
     * @param evaluations the most evaluations of the loss after which no new iteration begins, at least 1
     * @param gradientTolerance a gradient whose largest element is no larger ends the step
     * @param changeTolerance a move or a change of the loss that is smaller ends the step
     * @param history how many moves are remembered, at least 1
     */
    public record Options(
            double rate,
            int iterations,
            int evaluations,
            double gradientTolerance,
            double changeTolerance,
            int history) {
        /** PyTorch's defaults. */
        public static final Options DEFAULT = new Options(1, 20, 25, 1e-7, 1e-9, 100);

        public Options {
            Require.positive(rate, "rate");
            Require.atLeast(iterations, 1, "iterations");
            Require.atLeast(evaluations, 1, "evaluations");
            Require.notNegative(gradientTolerance, "gradientTolerance");
            Require.notNegative(changeTolerance, "changeTolerance");
            Require.atLeast(history, 1, "history");
        }
    }

    /** Why a step ended. */
    public enum End {
        /** No element of the gradient is larger than the gradient tolerance. */
        CONVERGED,
        /** The last move or change of the loss was smaller than the change tolerance; another step goes on. */
        SMALL_CHANGE,
        /** Iterations or evaluations were used up; another step goes on. */
        LIMIT,
        /** Along the steepest descent no lower loss was found: rounding, or a slope that is not the loss's. */
        LINE_SEARCH
    }

    /**
     * What a step did.
     *
     * @param end why it ended
     * @param lossBefore the loss where it began
     * @param loss the loss where it ended
     * @param largestSlope the size of the largest element of the gradient where it ended
     * @param iterations how many moves were made
     * @param evaluations how often the loss and its gradient were computed
     */
    public record Step(End end, double lossBefore, double loss, double largestSlope, int iterations, int evaluations) {
        public Step {
            requireNonNull(end, "end");
        }
    }

    private Lbfgs(List<Parameter> parameters, Options options) {
        this.parameters = new FlatParameters(Require.elements(parameters, "parameters"));
        this.options = requireNonNull(options, "options");
    }

    /**
     * An optimizer with the default options.
     *
     * @return an optimizer that has made no step
     * @throws IllegalArgumentException if there are no parameters or one is given twice
     */
    public static Lbfgs of(List<Parameter> parameters) {
        return of(parameters, Options.DEFAULT);
    }

    /**
     * An optimizer with other options.
     *
     * @param options when to stop, and what to remember
     * @return an optimizer that has made no step
     * @throws IllegalArgumentException if there are no parameters or one is given twice
     */
    public static Lbfgs of(List<Parameter> parameters, Options options) {
        return new Lbfgs(parameters, options);
    }

    /**
     * Makes one step, of several iterations.
     *
     * @param loss computes the loss from the parameters' current values, the same way each time
     * @return what it did
     * @throws NonFiniteException if the loss or a gradient is not finite at the start, or products of gradients and
     *     moves overflow
     * @throws IllegalArgumentException if somebody else moves a parameter meanwhile
     * @throws RuntimeException whatever the loss throws; after each of these the parameters and the memory are as
     *     before the step, but for a parameter that somebody else has moved
     */
    public synchronized Step step(Supplier<Value> loss) {
        requireNonNull(loss, "loss");
        List<Value> start = parameters.hold();
        LbfgsMemory before = memory;
        try {
            return iterate(loss, parameters.position());
        } catch (RuntimeException | Error failure) {
            parameters.takeBack(start);
            memory = before;
            throw failure;
        } finally {
            parameters.release();
        }
    }

    private Step iterate(Supplier<Value> loss, double[] start) {
        double[] x = start;
        WolfeSearch.Point point = evaluate(loss, 0, new double[x.length]);
        double lossBefore = point.value();
        if (!Double.isFinite(lossBefore) || !Double.isFinite(largest(point.gradient()))) {
            throw new NonFiniteException("step: the loss is " + lossBefore + " and its largest slope "
                    + largest(point.gradient()) + "; expected finite numbers");
        }
        int evaluations = 1;
        int iterations = 0;
        Optional<End> end = Optional.empty();
        while (end.isEmpty()) {
            if (largest(point.gradient()) <= options.gradientTolerance) {
                end = Optional.of(End.CONVERGED);
            } else if (iterations == options.iterations || (iterations > 0 && evaluations >= options.evaluations)) {
                end = Optional.of(End.LIMIT);
            } else {
                memory = memory.after(point.gradient(), options.history);
                Move move = move(loss, x, point);
                evaluations += move.evaluations;
                x = sum(x, move.to.distance(), move.direction);
                parameters.moveTo(x);
                if (move.to.distance() > 0) {
                    iterations++;
                    double[] moved = scaled(move.direction, move.to.distance());
                    memory = memory.moved(point.gradient(), moved);
                    double change = Math.abs(move.to.value() - point.value());
                    point = move.to;
                    end = largest(moved) <= options.changeTolerance || change < options.changeTolerance
                            ? Optional.of(End.SMALL_CHANGE)
                            : end;
                } else if (memory.equals(LbfgsMemory.EMPTY)) {
                    end = Optional.of(End.LINE_SEARCH);
                } else {
                    memory = LbfgsMemory.EMPTY; // what it knows of the curvature leads nowhere
                }
            }
        }
        return new Step(end.get(), lossBefore, point.value(), largest(point.gradient()), iterations, evaluations);
    }

    /** A direction, the lowest point found along it, at distance 0 if there is none, and what the search took. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Move(double[] direction, WolfeSearch.Point to, int evaluations) {}

    private Move move(Supplier<Value> loss, double[] x, WolfeSearch.Point from) {
        double[] direction = memory.direction(from.gradient());
        double slope = dot(from.gradient(), direction);
        requireFinite("the slope along the direction", slope);
        WolfeSearch.Point start = new WolfeSearch.Point(0, from.value(), slope, from.gradient());
        if (slope >= 0) {
            return new Move(direction, start, 0);
        }
        WolfeSearch search = search(loss, x, direction, start);
        boolean isFirst = memory.last().isEmpty();
        WolfeSearch.Point found =
                search.from(options.rate * (isFirst ? Math.min(1, 1 / sumOfSizes(from.gradient())) : 1));
        return new Move(direction, found, search.evaluations());
    }

    private WolfeSearch search(Supplier<Value> loss, double[] x, double[] direction, WolfeSearch.Point start) {
        return new WolfeSearch(
                distance -> at(loss, sum(x, distance, direction), distance, direction),
                start,
                options.changeTolerance / largest(direction));
    }

    /** The point at a position; one where something is not finite counts as risen. */
    private WolfeSearch.Point at(Supplier<Value> loss, double[] position, double distance, double[] direction) {
        if (Double.isFinite(largest(position))) {
            parameters.moveTo(position);
            WolfeSearch.Point point = evaluate(loss, distance, direction);
            if (Double.isFinite(point.value()) && Double.isFinite(largest(point.gradient()))) {
                return point;
            }
        }
        return new WolfeSearch.Point(distance, Double.NaN, Double.NaN, direction);
    }

    private static void requireFinite(String what, double number) {
        if (!Double.isFinite(number)) {
            throw new NonFiniteException("step: " + what + " is " + number + ", as a product of gradients overflows; "
                    + "nothing has been changed. A loss divided by some power of ten may help");
        }
    }

    private WolfeSearch.Point evaluate(Supplier<Value> loss, double distance, double[] direction) {
        Value value = loss.get();
        if (value == null) {
            throw new IllegalArgumentException("step: the loss returned null; expected a 1x1 value");
        }
        double[] gradient = parameters.gradient(value.gradients());
        return new WolfeSearch.Point(distance, value.scalar(), dot(gradient, direction), gradient);
    }

    /**
     * Everything that the next step depends on besides the parameters, to be saved.
     *
     * @return the last gradient and move and the remembered pairs
     */
    public synchronized NamedMatrices state() {
        return memory.state();
    }

    /**
     * Takes up a saved state, so that the next step is the one that would have followed there, to the last bit.
     *
     * @param state what {@link #state} gave for an optimizer of the same parameters
     * @throws ModelMismatchException if a vector is missing, left over or of another length; the message lists all such
     */
    public synchronized void restore(NamedMatrices state) {
        memory = LbfgsMemory.from(requireNonNull(state, "state"), parameters.size());
    }
}
