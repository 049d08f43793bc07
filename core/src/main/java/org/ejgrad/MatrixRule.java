package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A derivative rule on plain matrices, for code that has no counterpart on values; the matrices are copies. */
@FunctionalInterface
public interface MatrixRule {
    /** {@return the gradient of the rule's own input, a linear function of dy} */
    DMatrixRMaj gradient(List<DMatrixRMaj> inputs, DMatrixRMaj y, DMatrixRMaj dy);

    /**
     * A rule that gives first derivatives only: gradients, and products of Jacobian and vector, which need one call of
     * it for each element of y.
     *
     * @return a rule whose result, if it is differentiated again, throws an {@link UnsupportedOperationException}; it
     *     is never silently a constant
     */
    static Rule rule(String formula, MatrixRule rule) {
        RawRule raw = new RawRule(formula, requireNonNull(rule, "rule"));
        return new Rule(formula, (inputs, y, dy) -> {
            List<Value> known = new ArrayList<>(requireNonNull(inputs, "inputs"));
            known.add(y);
            return raw.backward(known, dy);
        });
    }
}
