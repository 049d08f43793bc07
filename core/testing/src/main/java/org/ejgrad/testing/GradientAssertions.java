package org.ejgrad.testing;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.opentest4j.AssertionFailedError;

/**
 * Assertions that a gradient is right, for any JUnit test.
 *
 * <p>Each throws an {@link AssertionError} unless every entry is confirmed. Its message is the checker's report: what
 * is wrong, what it looks like, and what to do.
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
 * GradientAssertions.assertGradient(w.square().sigmoid().elementSum());
 *
 * GradientAssertions.assertGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, new double[] {2, 3});
 *
 * Value x = Value.constant(new double[][] {{1, 2}, {3, -4}});
 * GradientAssertions.assertGradient(x.mult(w).relu().mean(), check -> check.directions(2).tolerance(1e-5));
 * }</pre>
 */
public final class GradientAssertions {
    private GradientAssertions() {}

    /**
     * A value's gradients with respect to every variable it depends on are right.
     *
     * @param loss a value that depends on a variable; one that is not 1x1 is weighted by random numbers
     * @return the report, which confirms them
     * @throws AssertionError if one is wrong or cannot be decided
     * @throws IllegalArgumentException if the value is a constant
     */
    public static CheckReport assertGradient(Value loss) {
        return assertGradient(GradientCheck.of(loss));
    }

    /**
     * A value's gradients are right, by a check with settings.
     *
     * @param loss a value that depends on a variable
     * @param settings such as {@code check -> check.directions(3).seed(7)}
     * @return the report, which confirms them
     * @throws AssertionError if one is wrong or cannot be decided
     * @throws IllegalArgumentException if the value is a constant
     */
    public static CheckReport assertGradient(Value loss, UnaryOperator<GradientCheck> settings) {
        return assertGradient(set(GradientCheck.of(loss), settings));
    }

    /**
     * A program's gradients are right: it is run at other values too, so that a dependence is noticed which its graph
     * does not know of.
     *
     * @param variables where to check
     * @param program from variables, in the same order, to a value; called several times
     * @return the report, which confirms them
     * @throws AssertionError if one is wrong or cannot be decided
     * @throws IllegalArgumentException if one of the values is not a variable
     */
    public static CheckReport assertGradient(List<Value> variables, Function<List<Value>, Value> program) {
        return assertGradient(GradientCheck.of(variables, program));
    }

    /**
     * A program's gradients are right, by a check with settings.
     *
     * @param variables where to check
     * @param program from variables, in the same order, to a value; called several times
     * @param settings such as {@code check -> check.directions(3).seed(7)}
     * @return the report, which confirms them
     * @throws AssertionError if one is wrong or cannot be decided
     * @throws IllegalArgumentException if one of the values is not a variable
     */
    public static CheckReport assertGradient(
            List<Value> variables, Function<List<Value>, Value> program, UnaryOperator<GradientCheck> settings) {
        return assertGradient(set(GradientCheck.of(variables, program), settings));
    }

    /**
     * A hand-written gradient of any function of an array is right.
     *
     * @param function the function; it must not change its argument
     * @param gradient from a point to the partial derivatives there, one per element
     * @param x where to check
     * @return the report, which confirms it
     * @throws AssertionError if an entry is wrong or cannot be decided
     * @throws IllegalArgumentException if the gradient has another length than the point, or is null
     */
    public static CheckReport assertGradient(
            ToDoubleFunction<double[]> function, Function<double[], double[]> gradient, double[] x) {
        return assertGradient(new FunctionWithGradient(function, gradient, x).check());
    }

    /**
     * A hand-written gradient is right, by a check with settings.
     *
     * @param function the function; it must not change its argument
     * @param gradient from a point to the partial derivatives there, one per element
     * @param x where to check
     * @param settings such as {@code check -> check.anySubgradient()}
     * @return the report, which confirms it
     * @throws AssertionError if an entry is wrong or cannot be decided
     * @throws IllegalArgumentException if the gradient has another length than the point, or is null
     */
    public static CheckReport assertGradient(
            ToDoubleFunction<double[]> function,
            Function<double[], double[]> gradient,
            double[] x,
            UnaryOperator<GradientCheck> settings) {
        return assertGradient(set(new FunctionWithGradient(function, gradient, x).check(), settings));
    }

    /**
     * A check confirms its gradient; any check, such as one of a whole network.
     *
     * @param check what is checked, and how
     * @return the report, which confirms it
     * @throws AssertionError if an entry is wrong or cannot be decided
     */
    public static CheckReport assertGradient(GradientCheck check) {
        return require("", requireNonNull(check, "check").run());
    }

    private static GradientCheck set(GradientCheck check, UnaryOperator<GradientCheck> settings) {
        GradientCheck set = requireNonNull(settings, "settings").apply(check);
        return requireNonNull(set, "settings: what it returned");
    }

    /** The report, if it confirms; the subject and a colon stand before the message, unless it is empty. */
    static CheckReport require(String subject, CheckReport report) {
        if (!report.passed()) {
            throw new AssertionFailedError((subject.isEmpty() ? "" : subject + ": ") + report + Advice.on(report));
        }
        return report;
    }
}
