package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What kernels of elements do with zeros of either sign and with NaN. */
class ElementKernelsTest {
    @Test
    void positiveElementsAreOnes() {
        DMatrixRMaj x = new DMatrixRMaj(new double[][] {{-2, -0.0, 0, Double.MIN_VALUE, 3, Double.NaN}});
        assertArrayEquals(new double[] {0, 0, 0, 1, 1, Double.NaN}, ElementKernels.positive(x).data);
    }
}
