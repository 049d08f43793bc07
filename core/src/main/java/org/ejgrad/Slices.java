package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which inputs an operation takes line by line.
 *
 * @param columns of these a column of the result needs that column only
 * @param rows of these a row of the result needs that row only
 */
record Slices(Set<Integer> columns, Set<Integer> rows) {
    static final Slices NONE = new Slices(Set.of(), Set.of());

    /** These inputs, which must be among those that there are rules for. */
    static Set<Integer> inputs(String call, List<?> rules, int... inputs) {
        for (int input : requireNonNull(inputs, "inputs")) {
            Calls.at(call, "input", input, rules);
        }
        return IntStream.of(inputs).boxed().collect(Collectors.toUnmodifiableSet());
    }
}
