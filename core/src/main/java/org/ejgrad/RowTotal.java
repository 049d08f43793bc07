package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Set;

/**
 * How an operation makes its result in two steps: it equals {@code total(rows(inputs))}, to the same bits.
 *
 * @param rows from the inputs to a matrix, row by row in some of them
 * @param inputs the indices of these inputs
 * @param total from a copy of that matrix to the result
 */
public record RowTotal(Forward rows, Set<Integer> inputs, Forward total) {
    public RowTotal {
        requireNonNull(rows, "rows");
        inputs = Set.copyOf(requireNonNull(inputs, "inputs"));
        requireNonNull(total, "total");
    }
}
