package org.ejgrad.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/**
 * What a JUnit test class implements so that its {@link GradientTest} methods are run.
 *
 * <p>Such a method returns a loss, a {@link FunctionWithGradient}, or a {@code GradientCheck} of its own making; JUnit
 * runs no method of its own that returns something, so this interface brings the one that runs them. The annotations
 * are its members: a class that implements it needs no import for them, and one that forgets to does not compile.
 *
 * <pre>{@code
 * import org.ejgrad.Value;
 * import org.ejgrad.testing.FunctionWithGradient;
 * import org.ejgrad.testing.GradientTests;
 *
 * class LossTest implements GradientTests {
 *     @GradientTest(seeds = {1, 2, 3}, points = @Point({0, 0, 0, 0}))
 *     Value softplus(@Variable(rows = 2, columns = 2, low = -3, high = 3) Value x) {
 *         return x.elementExp().plus(1).elementLog().elementSum();
 *     }
 *
 *     @GradientTest
 *     FunctionWithGradient product(@Variable(columns = 2) double[] x) {
 *         return new FunctionWithGradient(v -> v[0] * v[1], v -> new double[] {v[1], v[0]}, x);
 *     }
 * }
 * }</pre>
 *
 * <p>Each seed and each point is a test of its own, on an instance of its own, between the methods that JUnit runs
 * before and after each test.
 */
public interface GradientTests {
    /**
     * Runs one method at one point; for JUnit to call.
     *
     * @param check the method, with its arguments
     * @throws Throwable what the method throws, or an {@link AssertionError} if its gradient is not confirmed
     */
    @TestTemplate
    @ExtendWith(GradientTestExtension.class)
    default void gradient(Executable check) throws Throwable {
        check.execute();
    }

    /**
     * A method whose gradient is checked.
     *
     * <p>Its parameters are a {@code Value} or a {@code double[]} with {@link Variable}, a {@code java.util.Random} or
     * a {@code long} for the seed. Of a loss, all variables are checked: those given to the method, for which it is run
     * anew at other values, and those it has made itself, such as a network's parameters.
     */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface GradientTest {
        /** {@return a test for each: it draws the variables' elements, and all random numbers of the check} */
        long[] seeds() default {1, 2, 3};

        /** {@return a test for each: the variables' elements, under the first seed} */
        Point[] points() default {};

        /** {@return along how many random directions to look; 0 for every entry} */
        int directions() default 0;

        /** {@return how many entries to look at, chosen at random; 0 for every one} */
        int entries() default 0;

        /** {@return how narrow a bar must be; 0 for the checker's own choice} */
        double tolerance() default 0;

        /** {@return whether any slope between the one-sided ones passes at a kink} */
        boolean anySubgradient() default false;
    }

    /** A parameter of the method that is a variable, or the array of its elements row by row. */
    @Documented
    @Target(ElementType.PARAMETER)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Variable {
        /** {@return how many rows} */
        int rows() default 1;

        /** {@return how many columns} */
        int columns() default 1;

        /** {@return the smallest random element} */
        double low() default -1;

        /** {@return the bound of the random elements, which they do not reach} */
        double high() default 1;
    }

    /** Elements of all variables of the method, in their order, each row by row. */
    @Documented
    @Target({})
    @Retention(RetentionPolicy.RUNTIME)
    @interface Point {
        /** {@return the elements} */
        double[] value();
    }
}
