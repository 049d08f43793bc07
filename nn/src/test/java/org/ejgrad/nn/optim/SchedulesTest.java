package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules at their corners; the curves between them are checked by the reference figures. */
class SchedulesTest {
    static Stream<Schedule> all() {
        return Stream.of(
                Schedule.constant(0.1),
                Schedules.step(0.1, 3, 0.5),
                Schedules.multiStep(0.1, 0.5, 2, 5, 5),
                Schedules.exponential(0.1, 0.9),
                Schedules.cosine(0.1, 10, 0.01),
                Schedules.warmRestarts(0.1, 3, 2, 0.01),
                Schedules.warmRestarts(0.1, 3, 1, 0.01),
                Schedules.linear(0.1, 0.1, 1, 5),
                Schedules.reduced(0.1, 0.5, 5),
                Schedules.polynomial(0.1, 10, 2),
                OneCycle.of(0.1, 20).rate(),
                OneCycle.of(0.1, 20).momentum(),
                Cyclic.of(0.01, 0.1, 5).rate(),
                Cyclic.of(0.01, 0.1, 5).momentum(),
                Schedules.linear(0.1, 0.1, 1, 5).then(5, Schedules.exponential(0.1, 0.9)),
                Schedules.step(0.2, 3, 0.5).times(0.5));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isAFiniteNumberForEverAndDependsOnTheStepOnly(Schedule schedule) {
        for (long step : new long[] {0, 1, 2, 3, 5, 7, 19, 20, 1_000_000, 1L << 40, Long.MAX_VALUE}) {
            double value = schedule.at(step);
            assertTrue(value >= 0 && value <= 1, schedule.description() + " at " + step + ": " + value);
            assertEquals(value, schedule.at(step));
        }
    }

    @Test
    void descriptionsTellSchedulesApart() {
        assertEquals(all().count(), all().map(Schedule::description).distinct().count());
        Schedule lambda = step -> 0.1;
        assertEquals("custom", lambda.description());
        assertEquals("step(0.1, 3, 0.5)", Schedules.step(0.1, 3, 0.5).toString());
        assertEquals(
                "0.1 until 5, then custom",
                Schedule.constant(0.1).then(5, lambda).description());
    }

    @Test
    void cornersAreExact() {
        assertEquals(0, Schedules.cosine(1, Long.MAX_VALUE, 0).at(Long.MAX_VALUE));
        assertEquals(1.5e308, Schedules.cosine(1.5e308, 10, 0.01).at(0));
        assertEquals(0.01, Schedules.cosine(0.1, 10, 0.01).at(10));
        assertEquals(0.1, Schedules.cosine(0.1, 10, 0.01).at(20));
        assertEquals(0.1, Schedules.warmRestarts(0.1, 3, 2, 0).at(3));
        assertEquals(0.1, Schedules.warmRestarts(0.1, 3, 2, 0).at(9));
        assertEquals(0.05, Schedules.multiStep(0.1, 0.5, 5, 2).at(2));
        assertEquals(0.025, Schedules.multiStep(0.1, 0.5, 5, 2).at(5));
        assertEquals(0, Schedules.polynomial(0.1, 10, 2).at(11));
        assertEquals(0.1, Schedules.linear(0.1, 0.5, 1, 5).at(99));
        assertEquals(0.1, Schedules.warmRestarts(0.1, 4, 1, 0).at(4));
        assertEquals(0.05, Schedules.warmRestarts(0.1, 4, 1, 0).at(6), 1e-17);
        assertEquals(0.05, Schedules.warmRestarts(0.1, 4, 3, 0).at(4 + 6), 1e-17);
        assertEquals(0.2, Schedule.constant(0.1).times(2).at(5));
        Schedule twice = Schedule.constant(1).then(10, Schedules.step(8, 1, 0.5));
        assertEquals(1, twice.at(9));
        assertEquals(8, twice.at(10));
        assertEquals(4, twice.at(11));
        assertEquals(0.5, Schedules.reduced(1, 0.5, 5).at(4));
        assertEquals(1, Schedules.reduced(1, 0.5, 5).at(5));
        assertEquals(1, Schedules.multiplicative(1, e -> 1).at(10_000_000));
        assertEquals(0.1, Cyclic.of(0.1, 1, 5).rate().at(10));
        assertEquals(1, Cyclic.of(0.1, 1, 5).rate().at(5));
    }

    /** The longest periods that a long can count. */
    @Test
    void hugePeriodsDoNotOverflow() {
        long max = Long.MAX_VALUE;
        assertEquals(
                0.5,
                new Cyclic(0, 1, max - 1, 1, Cyclic.Shrinking.NOT, 1, 0.8, 0.9)
                        .rate()
                        .at(max / 2));
        assertEquals(0.5, Schedules.cosine(1, max, 0).at(max / 2), 1e-15);
        assertEquals(
                (1 + Math.sqrt(0.5)) / 2,
                Schedules.warmRestarts(1, 1L << 62, 2, 0).at((1L << 62) + (1L << 61)),
                1e-15,
                "a quarter of the second period, 2⁶³ − 1 steps long");
        assertThrows(IllegalArgumentException.class, () -> new Cyclic(0, 1, max, 1, Cyclic.Shrinking.NOT, 1, 0.8, 0.9));
        assertThrows(
                IllegalArgumentException.class,
                () -> Schedules.multiplicative(1, e -> 1).at(10_000_001));
    }

    @Test
    void aCycleBeginsPeaksAndEndsWhereItSays() {
        OneCycle cycle = new OneCycle(1, 101, 0.5, OneCycle.Curve.LINE, false, 10, 100, 0.8, 0.9);
        assertEquals(0.1, cycle.rate().at(0));
        assertEquals(0.9, cycle.momentum().at(0));
        assertEquals(0.001, cycle.rate().at(100), 1e-15);
        assertEquals(0.001, cycle.rate().at(5000), 1e-15);
        double peak = Arrays.stream(new long[] {49, 50})
                .mapToDouble(cycle.rate()::at)
                .max()
                .orElseThrow();
        assertEquals(1, peak, 0.02);
        // A peak at the very first step leaves no time to rise.
        assertEquals(
                1,
                new OneCycle(1, 10, 0.1, OneCycle.Curve.COSINE, false, 25, 1e4, 0.8, 0.9)
                        .rate()
                        .at(0));
    }

    @Test
    void plateauCountsPatienceAndCooldown() {
        Plateau plateau = new Plateau(true, 0.5, 1, 0, false, 2, 0.1, 0);
        assertEquals(1, plateau.rate(1));
        assertEquals(1, plateau.rate(1, 5, 5));
        assertEquals(0.5, plateau.rate(1, 5, 5, 5));
        assertEquals(0.5, plateau.rate(1, 5, 5, 5, 5, 5, 5));
        assertEquals(0.25, plateau.rate(1, 5, 5, 5, 5, 5, 5, 5));
        assertEquals(1, plateau.rate(1, 5, 5, 4, 4, 3));
        double[] flat = new double[100];
        assertEquals(0.1, plateau.rate(1, flat), "never below the least");
        Arrays.fill(flat, Double.NaN);
        assertEquals(0.1, plateau.rate(1, flat), "NaN is no improvement");
        assertEquals(1, Plateau.ofLoss().rate(1, 3, 2, 1));
        // Better by no more than the threshold is not better.
        assertEquals(0.5, plateau(true, 0.5, false).rate(1, 10, 9.75));
        assertEquals(1, plateau(true, 0.5, false).rate(1, 10, 9.25));
        assertEquals(0.5, plateau(false, 0.5, false).rate(1, 10, 10.25));
        assertEquals(1, plateau(false, 0.5, false).rate(1, 10, 10.75));
        assertEquals(0.5, plateau(true, 0.25, true).rate(1, 8, 6.5));
        assertEquals(1, plateau(true, 0.25, true).rate(1, 8, 5.5));
        assertEquals(0.5, plateau(false, 0.25, true).rate(1, 8, 9.5));
        assertEquals(1, plateau(false, 0.25, true).rate(1, 8, 10.5));
        // A reduction too small to matter is not made.
        assertEquals(1, new Plateau(true, 0.5, 0, 0, true, 0, 0, 0.5).rate(1, 3, 3));
        assertEquals(0.5, new Plateau(true, 0.5, 0, 0, true, 0, 0, 0.25).rate(1, 3, 3));
    }

    /** A threshold is a distance, so a measure below 0 and its mirror image above 0 are judged alike. */
    @Test
    void plateauReadsSigns() {
        double[] flat = new double[8];
        for (double level : new double[] {-1, 1, 0, -1e308, 1e308, -4.9e-324}) {
            Arrays.fill(flat, level);
            assertEquals(0.01, new Plateau(true, 0.1, 2, 1e-4, true, 0, 0, 0).rate(1, flat), 1e-17);
            assertEquals(0.01, new Plateau(false, 0.1, 2, 1e-4, true, 0, 0, 0).rate(1, flat), 1e-17);
        }
        assertEquals(0.5, plateau(true, 0.1, true).rate(1, -1, -0.95), "worse");
        assertEquals(0.5, plateau(true, 0.1, true).rate(1, -1, -1.05), "better by less than a tenth");
        assertEquals(1, plateau(true, 0.1, true).rate(1, -1, -1.15));
        assertEquals(0.5, plateau(false, 0.1, true).rate(1, -1, -1.05), "worse");
        assertEquals(0.5, plateau(false, 0.1, true).rate(1, -1, -0.95), "better by less than a tenth");
        assertEquals(1, plateau(false, 0.1, true).rate(1, -1, -0.85));
        assertEquals(1, plateau(true, 0.1, true).rate(1, 0, -1e-300), "below 0 any fall is large enough");
        assertEquals(1, plateau(true, 0.5, true).rate(1, 1e-300, -1, -3));
    }

    @Test
    void theFirstFiniteMeasurementIsTheBestForPlateau() {
        for (boolean falling : new boolean[] {true, false}) {
            for (boolean relative : new boolean[] {true, false}) {
                for (double threshold : new double[] {0, 0.1, 1, 5}) {
                    Plateau plateau = plateau(falling, threshold, relative);
                    for (double first : new double[] {-3, 0, 1e308, -1e308}) {
                        assertEquals(1, plateau.rate(1, first));
                        for (double none :
                                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
                            assertEquals(0.5, plateau.rate(1, none, first), none + " is no improvement");
                            assertEquals(0.5, plateau.rate(1, first, none));
                        }
                    }
                }
            }
        }
        // A threshold of the best's own size asks for a loss below 0.
        assertEquals(1, plateau(true, 1, true).rate(1, 10, -0.1));
        assertEquals(0.25, plateau(true, 1, true).rate(1, 10, 5, 0.1));
    }

    private static Plateau plateau(boolean lowerIsBetter, double threshold, boolean relative) {
        return new Plateau(lowerIsBetter, 0.5, 0, threshold, relative, 0, 0, 0);
    }

    @Test
    void badNumbersAreNamed() {
        List<Executable> calls = List.of(
                () -> Schedules.step(Double.NaN, 3, 0.5),
                () -> Schedules.step(0.1, 0, 0.5),
                () -> Schedules.exponential(0.1, Double.NaN),
                () -> Schedules.multiStep(0.1, Double.NaN, 3),
                () -> Schedules.cosine(0.1, 9, Double.NaN),
                () -> Schedules.warmRestarts(0.1, 9, 1, Double.NaN),
                () -> Schedules.linear(0.1, Double.NaN, 1, 9),
                () -> Schedules.polynomial(-1, 5, 1),
                () -> Schedules.cosine(0.1, 0, 0),
                () -> Schedules.warmRestarts(0.1, 0, 1, 0),
                () -> Schedules.warmRestarts(0.1, 1, 0, 0),
                () -> Schedules.linear(0.1, 0, 1, 0),
                () -> Schedules.reduced(-1, 0, 1),
                () -> Schedules.polynomial(0.1, 5, -1),
                () -> Schedules.multiplicative(Double.POSITIVE_INFINITY, e -> 1),
                () -> Schedule.constant(1).then(-1, Schedule.constant(1)),
                () -> OneCycle.of(0, 10),
                () -> OneCycle.of(1, 1),
                () -> new OneCycle(1, 10, 0.5, OneCycle.Curve.LINE, true, 25, 25, 0.8, 0.9),
                () -> new OneCycle(1, 10, 0.3, OneCycle.Curve.LINE, false, 0, 25, 0.8, 0.9),
                () -> new OneCycle(1, 10, 0.3, OneCycle.Curve.LINE, false, 25, 25, 0.8, 1),
                () -> new OneCycle(1, 10, 0, OneCycle.Curve.LINE, false, 25, 25, 0.8, 0.9),
                () -> new OneCycle(1, 10, 1, OneCycle.Curve.LINE, false, 25, 25, 0.8, 0.9),
                () -> Cyclic.of(-1, 1, 1),
                () -> Cyclic.of(0, 1, 0),
                () -> new Plateau(true, 1, 1, 0, true, 0, 0, 0),
                () -> new Plateau(true, 0.5, -1, 0, true, 0, 0, 0),
                () -> Plateau.ofLoss().rate(0));
        for (Executable call : calls) {
            String message = assertThrows(IllegalArgumentException.class, call).toString();
            assertTrue(message.contains(" = ") && message.contains("; expected "), message);
        }
    }
}
