package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Where values are too close to each other for derivatives of their vectors, whatever their scale. */
class GapsTest {
    @Test
    void gapsAreJudgedByTheLargestValue() {
        for (double scale : new double[] {1e-6, 1, 1e6}) {
            DMatrixRMaj close = gaps(scale, scale * (1 - 0.5 * 1e-13), 0.1 * scale);
            DMatrixRMaj apart = gaps(scale, scale * (1 - 4 * 1e-13), 0.1 * scale);
            DMatrixRMaj equal = gaps(3, 3, 1);
            DMatrixRMaj different = gaps(3, 3.1, 1);
            SingularMatrixException tied =
                    assertThrows(SingularMatrixException.class, () -> Gaps.requireDistinct("eig", close));
            assertTrue(tied.getMessage().endsWith("below a gap of " + 1e-13 * scale), tied.getMessage());
            assertTrue(tied.getMessage().startsWith("eig: values 0 and 1 are "), tied.getMessage());
            assertDoesNotThrow(() -> Gaps.requireDistinct("eig", apart));
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", close, equal));
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", apart, different));
            assertThrows(SingularMatrixException.class, () -> Gaps.requireEqualUpstream("eig", close, different));
            DMatrixRMaj large = gaps(3 * scale, 3 * scale * (1 + 1e-13), 0);
            DMatrixRMaj larger = gaps(3 * scale, 3 * scale * (1 + 1e-11), 0);
            assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", close, large));
            assertThrows(SingularMatrixException.class, () -> Gaps.requireEqualUpstream("eig", close, larger));
            assertDoesNotThrow(() -> Gaps.requireFullRank("svd", gaps(scale, scale * 2e-14)));
            SingularMatrixException deficient = assertThrows(
                    SingularMatrixException.class, () -> Gaps.requireFullRank("svd", gaps(scale, scale * 0.5e-14)));
            assertEquals(0.5e-14, deficient.reciprocalCondition(), 1e-20);
        }
        assertThrows(SingularMatrixException.class, () -> Gaps.requireFullRank("svd", gaps(0, 0)));
        assertDoesNotThrow(() -> Gaps.requireFullRank("svd", gaps(1, SingularMatrixException.LIMIT)));
        DMatrixRMaj gap = gaps(1, 1 - 0x1p-40);
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gaps(2, 2), gaps(1e12, 1e12 - 1)));
        assertThrows(SingularMatrixException.class, () -> Gaps.requireDistinct("eig", gaps(1e13, 1e13 - 1)));
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gap, gaps(1, 0)));
        assertDoesNotThrow(() -> Gaps.requireEqualUpstream("eig", gaps(2, 2), gaps(1, 1 - 1e-12)));
        assertTrue(assertThrows(
                        SingularMatrixException.class,
                        () -> Gaps.requireEqualUpstream("eig", gaps(5, 2, 2), gaps(1, 3, 4)))
                .getMessage()
                .startsWith("eig: values 1 and 2 are 2.0 and 2.0, a gap of 0.0"));
    }

    private static DMatrixRMaj gaps(double... values) {
        return new DMatrixRMaj(values.length, 1, true, values);
    }
}
