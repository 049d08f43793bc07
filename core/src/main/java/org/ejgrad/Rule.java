package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/**
 * The derivative rule of one input of an {@link Operation}: how the gradient that arrives at the output becomes the
 * gradient of that input.
 *
 * <p>In every rule {@code x} (or {@code a} and {@code b}) are the inputs, {@code y} is the output, and {@code dy} is
 * the gradient arriving at {@code y}; the rule returns the gradient of its own input, in that input's shape. Rules are
 * written on {@link Value}s, so a gradient is itself a program that can be differentiated: derivatives of any order
 * need no second rule.
 *
 * @param formula the rule as text, such as {@code "dy·bᵀ"}; drawings and tables show it
 * @param function the rule as code
 */
public record Rule(String formula, Function function) {
    /**
     * Refuses missing parts.
     *
     * @param formula the rule as text, such as {@code "dy·bᵀ"}; drawings and tables show it
     * @param function the rule as code
     */
    public Rule {
        requireNonNull(formula, "formula");
        requireNonNull(function, "function");
    }

    /** The rule of an operation with any number of inputs. */
    @FunctionalInterface
    public interface Function {
        /**
         * The gradient of one input.
         *
         * @param inputs the operation's inputs, in order
         * @param y the output
         * @param dy the gradient arriving at the output, in the output's shape
         * @return the gradient of the rule's own input, in that input's shape
         */
        Value gradient(List<Value> inputs, Value y, Value dy);
    }

    /** The rule of an operation with one input. */
    @FunctionalInterface
    public interface Unary {
        /**
         * The gradient of the input.
         *
         * @param x the input
         * @param y the output
         * @param dy the gradient arriving at the output
         * @return the gradient of x, in x's shape
         */
        Value gradient(Value x, Value y, Value dy);
    }

    /** The rule for one of the inputs of an operation with two. */
    @FunctionalInterface
    public interface Binary {
        /**
         * The gradient of one of the inputs.
         *
         * @param a the first input
         * @param b the second input
         * @param y the output
         * @param dy the gradient arriving at the output
         * @return the gradient of the rule's own input, in that input's shape
         */
        Value gradient(Value a, Value b, Value y, Value dy);
    }

    /** A rule on plain matrices, for code that has no counterpart on values. */
    @FunctionalInterface
    public interface OnMatrices {
        /**
         * The gradient of one input.
         *
         * @param inputs the inputs' matrices, which must not be changed
         * @param y the output's matrix, which must not be changed
         * @param dy the matrix of the gradient arriving at the output, which must not be changed
         * @return the gradient of the rule's own input, a new matrix
         */
        DMatrixRMaj gradient(List<DMatrixRMaj> inputs, DMatrixRMaj y, DMatrixRMaj dy);
    }

    /**
     * A rule for an operation with one input.
     *
     * @param formula the rule as text
     * @param rule the rule as code
     * @return the rule
     */
    public static Rule rule(String formula, Unary rule) {
        requireNonNull(rule, "rule");
        return new Rule(formula, (inputs, y, dy) -> rule.gradient(inputs.get(0), y, dy));
    }

    /**
     * A rule for one input of an operation with two.
     *
     * @param formula the rule as text
     * @param rule the rule as code
     * @return the rule
     */
    public static Rule rule(String formula, Binary rule) {
        requireNonNull(rule, "rule");
        return new Rule(formula, (inputs, y, dy) -> rule.gradient(inputs.get(0), inputs.get(1), y, dy));
    }

    /**
     * A rule on plain matrices, which gives first derivatives only.
     *
     * @param formula the rule as text
     * @param rule the rule as code
     * @return a rule whose result, if it is differentiated again, throws an {@link UnsupportedOperationException}; it
     *     is never silently a constant
     */
    public static Rule onMatrices(String formula, OnMatrices rule) {
        requireNonNull(rule, "rule");
        return new Rule(formula, (inputs, y, dy) -> {
            List<Value> all = new ArrayList<>(inputs);
            all.add(y);
            all.add(dy);
            return Operation.variadic(
                            formula,
                            all.size(),
                            m -> rule.gradient(List.of(m).subList(0, inputs.size()), m[m.length - 2], m[m.length - 1]),
                            "none: the rule is written on plain matrices",
                            (index, in, gradient, upstream) -> {
                                throw new UnsupportedOperationException("the rule \"" + formula
                                        + "\" is written on plain matrices; it has no second derivative");
                            })
                    .apply(all.toArray(new Value[0]));
        });
    }
}
