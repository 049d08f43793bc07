package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One walk from a result back to what it depends on: what each value has received so far, and which values are still to
 * pass it on.
 *
 * <p>The walk goes from depth to depth, the greatest first, so that a value's gradient is complete before it is passed
 * on, and is iterative: a chain of a million operations needs no stack. Contributions to a value that is used several
 * times are added in the order in which the walk meets its uses, which is the same in every run.
 */
final class BackwardWalk {
    /** What arrives at a result that is differentiated itself. */
    static final Value ONE = Value.ones(Shape.SCALAR);

    private static final int SCANNED = 12;

    private final boolean differentiable;
    private final boolean intermediate;
    private final List<Value> targets;

    /**
     * True for the targets, false for what was computed from one; unused without targets, as all leads to a variable.
     */
    private final IdentityMap<Value, Boolean> leading = new IdentityMap<>();

    /** By depth, the last of the values that the walk has met there; null where it met none. */
    private Received[] levels = {};

    /** The values that share their depth with so many others that a scan would not do. */
    private final IdentityMap<Value, Received> crowded = new IdentityMap<>();

    BackwardWalk(List<Value> targets, Gradients.Option... options) {
        List<Gradients.Option> chosen =
                requireNonNull(options, "options").length == 0 ? List.of() : Calls.listOf("options", options);
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
        levels = new Received[root.depth() + 1];
        if (isNeeded(root)) {
            contribute(root, differentiable ? upstream : upstream.bare());
        }
        IdentityMap<Value, Value> kept = new IdentityMap<>();
        for (int depth = root.depth(); depth >= 0; depth--) {
            Received last = levels[depth];
            levels[depth] = null;
            Received each = last;
            while (each != null) {
                each = each.next;
                passOn(each.value, each.sum);
                if (isKept(each.value)) {
                    kept.put(each.value, each.sum);
                }
                each = each == last ? null : each;
            }
        }
        return new Gradients(kept);
    }

    /** Hands a value's complete gradient on to the inputs it was computed from. */
    private void passOn(Value value, Value gradient) {
        List<Value> inputs = value.inputs();
        if (inputs.isEmpty()) {
            return;
        }
        List<Value> seen = differentiable ? inputs : value.bareInputs();
        Value output = differentiable ? value : value.bare();
        for (int i = 0; i < inputs.size(); i++) {
            Value input = inputs.get(i);
            if (isNeeded(input)) {
                Value made = value.operation().passOn(i, seen, output, gradient);
                value.site().watch().handedOn(value, i, made, gradient);
                contribute(input, made);
            }
        }
    }

    private void contribute(Value value, Value gradient) {
        Received last = levels[value.depth()];
        if (last != null && isAdded(value, gradient, last)) {
            return;
        }
        Received first = new Received(value, gradient);
        if (last != null) {
            first.next = last.next;
            last.next = first;
            first.place = last.place + 1;
        }
        levels[value.depth()] = first;
        if (first.place >= SCANNED) {
            crowded.put(value, first);
        }
    }

    /** Adds to what a value has received before, found by a scan of those met first at its depth, then by the index. */
    private boolean isAdded(Value value, Value gradient, Received last) {
        Received each = last;
        do {
            each = each.next;
            if (each.value == value) {
                each.add(gradient, differentiable);
                return true;
            }
        } while (each != last && each.place < SCANNED - 1);
        int found = each == last ? -1 : crowded.find(value);
        if (found >= 0) {
            crowded.content(found).add(gradient, differentiable);
        }
        return found >= 0;
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

    /** The sum of the contributions that a value has received so far. */
    private static final class Received {
        private final Value value;
        private Value sum;
        private boolean isOwn;

        /** The one met after this one at its depth; after the last, the first. */
        private Received next = this;

        /** How many were met before it at its depth. */
        private int place;

        Received(Value value, Value first) {
            this.value = value;
            this.sum = first;
        }

        /** Adds in place from the third contribution on, when nobody else can have seen the sum. */
        void add(Value gradient, boolean differentiable) {
            value.site().watch().adding(value, sum, gradient);
            if (isOwn && !differentiable) {
                ElementKernels.add(sum.data(), gradient.data());
            } else {
                sum = sum.plus(gradient);
                isOwn = true;
            }
        }
    }
}
