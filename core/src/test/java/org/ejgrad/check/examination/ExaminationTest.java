package org.ejgrad.check.examination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the checker is to reach: a sample in the normal test run, all of it with -Dejgrad.campaign=full, other draws of
 * it with -Dejgrad.seed.
 */
class ExaminationTest {
    private static final boolean FULL = "full".equals(System.getProperty("ejgrad.campaign"));
    private static final double SAMPLE = 0.01;
    private static final double REFUTED_IN_BLACK_BOX = 0.001;
    private static final double REFUTED_IN_GRAPH = 0.0001;
    private static final double BARS_OF_SMOOTH = 0.999;
    private static final double BARS = 0.99;

    private static Examination examination;

    @BeforeAll
    static void examine() {
        examination = new Examination(FULL ? Long.getLong("ejgrad.seed", 1) : 1, FULL ? 1 : SAMPLE, 1, -1);
        examination.run(List.of());
        if (FULL) {
            System.out.print(examination);
        }
    }

    @Test
    void noWrongGradientIsCertified() {
        for (Tally tally : examination.tallies()) {
            assertEquals(0, tally.certified, tally + "\n" + tally.failures(Tally.Failure.CERTIFIED));
        }
    }

    @Test
    void noWrongGradientPassesAsThatOfAKink() {
        for (Tally tally : examination.tallies()) {
            assertEquals(0, tally.letThrough, tally + "\n" + tally.failures(Tally.Failure.LET_THROUGH));
        }
    }

    @Test
    void rightGradientsAreNotRefuted() {
        assertFewRefuted("black box", REFUTED_IN_BLACK_BOX);
        assertFewRefuted("graph", REFUTED_IN_GRAPH);
    }

    private static void assertFewRefuted(String mode, double share) {
        Tally total = examination.total(mode);
        assertTrue(total.refutedShare() <= share, () -> total + "\n" + examination);
    }

    @Test
    void barsHold() {
        for (Tally tally : examination.tallies()) {
            double aim = tally.name.endsWith("smooth") ? BARS_OF_SMOOTH : BARS;
            assertTrue(tally.barShare() >= aim, () -> tally + "\n" + tally.failures(Tally.Failure.BAR));
        }
    }

    @Test
    void nothingIsThrown() {
        for (Tally tally : examination.tallies()) {
            assertEquals(0, tally.thrown, tally + "\n" + tally.failures(Tally.Failure.THROWN));
        }
    }
}
