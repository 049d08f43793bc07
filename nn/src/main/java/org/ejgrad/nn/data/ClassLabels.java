package org.ejgrad.nn.data;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Which class a text in a file names: a class name, or the index of a class.
 *
 * <p>Names that are numerals are met by every spelling of their number, {@code 1} by {@code 1.0}; where there are such
 * names no text is an index, since {@code 1} cannot mean both a name and the second class.
 */
final class ClassLabels {
    /** The most classes there are where they have no names. */
    static final int MOST_CLASSES = 1 << 16;

    /** A decimal number as this package reads it, without spaces, infinities or NaN. */
    static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]++\\.?[0-9]*+|\\.[0-9]++)([eE][+-]?[0-9]++)?");

    private static final int LONGEST_NUMERAL = 64;
    private static final int SEVERAL = -1;

    private final List<String> names;
    private final Map<String, Integer> byText = new HashMap<>();
    private final Map<BigDecimal, Integer> byNumber = new HashMap<>();

    ClassLabels(List<String> names) {
        this.names = names;
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            byText.putIfAbsent(names.get(i), i);
            numeral(names.get(i)).ifPresent(number -> byNumber.merge(number, index, (a, b) -> SEVERAL));
        }
    }

    /** The class that a text names, by its text or its number. */
    OptionalInt named(String text) {
        int index = Optional.ofNullable(byText.get(text))
                .or(() -> numeral(text).map(byNumber::get))
                .orElse(SEVERAL);
        return index == SEVERAL ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The class that a text names, or whose index it is, where no name is a numeral. */
    OptionalInt index(String text) {
        OptionalInt named = named(text);
        if (named.isPresent() || !byNumber.isEmpty()) {
            return named;
        }
        double number = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        boolean isIndex = number == Math.rint(number) && number >= 0 && number < classes();
        return isIndex ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    /** What a label may be, for a message. */
    String expected() {
        String indices = "an integer from 0 to " + (classes() - 1);
        if (names.isEmpty()) {
            return indices;
        }
        String named = "one of " + CsvFormat.shortened(names.toString());
        return byNumber.isEmpty() ? indices + " or " + named : named;
    }

    private int classes() {
        return names.isEmpty() ? MOST_CLASSES : names.size();
    }

    /** Each text once, and each number in the spelling that comes first. */
    static Collection<String> spelledOnce(List<String> texts) {
        Map<Object, String> spellings = new HashMap<>();
        texts.forEach(text -> spellings.putIfAbsent(
                numeral(text).<Object>map(number -> number).orElse(text), text));
        return spellings.values();
    }

    /** Whether a text is a number that is not whole. */
    static boolean isFraction(String text) {
        return numeral(text).filter(number -> number.scale() > 0).isPresent();
    }

    /** The number that a text is, the same for all its spellings; none where it is longer than numerals are. */
    static Optional<BigDecimal> numeral(String text) {
        if (text.length() > LONGEST_NUMERAL || !NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text).stripTrailingZeros());
        } catch (ArithmeticException | NumberFormatException exponentTooLong) {
            return Optional.empty();
        }
    }
}
