package org.ejgrad.nn.tune;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.ejgrad.Elementary;
import org.ejgrad.PlainText;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;

/** The settings to choose from, by name. A space never changes; each method gives another one with a name more. */
public final class Space {
    private final Map<String, Dimension> dimensions;

    /** What one name can be; a range has no list of choices. */
    private record Dimension(List<Object> choices, Function<RandomStream, Object> draw) {}

    private Space(Map<String, Dimension> dimensions) {
        this.dimensions = dimensions;
    }

    /** {@return a space without names} */
    public static Space empty() {
        return new Space(Map.of());
    }

    /**
     * {@return this space and a name with some values, all equally likely}
     *
     * @param values of any type, at least one, whose texts differ
     * @throws IllegalArgumentException if there is no value, two have the same text, or the name is taken
     */
    public Space choices(String name, Object... values) {
        requireNonNull(name, "name");
        List<Object> choices = Require.elements(values, "values");
        List<String> texts = choices.stream().map(Settings::text).toList();
        if (choices.isEmpty() || texts.stream().distinct().count() < texts.size()) {
            throw new IllegalArgumentException(PlainText.line(
                    "choices: \"" + name + "\" is one of " + texts + "; expected different texts, at least 1"));
        }
        return with(name, new Dimension(choices, stream -> choices.get(stream.nextInt(choices.size()))));
    }

    /**
     * {@return this space and a name with a range of numbers, all equally likely}
     *
     * @throws IllegalArgumentException if low is not below high, the range is not finite, or the name is taken
     */
    public Space uniform(String name, double low, double high) {
        requireOrder(
                "uniform",
                requireNonNull(name, "name"),
                Require.finite(low, "uniform: low"),
                Require.finite(high, "uniform: high"));
        Require.finite(high - low, "uniform: high - low");
        return with(name, new Dimension(List.of(), stream -> stream.nextDouble(low, high)));
    }

    /**
     * {@return this space and a name with a range of numbers, all orders of magnitude equally likely}
     *
     * @throws IllegalArgumentException if low is not below high, both are not finite and above 0, or the name is taken
     */
    public Space logUniform(String name, double low, double high) {
        requireOrder(
                "logUniform",
                requireNonNull(name, "name"),
                Require.positive(low, "logUniform: low"),
                Require.positive(high, "logUniform: high"));
        double from = Elementary.log(low);
        double to = Elementary.log(high);
        return with(
                name,
                new Dimension(
                        List.of(),
                        stream -> Math.max(low, Math.min(high, Elementary.exp(stream.nextDouble(from, to))))));
    }

    /**
     * {@return this space and a name with a range of whole numbers, all equally likely}
     *
     * @param high inclusive, as is low
     * @throws IllegalArgumentException if low is not below high, or the name is taken
     */
    public Space whole(String name, int low, int high) {
        requireOrder("whole", requireNonNull(name, "name"), low, high);
        return with(name, new Dimension(List.of(), stream -> (int) Math.floor(stream.nextDouble(low, high + 1.0))));
    }

    private static void requireOrder(String call, String name, double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException(call + ": \"" + PlainText.line(name) + "\" is from " + low + " to "
                    + high + "; expected low below high");
        }
    }

    private Space with(String name, Dimension dimension) {
        Map<String, Dimension> more = new LinkedHashMap<>(dimensions);
        if (more.put(name, dimension) != null || name.isBlank()) {
            throw new IllegalArgumentException(PlainText.line(
                    "\"" + name + "\" is beside " + dimensions.keySet() + "; expected a new name that is not blank"));
        }
        return new Space(more);
    }

    /**
     * {@return every combination of the choices once, the last name changing fastest}
     *
     * @throws IllegalArgumentException if a name has a range, or there are more than 10,000 combinations
     */
    public List<Settings> grid() {
        long combinations = 1;
        for (Map.Entry<String, Dimension> each : dimensions.entrySet()) {
            if (each.getValue().choices().isEmpty()) {
                throw new IllegalArgumentException(
                        "grid: \"" + PlainText.line(each.getKey()) + "\" is a range; expected choices");
            }
            combinations = Math.min(combinations * each.getValue().choices().size(), Integer.MAX_VALUE);
        }
        Require.atMost((int) combinations, Search.MOST_TRIALS, "grid: combinations");
        List<Map<String, Object>> product = List.of(Map.of());
        for (Map.Entry<String, Dimension> each : dimensions.entrySet()) {
            List<Map<String, Object>> longer = new ArrayList<>();
            for (Map<String, Object> combination : product) {
                for (Object choice : each.getValue().choices()) {
                    Map<String, Object> more = new LinkedHashMap<>(combination);
                    more.put(each.getKey(), choice);
                    longer.add(more);
                }
            }
            product = longer;
        }
        return product.stream().map(Settings::new).toList();
    }

    /** {@return settings drawn at random, each name by itself} */
    public Settings draw(RandomStream stream) {
        requireNonNull(stream, "stream");
        Map<String, Object> drawn = new LinkedHashMap<>();
        dimensions.forEach((name, dimension) -> drawn.put(name, dimension.draw().apply(stream)));
        return new Settings(drawn);
    }
}
