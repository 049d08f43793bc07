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

    /** By depth, the first value that has received something, with the others behind it; null where there is none. */
    private Received[] levels = {};

    BackwardWalk(List<Value> targets, Gradients.Option... options) {
        List<Gradients.Option> chosen = Calls.listOf("options", options);
        this.differentiable = chosen.contains(Gradients.Option.DIFFERENTIABLE);
        this.intermediate = chosen.contains(Gradients.Option.INTERMEDIATE);
        this.targets = targets;
    }

    Gradients from(Value root, Value upstream) {
        if (!requireNonNull(upstream, "upstream").hasShapeOf(root)) {
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
            for (Received each = levels[depth]; each != null; each = each.next) {
                passOn(each.value, each.sum);
                if (isKept(each.value)) {
                    kept.put(each.value, differentiable ? each.sum : each.sum.bare());
                }
            }
            levels[depth] = null;
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
                Value made = value.operation().passOn(i, input, seen, output, gradient);
                value.site().watch().handedOn(value, i, made, gradient);
                contribute(input, made);
            }
        }
    }

    private void contribute(Value value, Value gradient) {
        Received first = levels[value.depth()];
        if (first == null) {
            levels[value.depth()] = new Received(value, gradient);
            return;
        }
        Received found = first.find(value);
        if (found.value.equals(value)) {
            found.add(value, gradient, differentiable);
        } else {
            first.append(found, new Received(value, gradient));
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

    /** The sum of the contributions that a value has received so far, and the next value of the same depth. */
    @SuppressWarnings("NullAway.Init")
    private static final class Received {
        /** So many are looked through one by one. */
        private static final int FEW = 12;

        private Value value;
        private Value sum;
        private boolean isOwn;
        private Received next;

        /** Of the first of many, where they are. */
        private IdentityMap<Value, Received> index;

        Received(Value value, Value first) {
            this.value = value;
            this.sum = first;
        }

        /** From the first of a depth: that of a value or, if it has none, the last. */
        Received find(Value wanted) {
            if (index != null) {
                return index.get(wanted, index.content(index.size() - 1));
            }
            int passed = 0;
            Received at = this;
            for (; !at.value.equals(wanted) && at.next != null; at = at.next) {
                passed++;
            }
            if (passed > FEW) {
                index = new IdentityMap<>();
                for (Received each = this; each != null; each = each.next) {
                    index.put(each.value, each);
                }
            }
            return at;
        }

        /** To the first of a depth: puts one behind the last. */
        void append(Received last, Received added) {
            last.next = added;
            if (index != null) {
                index.put(added.value, added);
            }
        }

        /**
         * What arrives at the same value, maybe under another name. It is added in place from the third contribution
         * on, when nobody else can have seen the sum.
         */
        void add(Value named, Value gradient, boolean differentiable) {
            value = value.site().or(named.site()) == value.site() ? value : named;
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
