package org.ejgrad;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a mask hides has no influence on derivatives of any order, also of programs of several operations. */
class HiddenRowsTest {
    private static final double[] SHOWN = {0.3, 0.6, 0.8};
    private static final double[][] HIDDEN = {
        {NaN, 1, 2},
        {NaN, NaN, NaN},
        {POSITIVE_INFINITY, 1, -1},
        {POSITIVE_INFINITY, NEGATIVE_INFINITY, 0},
        {NEGATIVE_INFINITY, NEGATIVE_INFINITY, NEGATIVE_INFINITY},
        {0, 0, 0},
        {-1, 2, 1000},
        {1e308, 1e308, -1e308}
    };
    private static final Value WEIGHTS = Value.row(0.7, 1.1, -0.4);
    private static final Value SQUARE = Value.constant(new double[][] {{2, 1, 0}, {-1, 3, 0.5}, {0.2, 0.1, 1}});
    private static final Map<String, UnaryOperator<Value>> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("softmax", x -> x.softmax(Per.ROW));
        PROGRAMS.put("softmin", x -> x.softmin(Per.ROW));
        PROGRAMS.put("logSoftmax", x -> x.logSoftmax(Per.ROW));
        PROGRAMS.put("ln softmax", x -> x.softmax(Per.ROW).elementLog());
        PROGRAMS.put("cumLogSumExp", x -> x.cumLogSumExp(Per.ROW));
        PROGRAMS.put("normalize", x -> x.normalize(Per.ROW, 2, 1e-12));
        PROGRAMS.put("normalize, p = 3", x -> x.normalize(Per.ROW, 3, 0));
        PROGRAMS.put(
                "standardised",
                x -> x.minus(x.mean(Per.ROW))
                        .elementDiv(x.standardDeviation(Per.ROW, 0).plus(1e-5)));
        PROGRAMS.put(
                "exponentials", x -> x.elementExp().elementDiv(x.elementExp().sum(Per.ROW)));
        PROGRAMS.put("root", x -> x.square().sum(Per.ROW).sqrt());
        PROGRAMS.put("gated", x -> x.tanh().elementMult(x.sigmoid()).elementDiv(x.sum(Per.ROW)));
        PROGRAMS.put("attention", x -> x.mult(SQUARE).softmax(Per.ROW).mult(SQUARE));
        PROGRAMS.put(
                "product over sum",
                x -> x.product(Per.ROW).elementDiv(x.sum(Per.ROW).square()));
    }

    @Test
    void derivativesOfThreeOrdersAreThoseOfTheShownRow() {
        Value shown = Value.row(SHOWN);
        Value direction = Value.row(1, 0.5, -2);
        PROGRAMS.forEach((name, program) -> {
            Function<Value, Value> alone = x -> weighted(program.apply(x));
            Function<Value, Value> masked =
                    x -> weighted(Value.column(1, 0).where(program.apply(x), Value.constant(0)));
            for (double[] row : HIDDEN) {
                Function<Value, Value> expected = alone;
                Function<Value, Value> actual = masked;
                for (int order = 1; order <= 3; order++) {
                    Value right = Derivatives.gradient(expected, shown);
                    Value found = Derivatives.gradient(actual, Value.constant(new double[][] {SHOWN, row}));
                    for (int j = 0; j < SHOWN.length; j++) {
                        String where = name + ", order " + order + " beside " + Value.row(row);
                        assertEquals(right.get(0, j), found.get(0, j), 1e-12 * Math.abs(right.get(0, j)), where);
                        assertEquals(0, Math.abs(found.get(1, j)), where);
                    }
                    expected = along(expected, direction);
                    actual = along(actual, direction.concatRows(Value.row(0.7, 1, 1.3)));
                }
            }
        });
    }

    private static final Map<String, Function<List<Value>, Value>> OF_PRODUCTS = new LinkedHashMap<>();

    static {
        OF_PRODUCTS.put("x·a·b", in -> in.get(0).mult(in.get(1)).mult(in.get(2)));
        OF_PRODUCTS.put("tanh", in -> in.get(0).mult(in.get(1)).tanh().mult(in.get(2)));
        OF_PRODUCTS.put(
                "softmax", in -> in.get(0).mult(in.get(1)).softmax(Per.ROW).multTransB(in.get(2)));
        OF_PRODUCTS.put(
                "squares", in -> in.get(0).square().mult(in.get(1)).square().mult(in.get(2)));
        OF_PRODUCTS.put(
                "transposed",
                in -> in.get(1).multTransA(in.get(0).transpose()).tanh().multTransA(in.get(2)));
        OF_PRODUCTS.put(
                "affine",
                in -> in.get(0)
                        .affine(in.get(1), in.get(2).sum(Per.COLUMN))
                        .sigmoid()
                        .mult(in.get(2)));
        OF_PRODUCTS.put("attention", in -> {
            Value scores = in.get(0).mult(in.get(1)).multTransB(in.get(0).mult(in.get(2)));
            return scores.tanh().multTransA(in.get(0)).mult(in.get(1)).transpose();
        });
    }

    /** By what a hidden row is multiplied with, too: a mask after the products, and before one that mixes rows. */
    @Test
    void derivativesOfThreeOrdersByAllFactorsAreThoseOfTheShownRow() {
        Value shown = Value.row(SHOWN);
        List<Value> factors = List.of(SQUARE, SQUARE.transpose().scale(0.3).plus(0.2));
        Value direction = Value.row(1, 0.5, -2);
        List<Value> along = List.of(SQUARE.scale(0.1), SQUARE.square().scale(0.2));
        OF_PRODUCTS.forEach((name, program) -> {
            for (double[] row : HIDDEN) {
                Value both = Value.constant(new double[][] {SHOWN, row});
                Function<List<Value>, Value> expected =
                        in -> program.apply(in).tanh().elementSum();
                Function<List<Value>, Value> actual =
                        in -> masked(name, program, in).tanh().elementSum();
                for (int order = 1; order <= 3; order++) {
                    List<Value> right = Derivatives.gradient(expected, with(shown, factors));
                    List<Value> found = Derivatives.gradient(actual, with(both, factors));
                    for (int k = 0; k < 3; k++) {
                        Value difference =
                                found.get(k).rows(0, right.get(k).getNumRows()).minus(right.get(k));
                        String where = name + ", order " + order + ", by factor " + k + " beside " + Value.row(row);
                        double size = right.get(k).normF().scalar();
                        assertEquals(0, difference.normF().scalar(), 1e-12 * size, where);
                    }
                    assertEquals(0, found.get(0).getRow(1).normF().scalar(), name + ", order " + order);
                    expected = along(expected, with(direction, along));
                    actual = along(actual, with(direction.concatRows(Value.row(0.7, 1, 1.3)), along));
                }
            }
        });
    }

    /** The shown row of the program; where rows are mixed, the hidden one is left out before. */
    private static Value masked(String name, Function<List<Value>, Value> program, List<Value> in) {
        Value mask = Value.column(1, 0);
        Value zero = Value.constant(0);
        if (!name.equals("attention")) {
            Value y = program.apply(in);
            return y.getNumRows() == 2 ? mask.where(y, zero) : mask.transpose().where(y, zero);
        }
        Value scores = in.get(0).mult(in.get(1)).multTransB(in.get(0).mult(in.get(2)));
        Value seen = mask.where(mask.transpose().where(scores.tanh(), zero), zero);
        return seen.multTransA(mask.where(in.get(0), zero)).mult(in.get(1)).transpose();
    }

    private static List<Value> with(Value first, List<Value> others) {
        return List.of(first, others.get(0), others.get(1));
    }

    private static Function<List<Value>, Value> along(Function<List<Value>, Value> f, List<Value> directions) {
        return in -> {
            List<Value> slopes = Derivatives.gradient(f, in);
            Value sum = slopes.get(0).dot(directions.get(0));
            for (int k = 1; k < slopes.size(); k++) {
                sum = sum.plus(slopes.get(k).dot(directions.get(k)));
            }
            return sum;
        };
    }

    private static Value weighted(Value y) {
        return y.mult(WEIGHTS.cols(0, y.getNumCols()).transpose()).elementSum();
    }

    private static Function<Value, Value> along(Function<Value, Value> f, Value direction) {
        return x -> Derivatives.gradient(f, x).dot(direction);
    }
}
