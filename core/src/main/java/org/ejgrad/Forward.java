package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** The forward function of an operation, from the inputs' matrices, which it must not change, to a new matrix. */
@FunctionalInterface
public interface Forward {
    /** {@return a new matrix} */
    DMatrixRMaj apply(DMatrixRMaj... inputs);
}
