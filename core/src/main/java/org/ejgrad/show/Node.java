package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

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
    public Node {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        inputs = copy("inputs", inputs);
        requireNonNull(gradient, "gradient");
        contributions = copy("contributions", contributions);
    }

    private static <T> List<T> copy(String name, List<T> list) {
        for (int i = 0; i < requireNonNull(list, name).size(); i++) {
            requireNonNull(list.get(i), name + "[" + i + "]");
        }
        return List.copyOf(list);
    }

    /** {@return the name of this node in every drawing, such as {@code n12}} */
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
