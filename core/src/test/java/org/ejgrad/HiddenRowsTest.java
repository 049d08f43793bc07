package org.ejgrad;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
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

    private static Value weighted(Value y) {
        return y.mult(WEIGHTS.cols(0, y.getNumCols()).transpose()).elementSum();
    }

    private static Function<Value, Value> along(Function<Value, Value> f, Value direction) {
        return x -> Derivatives.gradient(f, x).dot(direction);
    }
}
