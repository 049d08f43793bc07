package org.ejgrad;

import static org.ejgrad.ReductionCases.inRow;
import static org.ejgrad.ReductionCases.m;
import static org.ejgrad.laws.Matrices.alike;
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

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for the products and running results of {@link Scans}: name, inputs, operation, oracle; edges. */
final class ScanCases {
    private ScanCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- products
        unary("product()", one(reals()), x -> x.product(), x -> all(x, ScanCases::product)).anyShape()
            .edge(m(0, 2, 3), m(0), m(6, 0, 0)).edge(m(0, 0, 4), m(0), m(0, 0, 0))
            .edge(List.of(new SimpleMatrix(0, 2)), fill(1, 1, (i, j) -> 1), new SimpleMatrix(0, 2)),
        unary("product(Per) of rows", one(reals()), x -> x.product(Per.ROW), x -> perRow(x, ScanCases::product)).anyShape()
            .edge(m(1, 2, -3), m(-6), m(-6, -3, 2)),
        unary("product(Per) of columns", one(reals()), x -> x.product(Per.COLUMN), x -> perColumn(x, ScanCases::product)).anyShape()
            .edge(new double[][] {{0, 2}, {5, 3}}, m(0, 6), new double[][] {{5, 3}, {0, 2}}),

        // ---- running results
        unary("cumSum(Per) of rows", one(reals()), x -> x.cumSum(Per.ROW), x -> eachRow(x, r -> running(r, Double::sum))).anyShape()
            .edge(m(1, 2, 3), m(1, 3, 6), m(3, 2, 1)),
        unary("cumSum(Per) of columns", one(reals()), x -> x.cumSum(Per.COLUMN),
                x -> eachColumn(x, r -> running(r, Double::sum))).anyShape()
            .edge(new double[][] {{1}, {2}}, new double[][] {{1}, {3}}, new double[][] {{2}, {1}}),
        unary("cumSum(Per) of all", one(reals()), x -> x.cumSum(Per.ALL), x -> inRow(x, r -> running(r, Double::sum))).anyShape()
            .edge(new double[][] {{1, 2}, {3, 4}}, new double[][] {{1, 3}, {6, 10}}, new double[][] {{4, 3}, {2, 1}}),
        unary("cumProduct(Per) of rows", one(reals()), x -> x.cumProduct(Per.ROW),
                x -> eachRow(x, r -> running(r, (u, v) -> u * v))).anyShape()
            .edge(m(2, 0, 3, 4), m(2, 0, 0, 0), m(1, 2 + 6 + 24, 0, 0)),
        unary("cumProduct(Per) of columns", one(reals()), x -> x.cumProduct(Per.COLUMN),
                x -> eachColumn(x, r -> running(r, (u, v) -> u * v))).anyShape()
            .edge(new double[][] {{2}, {5}}, new double[][] {{2}, {10}}, new double[][] {{6}, {2}}),
        unary("cumProduct(Per) of all", one(reals()), x -> x.cumProduct(Per.ALL),
                x -> inRow(x, r -> running(r, (u, v) -> u * v))).anyShape()
            .edge(new double[][] {{2}, {5}}, new double[][] {{2}, {10}}, new double[][] {{6}, {2}}),
        unary("cumLogSumExp(Per) of rows", one(reals()), x -> x.cumLogSumExp(Per.ROW),
                x -> eachRow(x, r -> running(r, ReductionCases::logSumExp))).anyShape()
            .edge(m(1000, 1000), m(1000, 1000 + Math.log(2)), m(1.5, 0.5)),
        unary("cumLogSumExp(Per) of columns", one(reals()), x -> x.cumLogSumExp(Per.COLUMN),
                x -> eachColumn(x, r -> running(r, ReductionCases::logSumExp))).anyShape()
            .edge(m(5), m(5), m(1)),
        unary("cumLogSumExp(Per) of all", one(reals()), x -> x.cumLogSumExp(Per.ALL),
                x -> inRow(x, r -> running(r, ReductionCases::logSumExp))).anyShape()
            .edge(m(5), m(5), m(1)),
        unary("Scans.CUM_SUM_BACKWARDS", one(reals()), x -> Scans.CUM_SUM_BACKWARDS.of(Per.ROW).apply(x),
                x -> eachRow(x, r -> reversed(running(reversed(r), Double::sum)))).anyShape()
            .edge(m(1, 2, 3), m(6, 5, 3), m(1, 2, 3)),
        binary("Scans.cumProductSlope(Per,int)", alike(2, reals()), (x, v) -> Scans.cumProductSlope(Per.ROW, 1).apply(x, v),
                (x, v) -> likeX(x, (u, k) -> {
                    double sum = 0;
                    for (int i = 0; i <= k; i++) {
                        sum += v.get(u, i) * productWithout(x, u, i, k);
                    }
                    return sum;
                })).anyShape()
            .edge(List.of(new SimpleMatrix(m(2, 0, 3)), new SimpleMatrix(m(1, 5, 7))), new SimpleMatrix(m(1, 10, 30)),
                new SimpleMatrix(m(20, 18, 10)), new SimpleMatrix(m(1, 8, 0))),
        binary("Scans.cumProductGradient(Per,int)", alike(2, reals()), (x, w) -> Scans.cumProductGradient(Per.ROW, 0).apply(x, w),
                (x, w) -> likeX(x, (u, i) -> {
                    double sum = 0;
                    for (int k = i; k < x.getNumCols(); k++) {
                        sum += w.get(u, k) * productWithout(x, u, i, k);
                    }
                    return sum;
                })).anyShape()
            .edge(List.of(new SimpleMatrix(m(2, 0)), new SimpleMatrix(m(1, 5))), new SimpleMatrix(m(1, 10)),
                new SimpleMatrix(m(5, 5)), new SimpleMatrix(m(1, 2)))
    );
    // spotless:on

    private interface Element {
        double at(int row, int column);
    }

    /** A matrix in the shape of x. */
    private static SimpleMatrix likeX(SimpleMatrix x, Element element) {
        return fill(x.getNumRows(), x.getNumCols(), element::at);
    }

    /** The product of a row's elements up to a place, without one of them. */
    private static double productWithout(SimpleMatrix x, int row, int without, int last) {
        double product = 1;
        for (int j = 0; j <= last; j++) {
            product *= j == without ? 1 : x.get(row, j);
        }
        return product;
    }

    private static double product(double... elements) {
        return Arrays.stream(elements).reduce(1, (u, v) -> u * v);
    }

    private static double[] reversed(double... elements) {
        return IntStream.range(0, elements.length)
                .mapToDouble(i -> elements[elements.length - 1 - i])
                .toArray();
    }

    private static double[] running(double[] elements, DoubleBinaryOperator operator) {
        double[] results = elements.clone();
        for (int i = 1; i < results.length; i++) {
            results[i] = operator.applyAsDouble(results[i - 1], elements[i]);
        }
        return results;
    }
}
