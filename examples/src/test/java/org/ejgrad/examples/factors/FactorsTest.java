package org.ejgrad.examples.factors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.data.Dataset;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Tastes are found in ratings, and strange digits by what puts usual ones together. */
class FactorsTest {
    private static List<Double> pairs(Dataset ratings) {
        return IntStream.range(0, ratings.size())
                .mapToObj(row ->
                        1000 * ratings.inputs().get(row, 0) + ratings.inputs().get(row, 1))
                .toList();
    }

    @Test
    void noPairIsRatedTwiceAndOneUserInThreeKnowsTwoWords() {
        Ratings ratings = Ratings.drawn(5);
        Set<Double> pairs = new HashSet<>(pairs(ratings.train()));
        pairs.addAll(pairs(ratings.test()));
        assertEquals(ratings.train().size() + ratings.test().size(), pairs.size());
        int[] stars = ratings.train().labels();
        for (int row = 0; row < stars.length; row++) {
            boolean isExtreme = ratings.train().inputs().get(row, 0) % 3 == 0;
            assertTrue(!isExtreme || stars[row] == 0 || stars[row] == Ratings.STARS - 1, "row " + row);
        }
        assertTrue(Arrays.stream(ratings.train().classCounts()).allMatch(count -> count > 100), "all stars are given");
        assertArrayEquals(stars, Ratings.drawn(5).train().labels());
    }

    @Test
    void aNumberMakesItsNearestStarTheMostProbable() {
        Forecast forecast = Forecast.of(new SimpleMatrix(1, 1, true, 2.9), 0.5);
        double[] density = {
            Math.exp(-2.9 * 2.9 * 2),
            Math.exp(-1.9 * 1.9 * 2),
            Math.exp(-0.9 * 0.9 * 2),
            Math.exp(-0.1 * 0.1 * 2),
            Math.exp(-1.1 * 1.1 * 2)
        };
        double sum = Arrays.stream(density).sum();
        assertArrayEquals(
                Arrays.stream(density).map(each -> each / sum).toArray(),
                forecast.probabilities().getDDRM().data,
                1e-12);
        Forecast certain = Forecast.of(new SimpleMatrix(1, 5, true, 0.5, 0, 0, 0, 0.5));
        assertEquals(2, certain.expected().get(0), 1e-15);
        Dataset five = Dataset.classification("five", new SimpleMatrix(1, 2), new int[] {4}, "1", "2", "3", "4", "5");
        assertArrayEquals(new double[] {2, 0, 1}, certain.measured(five), 1e-15);
    }

    @Test
    void classesAreNamedWhereNumbersStandBetween() {
        Comparison found = RatingsCommand.compare(Seeds.of(20, 2));
        String error = RatingsCommand.ERROR;
        String accuracy = RatingsCommand.ACCURACY;
        String bits = RatingsCommand.BITS;
        double means = found.mean(RatingsCommand.MEANS, error);
        assertTrue(means < found.mean("mean of all", error) - 0.05, "users and items differ");
        assertTrue(found.mean(RatingsCommand.NUMBERS, error) < means - 0.2, "tastes differ");
        double classes = found.mean(RatingsCommand.CLASSES, accuracy);
        assertTrue(classes > found.mean(RatingsCommand.NUMBERS, accuracy) + 0.05, "stars are classes");
        assertTrue(classes < found.mean(RatingsCommand.KNOWN, accuracy), "nobody knows the mood");
        assertTrue(found.mean(RatingsCommand.CLASSES, bits) > found.mean(RatingsCommand.KNOWN, bits), "nor here");
    }

    @Test
    void asManyDirectionsAsColumnsLoseNothingAndNoneLeavesTheMean() {
        SimpleMatrix rows = new SimpleMatrix(4, 2, true, 0, 0, 2, 2, 4, 4, 6, 6);
        Dataset line = Dataset.regression("line", rows, rows);
        assertArrayEquals(new double[] {18, 2, 2, 18}, Reconstruction.errors(Reconstruction.principal(line, 0), line));
        assertArrayEquals(new double[4], Reconstruction.errors(Reconstruction.principal(line, 1), line), 1e-24);
        SimpleMatrix aside = new SimpleMatrix(1, 2, true, 4, 2);
        Dataset point = Dataset.regression("point", aside, aside);
        assertEquals(2, Reconstruction.errors(Reconstruction.principal(line, 1), point)[0], 1e-12);
        assertEquals(0, Reconstruction.errors(Reconstruction.principal(line, 2), point)[0], 1e-12);
    }

    @Test
    void aDigitThatWasNeverSeenIsStrange() throws IOException {
        Dataset digits = Sources.digits();
        AnomaliesCommand.Without without = AnomaliesCommand.Without.of(digits, 2, 9);
        assertTrue(Arrays.stream(without.normal().labels()).noneMatch(label -> label == 2));
        assertEquals(
                without.test().classCounts()[2],
                Arrays.stream(without.anomalous()).sum());
        double[] mean = without.measured(Reconstruction.principal(without.normal(), 0));
        double[] directions = without.measured(Reconstruction.principal(without.normal(), 8));
        double[] network = without.measured(Reconstruction.autoEncoder(without.normal(), 9));
        for (int measure = 0; measure < 2; measure++) {
            assertTrue(directions[measure] > mean[measure] + 0.05, "directions");
            assertTrue(network[measure] > directions[measure], "network: " + Arrays.toString(network));
        }
        Value two = Value.constant(without.test().inputs());
        assertEquals(
                two.shape(),
                Reconstruction.principal(without.normal(), 8).forward(two).shape());
    }
}
