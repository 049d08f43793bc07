package org.ejgrad.examples.playground;

import java.math.BigDecimal;
import java.math.MathContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejgrad.nn.arguments.Nearest;

/**
 * The fields of a query or a form, {@code a=1&b=2}. Each is read with its default and its limits; whatever is wrong is
 * an IllegalArgumentException with a sentence that names the field as the page does.
 */
final class Fields {
    private static final int MOST_FIELDS = 64;

    private final Map<String, String> texts;
    private final Map<String, String> titles;

    private Fields(Map<String, String> texts, Map<String, String> titles) {
        this.texts = texts;
        this.titles = titles;
    }

    static Fields of(String query) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String field : query.isEmpty() ? new String[0] : query.split("&", MOST_FIELDS + 1)) {
            int equals = field.indexOf('=');
            String name = decoded(equals < 0 ? field : field.substring(0, equals));
            if (texts.put(name, equals < 0 ? "" : decoded(field.substring(equals + 1))) != null) {
                throw new IllegalArgumentException(shown(name) + " is there twice; expected once");
            }
        }
        if (texts.size() > MOST_FIELDS) {
            throw new IllegalArgumentException("there are more than " + MOST_FIELDS + " fields");
        }
        return new Fields(texts, Map.of());
    }

    /** The same, each under the title that it has on a page. */
    Fields titled(Map<String, String> names) {
        return new Fields(texts, names);
    }

    /** Refuses fields that nobody asks for. */
    void requireOnly(List<String> known) {
        for (String name : texts.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no setting " + shown(name) + "; expected some of " + known
                        + Nearest.question(name, known));
            }
        }
    }

    private String title(String name) {
        return titles.getOrDefault(name, name);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A text that came from outside, fit for a message. */
    static String shown(String text) {
        String start = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        return "\"" + start.replaceAll("\\p{C}", "?") + "\"";
    }

    String text(String name, String otherwise) {
        return texts.getOrDefault(name, otherwise);
    }

    boolean has(String name) {
        return texts.containsKey(name);
    }

    double number(String name, double otherwise, double low, double high) {
        return texts.containsKey(name) ? number(title(name), texts.get(name), low, high) : otherwise;
    }

    private static double number(String title, String text, double low, double high) {
        double number;
        try {
            number = Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            number = Double.NaN;
        }
        if (!(number >= low && number <= high)) {
            throw new IllegalArgumentException(
                    title + " is " + shown(text) + "; expected a number from " + plain(low) + " to " + plain(high));
        }
        return number;
    }

    /** For example {@code 1000}, {@code 0.001} and {@code 1e-9}. */
    static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number).replace(".0E", "e").replace('E', 'e');
    }

    /** Three digits of a number, as the page writes them. */
    static String brief(double number) {
        return plain(new BigDecimal(number).round(new MathContext(3)).doubleValue())
                .replace('-', '−');
    }

    long whole(String name, long otherwise, long low, long high) {
        return texts.containsKey(name) ? whole(name, texts.get(name), low, high, "a whole number", "") : otherwise;
    }

    /** A part of a field, which is named as a whole: an empty part alone would look like an empty field. */
    private long whole(String name, String part, long low, long high, String expected, String otherwise) {
        try {
            long number = Long.parseLong(part);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // said below
        }
        throw new IllegalArgumentException(title(name) + " is " + shown(text(name, part)) + "; expected " + expected
                + " from " + low + " to " + high + otherwise);
    }

    /** Numbers between commas; none if the text is empty. */
    double[] numbers(String name, String otherwise, int most, double low, double high) {
        return numbers(name, otherwise, most, low, high, i -> "number " + (i + 1) + " of " + title(name));
    }

    /** Numbers between commas, each with a title of its own, by how many stand before it. */
    double[] numbers(
            String name, String otherwise, int most, double low, double high, IntFunction<String> titleOfNumber) {
        String[] parts = list(name, otherwise, most);
        return IntStream.range(0, parts.length)
                .mapToDouble(i -> number(titleOfNumber.apply(i), parts[i], low, high))
                .toArray();
    }

    /** Whole numbers between commas; none if the text is empty. */
    List<Integer> wholes(String name, String otherwise, int most, int low, int high) {
        return Arrays.stream(list(name, otherwise, most))
                .map(part -> (int) whole(name, part, low, high, "whole numbers between commas, each", ", or nothing"))
                .toList();
    }

    /** Parts between commas. */
    private String[] list(String name, String otherwise, int most) {
        String text = text(name, otherwise);
        String[] parts = text.isEmpty() ? new String[0] : text.split(",", most + 1);
        if (parts.length > most) {
            throw new IllegalArgumentException(
                    title(name) + " has more than " + most + " parts between commas; expected at most " + most);
        }
        return parts;
    }

    /** One of some constants, by its name in small letters. */
    <E extends Enum<E>> E choice(String name, E otherwise) {
        return choice(title(name), text(name, id(otherwise)), otherwise.getDeclaringClass());
    }

    /** Several constants, each once; at least one. */
    <E extends Enum<E>> List<E> choices(String name, List<E> otherwise) {
        Class<E> type = otherwise.get(0).getDeclaringClass();
        List<E> chosen = texts.containsKey(name)
                ? Arrays.stream(list(name, "", type.getEnumConstants().length))
                        .map(text -> choice(title(name), text, type))
                        .toList()
                : otherwise;
        if (chosen.isEmpty() || Set.copyOf(chosen).size() < chosen.size()) {
            throw new IllegalArgumentException(title(name) + " is " + shown(text(name, ""))
                    + "; expected at least one of " + ids(type) + ", each once");
        }
        return chosen;
    }

    private static <E extends Enum<E>> E choice(String title, String text, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> id(each).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(title + " is " + shown(text) + "; expected one of " + ids(type)));
    }

    private static List<String> ids(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants()).map(Fields::id).toList();
    }

    /** What a constant is called in an address. */
    static String id(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
