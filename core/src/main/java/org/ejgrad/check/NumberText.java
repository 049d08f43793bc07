package org.ejgrad.check;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Numbers as text, in the spelling of one language or another. */
final class NumberText {
    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?(?:[0-9]++\\.?+[0-9]*+|\\.[0-9]++)(?:e[+-]?[0-9]{1,9})?");
    private static final Pattern HEXADECIMAL =
            Pattern.compile("[+-]?0x(?:[0-9a-f]++\\.?+[0-9a-f]*+|\\.[0-9a-f]++)p[+-]?[0-9]{1,9}");
    private static final Pattern NAN = Pattern.compile("[+-]?(?:nan(?:\\([^()]*+\\))?|na)");
    private static final Pattern INFINITE = Pattern.compile("[+-]?inf(?:inity)?");

    private NumberText() {}

    /**
     * What a program printed as a number, if it is one: with the exponents of Fortran, the hexadecimal digits of C, and
     * what Python, C, R and Java call numbers that are not finite.
     */
    static OptionalDouble read(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String decimal = lower.replace('d', 'e');
        if (DECIMAL.matcher(decimal).matches()) {
            return OptionalDouble.of(Double.parseDouble(decimal));
        }
        if (HEXADECIMAL.matcher(lower).matches()) {
            return OptionalDouble.of(Double.parseDouble(lower));
        }
        if (NAN.matcher(lower).matches()) {
            return OptionalDouble.of(Double.NaN);
        }
        if (INFINITE.matcher(lower).matches()) {
            return OptionalDouble.of(lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        return OptionalDouble.empty();
    }

    /** Digits that read back exactly; what is not finite as most languages read it. */
    static String of(double number) {
        if (Double.isFinite(number)) {
            return Double.toString(number);
        }
        return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
    }
}
