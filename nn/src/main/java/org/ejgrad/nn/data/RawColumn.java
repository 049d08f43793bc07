package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/**
 * A column of a table that a {@link Preparation} makes inputs of: one of a number, one per category of a text.
 *
 * @param name its name in the table
 * @param kind what its cells are taken for
 * @param categories the texts of the training rows in the order of their inputs, "" for a missing cell; none for a
 *     number
 * @param fill what is put in the place of a missing number, if anything
 */
public record RawColumn(String name, ColumnKind kind, List<String> categories, OptionalDouble fill) {
    /** A column. */
    public RawColumn {
        requireNonNull(name, "name");
        requireNonNull(kind, "kind");
        categories = Require.elements(categories, "categories");
        requireNonNull(fill, "fill");
    }

    /** {@return whether its categories are numbers: then a cell is the same one in every spelling, as 1 and 1.0} */
    public boolean isOfNumbers() {
        return kind == ColumnKind.TEXT
                && categories.stream()
                        .allMatch(text ->
                                text.isEmpty() || ClassLabels.numeral(text).isPresent());
    }

    /** Its inputs, for example {@code weight, 2.5 if it is missing} or {@code colour=green, colour=red}. */
    @Override
    public String toString() {
        return PlainText.line(featureNames().collect(Collectors.joining(", ")))
                + (fill.isPresent() ? ", " + fill.getAsDouble() + " if it is missing" : "");
    }

    /** The names of the inputs that are made of it. */
    Stream<String> featureNames() {
        return kind == ColumnKind.NUMBER
                ? Stream.of(name)
                : categories.stream().map(category -> name + "=" + (category.isEmpty() ? "(missing)" : category));
    }
}
