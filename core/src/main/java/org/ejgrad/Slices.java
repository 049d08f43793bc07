package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which inputs an operation takes line by line.
 *
 * @param columns of these a column of the result needs that column only
 * @param rows of these a row of the result needs that row only
 * @param total of what rows the result is made, if it is
 * @param again how rows are computed where elements of the first input have moved, if there is a quicker way
 */
record Slices(Set<Integer> columns, Set<Integer> rows, Optional<RowTotal> total, Optional<RowsAgain> again) {
    static final Slices NONE = of();

    /** These inputs go both column by column and row by row. */
    static Slices of(Integer... both) {
        return new Slices(Set.of(both), Set.of(both), Optional.empty(), Optional.empty());
    }

    Slices withColumns(Set<Integer> inputs) {
        return new Slices(inputs, rows, total, again);
    }

    Slices withRows(Set<Integer> inputs) {
        return new Slices(columns, inputs, total, again);
    }

    Slices with(RowTotal known) {
        return new Slices(columns, rows, Optional.of(known), again);
    }

    Slices with(RowsAgain known) {
        return new Slices(columns, rows, total, Optional.of(known));
    }

    /** These inputs, which must be among those that there are rules for. */
    static Set<Integer> inputs(String call, List<?> rules, int... inputs) {
        for (int input : requireNonNull(inputs, "inputs")) {
            Calls.at(call, "input", input, rules);
        }
        return IntStream.of(inputs).boxed().collect(Collectors.toUnmodifiableSet());
    }
}
