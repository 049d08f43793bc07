package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;

/**
 * A computed case: its output, and per input what gradients are asked of.
 *
 * @param output the result
 * @param handles per input; empty for constants and indices
 */
record Evaluation(Value output, List<Optional<Handle>> handles) {
    /**
     * Where the gradient of an input comes from.
     *
     * @param variable what to differentiate by
     * @param view from its gradient to the gradient in the figures' layout
     */
    record Handle(Value variable, UnaryOperator<Value> view) {}

    /** The gradients of the inputs themselves. */
    static Evaluation of(Value output, Arguments in) {
        List<Optional<Handle>> handles = new ArrayList<>();
        for (int i = 0; i < in.count(); i++) {
            handles.add(in.valueAt(i)
                    .filter(value -> !value.isConstant())
                    .map(value -> new Handle(value, UnaryOperator.identity())));
        }
        return new Evaluation(output, handles);
    }
}
