package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is known of an operation beside its function: which inputs it takes line by line, and what it means.
 *
 * @param columns of these a column of the result needs that column only
 * @param rows of these a row of the result needs that row only
 * @param total of what rows the result is made, if it is
 * @param again how rows are computed where elements of the first input have moved, if there is a quicker way
 * @param <P> what a program is
 * @param meaning a program of other operations that computes the same, if there is one to show
 */
record Traits<P>(
        Set<Integer> columns,
        Set<Integer> rows,
        Optional<RowTotal> total,
        Optional<RowsAgain> again,
        Optional<P> meaning) {
    static <P> Traits<P> none() {
        return of();
    }

    /** These inputs go both column by column and row by row. */
    static <P> Traits<P> of(Integer... both) {
        return new Traits<>(Set.of(both), Set.of(both), Optional.empty(), Optional.empty(), Optional.empty());
    }

    Traits<P> withColumns(Set<Integer> inputs) {
        return new Traits<>(inputs, rows, total, again, meaning);
    }

    Traits<P> withRows(Set<Integer> inputs) {
        return new Traits<>(columns, inputs, total, again, meaning);
    }

    Traits<P> with(RowTotal known) {
        return new Traits<>(columns, rows, Optional.of(known), again, meaning);
    }

    Traits<P> with(RowsAgain known) {
        return new Traits<>(columns, rows, total, Optional.of(known), meaning);
    }

    Traits<P> withMeaning(P program) {
        return new Traits<>(columns, rows, total, again, Optional.of(program));
    }

    /** These inputs, which must be among those that there are rules for. */
    static Set<Integer> inputs(String call, List<?> rules, int... inputs) {
        for (int input : requireNonNull(inputs, "inputs")) {
            Calls.at(call, "input", input, rules);
        }
        return IntStream.of(inputs).boxed().collect(Collectors.toUnmodifiableSet());
    }
}
