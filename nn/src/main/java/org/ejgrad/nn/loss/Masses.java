package org.ejgrad.nn.loss;

import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * The product of a mass and a logarithm, where no mass means no contribution: 0·(−∞) = 0 in the value and in the
 * gradients.
 */
final class Masses {
    private Masses() {}

    // spotless:off

    private static final Operation TIMES = Operation.binary("massTimes", Masses::product,
            Rule.rule("dy ⊙ b", (a, b, y, dy) -> times(dy, b)),
            Rule.rule("dy ⊙ a", (a, b, y, dy) -> times(a, dy)));

    // spotless:on

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
