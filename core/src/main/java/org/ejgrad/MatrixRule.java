package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;

/** A derivative rule on plain matrices, none of which it may change, for code that has no counterpart on values. */
@FunctionalInterface
public interface MatrixRule {
    /** {@return the gradient of the rule's own input, a new matrix} */
    DMatrixRMaj gradient(List<DMatrixRMaj> inputs, DMatrixRMaj y, DMatrixRMaj dy);

    /**
     * A rule that gives first derivatives only.
     *
     * @return a rule whose result, if it is differentiated again, throws an {@link UnsupportedOperationException}; it
     *     is never silently a constant
     */
    static Rule rule(String formula, MatrixRule rule) {
        requireNonNull(rule, "rule");
        return new Rule(formula, (inputs, y, dy) -> {
            List<Value> all = new ArrayList<>(inputs);
            all.add(y);
            all.add(dy);
            return Operation.variadic(
                            "gradient on matrices",
                            all.size(),
                            m -> rule.gradient(List.of(m).subList(0, inputs.size()), m[m.length - 2], m[m.length - 1]),
                            "none: the rule is written on plain matrices",
                            (index, in, gradient, upstream) -> {
                                throw new UnsupportedOperationException("the rule \"" + formula
                                        + "\" is written on plain matrices; it has no second derivative");
                            })
                    .with(formula)
                    .apply(all.toArray(new Value[0]));
        });
    }
}
