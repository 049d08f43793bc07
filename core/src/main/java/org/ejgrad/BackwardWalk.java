package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.PriorityQueue;

/**
 * One walk from a result back to what it depends on: what each value has received so far, and which values are still to
 * pass it on.
 *
 * <p>The walk visits the deepest value first, so that a value's gradient is complete before it is passed on, and is
 * iterative: a chain of a million operations needs no stack. Contributions to a value that is used several times are
 * added in the order in which the walk meets its uses, which is the same in every run.
 */
final class BackwardWalk {
    private final boolean differentiable;
    private final boolean intermediate;
    private final List<Value> targets;
    private final IdentityMap<Value, Visit> visits = new IdentityMap<>();
    private final PriorityQueue<Visit> waiting = new PriorityQueue<>();

    /** The targets and what was computed from one; unused without targets, as all else leads to a variable. */
    private final IdentityMap<Value, Boolean> leading = new IdentityMap<>();

    BackwardWalk(List<Value> targets, Gradients.Option... options) {
        List<Gradients.Option> chosen = Operation.listOf("options", options);
        this.differentiable = chosen.contains(Gradients.Option.DIFFERENTIABLE);
        this.intermediate = chosen.contains(Gradients.Option.INTERMEDIATE);
        this.targets = targets;
    }

    Gradients from(Value root, Value upstream) {
        if (!requireNonNull(upstream, "upstream").shape().equals(root.shape())) {
            throw Operation.refusal(
                    "the upstream gradient is " + upstream.shape() + "; expected the value's shape, " + root.shape(),
                    "gradients",
                    root,
                    upstream);
        }
        Gradients.requireNotConstant("gradients", root);
        if (!targets.isEmpty()) {
            findLeading(root);
        }
        if (isNeeded(root)) {
            contribute(root, differentiable ? upstream : upstream.detached());
        }
        for (Visit visit = waiting.poll(); visit != null; visit = waiting.poll()) {
            passOn(visit);
        }
        IdentityMap<Value, Value> kept = new IdentityMap<>();
        visits.forEach((value, visit) -> {
            if (isKept(value)) {
                kept.put(value, visit.sum);
            }
        });
        return new Gradients(kept);
    }

    /** Hands a value's complete gradient on to the inputs it was computed from. */
    private void passOn(Visit visit) {
        Value value = visit.value;
        List<Value> inputs = value.inputs();
        List<Value> seen = differentiable ? inputs : value.detachedInputs();
        Value output = differentiable ? value : value.detached();
        for (int i = 0; i < inputs.size(); i++) {
            if (isNeeded(inputs.get(i))) {
                contribute(inputs.get(i), value.operation().gradient(i, seen, output, visit.sum));
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
        int found = leading.find(value);
        return intermediate || (targets.isEmpty() ? value.isVariable() : found >= 0 && leading.content(found));
    }

    /** Marks the targets with true and what was computed from them with false. */
    private void findLeading(Value root) {
        targets.forEach(target -> leading.put(target, true));
        for (Value value : root.ancestors()) {
            if (!leading.contains(value) && value.inputs().stream().anyMatch(leading::contains)) {
                leading.put(value, false);
            }
        }
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
