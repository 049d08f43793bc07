package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The orientation of vectors that a decomposition leaves open. */
class DecompositionsTest {
    @Test
    void ofElementsEquallyLargeTheFirstIsMadePositive() {
        DMatrixRMaj vectors = new DMatrixRMaj(new double[][] {{-1, 1, 0}, {1, -1, -2}, {0.5, 1, 2}});
        assertTrue(Decompositions.orient(vectors, 0));
        assertFalse(Decompositions.orient(vectors, 1));
        assertTrue(Decompositions.orient(vectors, 2));
        assertArrayEquals(new double[] {1, 1, 0, -1, -1, 2, -0.5, 1, -2}, vectors.data, 1e-300);
        assertFalse(Decompositions.orient(new DMatrixRMaj(2, 1), 0));
    }
}
