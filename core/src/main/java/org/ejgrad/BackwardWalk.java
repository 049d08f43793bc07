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

    /**
     * True for the targets, false for what was computed from one; unused without targets, as all leads to a variable.
     */
    private final IdentityMap<Value, Boolean> leading = new IdentityMap<>();

    BackwardWalk(List<Value> targets, Gradients.Option... options) {
        List<Gradients.Option> chosen = Calls.listOf("options", options);
        this.differentiable = chosen.contains(Gradients.Option.DIFFERENTIABLE);
        this.intermediate = chosen.contains(Gradients.Option.INTERMEDIATE);
        this.targets = targets;
    }

    Gradients from(Value root, Value upstream) {
        if (!requireNonNull(upstream, "upstream").shape().equals(root.shape())) {
            throw Calls.refusal("the upstream gradient has another shape than the value", "gradients", root, upstream);
        }
        Gradients.requireNotConstant("gradients", root);
        findLeading(root);
        if (isNeeded(root)) {
            contribute(root, differentiable ? upstream : upstream.bare());
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
        List<Value> inputs = differentiable ? value.inputs() : value.bareInputs();
        Value output = differentiable ? value : value.bare();
        for (int i = 0; i < inputs.size(); i++) {
            if (isNeeded(value.inputs().get(i))) {
                Value gradient = value.operation().passOn(i, inputs, output, visit.sum);
                value.site().watch().handedOn(value, i, gradient, visit.sum);
                contribute(value.inputs().get(i), gradient);
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
        return intermediate || (targets.isEmpty() ? value.isVariable() : leading.get(value, false));
    }

    private void findLeading(Value root) {
        targets.forEach(target -> leading.put(target, true));
        for (Value value : targets.isEmpty() ? List.<Value>of() : root.ancestors()) {
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
        private final long order;
        private Value sum;
        private boolean ownsSum;

        /** Deepest first; among equally deep values, in the order in which they were met. */
        Visit(Value value, int met, Value first) {
            this.value = value;
            this.order = ((long) -value.depth() << 32) + met;
            this.sum = first;
        }

        /** Adds in place from the third contribution on, when nobody else can have seen the sum. */
        void add(Value gradient, boolean differentiable) {
            value.site().watch().adding(value, sum, gradient);
            if (ownsSum && !differentiable) {
                ElementKernels.add(sum.data(), gradient.data());
            } else {
                sum = sum.plus(gradient);
                ownsSum = true;
            }
        }

        @Override
        public int compareTo(Visit other) {
            return Long.compare(order, other.order);
        }
    }
}
