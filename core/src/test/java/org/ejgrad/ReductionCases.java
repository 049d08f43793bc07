package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.distinct;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.all;
import static org.ejgrad.laws.Oracles.eachColumn;
import static org.ejgrad.laws.Oracles.eachRow;
import static org.ejgrad.laws.Oracles.fill;
import static org.ejgrad.laws.Oracles.perColumn;
import static org.ejgrad.laws.Oracles.perRow;
import static org.ejgrad.laws.Oracles.zip;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link Reductions}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class ReductionCases {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final Shape EMPTY = new Shape(0, 0);
    private static final Shape NO_ROWS = new Shape(0, 3);
    private static final Shape NO_COLUMNS = new Shape(3, 0);

    private ReductionCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- sums
        unary("sumTo(Shape)", one(reals()), x -> x.sumTo(new Shape(1, x.getNumCols())), x -> perColumn(x, ReductionCases::sum))
            .edge(m(1, 2), m(1, 2), m(1, 1)).anyShape(),
        unary("sumTo(Shape) fixed", one(reals()).filter(in -> in.get(0).getNumRows() == 2), x -> x.sumTo(new Shape(2, 1)), x -> perRow(x, ReductionCases::sum))
            .edge(new double[][] {{1, 2}, {3, 4}}, new double[][] {{3}, {7}}, new double[][] {{1, 1}, {1, 1}})
            .refuses("sumTo\\(3x3, 2x1\\): a 3x3 matrix does not sum to 2x1", new Shape(3, 3)),
        unary("broadcastTo(Shape)", one(reals()).filter(x -> x.get(0).getNumRows() == 1),
                x -> x.broadcastTo(new Shape(3, x.getNumCols())), x -> fill(3, x.getNumCols(), (i, j) -> x.get(0, j)))
            .edge(m(1, 2), new double[][] {{1, 2}, {1, 2}, {1, 2}}, m(3, 3))
            .refuses("broadcastTo\\(2x2, 3x2\\): a 2x2 matrix does not repeat to 3x2; .*", new Shape(2, 2)),
        unary("broadcastTo(int,int)", one(reals()).filter(x -> x.get(0).getNumCols() == 1),
                x -> x.broadcastTo(x.getNumRows(), 4), x -> fill(x.getNumRows(), 4, (i, j) -> x.get(i, 0)))
            .edge(m(7), new double[][] {{7, 7, 7, 7}}, m(4))
            .refuses("broadcastTo\\(2x2, 2x4\\): a 2x2 matrix does not repeat to 2x4; .*", new Shape(2, 2)),
        unary("elementSum()", one(reals()), Value::elementSum, x -> all(x, ReductionCases::sum)).anyShape()
            .edge(m(1, NaN), m(NaN), m(1, 1)).edge(List.of(new SimpleMatrix(0, 0)), new SimpleMatrix(1, 1), new SimpleMatrix(0, 0)),
        unary("sumRows()", one(reals()), Value::sumRows, x -> perRow(x, ReductionCases::sum)).anyShape()
            .edge(m(1, 2, 3), m(6), m(1, 1, 1)),
        unary("sumCols()", one(reals()), Value::sumCols, x -> perColumn(x, ReductionCases::sum)).anyShape()
            .edge(m(1, 2, 3), m(1, 2, 3), m(1, 1, 1)),
        unary("mean()", one(reals()), Value::mean, x -> all(x, r -> sum(r) / r.length))
            .edge(m(1, 2, 6), m(3), m(1 / 3.0, 1 / 3.0, 1 / 3.0)).refuses("mean\\(0x0\\): mean of 0 elements", EMPTY),
        unary("meanRows()", one(reals()), Value::meanRows, x -> perRow(x, r -> sum(r) / r.length))
            .edge(m(1, 3), m(2), m(0.5, 0.5)).refuses("mean\\(3x0\\): mean of 0 elements", NO_COLUMNS),
        unary("meanCols()", one(reals()), Value::meanCols, x -> perColumn(x, r -> sum(r) / r.length))
            .edge(m(1, 3), m(1, 3), m(1, 1)).refuses("mean\\(0x3\\): mean of 0 elements", NO_ROWS),

        // ---- largest elements
        unary("elementMax()", apart(), Value::elementMax, x -> all(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(m(1, 3, 3), m(3), m(0, 0.5, 0.5)).edge(m(1, NaN, 3), m(NaN), m(NaN, NaN, NaN))
            .refuses("max\\(0x0, 1x1\\): max of 0 elements", EMPTY),
        unary("maxRows()", apart(), Value::maxRows, x -> perRow(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(m(2, 2, 1), m(2), m(0.5, 0.5, 0)).refuses("max\\(3x0, 3x1\\): max of 0 elements", NO_COLUMNS),
        unary("maxCols()", apart(), Value::maxCols, x -> perColumn(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(new double[][] {{2, 1}, {2, 3}}, m(2, 3), new double[][] {{0.5, 0}, {0.5, 1}})
            .refuses("max\\(0x3, 1x3\\): max of 0 elements", NO_ROWS),
        unary("Reductions.largest(Shape)", apart(), x -> Reductions.largest(Shape.SCALAR).apply(x),
                x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(i, j) == Arrays.stream(x.getDDRM().data).max().orElseThrow() ? 1 : 0))
            .edge(m(1, 3, 3), m(0, 0.5, 0.5), m(0, 0, 0)).refuses("largest\\(0x0, 1x1\\): max of 0 elements", EMPTY),

        // ---- sums of exponentials
        unary("logSumExp()", one(reals()), Value::logSumExp, x -> all(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(-1000, -1000, -1000), m(-998.9013877113318), m(1 / 3.0, 1 / 3.0, 1 / 3.0))
            .edge(m(1e308, 1e308, -1e308), m(1e308), m(0.5, 0.5, 0)).edge(m(-INF, 0), m(0), m(0, 1)).edge(m(INF, INF), m(INF), m(NaN, NaN)),
        unary("logSumExpRows()", one(reals()), Value::logSumExpRows, x -> perRow(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(7), m(7), m(1)),
        unary("logSumExpCols()", one(reals()), Value::logSumExpCols, x -> perColumn(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(7, 800), m(7, 800), m(1, 1)),
        unary("softmaxRows()", one(reals()), Value::softmaxRows, x -> eachRow(x, ReductionCases::softmax)).anyShape()
            .edge(m(1000, 0, -1000), m(1, 0, 0), m(0, 0, 0)).edge(m(5), m(1), m(0)).edge(m(INF, 0), m(NaN, NaN), m(NaN, NaN)),
        unary("softmaxCols()", one(reals()), Value::softmaxCols, x -> eachColumn(x, ReductionCases::softmax)).anyShape()
            .edge(m(1000, -1000), m(1, 1), m(0, 0)),
        unary("logSoftmaxRows()", one(reals()), Value::logSoftmaxRows, x -> eachRow(x, ReductionCases::logSoftmax)).anyShape()
            .edge(m(1000, 0, -1000), m(0, -1000, -2000), m(-2, 1, 1)).edge(m(5), m(0), m(0)),
        unary("logSoftmaxCols()", one(reals()), Value::logSoftmaxCols, x -> eachColumn(x, ReductionCases::logSoftmax)).anyShape()
            .edge(m(1000, -1000), m(0, 0), m(0, 0)),
        binary("Reductions.softmaxGradient(Shape)", alike(2, reals()), (y, d) -> Reductions.softmaxGradient(new Shape(y.getNumRows(), 1)).apply(y, d),
                (y, d) -> zip(y, zip(d, perRow(y.elementMult(d), ReductionCases::sum), (v, s) -> v - s), (u, v) -> u * v)).anyShape()
            .at(0.5, 2, 0.5, 0, 0.25)
    );
    // spotless:on

    private static Arbitrary<List<SimpleMatrix>> apart() {
        return distinct().map(List::of);
    }

    private static double[][] m(double... row) {
        return new double[][] {row};
    }

    private static double sum(double... elements) {
        double sum = 0;
        for (double element : elements) {
            sum += element;
        }
        return sum;
    }

    private static double logSumExp(double... elements) {
        return Math.log(Arrays.stream(elements).map(Math::exp).sum());
    }

    private static double[] softmax(double... elements) {
        double total = Arrays.stream(elements).map(Math::exp).sum();
        return Arrays.stream(elements).map(v -> Math.exp(v) / total).toArray();
    }

    private static double[] logSoftmax(double... elements) {
        double total = logSumExp(elements);
        return Arrays.stream(elements).map(v -> v - total).toArray();
    }
}
