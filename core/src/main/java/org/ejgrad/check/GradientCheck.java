package org.ejgrad.check;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
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
    private final Subject subject;
    private final Settings settings;

    private GradientCheck(Subject subject, Settings settings) {
        this.subject = subject;
        this.settings = settings;
    }

    /**
     * A check of a value's gradients with respect to every variable it depends on. A value that is not 1x1 is weighted
     * by random numbers first.
     *
     * @param loss a value that is not a constant
     * @return the check, to be run
     * @throws IllegalArgumentException if the value is a constant
     */
    public static GradientCheck of(Value loss) {
        return new GradientCheck(Subject.graph(loss), Settings.STANDARD);
    }

    /**
     * A check of a value's gradients with respect to chosen variables, by name.
     *
     * @param parameters the variables under the names that the report is to use, in the order of the map
     * @param loss a value that is not a constant
     * @return the check, to be run
     * @throws IllegalArgumentException if the value is a constant or one of the parameters is not a variable
     */
    public static GradientCheck of(Map<String, Value> parameters, Value loss) {
        return new GradientCheck(Subject.graph(parameters, loss), Settings.STANDARD);
    }

    /**
     * A check of a program: it is run at other values of its variables too, so that a dependence which the graph does
     * not know of is noticed.
     *
     * @param variables where to check
     * @param program from variables, in the same order, to a value; called several times
     * @return the check, to be run
     * @throws IllegalArgumentException if one of the values is not a variable
     */
    public static GradientCheck of(List<Value> variables, Function<List<Value>, Value> program) {
        return new GradientCheck(Subject.program(variables, program), Settings.STANDARD);
    }

    /**
     * A check of any function of an array and of what somebody claims to be its gradient.
     *
     * @param function the function; it must not change its argument
     * @param x where to check
     * @param claimed the claimed partial derivatives at x, one per element of x
     * @return the check, to be run
     * @throws IllegalArgumentException if the arrays differ in length
     */
    public static GradientCheck ofFunction(ToDoubleFunction<double[]> function, double[] x, double[] claimed) {
        return new GradientCheck(Subject.foreign(function, x, claimed), Settings.STANDARD);
    }

    /**
     * A check of another gradient of the same value, such as a hand-written one, in place of ejgrad's own.
     *
     * @param claimed a matrix for each variable to check, in the variable's shape
     * @return another check
     * @throws IllegalArgumentException if a shape differs, or the check is of a foreign function
     */
    public GradientCheck against(Map<Value, ? extends ConstMatrix<?>> claimed) {
        return new GradientCheck(subject.against(claimed), settings);
    }

    /**
     * Names for the parts of a foreign function's argument, which the report then shows as matrices.
     *
     * @param shapes names and shapes in the order in which the matrices stand in the array, each row by row
     * @return another check
     * @throws IllegalArgumentException if the shapes do not add up to the array, or the check is of a graph
     */
    public GradientCheck shaped(Map<String, Shape> shapes) {
        return new GradientCheck(subject.shaped(shapes), settings);
    }

    /**
     * Looks along random directions instead of at every entry: the cost no longer depends on the number of entries.
     *
     * @param count how many directions, at least 1
     * @return another check
     * @throws IllegalArgumentException if the count is less than 1
     */
    public GradientCheck directions(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("directions: " + count + " directions; expected at least 1");
        }
        return new GradientCheck(subject, settings.withDirections(count));
    }

    /**
     * How narrow a bar must be, relative to the slope, to certify it; 1e-9 if not set.
     *
     * @param relative between 0 and 1
     * @return another check
     * @throws IllegalArgumentException if not between 0 and 1
     */
    public GradientCheck tolerance(double relative) {
        if (!(relative > 0 && relative < 1)) {
            throw new IllegalArgumentException("tolerance: " + relative + "; expected a number between 0 and 1");
        }
        return new GradientCheck(subject, settings.withTolerance(relative));
    }

    /**
     * The seed of the random directions and weights; 1 if not set.
     *
     * @param seed any number
     * @return another check
     */
    public GradientCheck seed(long seed) {
        return new GradientCheck(subject, settings.withSeed(seed));
    }

    /**
     * Runs the check.
     *
     * @return the report
     */
    public CheckReport run() {
        return subject.check(Objects.requireNonNull(settings));
    }

    /** What a user can set. */
    record Settings(int directions, double tolerance, long seed) {
        static final Settings STANDARD = new Settings(0, 1e-9, 1);

        Settings withDirections(int count) {
            return new Settings(count, tolerance, seed);
        }

        Settings withTolerance(double relative) {
            return new Settings(directions, relative, seed);
        }

        Settings withSeed(long other) {
            return new Settings(directions, tolerance, other);
        }
    }
}
