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

    private final boolean differentiable;
    private final boolean intermediate;
    private final List<Value> targets;

    /**
     * True for the targets, false for what was computed from one; unused without targets, as all leads to a variable.
     */
    private final IdentityMap<Value, Boolean> leading = new IdentityMap<>();

    /** By depth, what values have received, in the order in which the walk met them; null where it met none. */
    private IdentityMap<Value, Received>[] levels = levels(0);

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
        levels = levels(root.depth() + 1);
        if (isNeeded(root)) {
            contribute(root, differentiable ? upstream : upstream.bare());
        }
        IdentityMap<Value, Value> kept = new IdentityMap<>();
        for (int depth = root.depth(); depth >= 0; depth--) {
            IdentityMap<Value, Received> level = levels[depth];
            levels[depth] = null;
            for (int i = 0; level != null && i < level.size(); i++) {
                Value value = level.key(i);
                Value gradient = level.content(i).sum;
                passOn(value, gradient);
                if (isKept(value)) {
                    kept.put(value, gradient);
                }
            }
        }
        return new Gradients(kept);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static IdentityMap<Value, Received>[] levels(int count) {
        return new IdentityMap[count];
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
        IdentityMap<Value, Received> level = levels[value.depth()];
        if (level == null) {
            level = new IdentityMap<>();
            levels[value.depth()] = level;
        }
        int found = level.find(value);
        if (found >= 0) {
            level.content(found).add(value, gradient, differentiable);
        } else {
            level.put(value, new Received(gradient));
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

    /** The sum of the contributions that a value has received so far. */
    private static final class Received {
        private Value sum;
        private boolean isOwn;

        Received(Value first) {
            this.sum = first;
        }

        /** Adds in place from the third contribution on, when nobody else can have seen the sum. */
        void add(Value value, Value gradient, boolean differentiable) {
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
