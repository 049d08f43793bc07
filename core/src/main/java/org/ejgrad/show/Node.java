package org.ejgrad.show;

import java.util.List;
import java.util.Optional;
import org.ejgrad.Value;

/**
 * One value of a graph, with its number and what the backward walk says of it.
 *
 * @param number its place in the graph's list: every input has a smaller number
 * @param name what drawings call it: the value's label unless another was given, possibly empty
 * @param value the value
 * @param inputs the numbers of the values that its operation was applied to, in order, repeated if one is used twice
 * @param gradient the gradient that arrives at the value, if it was asked for and there is one
 * @param contributions what this value passes on to each of its inputs, in order; empty for constant inputs, and for
 *     all of them if there is no gradient
 */
public record Node(
        int number,
        String name,
        Value value,
        List<Integer> inputs,
        Optional<Value> gradient,
        List<Optional<Value>> contributions) {
    /**
     * Copies the lists.
     *
     * @param number its place in the graph's list
     * @param name what drawings call it
     * @param value the value
     * @param inputs the numbers of its inputs
     * @param gradient the gradient that arrives at it
     * @param contributions what it passes on to each input
     */
    public Node {
        inputs = List.copyOf(inputs);
        contributions = List.copyOf(contributions);
    }

    /**
     * The name of this node in every drawing.
     *
     * @return for example {@code n12}
     */
    public String id() {
        return id(number);
    }

    Node named(String other) {
        return new Node(number, other, value, inputs, gradient, contributions);
    }

    static String id(int number) {
        return "n" + number;
    }

    /** What made the value: {@code variable}, {@code constant} or {@code result}. */
    String kind() {
        return value.isVariable() ? "variable" : value.isConstant() ? "constant" : "result";
    }

    /** The formula by which the input at a position receives its part of the gradient. */
    String formula(int position) {
        return value.operation().rules().get(position).formula();
    }
}
