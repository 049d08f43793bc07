package org.ejgrad.examples.factors;

import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.Probabilities;
import org.ejml.simple.SimpleMatrix;

/**
 * What somebody expects of some ratings.
 *
 * @param expected a number for each, which may lie between stars
 * @param probabilities of the stars, a row for each
 */
record Forecast(SimpleMatrix expected, SimpleMatrix probabilities) {
    private static final Value STARS = Value.constant(
            new double[][] {IntStream.range(0, Ratings.STARS).asDoubleStream().toArray()});

    /** Of probabilities, their mean is expected. */
    static Forecast of(SimpleMatrix probabilities) {
        return new Forecast(
                Value.constant(probabilities).mult(STARS.transpose()).matrix(), probabilities);
    }

    /** Of numbers, which are wrong by so much: the stars are as probable as a normal distribution is dense there. */
    static Forecast of(SimpleMatrix expected, double deviation) {
        Shape shape = new Shape(expected.getNumRows(), Ratings.STARS);
        Value distance = STARS.broadcastTo(shape)
                .minus(Value.constant(expected).broadcastTo(shape))
                .divide(deviation);
        return new Forecast(
                expected, distance.square().scale(-0.5).softmax(Per.ROW).matrix());
    }

    /** The root of the mean squared error. */
    double error(Dataset ratings) {
        double distance = expected.minus(ratings.targets()).normF();
        return distance / Math.sqrt(ratings.size());
    }

    /** The error, the share of ratings that are the most probable ones, and the bits that the others cost. */
    double[] measured(Dataset ratings) {
        return new double[] {
            error(ratings),
            Classification.accuracy(ratings.labels(), probabilities),
            Probabilities.bits(Probabilities.logLoss(ratings.labels(), probabilities))
        };
    }
}
