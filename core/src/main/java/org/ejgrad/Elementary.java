package org.ejgrad;

/**
 * The elementary functions whose last digit Java leaves open, and the strict mode, which settles it.
 *
 * <p>{@link Math} may give either of two neighbours; which, depends on the processor, the version of Java and whether
 * the JVM has code of its own for the function. {@link StrictMath} prescribes every digit. With
 * {@code -Dejgrad.strict=true} on the command line these functions are StrictMath's. As every kernel adds in an order
 * that depends on shapes alone, on one thread, a program then gives the same bits on every Java platform from 17 on,
 * interpreted or compiled, with any collector, locale and number of threads. Exponentials and logarithms take longer.
 *
 * <p>One place is left to Math: when fifteen steps have not separated an eigenvalue or a singular value, EJML turns by
 * a random angle, with Math's sine and cosine. None of 3.6 million matrices of many kinds came to that.
 *
 * <p>All of ejgrad computes with these functions, and so should an operation of your own; what Java specifies to the
 * last bit ({@code sqrt}, {@code fma}, {@code abs}, {@code scalb} and the like) is {@link Math}'s.
 */
public final class Elementary {
    // A constant for the compiler: the branch not taken costs nothing.
    private static final boolean STRICT = !"false".equals(System.getProperty("ejgrad.strict", "false"));

    private Elementary() {}

    /**
     * {@return whether the functions are StrictMath's: whether the system property {@code ejgrad.strict} was set when
     * this class was loaded, to anything but {@code false}}
     */
    public static boolean isStrict() {
        return STRICT;
    }

    // ---- exponentials, logarithms, powers ---------------------------------------------------------------------------

    /** {@return eˣ} */
    public static double exp(double x) {
        return STRICT ? StrictMath.exp(x) : Math.exp(x);
    }

    /** {@return eˣ − 1} */
    public static double expm1(double x) {
        return STRICT ? StrictMath.expm1(x) : Math.expm1(x);
    }

    /** {@return ln x} */
    public static double log(double x) {
        return STRICT ? StrictMath.log(x) : Math.log(x);
    }

    /** {@return ln(1 + x)} */
    public static double log1p(double x) {
        if (STRICT) {
            return StrictMath.log1p(x);
        }
        // Processors have code for ln alone; its argument is rounded, and the slope 1/sum brings back what that lost.
        double sum = 1 + x;
        double lost = x - (sum - 1);
        return sum == 1 ? x : Math.abs(lost) > 0 ? Math.log(sum) + lost / sum : Math.log(sum);
    }

    /** {@return log₁₀ x} */
    public static double log10(double x) {
        return STRICT ? StrictMath.log10(x) : Math.log10(x);
    }

    /** {@return aᵇ, as {@link Math#pow} has it} */
    public static double pow(double a, double b) {
        return STRICT ? StrictMath.pow(a, b) : Math.pow(a, b);
    }

    // ---- circular functions -----------------------------------------------------------------------------------------

    /** {@return sin x, of radians} */
    public static double sin(double x) {
        return STRICT ? StrictMath.sin(x) : Math.sin(x);
    }

    /** {@return cos x, of radians} */
    public static double cos(double x) {
        return STRICT ? StrictMath.cos(x) : Math.cos(x);
    }

    /** {@return tan x, of radians} */
    public static double tan(double x) {
        return STRICT ? StrictMath.tan(x) : Math.tan(x);
    }

    /** {@return the angle from −π/2 to π/2 whose sine is x} */
    public static double asin(double x) {
        return STRICT ? StrictMath.asin(x) : Math.asin(x);
    }

    /** {@return the angle from 0 to π whose cosine is x} */
    public static double acos(double x) {
        return STRICT ? StrictMath.acos(x) : Math.acos(x);
    }

    /** {@return the angle from −π/2 to π/2 whose tangent is x} */
    public static double atan(double x) {
        return STRICT ? StrictMath.atan(x) : Math.atan(x);
    }

    /** {@return the angle from −π to π of the point (b, a)} */
    public static double atan2(double a, double b) {
        return STRICT ? StrictMath.atan2(a, b) : Math.atan2(a, b);
    }

    // ---- hyperbolic functions ---------------------------------------------------------------------------------------

    /** {@return (eˣ − e⁻ˣ)/2} */
    public static double sinh(double x) {
        return STRICT ? StrictMath.sinh(x) : Math.sinh(x);
    }

    /** {@return (eˣ + e⁻ˣ)/2} */
    public static double cosh(double x) {
        return STRICT ? StrictMath.cosh(x) : Math.cosh(x);
    }

    /** {@return (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ)} */
    public static double tanh(double x) {
        return STRICT ? StrictMath.tanh(x) : Math.tanh(x);
    }
}
