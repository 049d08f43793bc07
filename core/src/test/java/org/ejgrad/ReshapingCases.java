package org.ejgrad;

import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.OperationCase.of;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.fill;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link Reshaping}: name, inputs, operation, oracle; edges; shapes to refuse. */
final class ReshapingCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double[][] X = {{1, 2, 3}, {4, 5, 6}};

    private ReshapingCases() {}

    // spotless:off
    static final List<OperationCase> ROWS = List.of(
        // ---- parts
        unary("rows(int,int)", one(reals()), x -> x.rows(x.getNumRows() / 2, x.getNumRows()),
                x -> x.rows(x.getNumRows() / 2, x.getNumRows()))
            .edge(X, new double[][] {{4, 5, 6}}, new double[][] {{0, 0, 0}, {1, 1, 1}})
            .anyShape(),
        unary("rows(int,int) fixed", one(reals()).filter(in -> in.get(0).getNumRows() >= 2), x -> x.rows(0, 2), x -> x.rows(0, 2))
            .edge(X, X, new double[][] {{1, 1, 1}, {1, 1, 1}})
            .refuses("rows\\(1x3, 0, 2\\): rows 0 \\(inclusive\\) to 2 \\(exclusive\\) are not within 0 to 1", new Shape(1, 3)),
        unary("cols(int,int)", one(reals()), x -> x.cols(0, (x.getNumCols() + 1) / 2), x -> x.cols(0, (x.getNumCols() + 1) / 2))
            .edge(X, new double[][] {{1, 2}, {4, 5}}, new double[][] {{1, 1, 0}, {1, 1, 0}})
            .anyShape(),
        unary("cols(int,int) fixed", one(reals()).filter(in -> in.get(0).getNumCols() >= 2), x -> x.cols(1, 2), x -> x.cols(1, 2))
            .edge(X, new double[][] {{2}, {5}}, new double[][] {{0, 1, 0}, {0, 1, 0}})
            .refuses("cols\\(3x1, 1, 2\\): columns 1 \\(inclusive\\) to 2 \\(exclusive\\) are not within 0 to 1", new Shape(3, 1)),
        unary("getRow(int)", one(reals()), x -> x.getRow(x.getNumRows() - 1), x -> x.getRow(x.getNumRows() - 1))
            .edge(X, new double[][] {{4, 5, 6}}, new double[][] {{0, 0, 0}, {1, 1, 1}})
            .refuses("getRow\\(0x3, -1\\): rows -1 .*", new Shape(0, 3)),
        unary("getColumn(int)", one(reals()), x -> x.getColumn(x.getNumCols() - 1), x -> x.getColumn(x.getNumCols() - 1))
            .edge(X, new double[][] {{3}, {6}}, new double[][] {{0, 0, 1}, {0, 0, 1}})
            .refuses("getColumn\\(3x0, -1\\): columns -1 .*", new Shape(3, 0)),
        unary("slice(int,int,int,int)", one(reals()).filter(in -> in.get(0).getNumRows() >= 2),
                x -> x.slice(1, 2, 0, x.getNumCols()), x -> x.extractMatrix(1, 2, 0, x.getNumCols()))
            .edge(X, new double[][] {{4, 5, 6}}, new double[][] {{0, 0, 0}, {1, 1, 1}})
            .refuses("slice\\(1x2, 1, 2, 0, 2\\): rows 1 .*", new Shape(1, 2)),
        unary("Moves.embed(int,int,Shape)", one(reals()), x -> Moves.embed(1, 0, new Shape(6, 5)).apply(x),
                x -> fill(6, 5, (i, j) -> i >= 1 && i <= x.getNumRows() && j < x.getNumCols() ? x.get(i - 1, j) : 0))
            .edge(new double[][] {{7}},
                    new double[][] {{0, 0, 0, 0, 0}, {7, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}},
                    new double[][] {{1}})
            .refuses("embed\\(6x1, 1, 0, 6x5\\): rows 1 \\(inclusive\\) to 7 .*", new Shape(6, 1))
            .refuses("embed\\(1x6, 1, 0, 6x5\\): columns 0 \\(inclusive\\) to 6 .*", new Shape(1, 6)),

        // ---- elements by index
        unary("selectColumns(int[])", one(reals()), x -> x.selectColumns(labels(x.getNumRows(), x.getNumCols())),
                x -> fill(x.getNumRows(), 1, (i, j) -> x.get(i, i % x.getNumCols())))
            .edge(X, new double[][] {{1}, {5}}, new double[][] {{1, 0, 0}, {0, 1, 0}})
            .refuses("selectColumns\\(2x0\\): row 0 selects column 0; expected 0 to -1", new Shape(2, 0)),
        // ---- joining
        of("concatRows(Value[])", joined(), in -> in.get(0).concatRows(in.get(1), in.get(2)),
                in -> in.get(0).concatRows(in.get(1), in.get(2)))
            .edge(List.of(new SimpleMatrix(0, 1), new SimpleMatrix(1, 1), new SimpleMatrix(0, 1)), new SimpleMatrix(1, 1),
                    new SimpleMatrix(0, 1), fill(1, 1, (i, j) -> 1), new SimpleMatrix(0, 1))
            .refuses("concatRows\\(2x3, 3x2, 2x3\\): input 1 has 2 columns; expected 3, as input 0 has", WIDE, TALL, WIDE),
        of("concatColumns(Value[])", joined().map(in -> in.stream().map(SimpleMatrix::transpose).toList()),
                in -> in.get(0).concatColumns(in.get(1), in.get(2)), in -> in.get(0).concatColumns(in.get(1), in.get(2)))
            .edge(List.of(new SimpleMatrix(1, 0), new SimpleMatrix(1, 1), new SimpleMatrix(1, 0)), new SimpleMatrix(1, 1),
                    new SimpleMatrix(1, 0), fill(1, 1, (i, j) -> 1), new SimpleMatrix(1, 0))
            .refuses("concatColumns\\(2x3, 3x2, 2x3\\): input 1 has 3 rows; expected 2, as input 0 has", WIDE, TALL, WIDE)
    );
    // spotless:on

    private static int[] labels(int rows, int columns) {
        return IntStream.range(0, rows).map(i -> columns == 0 ? 0 : i % columns).toArray();
    }

    /** Three matrices with as many columns but each with its own number of rows. */
    private static Arbitrary<List<SimpleMatrix>> joined() {
        return Combinators.combine(sizes(), sizes(), sizes(), sizes())
                .flatAs((columns, one, two, three) -> Combinators.combine(
                                matrix(new Shape(one, columns), reals()),
                                matrix(new Shape(two, columns), reals()),
                                matrix(new Shape(three, columns), reals()))
                        .as(List::of));
    }
}
