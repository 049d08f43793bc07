package org.ejgrad;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejml.data.DMatrixRMaj;

/** Forward functions of one matrix or two, which need no array to be called. */
sealed interface OfFew extends Forward {
    /** Of one matrix. */
    record One(UnaryOperator<DMatrixRMaj> function) implements OfFew {
        @Override
        public DMatrixRMaj apply(DMatrixRMaj... inputs) {
            return function.apply(inputs[0]);
        }
    }

    /** Of two matrices. */
    record Two(BinaryOperator<DMatrixRMaj> function) implements OfFew {
        @Override
        public DMatrixRMaj apply(DMatrixRMaj... inputs) {
            return function.apply(inputs[0], inputs[1]);
        }
    }
}
