package org.ejgrad;

import org.ejml.data.DMatrixRMaj;

/** The forward function of an operation, from copies of the inputs' matrices to a matrix. */
@FunctionalInterface
public interface Forward {
    /** {@return the result, of which a copy is kept} */
    DMatrixRMaj apply(DMatrixRMaj... inputs);
}
