package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Which elements are found to be near a kink, and at what distance. */
class KinkSearchTest {
    private static List<Kink> found(Value value) {
        return new KinkSearch(new Tape(value)).found();
    }

    @Test
    void distancesAreFoundToAFactorOfTwo() {
        Value x =
                Value.variable("x", new double[][] {{0x1p-30, -0x1.8p-20, 1}, {0x1p-9, 0x1p-10, Math.nextUp(0x1p-10)}});
        assertEquals(
                List.of(
                        new Kink("relu", 0, 0, 0x1p-30),
                        new Kink("relu", 0, 1, 0x1p-19),
                        new Kink("relu", 1, 1, 0x1p-10)),
                found(x.relu()));
        assertEquals(
                List.of(new Kink("relu", 0, 0, 0x1p-50)),
                found(Value.variable("x", 0x1p-60).relu()));
    }

    @Test
    void anElementAtItsKinkHasDistanceZero() {
        Value x = Value.variable("x", new double[][] {{0, 1, -2}, {3, 0, 4}});
        KinkSearch search = new KinkSearch(new Tape(x.relu()));
        assertEquals(List.of(new Kink("relu", 0, 0, 0), new Kink("relu", 1, 1, 0)), search.found());
        assertTrue(search.at()[0].isEmpty());
        assertEquals("{0, 4}", search.at()[1].toString());
    }

    @Test
    void withoutAKinkNoElementIsAtOne() {
        KinkSearch search = new KinkSearch(new Tape(Value.variable("x", new double[][] {{1, 1e-5}})
                .relu()));
        assertTrue(search.at()[1].isEmpty());
        assertEquals(1, search.found().size());
    }

    @Test
    void theNearestComeFirst() {
        Value x = Value.variable("x", new double[][] {{0x1.1p-15}});
        Value far = x.relu().labelled("far");
        Value near = Value.variable("y", new double[][] {{0x1.1p-40}}).abs().labelled("near");
        assertEquals(
                List.of(new Kink("abs \"near\"", 0, 0, 0x1p-39), new Kink("relu \"far\"", 0, 0, 0x1p-14)),
                found(far.plus(near)));
    }

    @Test
    void tiesBetweenTwoMatricesAreFound() {
        DMatrixRMaj a = new DMatrixRMaj(5, 5);
        for (int i = 0; i < 25; i++) {
            a.data[i] = i - 12;
        }
        List<Kink> ties = found(Value.variable("a", a).maximum(Value.variable("b", a)));
        assertEquals(25, ties.size());
        assertTrue(ties.stream().allMatch(kink -> kink.distance() == 0));
    }

    @Test
    void nearTiesBetweenTwoMatricesAreFound() {
        DMatrixRMaj a = new DMatrixRMaj(5, 5);
        DMatrixRMaj b = new DMatrixRMaj(5, 5);
        for (int i = 0; i < 25; i++) {
            a.data[i] = i - 12;
            b.data[i] = a.data[i] + (i % 2 == 0 ? 0x1.1p-30 : -0x1.1p-30);
        }
        List<Kink> ties = found(Value.variable("a", a).maximum(Value.variable("b", b)));
        assertEquals(25, ties.size());
        assertTrue(ties.stream().allMatch(kink -> kink.distance() == 0x1p-30), ties.toString());
    }

    @Test
    void tiesInsideAMatrixAreFoundSoonerOrLater() {
        DMatrixRMaj a = new DMatrixRMaj(12, 2);
        for (int i = 0; i < 24; i++) {
            a.data[i] = i / 2 - 6 + (i % 2) * (i % 4 - 2) * 0x1.1p-30;
        }
        List<Kink> ties = found(Value.variable("a", a).max(Per.ROW));
        assertEquals(24, ties.size());
        int[] doublings = new int[12];
        ties.forEach(tie -> doublings[tie.row()] = Math.getExponent(tie.distance()) + 30);
        // Each of four random patterns brings a pair together by two steps with probability ¼.
        assertArrayEquals(new int[] {0, 1, 1, 2, 0, 0, 0, 2, 0, 0, 0, 0}, doublings);
    }

    @Test
    void theTextSaysWhereAndHowFar() {
        assertEquals("relu element [2,3] is at its kink", new Kink("relu", 2, 3, 0).toString());
        assertEquals(
                "abs \"a\" element [0,1] is 1.2e-07 from its kink", new Kink("abs \"a\"", 0, 1, 1.2e-7).toString());
    }
}
