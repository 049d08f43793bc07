package org.ejgrad;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.ejml.data.DMatrixRMaj;

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
    private final Map<Value, Value> gradients;
    private final List<Value> variables;

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

    private Gradients(Map<Value, Value> gradients, List<Value> variables) {
        this.gradients = gradients;
        this.variables = variables;
    }

    static Gradients of(Value root, Option... options) {
        if (!root.shape().isScalar()) {
            throw new IllegalArgumentException("gradients(): the value is " + root.shape()
                    + "; expected 1x1, or an upstream gradient of shape " + root.shape());
        }
        return of(root, Value.ones(Shape.SCALAR), options);
    }

    static Gradients of(Value root, Value upstream, Option... options) {
        List<Option> chosen = List.of(options);
        return new Walk(chosen.contains(Option.DIFFERENTIABLE), chosen.contains(Option.INTERMEDIATE), List.of())
                .from(root, upstream);
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
        for (Value target : targets) {
            requireNotConstant(target);
        }
        List<Option> chosen = List.of(options);
        return new Walk(chosen.contains(Option.DIFFERENTIABLE), chosen.contains(Option.INTERMEDIATE), targets)
                .from(root, upstream);
    }

    /**
     * The gradient of one value.
     *
     * @param value a variable, or with {@link Option#INTERMEDIATE} any value the result depends on
     * @return its gradient, in its shape
     * @throws IllegalArgumentException if the value is a constant or the result does not depend on it
     */
    public Value of(Value value) {
        Value gradient = gradients.get(value);
        if (gradient != null) {
            return gradient;
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
        Value gradient = gradients.get(value);
        return gradient != null ? gradient : Value.zeros(value.shape());
    }

    /**
     * Whether there is a gradient of this value.
     *
     * @param value any value
     * @return true if {@link #of} would return one
     */
    public boolean contains(Value value) {
        return gradients.containsKey(value);
    }

    /**
     * The variables that have a gradient here.
     *
     * @return an unmodifiable list, in the order in which the walk met them
     */
    public List<Value> variables() {
        return variables;
    }

    /**
     * The sum of these gradients and others, as of two micro-batches; a value that has only one of the two keeps it.
     *
     * @param others gradients with respect to any values
     * @return new gradients
     */
    public Gradients plus(Gradients others) {
        Map<Value, Value> sum = new IdentityHashMap<>(gradients);
        others.gradients.forEach((value, gradient) -> sum.merge(value, gradient, Value::plus));
        List<Value> all = new ArrayList<>(variables);
        others.variables.stream().filter(value -> !gradients.containsKey(value)).forEach(all::add);
        return new Gradients(sum, Collections.unmodifiableList(all));
    }

    /**
     * These gradients times a factor.
     *
     * @param factor any number
     * @return new gradients
     */
    public Gradients scale(double factor) {
        Map<Value, Value> scaled = new IdentityHashMap<>();
        gradients.forEach((value, gradient) -> scaled.put(value, gradient.scale(factor)));
        return new Gradients(scaled, variables);
    }

    private static void requireNotConstant(Value value) {
        if (value.isConstant()) {
            throw new IllegalArgumentException("the " + value.shape() + " value " + name(value)
                    + " is a constant and has no gradient; make it a Value.variable, and differentiate gradients only "
                    + "with Option.DIFFERENTIABLE");
        }
    }

    private static String name(Value value) {
        return value.label().isEmpty() ? value.operation().toString() : value.label();
    }

    /** One backward walk: what is still to be visited, and the gradient each waiting value has received so far. */
    private static final class Walk {
        private final boolean differentiable;
        private final boolean intermediate;
        private final Map<Value, Visit> visits = new IdentityHashMap<>();
        private final PriorityQueue<Visit> waiting = new PriorityQueue<>();
        private final Map<Value, Value> results = new IdentityHashMap<>();
        private final List<Value> variables = new ArrayList<>();
        private final Set<Value> targets;

        /**
         * The values that lead to a target; unused if there are no targets, as every non-constant value leads to a
         * variable.
         */
        private Map<Value, Boolean> leading = Map.of();

        Walk(boolean differentiable, boolean intermediate, List<Value> targets) {
            this.differentiable = differentiable;
            this.intermediate = intermediate;
            this.targets = Collections.newSetFromMap(new IdentityHashMap<>());
            this.targets.addAll(targets);
        }

        Gradients from(Value root, Value upstream) {
            Objects.requireNonNull(upstream, "upstream");
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
                keep(visit);
                passOn(visit);
            }
            return new Gradients(results, Collections.unmodifiableList(variables));
        }

        private void keep(Visit visit) {
            Value value = visit.value;
            boolean wanted = targets.isEmpty() ? value.isVariable() : targets.contains(value);
            if (wanted || intermediate) {
                results.put(value, visit.gradient());
            }
            if (value.isVariable() && (wanted || intermediate)) {
                variables.add(value);
            }
        }

        private void passOn(Visit visit) {
            Value value = visit.value;
            List<Rule> rules = value.operation().rules();
            if (rules.isEmpty()) {
                return;
            }
            List<Value> inputs = value.inputs();
            List<Value> seen = differentiable
                    ? inputs
                    : inputs.stream().map(Value::detached).toList();
            Value output = differentiable ? value : value.detached();
            Value upstream = visit.gradient();
            for (int i = 0; i < rules.size(); i++) {
                Value input = inputs.get(i);
                if (isNeeded(input)) {
                    contribute(input, gradient(value, i, seen, output, upstream));
                }
            }
        }

        private Value gradient(Value value, int index, List<Value> inputs, Value output, Value upstream) {
            Rule rule = value.operation().rules().get(index);
            Shape expected = inputs.get(index).shape();
            Value gradient = rule.function().gradient(inputs, output, upstream);
            if (gradient == null || !gradient.shape().equals(expected)) {
                throw new IllegalStateException(value.operation() + ": the rule \"" + rule.formula() + "\" of input "
                        + index + " returned " + (gradient == null ? "null" : gradient.shape())
                        + "; expected that input's shape, " + expected);
            }
            return gradient;
        }

        private void contribute(Value value, Value gradient) {
            Visit visit = visits.get(value);
            if (visit == null) {
                visit = new Visit(value, visits.size());
                visits.put(value, visit);
                waiting.add(visit);
            }
            visit.add(gradient, differentiable);
        }

        private boolean isNeeded(Value value) {
            return !value.isConstant() && (targets.isEmpty() || leading.getOrDefault(value, false));
        }

        /** For every value below the root: whether it is a target or was computed from one. */
        private Map<Value, Boolean> leading(Value root) {
            Map<Value, Boolean> leads = new IdentityHashMap<>();
            for (Value value : ancestors(root)) {
                boolean leadsTo = targets.contains(value);
                for (Value input : value.inputs()) {
                    leadsTo |= leads.getOrDefault(input, false);
                }
                leads.put(value, leadsTo);
            }
            return leads;
        }
    }

    /** The value and all it was computed from, constants left out, inputs before results. */
    private static List<Value> ancestors(Value root) {
        Map<Value, Boolean> seen = new IdentityHashMap<>();
        List<Value> found = new ArrayList<>(List.of(root));
        seen.put(root, true);
        for (int i = 0; i < found.size(); i++) {
            for (Value input : found.get(i).inputs()) {
                if (!input.isConstant() && seen.put(input, true) == null) {
                    found.add(input);
                }
            }
        }
        Value[] sorted = found.toArray(new Value[0]);
        Arrays.sort(sorted, (a, b) -> Integer.compare(a.depth(), b.depth()));
        return List.of(sorted);
    }

    /** A value on the walk's waiting list, with the sum of the contributions it has received. */
    private static final class Visit implements Comparable<Visit> {
        private final Value value;
        private final int order;
        private Value sum = NOTHING;
        private boolean ownsSum;

        private static final Value NOTHING = Value.constant(0);

        Visit(Value value, int order) {
            this.value = value;
            this.order = order;
        }

        Value gradient() {
            return sum;
        }

        /** Adds in place from the third contribution on, when nobody else can have seen the sum. */
        void add(Value gradient, boolean differentiable) {
            if (sum == NOTHING) {
                sum = gradient;
            } else if (differentiable || !ownsSum) {
                sum = sum.plus(gradient);
                ownsSum = true;
            } else {
                DMatrixRMaj total = sum.data();
                for (int i = 0; i < total.data.length; i++) {
                    total.data[i] += gradient.data().data[i];
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
