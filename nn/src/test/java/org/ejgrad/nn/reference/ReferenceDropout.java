package org.ejgrad.nn.reference;

import org.ejgrad.Value;
import org.ejgrad.nn.Dropout;
import org.ejgrad.nn.Layer;

/**
 * Dropout, of which figures can say only what holds on average: every element is the kept or the dropped value, its
 * gradient the factor it was multiplied by, and means lie within five standard errors.
 */
final class ReferenceDropout {
    private static final int TRIES = 2000;

    private ReferenceDropout() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        double p = figures.get("attrs").get("p").number();
        Layer layer = new Dropout(p, 20261122);
        Value x = Value.variable("x", figures.get("x").matrix());
        comparison.matrix(
                "eval.output",
                layer.inference().forward(x),
                figures.get("eval").get("output").matrix(),
                tolerance);
        Json train = figures.get("train");
        double[][] kept = train.get("kept_value").matrix();
        double dropped = train.get("dropped_value").number();
        double[][] sums = new double[kept.length][kept[0].length];
        for (int i = 0; i < TRIES && comparison.differences().isEmpty(); i++) {
            Value output = layer.at(i).forward(x);
            Value slope = output.gradients(Value.ones(output.shape())).of(x);
            for (int row = 0; row < kept.length; row++) {
                for (int column = 0; column < kept[row].length; column++) {
                    double got = output.get(row, column);
                    boolean isKept = slope.get(row, column) != 0;
                    double want = isKept ? kept[row][column] : dropped;
                    comparison.number("train[" + row + "][" + column + "]", got, want, tolerance);
                    double factor = isKept ? 1 / (1 - p) : 0;
                    comparison.number(
                            "gradient[" + row + "][" + column + "]", slope.get(row, column), factor, tolerance);
                    sums[row][column] += got;
                }
            }
        }
        double[][] mean = train.get("mean").matrix();
        double[][] variance = train.get("variance").matrix();
        for (int row = 0; row < mean.length; row++) {
            for (int column = 0; column < mean[row].length; column++) {
                double error = 5 * Math.sqrt(variance[row][column] / TRIES);
                comparison.number(
                        "mean[" + row + "][" + column + "]",
                        sums[row][column] / TRIES,
                        mean[row][column],
                        new Tolerance(1e-9, error + tolerance.absolute()));
            }
        }
    }
}
