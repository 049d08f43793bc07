package org.ejgrad.nn.arguments;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for people, written the same everywhere. */
public final class Figures {
    private static final int MOST_ZEROS = 4;

    private Figures() {}

    /** {@return how many of what a noun names, such as {@code 1 class} and {@code 2 classes}} */
    public static String counted(long count, String noun) {
        return count + " " + requireNonNull(noun, "noun") + (count == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }

    /**
     * {@return a number rounded to so many digits, without zeros behind the point, with an exponent below 1e-4 and from
     * ten times as much on as the digits can tell}
     *
     * @throws IllegalArgumentException if digits is less than 1
     */
    public static String rounded(double number, int digits) {
        Require.atLeast(digits, 1, "digits");
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        BigDecimal rounded =
                new BigDecimal(number).round(new MathContext(digits)).stripTrailingZeros();
        int power = rounded.precision() - rounded.scale() - 1;
        return power < -MOST_ZEROS || power > digits ? scientific(rounded, power) : rounded.toPlainString();
    }

    private static String scientific(BigDecimal rounded, int power) {
        return rounded.signum() == 0 ? "0" : rounded.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
    }
}
