package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.laws.Matrices.alike;
import static org.ejgrad.laws.Matrices.awayFrom;
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
import java.util.function.UnaryOperator;
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
        unary("sumTo(Shape) fixed", one(reals()).filter(in -> in.get(0).getNumRows() == 2), x -> x.sumTo(new Shape(2, 1)),
                x -> perRow(x, ReductionCases::sum))
            .edge(new double[][] {{1, 2}, {3, 4}}, new double[][] {{3}, {7}}, new double[][] {{1, 1}, {1, 1}})
            .refuses("sumTo\\(3x3, 2x1\\): a 3x3 matrix does not sum to 2x1", new Shape(3, 3)),
        unary("broadcastTo(Shape)", one(reals()).filter(x -> x.get(0).getNumRows() == 1),
                x -> x.broadcastTo(new Shape(3, x.getNumCols())), x -> fill(3, x.getNumCols(), (i, j) -> x.get(0, j)))
            .edge(m(1, 2), new double[][] {{1, 2}, {1, 2}, {1, 2}}, m(3, 3))
            .refuses("broadcastTo\\(2x2, 3x2\\): a 2x2 matrix does not repeat to 3x2; .*", new Shape(2, 2)),
        unary("broadcastTo(int,int)", one(reals()).filter(x -> x.get(0).getNumCols() == 1),
                x -> x.broadcastTo(x.getNumRows(), 4), x -> fill(x.getNumRows(), 4, (i, j) -> x.get(i, 0)))
            .edge(m(7), new double[][] {{7, 7, 7, 7}}, m(4))
            .refuses("broadcastTo\\(2x2, 2, 4\\): a 2x2 matrix does not repeat to 2x4; .*", new Shape(2, 2)),
        unary("elementSum()", one(reals()), Value::elementSum, x -> all(x, ReductionCases::sum)).anyShape()
            .edge(m(1, NaN), m(NaN), m(1, 1)).edge(List.of(new SimpleMatrix(0, 0)), new SimpleMatrix(1, 1), new SimpleMatrix(0, 0)),
        unary("sum(Per) of rows", one(reals()), x -> x.sum(Per.ROW), x -> perRow(x, ReductionCases::sum)).anyShape()
            .edge(m(1, 2, 3), m(6), m(1, 1, 1)),
        unary("sum(Per) of columns", one(reals()), x -> x.sum(Per.COLUMN), x -> perColumn(x, ReductionCases::sum)).anyShape()
            .edge(m(1, 2, 3), m(1, 2, 3), m(1, 1, 1)),
        unary("sum(Per) of all", one(reals()), x -> x.sum(Per.ALL), x -> all(x, ReductionCases::sum)).anyShape()
            .edge(m(1, 2, 3), m(6), m(1, 1, 1)),
        unary("mean()", one(reals()), x -> x.mean(), x -> all(x, r -> sum(r) / r.length))
            .edge(m(1, 2, 6), m(3), m(1 / 3.0, 1 / 3.0, 1 / 3.0)).refuses("mean\\(0x0\\): mean of 0 elements", EMPTY),
        unary("mean(Per) of rows", one(reals()), x -> x.mean(Per.ROW), x -> perRow(x, r -> sum(r) / r.length))
            .edge(m(1, 3), m(2), m(0.5, 0.5)).refuses("mean\\(3x0, ROW\\): mean of 0 elements", NO_COLUMNS),
        unary("mean(Per) of columns", one(reals()), x -> x.mean(Per.COLUMN), x -> perColumn(x, r -> sum(r) / r.length))
            .edge(m(1, 3), m(1, 3), m(1, 1)).refuses("mean\\(0x3, COLUMN\\): mean of 0 elements", NO_ROWS),
        unary("mean(Per) of all", one(reals()), x -> x.mean(Per.ALL), x -> all(x, r -> sum(r) / r.length))
            .edge(m(1, 3), m(2), m(0.5, 0.5)).refuses("mean\\(0x0, ALL\\): mean of 0 elements", EMPTY),

        // ---- largest elements
        unary("elementMax()", apart(), Value::elementMax, x -> all(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(m(1, 3, 3), m(3), m(0, 0.5, 0.5)).edge(m(1, NaN, 3), m(NaN), m(NaN, NaN, NaN))
            .refuses("elementMax\\(0x0\\): max of 0 elements", EMPTY),
        unary("max(Per) of rows", apart(), x -> x.max(Per.ROW), x -> perRow(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(m(2, 2, 1), m(2), m(0.5, 0.5, 0)).refuses("max\\(3x0, ROW\\): max of 0 elements", NO_COLUMNS),
        unary("max(Per) of columns", apart(), x -> x.max(Per.COLUMN), x -> perColumn(x, r -> Arrays.stream(r).max().orElseThrow()))
            .edge(new double[][] {{2, 1}, {2, 3}}, m(2, 3), new double[][] {{0.5, 0}, {0.5, 1}})
            .refuses("max\\(0x3, COLUMN\\): max of 0 elements", NO_ROWS),
        unary("max(Per) of all", apart(), x -> x.max(Per.ALL), x -> all(x, ReductionCases::max))
            .edge(m(2, 2, 1), m(2), m(0.5, 0.5, 0)).refuses("max\\(0x0, ALL\\): max of 0 elements", EMPTY),
        unary("elementMin()", apart(), Value::elementMin, x -> all(x, ReductionCases::min))
            .edge(m(-1, -3, -3), m(-3), m(0, 0.5, 0.5)).edge(m(1, NaN, 3), m(NaN), m(NaN, NaN, NaN))
            .refuses("elementMin\\(0x0\\): min of 0 elements", EMPTY),
        unary("min(Per) of rows", apart(), x -> x.min(Per.ROW), x -> perRow(x, ReductionCases::min))
            .edge(m(2, 2, 3), m(2), m(0.5, 0.5, 0)).refuses("min\\(3x0, ROW\\): min of 0 elements", NO_COLUMNS),
        unary("min(Per) of columns", apart(), x -> x.min(Per.COLUMN), x -> perColumn(x, ReductionCases::min))
            .edge(new double[][] {{2, 1}, {2, 3}}, m(2, 1), new double[][] {{0.5, 1}, {0.5, 0}})
            .refuses("min\\(0x3, COLUMN\\): min of 0 elements", NO_ROWS),
        unary("min(Per) of all", apart(), x -> x.min(Per.ALL), x -> all(x, ReductionCases::min))
            .edge(m(2, 3, 2), m(2), m(0.5, 0, 0.5)).refuses("min\\(0x0, ALL\\): min of 0 elements", EMPTY),
        unary("firstMax(Per) of all", apart(), x -> x.firstMax(Per.ALL), x -> all(x, ReductionCases::max))
            .edge(m(1, 3, 3), m(3), m(0, 1, 0)).edge(m(1, NaN, NaN), m(NaN), m(0, 1, 0))
            .refuses("firstMax\\(0x0, ALL\\): max of 0 elements", EMPTY),
        unary("firstMax(Per) of rows", apart(), x -> x.firstMax(Per.ROW), x -> perRow(x, ReductionCases::max))
            .edge(m(3, 3, 1), m(3), m(1, 0, 0)).refuses("firstMax\\(3x0, ROW\\): max of 0 elements", NO_COLUMNS),
        unary("firstMax(Per) of columns", apart(), x -> x.firstMax(Per.COLUMN), x -> perColumn(x, ReductionCases::max))
            .edge(new double[][] {{2, 1}, {2, 3}}, m(2, 3), new double[][] {{1, 0}, {0, 1}})
            .refuses("firstMax\\(0x3, COLUMN\\): max of 0 elements", NO_ROWS),
        unary("firstMin(Per) of all", apart(), x -> x.firstMin(Per.ALL), x -> all(x, ReductionCases::min))
            .edge(m(1, 1, 3), m(1), m(1, 0, 0)).refuses("firstMin\\(0x0, ALL\\): min of 0 elements", EMPTY),
        unary("firstMin(Per) of rows", apart(), x -> x.firstMin(Per.ROW), x -> perRow(x, ReductionCases::min))
            .edge(m(3, 1, 1), m(1), m(0, 1, 0)).refuses("firstMin\\(3x0, ROW\\): min of 0 elements", NO_COLUMNS),
        unary("firstMin(Per) of columns", apart(), x -> x.firstMin(Per.COLUMN), x -> perColumn(x, ReductionCases::min))
            .edge(new double[][] {{2, 1}, {2, 3}}, m(2, 1), new double[][] {{1, 1}, {0, 0}})
            .refuses("firstMin\\(0x3, COLUMN\\): min of 0 elements", NO_ROWS),
        unary("Reductions.shares(int,boolean,Per)", apart(), x -> Reductions.shares(1, false, Per.ALL).apply(x),
                x -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(i, j) == max(x.getDDRM().data) ? 1 : 0))
            .edge(m(1, 3, 3), m(0, 0.5, 0.5), m(0, 0, 0)).refuses("shares\\(0x0, ALL\\): max of 0 elements", EMPTY),
        binary("Reductions.extremeGradient(int,boolean,Per)", apart().map(x -> List.of(x.get(0), new SimpleMatrix(m(x.get(0).get(0) - 1)))),
                (x, d) -> Reductions.extremeGradient(1, false, Per.ALL).apply(x, d),
                (x, d) -> fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(i, j) == max(x.getDDRM().data) ? d.get(0) : 0))
            .edge(List.of(new SimpleMatrix(m(1, 3, 3)), new SimpleMatrix(m(2))),
                new SimpleMatrix(m(0, 1, 1)), new SimpleMatrix(m(0, 0, 0)), new SimpleMatrix(m(1)))
            .refuses("max′\\(1x2, 1x3, ALL\\): the shapes differ", List.of(new SimpleMatrix(m(1, 2)), new SimpleMatrix(m(1, 2, 3)))),

        // ---- spread
        unary("Reductions.CENTRE", one(reals()), x -> Reductions.CENTRE.of(Per.ROW).apply(x),
                x -> zip(x, perRow(x, r -> sum(r) / r.length), (v, mean) -> v - mean)).anyShape()
            .edge(m(1, 2, 6), m(-2, -1, 3), m(0, 0, 0)).edge(m(0.1, 0.1, 0.1), m(0, 0, 0), m(0, 0, 0)),
        unary("variance(int)", one(reals()), x -> x.variance(0), x -> all(x, r -> variance(0, r)))
            .edge(m(1, 2, 3, 6), m(3.5), m(-1, -0.5, 0, 1.5)).edge(m(7), m(0), m(0))
            .refuses("variance\\(0x0, 0\\): ddof 0 of 0 elements; .*", EMPTY),
        unary("variance(Per,int) of rows", wide(), x -> x.variance(Per.ROW, 1), x -> perRow(x, r -> variance(1, r)))
            .edge(m(1, 2, 3), m(1), m(-1, 0, 1)).edge(m(2, 2, 2), m(0), m(0, 0, 0))
            .refuses("variance\\(3x1, ROW, 1\\): ddof 1 of 1 elements; expected more than ddof, .*", new Shape(3, 1)),
        unary("variance(Per,int) of columns", tall(), x -> x.variance(Per.COLUMN, 1), x -> perColumn(x, r -> variance(1, r)))
            .edge(new double[][] {{1}, {3}}, m(2), new double[][] {{-2}, {2}})
            .refuses("variance\\(1x3, COLUMN, 1\\): ddof 1 of 1 elements; .*", new Shape(1, 3)),
        unary("standardDeviation(int)", apart().filter(x -> x.get(0).getNumElements() > 1), x -> x.standardDeviation(0),
                x -> all(x, r -> Math.sqrt(variance(0, r))))
            .edge(m(1, 3), m(1), m(-0.5, 0.5)).edge(m(7), m(0), m(0))
            .refuses("standardDeviation\\(0x0, 0\\): ddof 0 of 0 elements; .*", EMPTY),
        unary("standardDeviation(Per,int) of rows", apart().filter(x -> x.get(0).getNumCols() > 1),
                x -> x.standardDeviation(Per.ROW, 1), x -> perRow(x, r -> Math.sqrt(variance(1, r))))
            .edge(m(1, 2, 3), m(1), m(-0.5, 0, 0.5)).edge(m(2, 2, 2), m(0), m(0, 0, 0))
            .refuses("standardDeviation\\(3x1, ROW, 1\\): ddof 1 of 1 elements; .*", new Shape(3, 1)),
        unary("standardDeviation(Per,int) of columns", apart().filter(x -> x.get(0).getNumRows() > 1),
                x -> x.standardDeviation(Per.COLUMN, 0), x -> perColumn(x, r -> Math.sqrt(variance(0, r))))
            .edge(new double[][] {{1}, {3}}, m(1), new double[][] {{-0.5}, {0.5}})
            .refuses("standardDeviation\\(0x3, COLUMN, 0\\): ddof 0 of 0 elements; .*", NO_ROWS),

        // ---- norms
        unary("normF()", one(awayFrom(0)), Value::normF, x -> all(x, r -> power(2, r))).anyShape()
            .edge(m(3, 4), m(5), m(0.6, 0.8)).edge(m(0, 0), m(0), m(0, 0))
            .edge(m(1e200, 1e200), m(Math.sqrt(2) * 1e200), m(Math.sqrt(0.5), Math.sqrt(0.5)))
            .edge(m(1e-200, -1e-200), m(Math.sqrt(2) * 1e-200), m(Math.sqrt(0.5), -Math.sqrt(0.5))),
        unary("norm(double)", one(awayFrom(0)), x -> x.norm(3), x -> all(x, r -> power(3, r))).anyShape()
            .edge(m(0, 0), m(0), m(0, 0)).edge(m(1e200, 0), m(1e200), m(1, 0)),
        unary("norm(double) of order 12", one(awayFrom(0)), x -> x.norm(12), x -> all(x, r -> power(12, r))).anyShape()
            .edge(m(0, 0), m(0), m(0, 0)).edge(m(1e200, 0), m(1e200), m(1, 0)),
        unary("norm(double) of order 1", one(awayFrom(0)), x -> x.norm(1), x -> all(x, r -> power(1, r))).anyShape()
            .edge(m(0, -2, 1), m(3), m(0, -1, 1)),
        unary("norm(Per,double) of rows", one(awayFrom(0)), x -> x.norm(Per.ROW, 2), x -> perRow(x, r -> power(2, r))).anyShape()
            .edge(new double[][] {{0, 0}, {3, -4}}, new double[][] {{0}, {5}}, new double[][] {{0, 0}, {0.6, -0.8}}),
        unary("norm(Per,double) of columns", apartInSize(), x -> x.norm(Per.COLUMN, Double.POSITIVE_INFINITY),
                x -> perColumn(x, r -> max(Arrays.stream(r).map(Math::abs).toArray())))
            .edge(new double[][] {{3, 0}, {-3, 0}}, m(3, 0), new double[][] {{0.5, 0}, {-0.5, 0}})
            .refuses("norm\\(0x3, COLUMN, Infinity\\): max of 0 elements", NO_ROWS)
            .upToOrder(2),
        unary("normalize(Per,double,double) of rows", one(awayFrom(0)).filter(x -> x.get(0).getNumCols() > 1),
                x -> x.normalize(Per.ROW, 2, 1e-12), x -> zip(x, perRow(x, r -> power(2, r)), (v, n) -> v / n)).anyShape()
            .edge(m(0, 0), m(0, 0), m(1e12, 1e12)),
        unary("normalize(Per,double,double) of columns", one(awayFrom(0)).filter(x -> x.get(0).getNumRows() > 1),
                x -> x.normalize(Per.COLUMN, 3, 1e-12), x -> zip(x, perColumn(x, r -> power(3, r)), (v, n) -> v / n)).anyShape()
            .edge(m(-2), m(-1), m(0)),

        // ---- sums of exponentials
        unary("logSumExp()", one(reals()), x -> x.logSumExp(), x -> all(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(-1000, -1000, -1000), m(-998.9013877113318), m(1 / 3.0, 1 / 3.0, 1 / 3.0))
            .edge(m(1e308, 1e308, -1e308), m(1e308), m(0.5, 0.5, 0)).edge(m(-INF, 0), m(0), m(0, 1)).edge(m(INF, INF), m(INF), m(NaN, NaN)),
        unary("logSumExp(Per) of rows", one(reals()), x -> x.logSumExp(Per.ROW), x -> perRow(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(7), m(7), m(1)),
        unary("logSumExp(Per) of columns", one(reals()), x -> x.logSumExp(Per.COLUMN),
                x -> perColumn(x, ReductionCases::logSumExp)).anyShape()
            .edge(m(7, 800), m(7, 800), m(1, 1)),
        unary("softmax(Per) of rows", one(reals()), x -> x.softmax(Per.ROW), x -> eachRow(x, ReductionCases::softmax)).anyShape()
            .edge(m(1000, 0, -1000), m(1, 0, 0), m(0, 0, 0)).edge(m(5), m(1), m(0)).edge(m(INF, 0), m(NaN, NaN), m(NaN, NaN)),
        unary("softmax(Per) of columns", one(reals()), x -> x.softmax(Per.COLUMN), x -> eachColumn(x, ReductionCases::softmax)).anyShape()
            .edge(m(1000, -1000), m(1, 1), m(0, 0)),
        unary("softmax(Per) of all", one(reals()), x -> x.softmax(Per.ALL), x -> inRow(x, ReductionCases::softmax)).anyShape()
            .edge(new double[][] {{1000}, {0}}, new double[][] {{1}, {0}}, new double[][] {{0}, {0}}),
        unary("logSoftmax(Per) of rows", one(reals()), x -> x.logSoftmax(Per.ROW), x -> eachRow(x, ReductionCases::logSoftmax)).anyShape()
            .edge(m(1000, 0, -1000), m(0, -1000, -2000), m(-2, 1, 1)).edge(m(5), m(0), m(0)),
        unary("logSoftmax(Per) of columns", one(reals()), x -> x.logSoftmax(Per.COLUMN),
                x -> eachColumn(x, ReductionCases::logSoftmax)).anyShape()
            .edge(m(1000, -1000), m(0, 0), m(0, 0)),
        unary("logSoftmax(Per) of all", one(reals()), x -> x.logSoftmax(Per.ALL), x -> inRow(x, ReductionCases::logSoftmax)).anyShape()
            .edge(new double[][] {{1000}, {0}}, new double[][] {{0}, {-1000}}, new double[][] {{-1}, {1}}),
        unary("softmin(Per) of rows", one(reals()), x -> x.softmin(Per.ROW), x -> eachRow(x.negative(), ReductionCases::softmax)).anyShape()
            .edge(m(1000, 0, -1000), m(0, 0, 1), m(0, 0, 0)),
        unary("softmin(Per) of columns", one(reals()), x -> x.softmin(Per.COLUMN),
                x -> eachColumn(x.negative(), ReductionCases::softmax)).anyShape()
            .edge(m(1000, -1000), m(1, 1), m(0, 0)),
        binary("Reductions.LOG_SOFTMAX_GRADIENT", alike(2, reals()), (y, d) -> Reductions.LOG_SOFTMAX_GRADIENT.of(Per.ROW).apply(y, d),
                (y, d) -> zip(d, zip(y, perRow(d, ReductionCases::sum), (v, s) -> Math.exp(v) * s), (u, v) -> u - v)).anyShape()
            .at(0, 2, 0, -2, 0),
        binary("Reductions.SOFTMAX_GRADIENT", alike(2, reals()), (a, b) -> Reductions.SOFTMAX_GRADIENT.of(Per.ROW).apply(a, b),
                (a, b) -> a.elementMult(deviation(a, b))).anyShape()
            .at(0.5, 2, 0, 0, 0),
        binary("Reductions.DEVIATION", alike(2, reals()), (a, b) -> Reductions.DEVIATION.of(Per.ROW).apply(a, b),
                ReductionCases::deviation).anyShape()
            .at(0.5, 2, 0, 0, 0)
    );
    // spotless:on

    /** All elements, row by row, through a function of a row. */
    static SimpleMatrix inRow(SimpleMatrix x, UnaryOperator<double[]> function) {
        double[] results = function.apply(x.getDDRM().data.clone());
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> results[i * x.getNumCols() + j]);
    }

    private static Arbitrary<List<SimpleMatrix>> apart() {
        return distinct().map(List::of);
    }

    /** Elements of either sign whose sizes differ. */
    private static Arbitrary<List<SimpleMatrix>> apartInSize() {
        return distinct()
                .map(x ->
                        fill(x.getNumRows(), x.getNumCols(), (i, j) -> (x.get(i, j) + 4) * ((i + j) % 2 == 0 ? 1 : -1)))
                .map(List::of);
    }

    static double[][] m(double... row) {
        return new double[][] {row};
    }

    private static Arbitrary<List<SimpleMatrix>> wide() {
        return one(reals()).filter(x -> x.get(0).getNumCols() > 1);
    }

    private static Arbitrary<List<SimpleMatrix>> tall() {
        return one(reals()).filter(x -> x.get(0).getNumRows() > 1);
    }

    private static double max(double... elements) {
        return Arrays.stream(elements).max().orElseThrow();
    }

    private static double min(double... elements) {
        return Arrays.stream(elements).min().orElseThrow();
    }

    private static double power(double p, double... elements) {
        return Math.pow(
                Arrays.stream(elements).map(v -> Math.pow(Math.abs(v), p)).sum(), 1 / p);
    }

    private static double variance(int ddof, double... elements) {
        double mean = sum(elements) / elements.length;
        return Arrays.stream(elements).map(v -> (v - mean) * (v - mean)).sum() / (elements.length - ddof);
    }

    private static double sum(double... elements) {
        double sum = 0;
        for (double element : elements) {
            sum += element;
        }
        return sum;
    }

    static double logSumExp(double... elements) {
        return Math.log(Arrays.stream(elements).map(Math::exp).sum());
    }

    private static SimpleMatrix deviation(SimpleMatrix a, SimpleMatrix b) {
        return zip(
                zip(b, perRow(a, ReductionCases::sum), (v, s) -> v * s),
                perRow(a.elementMult(b), ReductionCases::sum),
                (u, v) -> u - v);
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
