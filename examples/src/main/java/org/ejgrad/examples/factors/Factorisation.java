package org.ejgrad.examples.factors;

import java.util.Arrays;
import java.util.function.Function;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Course;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;

/**
 * Few numbers for each user and each item, of which the ratings follow (Koren, Bell and Volinsky 2009), and what is
 * said without them.
 */
final class Factorisation {
    /** What did best with seeds from 100 on, with which nothing is compared. */
    private static final int WIDTH = 4;

    private static final Course COURSE = new Course(0.05, 0.1, 60, 64);

    private Factorisation() {}

    /** The mean of all ratings. */
    static Forecast mean(Ratings ratings) {
        return around(ratings, means(ratings.train(), Double.POSITIVE_INFINITY));
    }

    /** The mean of all ratings, and by how much the user's and the item's differ from it. */
    static Forecast meansOfUserAndItem(Ratings ratings) {
        return around(ratings, means(ratings.train(), 2));
    }

    /** Someone who knows tastes, traits and worth, but not the mood of the moment. */
    static Forecast omniscient(Ratings ratings) {
        SimpleMatrix shares = new SimpleMatrix(ratings.test().size(), Ratings.STARS);
        SimpleMatrix others = ratings.others();
        for (int row = 0; row < others.getNumRows(); row++) {
            for (int moment = 0; moment < others.getNumCols(); moment++) {
                int stars = (int) others.get(row, moment);
                shares.set(row, stars, shares.get(row, stars) + 1);
            }
        }
        double all = others.getNumCols() + Ratings.STARS * 0.01;
        return Forecast.of(shares.plus(0.01).divide(all));
    }

    static Forecast bySquaredError(Ratings ratings, long seed) {
        Sequential network = trained(ratings.train(), Objective.squaredError(), 1, seed);
        return around(ratings, set -> outputs(network, set).matrix());
    }

    static Forecast byCrossEntropy(Ratings ratings, long seed) {
        Sequential network = trained(ratings.train(), Objective.softmaxCrossEntropy(), Ratings.STARS, seed);
        return Forecast.of(outputs(network, ratings.test()).softmax(Per.ROW).matrix());
    }

    /** As wrong as on the ratings that are known. */
    private static Forecast around(Ratings ratings, Function<Dataset, SimpleMatrix> guess) {
        Dataset train = ratings.train();
        double deviation = guess.apply(train).minus(train.targets()).normF() / Math.sqrt(train.size());
        return Forecast.of(guess.apply(ratings.test()), deviation);
    }

    /**
     * The mean of all, that of an item's deviations, and that of what is then left of a user's.
     *
     * @param shrinking counts as so many ratings without a deviation
     */
    private static Function<Dataset, SimpleMatrix> means(Dataset train, double shrinking) {
        int[] stars = train.labels();
        double mean = Arrays.stream(stars).average().orElseThrow();
        double[] deviations = new double[Ratings.USERS + Ratings.ITEMS];
        for (int column : new int[] {1, 0}) {
            double[] sums = new double[deviations.length];
            double[] counts = new double[deviations.length];
            for (int row = 0; row < stars.length; row++) {
                int number = (int) train.inputs().get(row, column);
                sums[number] += stars[row] - mean - deviation(train, row, deviations);
                counts[number]++;
            }
            for (int number = 0; number < sums.length; number++) {
                deviations[number] += sums[number] / (counts[number] + shrinking);
            }
        }
        return set -> {
            SimpleMatrix said = new SimpleMatrix(set.size(), 1);
            for (int row = 0; row < set.size(); row++) {
                said.set(row, mean + deviation(set, row, deviations));
            }
            return said;
        };
    }

    private static double deviation(Dataset set, int row, double... deviations) {
        return deviations[(int) set.inputs().get(row, 0)]
                + deviations[(int) set.inputs().get(row, 1)];
    }

    private static Value outputs(Sequential network, Dataset set) {
        return network.inference().forward(Value.constant(set.inputs()));
    }

    /** Of the numbers of a user and an item beside each other: their products, and they themselves. */
    private static Value met(Value both) {
        return both.cols(0, WIDTH).elementMult(both.cols(WIDTH, 2 * WIDTH)).concatColumns(both);
    }

    private static Sequential trained(Dataset train, Objective objective, int outputs, long seed) {
        SimpleMatrix numbers =
                Initialiser.normal(0.1).matrix(Ratings.USERS + Ratings.ITEMS, WIDTH, new RandomStream(seed, 1));
        Sequential network =
                Sequential.of(Embedding.of(numbers), Factorisation::met, new Dense(3 * WIDTH, outputs, seed));
        return COURSE.train(network, objective, train, seed);
    }
}
