package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The derivatives of one value with respect to all it depends on: the backward walk and its result.
 *
 * <p>Nothing is stored on the values themselves, so there is nothing to zero, differentiating twice gives the same
 * bits, and several threads may differentiate graphs that share parameters.
 *
 * <p>The walk visits the deepest value first, so that a value's gradient is complete before it is passed on, and is
 * iterative: a chain of a million operations needs no stack. Contributions to a value that is used several times are
 * added in the order in which the walk meets its uses, which is the same in every run.
 */
public final class Gradients {
    private final ValueMap<Value> gradients;

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

    private Gradients(ValueMap<Value> gradients) {
        this.gradients = gradients;
    }

    static Gradients of(Value root, Option... options) {
        if (!root.shape().isScalar()) {
            throw new IllegalArgumentException("gradients(): the value is " + root.shape()
                    + "; expected 1x1, or an upstream gradient of shape " + root.shape());
        }
        return of(root, Value.ones(Shape.SCALAR), options);
    }

    static Gradients of(Value root, Value upstream, Option... options) {
        return new Walk(List.of(), options).from(root, upstream);
    }

    /**
     * The derivative of Σ root ⊙ upstream with respect to chosen values only, which may be intermediate ones; the walk
     * enters no part of the graph that does not lead to one of them.
     *
     * @param root what to differentiate
     * @param upstream the gradient arriving at it, in its shape
     * @param targets what to differentiate by
     * @param options see {@link Option}
     * @return the gradients of the targets that the root depends on
     * @throws IllegalArgumentException if the shapes differ, or a target is a constant
     */
    public static Gradients withRespectTo(Value root, Value upstream, List<Value> targets, Option... options) {
        requireNonNull(root, "root");
        for (Value target : requireNonNull(targets, "targets")) {
            requireNotConstant(target);
        }
        return targets.isEmpty() ? new Gradients(new ValueMap<>()) : new Walk(targets, options).from(root, upstream);
    }

    /**
     * The gradient of one value.
     *
     * @param value a variable, or with {@link Option#INTERMEDIATE} any value the result depends on
     * @return its gradient, in its shape
     * @throws IllegalArgumentException if the value is a constant or the result does not depend on it
     */
    public Value of(Value value) {
        int found = gradients.find(requireNonNull(value, "value"));
        if (found >= 0) {
            return gradients.content(found);
        }
        requireNotConstant(value);
        if (!value.isVariable()) {
            throw new IllegalArgumentException(
                    "of(" + name(value) + "): gradients of intermediate values are kept only "
                            + "with Option.INTERMEDIATE, and only if the result depends on them");
        }
        throw new IllegalArgumentException("of(" + name(value) + "): the differentiated value does not depend on it; "
                + "orZero gives zeros instead");
    }

    /**
     * The gradient of one value, or zeros if the result does not depend on it.
     *
     * @param value a value that is not a constant
     * @return its gradient, in its shape
     * @throws IllegalArgumentException if the value is a constant
     */
    public Value orZero(Value value) {
        requireNotConstant(value);
        int found = gradients.find(value);
        return found >= 0 ? gradients.content(found) : Value.zeros(value.shape());
    }

    /**
     * Whether there is a gradient of this value.
     *
     * @param value any value
     * @return true if {@link #of} would return one
     */
    public boolean contains(Value value) {
        return gradients.contains(requireNonNull(value, "value"));
    }

    /**
     * The variables that have a gradient here.
     *
     * @return an unmodifiable list, in the order in which the walk met them
     */
    public List<Value> variables() {
        List<Value> variables = new ArrayList<>();
        gradients.forEach((value, gradient) -> {
            if (value.isVariable()) {
                variables.add(value);
            }
        });
        return Collections.unmodifiableList(variables);
    }

    /**
     * The sum of these gradients and others, as of two micro-batches; a value that has only one of the two keeps it.
     *
     * @param others gradients with respect to any values
     * @return new gradients
     */
    public Gradients plus(Gradients others) {
        ValueMap<Value> sum = new ValueMap<>();
        gradients.forEach(sum::put);
        requireNonNull(others, "others").gradients.forEach((value, gradient) -> {
            int found = sum.find(value);
            sum.put(value, found >= 0 ? sum.content(found).plus(gradient) : gradient);
        });
        return new Gradients(sum);
    }

    /**
     * These gradients times a factor.
     *
     * @param factor any number
     * @return new gradients
     */
    public Gradients scale(double factor) {
        return map(gradient -> gradient.scale(factor));
    }

    /**
     * A function of each of these gradients, such as one that clips.
     *
     * @param function from a gradient to a value of the same shape
     * @return new gradients with respect to the same values
     * @throws IllegalArgumentException if the function changes a shape
     */
    public Gradients map(UnaryOperator<Value> function) {
        requireNonNull(function, "function");
        ValueMap<Value> mapped = new ValueMap<>();
        gradients.forEach((value, gradient) -> {
            Value result = requireNonNull(
                    function.apply(gradient), "what the function made of the gradient of " + name(value));
            if (!result.shape().equals(value.shape())) {
                throw new IllegalArgumentException("map: the function made a " + result.shape()
                        + " value of the gradient of " + name(value) + "; expected " + value.shape());
            }
            mapped.put(value, result);
        });
        return new Gradients(mapped);
    }

    private static void requireNotConstant(Value value) {
        if (requireNonNull(value, "value").isConstant()) {
            throw new IllegalArgumentException("the " + value.shape() + " value " + name(value)
                    + " is a constant and has no gradient; make it a Value.variable, and differentiate gradients only "
                    + "with Option.DIFFERENTIABLE");
        }
    }

    private static String name(Value value) {
        return value.label().isEmpty() ? value.operation().toString() : value.label();
    }

    /** One backward walk: what each value has received so far, and which values are still to pass it on. */
    private static final class Walk {
        private final boolean differentiable;
        private final boolean intermediate;
        private final ValueMap<Visit> visits = new ValueMap<>();
        private final PriorityQueue<Visit> waiting = new PriorityQueue<>();
        private final Set<Value> targets;

        /**
         * The values that lead to a target; unused without targets, as all that is not constant leads to a variable.
         */
        private ValueMap<Boolean> leading = new ValueMap<>();

        Walk(List<Value> targets, Option... options) {
            List<Option> chosen = Operation.listOf("options", options);
            differentiable = chosen.contains(Option.DIFFERENTIABLE);
            intermediate = chosen.contains(Option.INTERMEDIATE);
            this.targets = targets.isEmpty() ? Set.of() : identitySet(targets);
        }

        Gradients from(Value root, Value upstream) {
            requireNonNull(upstream, "upstream");
            if (!upstream.shape().equals(root.shape())) {
                throw new IllegalArgumentException("gradients: the upstream gradient is " + upstream.shape()
                        + "; expected the value's shape, " + root.shape());
            }
            requireNotConstant(root);
            if (!targets.isEmpty()) {
                leading = leading(root);
            }
            if (isNeeded(root)) {
                contribute(root, differentiable ? upstream : upstream.detached());
            }
            for (Visit visit = waiting.poll(); visit != null; visit = waiting.poll()) {
                passOn(visit);
            }
            ValueMap<Value> kept = new ValueMap<>();
            for (int i = 0; i < visits.size(); i++) {
                Visit visit = visits.content(i);
                if (isKept(visit.value)) {
                    kept.put(visit.value, visit.sum);
                }
            }
            return new Gradients(kept);
        }

        /** Hands a value's complete gradient on to the inputs it was computed from. */
        private void passOn(Visit visit) {
            Value value = visit.value;
            List<Rule> rules = value.operation().rules();
            List<Value> inputs = value.inputs();
            List<Value> seen = differentiable ? inputs : value.detachedInputs();
            Value output = differentiable ? value : value.detached();
            for (int i = 0; i < rules.size(); i++) {
                Value input = inputs.get(i);
                if (isNeeded(input)) {
                    contribute(input, gradient(value, i, seen, output, visit.sum));
                }
            }
            if (!isKept(value)) {
                visit.sum = Visit.PASSED_ON;
            }
        }

        private void contribute(Value value, Value gradient) {
            int found = visits.find(value);
            if (found >= 0) {
                visits.content(found).add(gradient, differentiable);
                return;
            }
            Visit visit = new Visit(value, visits.size(), gradient);
            visits.put(value, visit);
            if (!value.isVariable()) {
                waiting.add(visit);
            }
        }

        private boolean isNeeded(Value value) {
            return !value.isConstant() && (targets.isEmpty() || leading.contains(value));
        }

        private boolean isKept(Value value) {
            return intermediate || (targets.isEmpty() ? value.isVariable() : targets.contains(value));
        }

        /** The values below the root that are targets or were computed from one. */
        private ValueMap<Boolean> leading(Value root) {
            ValueMap<Boolean> leads = new ValueMap<>();
            for (Value value : ancestors(root)) {
                if (targets.contains(value) || anyIn(leads, value.inputs())) {
                    leads.put(value, true);
                }
            }
            return leads;
        }

        private static boolean anyIn(ValueMap<Boolean> set, List<Value> values) {
            for (Value value : values) {
                if (set.contains(value)) {
                    return true;
                }
            }
            return false;
        }

        /** What the rule of one input gives, with errors that name the operation and the input. */
        private static Value gradient(Value value, int index, List<Value> inputs, Value output, Value upstream) {
            Operation operation = value.operation();
            Rule rule = operation.rules().get(index);
            Shape expected = inputs.get(index).shape();
            Value gradient;
            try {
                gradient = rule.function().gradient(inputs, output, upstream);
            } catch (RuntimeException e) {
                e.addSuppressed(new Operation.Context(
                        "in the rule \"" + rule.formula() + "\" of input " + index + " of " + operation));
                throw e;
            }
            if (gradient == null || !gradient.shape().equals(expected)) {
                throw new IllegalStateException(operation + ": the rule \"" + rule.formula() + "\" of input " + index
                        + " returned " + (gradient == null ? "null" : gradient.shape())
                        + "; expected that input's shape, " + expected);
            }
            return gradient;
        }
    }

    /** The value and all it was computed from, constants left out, inputs before results. */
    private static List<Value> ancestors(Value root) {
        ValueMap<Boolean> seen = new ValueMap<>();
        seen.put(root, true);
        for (int i = 0; i < seen.size(); i++) {
            for (Value input : seen.key(i).inputs()) {
                if (!input.isConstant()) {
                    seen.put(input, true);
                }
            }
        }
        List<Value> found = seen.keys();
        found.sort(Comparator.comparingInt(Value::depth));
        return found;
    }

    private static Set<Value> identitySet(List<Value> values) {
        Set<Value> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(values);
        return set;
    }

    /** A value that the walk has met, with the sum of the contributions it has received. */
    private static final class Visit implements Comparable<Visit> {
        /** In place of a sum that nobody needs any more. */
        static final Value PASSED_ON = Value.constant(Double.NaN);

        private final Value value;
        private final int order;
        private Value sum;
        private boolean ownsSum;

        Visit(Value value, int order, Value first) {
            this.value = value;
            this.order = order;
            this.sum = first;
        }

        /** Adds in place from the third contribution on, when nobody else can have seen the sum. */
        void add(Value gradient, boolean differentiable) {
            if (differentiable || !ownsSum) {
                sum = sum.plus(gradient);
                ownsSum = true;
            } else {
                double[] total = sum.data().data;
                double[] terms = gradient.data().data;
                for (int i = 0; i < total.length; i++) {
                    total[i] += terms[i];
                }
            }
        }

        /** Deepest first; among equally deep values, in the order in which they were met. */
        @Override
        public int compareTo(Visit other) {
            int deeper = Integer.compare(other.value.depth(), value.depth());
            return deeper != 0 ? deeper : Integer.compare(order, other.order);
        }
    }
}
