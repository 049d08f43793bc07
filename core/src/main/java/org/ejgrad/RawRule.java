package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.ejml.data.DMatrixRMaj;

/**
 * A rule on plain matrices as two operations, each the other's derivative: Jᵀ·dy, which the rule gives, and J·dx, whose
 * elements are the inner products of dx with the gradients of y's elements.
 *
 * @param formula the rule as text
 * @param rule Jᵀ·dy
 */
record RawRule(String formula, MatrixRule rule) {
    RawRule {
        requireNonNull(formula, "formula");
    }

    /** Jᵀ·dy, at the inputs and y. */
    Value backward(List<Value> at, Value dy) {
        return apply("gradient on matrices", m -> gradient(m, m[m.length - 1]), at, dy, this::forward);
    }

    /** J·dx, at the inputs and y. */
    private Value forward(List<Value> at, Value dx) {
        return apply("derivative on matrices", this::along, at, dx, this::backward);
    }

    /** An operation that has a derivative with respect to its last input only. */
    private Value apply(
            String name, Forward forward, List<Value> at, Value last, BiFunction<List<Value>, Value, Value> adjoint) {
        List<Value> all = new ArrayList<>(at);
        all.add(last);
        Rule.Indexed derivative = (index, inputs, y, dy) -> {
            if (index < at.size()) {
                throw new UnsupportedOperationException(
                        "the rule \"" + formula + "\" is written on plain matrices; it has no second derivative");
            }
            return adjoint.apply(inputs.subList(0, at.size()), dy);
        };
        Forward counted = m -> {
            Calls.requireCount(name, m.length, all.size());
            return forward.apply(m);
        };
        return Operation.variadic(name, all.size(), counted, "none: the rule is written on plain matrices", derivative)
                .with(formula)
                .apply(all.toArray(new Value[0]));
    }

    private DMatrixRMaj gradient(DMatrixRMaj[] m, DMatrixRMaj dy) {
        DMatrixRMaj made = rule.gradient(List.of(m).subList(0, m.length - 2), m[m.length - 2], dy);
        if (made == null) {
            throw new IllegalStateException("the rule \"" + formula + "\" returned null; expected a matrix");
        }
        return made;
    }

    private DMatrixRMaj along(DMatrixRMaj... m) {
        DMatrixRMaj y = m[m.length - 2];
        DMatrixRMaj dx = m[m.length - 1];
        DMatrixRMaj product = new DMatrixRMaj(y.numRows, y.numCols);
        for (int k = 0; k < product.data.length; k++) {
            DMatrixRMaj one = new DMatrixRMaj(y.numRows, y.numCols);
            one.data[k] = 1;
            DMatrixRMaj row = gradient(m, one);
            if (!Shape.of(row).equals(Shape.of(dx))) {
                throw new IllegalStateException("the rule \"" + formula + "\" returned " + Shape.of(row)
                        + "; expected that input's shape, " + Shape.of(dx));
            }
            for (int i = 0; i < dx.data.length; i++) {
                product.data[k] += row.data[i] * dx.data[i];
            }
        }
        return product;
    }
}
