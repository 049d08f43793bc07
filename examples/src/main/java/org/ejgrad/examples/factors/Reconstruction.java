package org.ejgrad.examples.factors;

import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Course;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.SimpleMatrix;

/** Layers that put rows together again from few numbers each: what is like the rows that they know, they hit well. */
final class Reconstruction {
    /**
     * How many numbers are left of a row; this, the epochs and the rate did best with seed 7, which splits otherwise.
     */
    static final int CODE = 6;

    private static final int HIDDEN = 64;
    private static final Course COURSE = new Course(0.007, 0, 100, 32);

    private Reconstruction() {}

    /** Every row is the mean, and what it has of the first so many principal directions. */
    static Layer principal(Dataset normal, int directions) {
        Value rows = Value.constant(normal.inputs());
        Value mean = rows.mean(Per.COLUMN);
        Value centred = rows.minus(mean);
        SimpleMatrix v = centred.multTransA(centred).matrix().svd().getV(); // fewer numbers, and the same directions
        Value some = Value.constant(v.cols(0, directions));
        return input -> input.minus(mean).mult(some).mult(some.transpose()).plus(mean);
    }

    /** A network that is narrow in the middle. */
    static Layer autoEncoder(Dataset normal, long seed) {
        Sequential network =
                Sequential.dense(Activation.TANH, seed, normal.features(), HIDDEN, CODE, HIDDEN, normal.features());
        Dataset itself = Dataset.regression("normal", normal.inputs(), normal.inputs());
        return COURSE.train(network, Objective.squaredError(), itself, seed).inference();
    }

    /** How far each row is from what the layer makes of it, squared. */
    static double[] errors(Layer layer, Dataset rows) {
        Value input = Value.constant(rows.inputs());
        return layer.forward(input)
                .minus(input)
                .square()
                .sum(Per.ROW)
                .matrix()
                .getDDRM()
                .getData();
    }
}
