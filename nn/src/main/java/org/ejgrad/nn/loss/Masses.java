package org.ejgrad.nn.loss;

import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Target masses: what is left to the other answer, and the product with a logarithm, where no mass means no
 * contribution: 0·(−∞) = 0 in the value and in the gradients.
 */
final class Masses {
    private Masses() {}

    // spotless:off

    private static final Operation TIMES = Operation.binary("massTimes", Masses::product,
            Rule.rule("dy ⊙ b", (a, b, y, dy) -> times(dy, b)),
            Rule.rule("dy ⊙ a", (a, b, y, dy) -> times(a, dy)));

    private static final Operation COMPLEMENT = Operation.unary("complement", a -> Operation.map(a, v -> 1 - v),
            Rule.rule("−dy", (x, y, dy) -> dy.negative()));

    // spotless:on

    /** 1 − mass. */
    static Value complement(Value mass) {
        return COMPLEMENT.apply(mass);
    }

    /** mass ⊙ logarithm, 0 where the mass is 0. */
    static Value times(Value mass, Value logarithm) {
        return TIMES.apply(mass, logarithm);
    }

    private static DMatrixRMaj product(DMatrixRMaj mass, DMatrixRMaj logarithm) {
        if (mass.numRows != logarithm.numRows || mass.numCols != logarithm.numCols) {
            throw new IllegalArgumentException("the shapes differ");
        }
        DMatrixRMaj y = new DMatrixRMaj(mass.numRows, mass.numCols);
        for (int i = 0; i < mass.numRows * mass.numCols; i++) {
            double m = mass.data[i];
            y.data[i] = m == 0 ? 0 : m * logarithm.data[i];
        }
        return y;
    }
}
