package org.ejgrad;

import static org.ejgrad.ReductionCases.inRow;
import static org.ejgrad.ReductionCases.m;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
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

/**
 * The rows of tests for the products and running results of {@link Reductions}: name, inputs, operation, oracle; edges.
 */
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
        unary("Reductions.CUM_SUM_BACKWARDS", one(reals()), x -> Reductions.CUM_SUM_BACKWARDS.of(Per.ROW).apply(x),
                x -> eachRow(x, r -> reversed(running(reversed(r), Double::sum)))).anyShape()
            .edge(m(1, 2, 3), m(6, 5, 3), m(1, 2, 3))
    );
    // spotless:on

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
