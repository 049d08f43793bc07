package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The derivatives of one value with respect to all it depends on, as {@link BackwardWalk} found them.
 *
 * <p>Nothing is stored on the values themselves, so there is nothing to zero, differentiating twice gives the same
 * bits, and several threads may differentiate graphs that share parameters.
 */
public final class Gradients {
    private final IdentityMap<Value, Value> gradients;

    /** What the walk keeps, beyond the gradients of variables. */
    public enum Option {
        /**
         * Gradients remember how they were computed and can be differentiated again. Without this option they are
         * constants, which may be kept for long without keeping the graph.
         */
        DIFFERENTIABLE,
        /** The gradients of intermediate values, including the value itself, are kept too. */
        INTERMEDIATE
    }

    Gradients(IdentityMap<Value, Value> gradients) {
        this.gradients = gradients;
    }

    /**
     * The derivative of Σ root ⊙ upstream with respect to chosen values only, which may be intermediate ones; the walk
     * enters no part of the graph that does not lead to one of them.
     *
     * @param upstream the gradient arriving at the root, in its shape
     * @return the gradients of the targets that the root depends on
     * @throws IllegalArgumentException if the shapes differ, or a target is a constant
     */
    public static Gradients withRespectTo(Value root, Value upstream, List<Value> targets, Option... options) {
        requireNonNull(root, "root");
        requireNonNull(upstream, "upstream");
        for (int i = 0; i < requireNonNull(targets, "targets").size(); i++) {
            requireNotConstant("withRespectTo", requireNonNull(targets.get(i), "targets[" + i + "]"));
        }
        BackwardWalk walk = new BackwardWalk(targets, options);
        return targets.isEmpty() ? new Gradients(new IdentityMap<>()) : walk.from(root, upstream);
    }

    /**
     * The gradient of one value, in its shape.
     *
     * @param value a variable, or with {@link Option#INTERMEDIATE} any value the result depends on
     * @throws IllegalArgumentException if the value is a constant or the result does not depend on it
     */
    public Value of(Value value) {
        int found = gradients.find(requireNonNull(value, "value"));
        if (found >= 0) {
            return gradients.content(found);
        }
        requireNotConstant("of", value);
        if (!value.isVariable()) {
            throw new IllegalArgumentException(
                    "of(" + value.name() + "): gradients of intermediate values are kept only "
                            + "with Option.INTERMEDIATE, and only if the result depends on them");
        }
        throw new IllegalArgumentException(
                "of(" + value.name() + "): the differentiated value does not depend on it; orZero gives zeros instead");
    }

    /** The gradient of one value that is not a constant, or zeros if the result does not depend on it. */
    public Value orZero(Value value) {
        requireNotConstant("orZero", requireNonNull(value, "value"));
        return contains(value) ? of(value) : Value.zeros(value.shape());
    }

    /** {@return whether {@link #of} would return a gradient of this value} */
    public boolean contains(Value value) {
        return gradients.contains(requireNonNull(value, "value"));
    }

    /** {@return the values that have a gradient here, in the order in which the walk completed it} */
    public List<Value> values() {
        return gradients.keys().toList();
    }

    /** {@return the variables that have a gradient here, in the order in which the walk met them} */
    public List<Value> variables() {
        return gradients.keys().filter(Value::isVariable).toList();
    }

    /**
     * The sum of these gradients and others, as of two micro-batches; a value that has only one of the two keeps it.
     */
    public Gradients plus(Gradients others) {
        IdentityMap<Value, Value> sum = new IdentityMap<>();
        gradients.forEach(sum::put);
        requireNonNull(others, "others")
                .gradients
                .forEach((value, gradient) ->
                        sum.put(value, contains(value) ? of(value).plus(gradient) : gradient));
        return new Gradients(sum);
    }

    /** These gradients times a factor. */
    public Gradients scale(double factor) {
        return map(gradient -> gradient.scale(factor));
    }

    /**
     * A function of each of these gradients, such as one that clips.
     *
     * @throws IllegalArgumentException if the function changes a shape
     */
    public Gradients map(UnaryOperator<Value> function) {
        requireNonNull(function, "function");
        IdentityMap<Value, Value> mapped = new IdentityMap<>();
        gradients.forEach((value, gradient) -> {
            Value result = requireNonNull(
                    function.apply(gradient), () -> "what the function made of the gradient of " + value.name());
            if (!result.shape().equals(value.shape())) {
                throw new IllegalArgumentException("map: the function made a " + result.shape()
                        + " value of the gradient of " + value.name() + "; expected " + value.shape());
            }
            mapped.put(value, result);
        });
        return new Gradients(mapped);
    }

    /** A line per value that has a gradient here: its name, its shape and the norm of the gradient. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("gradients");
        gradients.forEach((value, gradient) -> text.append("\n  ")
                .append(value.name())
                .append(' ')
                .append(value.shape())
                .append(", norm ")
                .append(MatrixText.number(gradient.detached().normF().scalar())));
        return text.toString();
    }

    static void requireNotConstant(String call, Value value) {
        if (value.isConstant()) {
            throw new IllegalArgumentException(Calls.written(call, value) + ": the value " + value.name()
                    + " is a constant and has no gradient; make it a Value.variable, and "
                    + "differentiate gradients only with Option.DIFFERENTIABLE");
        }
    }
}
