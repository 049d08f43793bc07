package org.ejgrad.nn.tune;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.Map;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/**
 * A value for each name of a space.
 *
 * @param values by name, in the order of the space
 */
public record Settings(Map<String, Object> values) {
    /** Copies the map, not the values. */
    public Settings {
        values = Require.entries(values, "values");
    }

    /**
     * {@return a setting that is a number, as from a range}
     *
     * @throws IllegalArgumentException if there is no such setting, or it is no number
     */
    public double number(String name) {
        return get(name, Number.class).doubleValue();
    }

    /**
     * {@return a setting that is a whole number}
     *
     * @throws IllegalArgumentException if there is no such setting, or it is no {@link Integer}
     */
    public int whole(String name) {
        return get(name, Integer.class);
    }

    /**
     * {@return a setting of any type}
     *
     * @throws IllegalArgumentException if there is no such setting, or it is of another type
     */
    public <T> T get(String name, Class<T> type) {
        requireNonNull(type, "type");
        Object value = values.get(requireNonNull(name, "name"));
        if (value == null) {
            throw new IllegalArgumentException(
                    PlainText.line("there is no setting \"" + name + "\"; expected one of " + values.keySet()));
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("the setting \"" + PlainText.line(name + "\" is " + value)
                    + "; expected one of type " + type.getSimpleName());
        }
        return type.cast(value);
    }

    /** {@return names and values, such as {@code rate 0.01, width 8}} */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(setting -> PlainText.line(setting.getKey() + " " + text(setting.getValue())))
                .collect(joining(", "));
    }

    /** On one line, by which values are told apart. */
    static String text(Object value) {
        return String.valueOf(value).replaceAll("[\\s\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
    }
}
