package org.ejgrad.nn.data;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** How the numbers of a file are written: with a decimal point, or with a decimal comma. */
record Numerals(boolean decimalComma) {
    private static final int LONGEST = 64;

    /** A day, such as 24.12.2023: a thousand has three digits behind each mark. */
    private static final Pattern DATE = Pattern.compile("[0-9]{1,2}\\.[0-9]{1,2}\\.([0-9]{2}|[0-9]{4})");

    /** What stands between the digits of numbers somewhere, besides spaces. */
    private static final String MARKS = ".,'’";

    /** The number that a text is, or NaN where it is no finite number. */
    double value(String text) {
        String plain = plain(text);
        if (!ClassLabels.NUMBER.matcher(plain).matches()) {
            return Double.NaN;
        }
        double number = Double.parseDouble(plain);
        return Double.isInfinite(number) ? Double.NaN : number;
    }

    /** Whether a text is a number, or nothing, as a missing cell. */
    boolean isNumberOrNone(String text) {
        return text.isEmpty() || !Double.isNaN(value(text));
    }

    /** A number with a decimal point instead of a comma; one with a point is none where commas are decimal. */
    String plain(String text) {
        return decimalComma ? text.replace('.', ' ').replace(',', '.') : text;
    }

    /** Whether a text is a number, or was perhaps meant as one: with other marks, a currency or a percent sign. */
    boolean isLikeANumber(String text) {
        return ClassLabels.NUMBER.matcher(plain(text)).matches()
                || (!DATE.matcher(text).matches()
                        && isOfDigitsAnd(
                                text, c -> isMark(c) || c == '%' || Character.getType(c) == Character.CURRENCY_SYMBOL));
    }

    private static boolean isMark(int c) {
        return MARKS.indexOf(c) >= 0 || Character.isSpaceChar(c);
    }

    private static boolean isOfDigitsAnd(String text, IntPredicate other) {
        int sign = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        return text.length() <= LONGEST
                && text.chars().anyMatch(Numerals::isDigit)
                && text.substring(sign).chars().allMatch(c -> isDigit(c) || other.test(c));
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Why a text is no number. */
    String fault(String text) {
        String quoted = CsvFormat.quoted(text);
        if (text.isEmpty()) {
            return "the cell is blank; expected a number";
        }
        if (ClassLabels.NUMBER.matcher(plain(text)).matches()) {
            return quoted + " is too large for a double";
        }
        String fault = quoted + " is not a number; expected one like " + (decimalComma ? "-12,5e3" : "-12.5e3");
        if (!isOfDigitsAnd(text, Numerals::isMark) || !text.equals(text.strip())) {
            return fault;
        }
        boolean isOtherMark = text.chars().filter(Numerals::isMark).count() == 1 && text.matches(".*[.,].*");
        return isOtherMark
                ? fault + ", with a decimal "
                        + (decimalComma ? "comma, not a point" : "point, not a comma, as withDecimalComma() reads it")
                : fault + ", without thousands separators";
    }
}
