package org.ejgrad.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** The line search keeps its conditions, and tries the distances that the published algorithm tries. */
class WolfeSearchTest {
    @Test
    void theSearchEndsAfterTwentySixEvaluations() {
        for (DoubleUnaryOperator f : List.<DoubleUnaryOperator>of(t -> -t, t -> Math.abs(t - 0.3))) {
            List<WolfeSearch.Point> tried = new ArrayList<>();
            DoubleFunction<WolfeSearch.Point> line = t -> {
                double slope = f.applyAsDouble(t) < f.applyAsDouble(0.999 * t) ? -1 : 1;
                tried.add(new WolfeSearch.Point(t, f.applyAsDouble(t), slope, new double[0]));
                return tried.get(tried.size() - 1);
            };
            WolfeSearch search =
                    new WolfeSearch(line, new WolfeSearch.Point(0, f.applyAsDouble(0), -1, new double[0]), 0);
            WolfeSearch.Point found = search.from(1);
            assertEquals(26, search.evaluations());
            assertEquals(26, tried.size());
            assertTrue(tried.stream().allMatch(point -> found.value() <= point.value()), "the lowest is found");
        }
    }

    /** Moré and Thuente's (1994) test functions and some hard ones: the point found keeps both conditions. */
    @Test
    void theLineSearchKeepsTheStrongWolfeConditions() {
        double beta = 2;
        DoubleUnaryOperator[] functions = {
            t -> -t / (t * t + beta),
            t -> Math.pow(t + 0.004, 5) - 2 * Math.pow(t + 0.004, 4),
            t -> Math.cos(t) - 0.2 * t,
            t -> Math.exp(-t) + 0.01 * t * t,
            t -> (t - 7) * (t - 7),
        };
        for (DoubleUnaryOperator f : functions) {
            DoubleUnaryOperator slope = t -> (f.applyAsDouble(t + 1e-6) - f.applyAsDouble(t - 1e-6)) / 2e-6;
            DoubleFunction<WolfeSearch.Point> line =
                    t -> new WolfeSearch.Point(t, f.applyAsDouble(t), slope.applyAsDouble(t), new double[0]);
            WolfeSearch.Point start = line.apply(0);
            for (double first : new double[] {1e-3, 0.1, 1, 10, 1000}) {
                WolfeSearch search = new WolfeSearch(line, start, 1e-12);
                WolfeSearch.Point found = search.from(first);
                assertTrue(search.evaluations() <= 14, search.evaluations() + " evaluations from " + first);
                assertTrue(found.distance() > 0);
                assertTrue(
                        found.value() <= start.value() + 1e-4 * found.distance() * start.slope(),
                        "decrease from " + first + " to " + found);
                assertTrue(
                        Math.abs(found.slope()) <= 0.9 * Math.abs(start.slope()) + 1e-9,
                        "slope from " + first + " to " + found);
            }
        }
    }

    @Test
    void theCubicThroughTwoPointsIsExact() {
        // t³ − 3t has its minimum at 1
        WolfeSearch.Point a = new WolfeSearch.Point(0, 0, -3, new double[0]);
        WolfeSearch.Point b = new WolfeSearch.Point(3, 18, 24, new double[0]);
        assertEquals(1, WolfeSearch.lowestOfCubic(a, b, 0, 3), 1e-14);
        assertEquals(1, WolfeSearch.lowestOfCubic(b, a, 0, 3), 1e-14);
        assertEquals(2, WolfeSearch.lowestOfCubic(a, b, 2, 3));
        WolfeSearch.Point infinite = new WolfeSearch.Point(3, Double.POSITIVE_INFINITY, Double.NaN, new double[0]);
        assertEquals(1.5, WolfeSearch.lowestOfCubic(a, infinite, 0, 3));
    }

    /** Polynomials, a sum with 1/t, and lines with edges and steps, with slopes that are exact. */
    private enum Line {
        PARABOLA(t -> (t - 7) * (t - 7), t -> 2 * (t - 7)),
        QUINTIC(t -> quartic(t) * (t - 1.996), t -> 5 * quartic(t) - 8 * quartic(t) / (t + 0.004)),
        STEEP(t -> quartic(t - 0.004) * quartic(t - 0.004) - t, t -> 8 * quartic(t - 0.004) * t * t * t - 1),
        EDGE(t -> Math.abs(t - 0.3), t -> t > 0.3 ? 1 : -1),
        TWO_VALLEYS(t -> ((t / 4 - 5.0 / 3) * t + 3) * t * t - t / 2, t -> ((t - 5) * t + 6) * t - 0.5),
        PLATEAU(t -> t == 0 ? 0 : t < 1 ? -1 : 5, t -> t < 1 ? -1 : 1),
        STAIR(t -> t == 0 ? 0 : -1, t -> -1),
        JUST_LOW(t -> -1e-4 * t, t -> t == 0 ? -1 : 0),
        JUST_FLAT(t -> -t, t -> t == 0 ? -1 : -0.9),
        POLE(t -> 1 / (t + 0.1) + t * t, t -> -1 / ((t + 0.1) * (t + 0.1)) + 2 * t);

        final DoubleUnaryOperator value;
        final DoubleUnaryOperator slope;

        Line(DoubleUnaryOperator value, DoubleUnaryOperator slope) {
            this.value = value;
            this.slope = slope;
        }

        private static double quartic(double t) {
            double square = (t + 0.004) * (t + 0.004);
            return square * square;
        }
    }

    /**
     * A transcription of PyTorch's {@code _strong_wolfe}, in Python, with Nocedal and Wright's i &gt; 1 for its
     * {@code ls_iter > 1}, tries these.
     */
    @Test
    void theDistancesTriedAreThoseOfThePublishedAlgorithm() {
        tries(Line.PARABOLA, 1e-9, 1, 0.1, 1);
        tries(Line.PARABOLA, 1e-9, 1, 1000, 7);
        tries(
                Line.QUINTIC,
                1e-9,
                9,
                0.1,
                0.101,
                0.555505,
                3.057550025,
                1.759737708,
                1.520046983,
                1.596658393,
                1.595997842,
                1.596063897,
                1.596);
        tries(Line.QUINTIC, 1e-9, 6, 1, 1.01, 2.070132948, 1.585361181, 1.597827416, 1.5959999, 1.596);
        tries(
                Line.QUINTIC,
                1e-9,
                8,
                10,
                4.613979916,
                2.257677677,
                1.363401952,
                1.634583946,
                1.595038194,
                1.596000829,
                1.595904566,
                1.596);
        tries(Line.STEEP, 1e-9, 2, 0.1, 1, 0.6670288034);
        tries(Line.STEEP, 1e-9, 5, 10, 5.555555656, 3.08642321, 1.714795236, 0.9565809373, 0.6398386325);
        tries(Line.EDGE, 0.01, 5, 0.1, 1, 0.2952143295, 0.3947194024, 0.3102876806, 0.2994271246, 0.3010859112);
        tries(Line.EDGE, 0.01, 5, 1, 0.265812527, 0.3767306961, 0.2959931742, 0.3082566729, 0.2995149983);
        tries(Line.EDGE, 0.01, 4, 10, 1.467985551, 0.3051869639, 0.2613617371, 0.297615961);
        tries(Line.TWO_VALLEYS, 1e-9, 2, 4, 2.224744871, 0.1528549341);
        tries(
                Line.TWO_VALLEYS,
                1e-9,
                8,
                1000,
                334.444148157,
                112.591607916,
                38.6390141527,
                13.98306538,
                5.749754614,
                2.951810518,
                0.3459139358,
                0.09032767988);
        tries(Line.EDGE, 1, 1, 1, 0.265812527);
        tries(Line.PLATEAU, 0.2, 1, 1, 0.03222345405, 0.1290011086);
        tries(Line.STAIR, 0.5, 0, 1, 10, 2.901923789, 1.401923789);
        tries(Line.JUST_LOW, 0, 0, 1);
        tries(Line.JUST_FLAT, 0, 0, 1);
        tries(Line.POLE, 1e-9, 1, 0.001, 0.005505);
        tries(Line.POLE, 1e-9, 1, 10, 3.09557697);
    }

    /** A value that is higher by no more than rounding is low enough where the slope says so. */
    @Test
    void aValueMayBeHigherBySixteenUnitsOfItsLastPlace() {
        for (int units = 16; units <= 17; units++) {
            double high = 1024 + units * Math.ulp(1024.0);
            DoubleFunction<WolfeSearch.Point> line =
                    t -> new WolfeSearch.Point(t, t == 0 ? 1024 : high, t == 0 ? -2 : 1, new double[0]);
            WolfeSearch search = new WolfeSearch(line, line.apply(0), 1e-3);
            assertEquals(units == 16 ? 1 : 0, search.from(1).distance());
            assertEquals(units == 16, search.evaluations() == 1);
        }
    }

    private static void tries(Line line, double shortest, int best, double... distances) {
        List<Double> tried = new ArrayList<>();
        DoubleFunction<WolfeSearch.Point> function = t -> {
            tried.add(t);
            return new WolfeSearch.Point(t, line.value.applyAsDouble(t), line.slope.applyAsDouble(t), new double[0]);
        };
        WolfeSearch search = new WolfeSearch(function, function.apply(0), shortest);
        double found = search.from(distances[0]).distance();
        List<Double> after = tried.subList(1, tried.size());
        String all = line + ": " + after;
        assertArrayEquals(distances, after.stream().mapToDouble(t -> t).toArray(), 1e-8, all);
        assertEquals(after.get(best), found, all);
        assertEquals(distances.length, search.evaluations());
    }
}
