package org.ejgrad;

import static java.lang.Double.NaN;
import static org.ejgrad.laws.Matrices.distinct;
import static org.ejgrad.laws.Matrices.matrix;
import static org.ejgrad.laws.Matrices.ofShapes;
import static org.ejgrad.laws.Matrices.one;
import static org.ejgrad.laws.Matrices.reals;
import static org.ejgrad.laws.Matrices.sizes;
import static org.ejgrad.laws.OperationCase.binary;
import static org.ejgrad.laws.OperationCase.of;
import static org.ejgrad.laws.OperationCase.unary;
import static org.ejgrad.laws.Oracles.eachColumn;
import static org.ejgrad.laws.Oracles.eachRow;
import static org.ejgrad.laws.Oracles.fill;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.ejgrad.laws.OperationCase;
import org.ejml.simple.SimpleMatrix;

/** The rows of tests for {@link Moves}: name, inputs, operation, oracle; edges; shapes and places to refuse. */
final class MoveCases {
    private static final Shape WIDE = new Shape(2, 3);
    private static final Shape TALL = new Shape(3, 2);
    private static final double[][] X = {{1, 2, 3}, {4, 5, 6}};
    private static final double[][] ONES = {{1, 1, 1}, {1, 1, 1}};

    private MoveCases() {}

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
            .refuses("getRow\\(0x3, -1\\): there is no row -1, for there is none", new Shape(0, 3)),
        unary("getColumn(int)", one(reals()), x -> x.getColumn(x.getNumCols() - 1), x -> x.getColumn(x.getNumCols() - 1))
            .edge(X, new double[][] {{3}, {6}}, new double[][] {{0, 0, 1}, {0, 0, 1}})
            .refuses("getColumn\\(3x0, -1\\): there is no column -1, for there is none", new Shape(3, 0)),
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
            .refuses("concatColumns\\(2x3, 3x2, 2x3\\): input 1 has 3 rows; expected 2, as input 0 has", WIDE, TALL, WIDE),

        // ---- places known beforehand
        unary("reshape(int,int)", one(reals()), x -> x.reshape(x.getNumCols(), x.getNumRows()),
                x -> fill(x.getNumCols(), x.getNumRows(), (i, j) -> x.getDDRM().data[i * x.getNumRows() + j])).anyShape()
            .edge(X, new double[][] {{1, 2}, {3, 4}, {5, 6}}, ONES),
        unary("reshape(int,int) to six", sized(2, 3), x -> x.reshape(1, 6), x -> fill(1, 6, (i, j) -> x.get(j / 3, j % 3)))
            .refuses("reshape\\(2x2, 1x6\\): 4 elements do not fill 6 places", new Shape(2, 2)),
        unary("reverse(Per) of columns", one(reals()), x -> x.reverse(Per.COLUMN),
                x -> picked(x, (i, j) -> x.getNumRows() - 1 - i, (i, j) -> j)).anyShape()
            .edge(X, new double[][] {{4, 5, 6}, {1, 2, 3}}, ONES),
        unary("reverse(Per) of rows", one(reals()), x -> x.reverse(Per.ROW),
                x -> picked(x, (i, j) -> i, (i, j) -> x.getNumCols() - 1 - j)).anyShape()
            .edge(X, new double[][] {{3, 2, 1}, {6, 5, 4}}, ONES),
        unary("reverse(Per) of all", one(reals()), x -> x.reverse(Per.ALL),
                x -> picked(x, (i, j) -> x.getNumRows() - 1 - i, (i, j) -> x.getNumCols() - 1 - j)).anyShape()
            .edge(X, new double[][] {{6, 5, 4}, {3, 2, 1}}, ONES),
        unary("roll(Per,int) of columns", one(reals()), x -> x.roll(Per.COLUMN, 5),
                x -> picked(x, (i, j) -> (i + 20 * x.getNumRows() - 5) % x.getNumRows(), (i, j) -> j)).anyShape()
            .edge(X, new double[][] {{4, 5, 6}, {1, 2, 3}}, ONES),
        unary("roll(Per,int) of rows", one(reals()), x -> x.roll(Per.ROW, -1),
                x -> picked(x, (i, j) -> i, (i, j) -> (j + 1) % x.getNumCols())).anyShape()
            .edge(X, new double[][] {{2, 3, 1}, {5, 6, 4}}, ONES),
        unary("roll(Per,int) of all", sized(2, 3), x -> x.roll(Per.ALL, 4),
                x -> fill(2, 3, (i, j) -> x.get((i * 3 + j + 2) % 6 / 3, (i * 3 + j + 2) % 3))).anyShape()
            .edge(X, new double[][] {{3, 4, 5}, {6, 1, 2}}, ONES),
        unary("tile(int,int)", one(reals()), x -> x.tile(2, 3),
                x -> fill(2 * x.getNumRows(), 3 * x.getNumCols(), (i, j) -> x.get(i % x.getNumRows(), j % x.getNumCols()))).anyShape()
            .edge(new double[][] {{7}}, new double[][] {{7, 7, 7}, {7, 7, 7}}, new double[][] {{6}}),
        unary("pad(int,int,int,int,double)", one(reals()), x -> x.pad(1, 2, 2, 1, -1.5),
                x -> fill(x.getNumRows() + 3, x.getNumCols() + 3,
                        (i, j) -> i >= 1 && i <= x.getNumRows() && j >= 2 && j < x.getNumCols() + 2 ? x.get(i - 1, j - 2) : -1.5))
            .anyShape()
            .edge(new double[][] {{7}},
                    new double[][] {{-1.5, -1.5, -1.5, -1.5}, {-1.5, -1.5, 7, -1.5}, {-1.5, -1.5, -1.5, -1.5}, {-1.5, -1.5, -1.5, -1.5}},
                    new double[][] {{1}}),
        unary("rows(int,int,int)", sized(4, 2), x -> x.rows(1, 4, 2), x -> fill(2, 2, (i, j) -> x.get(1 + 2 * i, j)))
            .edge(new double[][] {{1}, {2}, {3}, {4}}, new double[][] {{2}, {4}}, new double[][] {{0}, {1}, {0}, {1}})
            .refuses("rows\\(3x2, 1, 4, 2\\): expected 0 <= from <= to <= 3 and a step from 1 on", new Shape(3, 2)),
        unary("cols(int,int,int)", sized(2, 4), x -> x.cols(1, 4, 2), x -> fill(2, 2, (i, j) -> x.get(i, 1 + 2 * j)))
            .edge(new double[][] {{1, 2, 3, 4}}, new double[][] {{2, 4}}, new double[][] {{0, 1, 0, 1}})
            .refuses("cols\\(2x2, 1, 4, 2\\): expected 0 <= from <= to <= 2 .*", new Shape(2, 2)),
        unary("rowsAt(int[])", sized(3, 2), x -> x.rowsAt(2, 0, 2), x -> fill(3, 2, (i, j) -> x.get(i == 1 ? 0 : 2, j)))
            .edge(new double[][] {{1}, {2}, {3}}, new double[][] {{3}, {1}, {3}}, new double[][] {{1}, {0}, {2}})
            .refuses("rowsAt\\(2x2, \\[2, 0, 2\\]\\): there is no row 2; expected 0 to 1", new Shape(2, 2)),
        unary("colsAt(int[])", sized(2, 3), x -> x.colsAt(2, 0, 2), x -> fill(2, 3, (i, j) -> x.get(i, j == 1 ? 0 : 2)))
            .edge(new double[][] {{1, 2, 3}}, new double[][] {{3, 1, 3}}, new double[][] {{1, 0, 2}})
            .refuses("colsAt\\(2x2, \\[2, 0, 2\\]\\): there is no column 2; expected 0 to 1", new Shape(2, 2)),
        unary("selectColumns(int[])", one(reals()), x -> x.selectColumns(labels(x.getNumRows(), x.getNumCols())),
                x -> fill(x.getNumRows(), 1, (i, j) -> x.get(i, i % x.getNumCols())))
            .edge(X, new double[][] {{1}, {5}}, new double[][] {{1, 0, 0}, {0, 1, 0}})
            .refuses("selectColumns\\(2x0, \\[0, 0\\]\\): row 0 selects column 0; expected 0 to -1", new Shape(2, 0)),
        unary("gather(Per,int[][]) of rows", sized(2, 3), x -> x.gather(Per.ROW, new int[][] {{2, 2}, {0, 1}}),
                x -> fill(2, 2, (i, j) -> i == 0 ? x.get(0, 2) : x.get(1, j)))
            .edge(X, new double[][] {{3, 3}, {4, 5}}, new double[][] {{0, 0, 2}, {1, 1, 0}})
            .refuses("gather\\(2x2, ROW, \\[\\[2, 2\\], \\[0, 1\\]\\]\\): there is no column 2; expected 0 to 1", new Shape(2, 2))
            .refuses("gather\\(1x3, ROW, \\[\\[2, 2\\], \\[0, 1\\]\\]\\): there is no row 1; expected 0 to 0", new Shape(1, 3)),
        unary("gather(Per,int[][]) of columns", sized(3, 2), x -> x.gather(Per.COLUMN, new int[][] {{2, 0}, {2, 1}}),
                x -> fill(2, 2, (i, j) -> j == 0 ? x.get(2, 0) : x.get(i, 1)))
            .edge(new double[][] {{1, 2}, {3, 4}, {5, 6}}, new double[][] {{5, 2}, {5, 4}}, new double[][] {{0, 1}, {0, 1}, {2, 0}})
            .refuses("gather\\(2x2, COLUMN, \\[\\[2, 0\\], \\[2, 1\\]\\]\\): there is no row 2; expected 0 to 1", new Shape(2, 2)),
        unary("gather(Per,int[][]) of all", sized(2, 3), x -> x.gather(Per.ALL, new int[][] {{5, 0, 5}}),
                x -> fill(1, 3, (i, j) -> j == 1 ? x.get(0, 0) : x.get(1, 2)))
            .edge(X, new double[][] {{6, 1, 6}}, new double[][] {{1, 0, 0}, {0, 0, 2}})
            .refuses("gather\\(1x3, ALL, \\[5, 0, 5\\]\\): there is no element 5; expected 0 to 2", new Shape(1, 3)),
        binary("scatterAdd(Per,int[][],Value) of rows", ofShapes(new Shape(2, 3), reals(), new Shape(2, 2), reals()),
                (x, s) -> x.scatterAdd(Per.ROW, new int[][] {{2, 2}, {0, 1}}, s),
                (x, s) -> fill(2, 3, (i, j) -> x.get(i, j) + (i == 0 ? j == 2 ? s.get(0, 0) + s.get(0, 1) : 0 : j < 2 ? s.get(1, j) : 0)))
            .edge(List.of(new SimpleMatrix(X), new SimpleMatrix(new double[][] {{7, 8}, {9, 10}})),
                    new SimpleMatrix(new double[][] {{1, 2, 18}, {13, 15, 6}}),
                    new SimpleMatrix(ONES), new SimpleMatrix(new double[][] {{1, 1}, {1, 1}}))
            .refuses("scatterAdd\\(2x3, ROW, 2x3\\): the index is 2x2; expected the source's shape, 2x3", new Shape(2, 3), new Shape(2, 3))
            .refuses("scatterAdd\\(2x3, ROW, 3x2\\): the index is 2x2; expected the source's shape, 3x2", new Shape(2, 3), new Shape(3, 2))
            .refuses("scatterAdd\\(2x2, ROW, 2x2\\): there is no column 2; expected 0 to 1", new Shape(2, 2), new Shape(2, 2)),
        binary("scatterAdd(Per,int[][],Value) of columns", ofShapes(new Shape(3, 2), reals(), new Shape(2, 2), reals()),
                (x, s) -> x.scatterAdd(Per.COLUMN, new int[][] {{2, 0}, {2, 1}}, s),
                (x, s) -> fill(3, 2, (i, j) -> x.get(i, j) + (j == 0 ? i == 2 ? s.get(0, 0) + s.get(1, 0) : 0 : i < 2 ? s.get(i, 1) : 0)))
            .edge(List.of(new SimpleMatrix(3, 2), new SimpleMatrix(new double[][] {{7, 8}, {9, 10}})),
                    new SimpleMatrix(new double[][] {{0, 8}, {0, 10}, {16, 0}}),
                    fill(3, 2, (i, j) -> 1), fill(2, 2, (i, j) -> 1))
            .refuses("scatterAdd\\(3x2, COLUMN, 2x1\\): the index is 2x2; expected the source's shape, 2x1",
                    new Shape(3, 2), new Shape(2, 1)),
        binary("scatterAdd(Per,int[][],Value) of all", ofShapes(new Shape(2, 3), reals(), new Shape(1, 2), reals()),
                (x, s) -> x.scatterAdd(Per.ALL, new int[][] {{5, 0}}, s),
                (x, s) -> fill(2, 3, (i, j) -> x.get(i, j) + (i + j == 0 ? s.get(0, 1) : i + j == 3 ? s.get(0, 0) : 0)))
            .edge(List.of(new SimpleMatrix(X), new SimpleMatrix(new double[][] {{7, 8}})),
                    new SimpleMatrix(new double[][] {{9, 2, 3}, {4, 5, 13}}),
                    new SimpleMatrix(ONES), new SimpleMatrix(new double[][] {{1, 1}}))
            .refuses("scatterAdd\\(1x3, ALL, 1x2\\): there is no element 5; expected 0 to 2", new Shape(1, 3), new Shape(1, 2)),

        // ---- places that the elements decide
        unary("sort(Per) of rows", apart(), x -> x.sort(Per.ROW), x -> eachRow(x, MoveCases::sorted)).anyShape()
            .edge(new double[][] {{3, 1, 2}}, new double[][] {{1, 2, 3}}, new double[][] {{1, 1, 1}})
            .edge(new double[][] {{NaN, 1}}, new double[][] {{1, NaN}}, new double[][] {{1, 1}}),
        unary("sort(Per) of columns", apart(), x -> x.sort(Per.COLUMN), x -> eachColumn(x, MoveCases::sorted)).anyShape()
            .edge(new double[][] {{3}, {1}}, new double[][] {{1}, {3}}, new double[][] {{1}, {1}}),
        unary("sort(Per) of all", apart(), x -> x.sort(Per.ALL),
                x -> fill(1, x.getNumElements(), (i, j) -> sorted(x.getDDRM().data)[j])).anyShape()
            .edge(new double[][] {{3}, {1}}, new double[][] {{1, 3}}, new double[][] {{1}, {1}}),
        unary("top(Per,int) of rows", wide(), x -> x.top(Per.ROW, 2),
                x -> fill(x.getNumRows(), 2, (i, j) -> sorted(x.getRow(i).getDDRM().data)[x.getNumCols() - 1 - j]))
            .edge(new double[][] {{1, 3, 2}}, new double[][] {{3, 2}}, new double[][] {{0, 1, 1}})
            .edge(new double[][] {{3, 3, 3}}, new double[][] {{3, 3}}, new double[][] {{1, 1, 0}})
            .refuses("top\\(2x1, ROW, 2\\): the count is 2; expected 0 to 1", new Shape(2, 1)),
        unary("top(Per,int) of columns", wide().map(x -> List.of(x.get(0).transpose())), x -> x.top(Per.COLUMN, 2),
                x -> fill(2, x.getNumCols(), (i, j) -> sorted(x.getColumn(j).transpose().getDDRM().data)[x.getNumRows() - 1 - i]))
            .edge(new double[][] {{1}, {3}, {2}}, new double[][] {{3}, {2}}, new double[][] {{0}, {1}, {1}})
            .refuses("top\\(1x3, COLUMN, 2\\): the count is 2; expected 0 to 1", new Shape(1, 3)),
        unary("top(Per,int) of all", wide(), x -> x.top(Per.ALL, 2),
                x -> fill(1, 2, (i, j) -> sorted(x.getDDRM().data)[x.getNumElements() - 1 - j]))
            .edge(new double[][] {{1}, {3}, {2}}, new double[][] {{3, 2}}, new double[][] {{0}, {1}, {1}})
            .refuses("top\\(1x1, ALL, 2\\): the count is 2; expected 0 to 1", new Shape(1, 1)),
        unary("cumMax(Per) of all", apart(), x -> x.cumMax(Per.ALL), x -> {
                double[] results = runningMax(x.getDDRM().data);
                return fill(x.getNumRows(), x.getNumCols(), (i, j) -> results[i * x.getNumCols() + j]);
            }).anyShape()
            .edge(new double[][] {{1, 3}, {2, 4}}, new double[][] {{1, 3}, {3, 4}}, new double[][] {{1, 2}, {0, 1}}),
        unary("cumMax(Per) of rows", apart(), x -> x.cumMax(Per.ROW), x -> eachRow(x, MoveCases::runningMax)).anyShape()
            .edge(new double[][] {{1, 3, 3, 2}}, new double[][] {{1, 3, 3, 3}}, new double[][] {{1, 3, 0, 0}})
            .edge(new double[][] {{1, NaN, 5}}, new double[][] {{1, NaN, NaN}}, new double[][] {{1, 2, 0}}),
        unary("cumMax(Per) of columns", apart(), x -> x.cumMax(Per.COLUMN), x -> eachColumn(x, MoveCases::runningMax)).anyShape()
            .edge(new double[][] {{4}, {3}}, new double[][] {{4}, {4}}, new double[][] {{2}, {0}})
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

    private static Arbitrary<List<SimpleMatrix>> sized(int rows, int columns) {
        return matrix(new Shape(rows, columns), reals()).map(List::of);
    }

    private static Arbitrary<List<SimpleMatrix>> apart() {
        return distinct().map(List::of);
    }

    private static Arbitrary<List<SimpleMatrix>> wide() {
        return apart().filter(x -> x.get(0).getNumCols() > 1);
    }

    private static SimpleMatrix picked(SimpleMatrix x, IntBinaryOperator row, IntBinaryOperator column) {
        return fill(x.getNumRows(), x.getNumCols(), (i, j) -> x.get(row.applyAsInt(i, j), column.applyAsInt(i, j)));
    }

    private static double[] sorted(double... elements) {
        double[] sorted = elements.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double[] runningMax(double... elements) {
        double[] results = elements.clone();
        for (int i = 1; i < results.length; i++) {
            results[i] = Math.max(results[i - 1], results[i]);
        }
        return results;
    }
}
