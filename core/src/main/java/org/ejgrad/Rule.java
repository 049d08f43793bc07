package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * The derivative rule of one input of an {@link Operation}: how the gradient that arrives at the output becomes the
 * gradient of that input.
 *
 * <p>In every rule {@code x} (or {@code a}, {@code b} and {@code c}) are the inputs, {@code y} is the output, and
 * {@code dy} is the gradient arriving at {@code y}; the rule returns the gradient of its own input, in that input's
 * shape. Rules are written on {@link Value}s, so a gradient is itself a program that can be differentiated: derivatives
 * of any order need no second rule.
 *
 * <p>What a rule reads as numbers, by {@link Value#matrix} or {@link Value#get}, counts as constant when the gradient
 * is differentiated again: right for a choice between pieces, silently 0 for anything else. A
 * {@link org.ejgrad.check.GradientCheck} of a program that computes the gradient notices.
 *
 * <p>Where a slope may be infinite, write {@link Value#timesOrZero} and {@link Value#overOrZero}: a gradient of 0 stays
 * 0, so that a branch not taken stays silent.
 *
 * @param formula the rule as text, such as {@code "dy·bᵀ"}; drawings and tables show it
 * @param function the rule as code
 */
public record Rule(String formula, Function function) {
    public Rule {
        requireNonNull(formula, "formula");
        requireNonNull(function, "function");
    }

    /** The rule of an operation with any number of inputs. */
    @FunctionalInterface
    public interface Function {
        /** {@return the gradient of the rule's own input} */
        Value gradient(List<Value> inputs, Value y, Value dy);
    }

    /** The rule of an operation with one input. */
    @FunctionalInterface
    public interface Unary {
        /** {@return the gradient of x} */
        Value gradient(Value x, Value y, Value dy);
    }

    /** The rule for one of the inputs of an operation with two. */
    @FunctionalInterface
    public interface Binary {
        /** {@return the gradient of the rule's own input} */
        Value gradient(Value a, Value b, Value y, Value dy);
    }

    /** The rule for one of the inputs of an operation with three. */
    @FunctionalInterface
    public interface Ternary {
        /** {@return the gradient of the rule's own input} */
        Value gradient(Value a, Value b, Value c, Value y, Value dy);
    }

    /** The gradient of any one input of an operation whose number of inputs is not fixed. */
    @FunctionalInterface
    public interface Indexed {
        /** {@return the gradient of the input with that index} */
        Value gradient(int index, List<Value> inputs, Value y, Value dy);
    }

    /** A rule for an operation with one input. */
    public static Rule rule(String formula, Unary rule) {
        requireNonNull(rule, "rule");
        return new Rule(
                formula,
                (inputs, y, dy) -> rule.gradient(Calls.exactly(1, inputs).get(0), y, dy));
    }

    /** A rule for one input of an operation with two. */
    public static Rule rule(String formula, Binary rule) {
        requireNonNull(rule, "rule");
        return new Rule(
                formula,
                (inputs, y, dy) -> rule.gradient(Calls.exactly(2, inputs).get(0), inputs.get(1), y, dy));
    }

    /** A rule for one input of an operation with three. */
    public static Rule rule(String formula, Ternary rule) {
        requireNonNull(rule, "rule");
        return new Rule(
                formula,
                (inputs, y, dy) -> rule.gradient(Calls.exactly(3, inputs).get(0), inputs.get(1), inputs.get(2), y, dy));
    }
}
