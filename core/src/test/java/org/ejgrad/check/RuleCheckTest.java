package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** The one wrong rule among the rules of a graph is found and described. */
class RuleCheckTest {
    private static final Value X = Value.variable("x", new double[][] {{0.5, 3, -2}, {-1, 0.25, 1.5}});
    private static final UnaryOperator<DMatrixRMaj> SQUARE = x -> Operation.map(x, v -> v * v);

    private static String explain(Value loss) {
        return new RuleCheck(new Tape(loss), 1)
                .explain()
                .map(diagnosis -> diagnosis.mistake() + ": " + diagnosis)
                .orElse("nothing");
    }

    private static Operation unary(UnaryOperator<DMatrixRMaj> forward, Rule.Unary rule) {
        return Operation.unary("mine", forward, Rule.rule("", rule));
    }

    /** a ⊙ b or a + b, with b broadcast, whose rule of b is given. */
    private static Operation withRuleOfB(boolean product, Rule.Binary rule) {
        return Operation.binary(
                "mine",
                (a, b) -> {
                    Value whole = Value.constant(b).broadcastTo(a.numRows, a.numCols);
                    Value y = product
                            ? Value.constant(a).elementMult(whole)
                            : Value.constant(a).plus(whole);
                    return y.matrix().getDDRM();
                },
                Rule.rule("", (a, b, y, dy) -> product ? dy.elementMult(b) : dy),
                Rule.rule("", rule));
    }

    @Test
    void rightRulesAreNotBlamed() {
        Value w = Value.variable("w", new double[][] {{1, -2}, {0.5, 3}, {4, 0.75}});
        assertEquals("nothing", explain(X.mult(w).square().plus(1).sqrt().relu().elementSum()));
    }

    @Test
    void rulesOfConstantInputsAreNotLookedAt() {
        Operation product = withRuleOfB(true, (a, b, y, dy) -> dy);
        assertEquals("nothing", explain(product.apply(X, X.detached()).elementSum()));
        assertEquals(
                "MISSING_FACTOR: The rule of input 1 of mine passes dy on: the operation's own derivative is missing.",
                explain(product.apply(X.detached(), X).elementSum()));
    }

    @Test
    void theRuleNearestTheLeavesIsNamedFirst() {
        Value inner = unary(SQUARE, (x, y, dy) -> dy).apply(X);
        Operation outer = Operation.unary("other", SQUARE, Rule.rule("", (x, y, dy) -> dy));
        assertEquals(
                "MISSING_FACTOR: The rule of input 0 of mine passes dy on: the operation's own derivative is missing.",
                explain(outer.apply(inner).elementSum()));
    }

    @Test
    void onlyOneColumnOfASharedColumnIsASumMissing() {
        String rule = "SUM_MISSING: The rule of input 1 of mine takes ";
        Value column = Value.variable("b", new double[][] {{2}, {5}});
        assertEquals(
                rule + "column 0 of dy only: the sum over the columns is missing.",
                explain(withRuleOfB(false, (a, b, y, dy) -> dy.getColumn(0))
                        .apply(X, column)
                        .elementSum()));
        assertEquals(
                rule + "column 2 of dy only: the sum over the columns is missing.",
                explain(withRuleOfB(false, (a, b, y, dy) -> dy.getColumn(2))
                        .apply(X, column)
                        .elementSum()));
        assertEquals(
                rule + "the mean of dy where the sum belongs.",
                explain(withRuleOfB(false, (a, b, y, dy) -> dy.mean(Per.ROW))
                        .apply(X, column)
                        .elementSum()));
        Value row = Value.variable("b", new double[][] {{2, 5, -1}});
        assertEquals(
                rule + "row 1 of dy only: the sum over the rows is missing.",
                explain(withRuleOfB(false, (a, b, y, dy) -> dy.getRow(1))
                        .apply(X, row)
                        .elementSum()));
    }

    @Test
    void aRuleThatNothingExplainsIsOnlyNamed() {
        Value b = Value.variable("b", new double[][] {{2, 5, -1}, {3, 0.5, 7}});
        Operation product = withRuleOfB(
                true,
                (x, other, y, dy) ->
                        other.square().elementMult(x).elementMult(dy).plus(x));
        assertEquals(
                "UNKNOWN: The rule of input 1 of mine is wrong.",
                explain(product.apply(X, b).elementSum()));
    }

    @Test
    void aRuleThatStandsStillWhileTheDerivativeMovesIsStale() {
        List<double[]> asked = new ArrayList<>();
        Operation remembering = unary(SQUARE, (x, y, dy) -> {
            asked.add(Matrices.elements(x));
            return dy.scale(0.375).elementMult(X.detached().square().plus(1));
        });
        assertEquals(
                "STALE: The rule of input 0 of mine does not depend on its input, though the derivative does: a stale"
                        + " value.",
                explain(remembering.apply(X).elementSum()));
        double[] x = Matrices.elements(X);
        double[] away = Matrices.random(6, 1, 23);
        double[] moved = new double[6];
        Arrays.setAll(moved, i -> x[i] + away[i] / 16);
        assertEquals(2, asked.size());
        assertArrayEquals(x, asked.get(0));
        assertArrayEquals(moved, asked.get(1));
    }

    @Test
    void aRuleOfALinearOperationCannotBeStale() {
        Operation linear = unary(
                x -> Operation.map(x, v -> 3 * v),
                (x, y, dy) -> dy.elementMult(X.detached().square()));
        assertEquals(
                "WRONG_SLOPE: The rule of input 0 of mine is wrong as if its slope were taken for x², where x goes in"
                        + " and y comes out.",
                explain(linear.apply(X).elementSum()));
    }

    @Test
    void rulesAreGivenARandomGradientAndMeasuredWithinAnEighth() {
        Set<Double> arguments = new LinkedHashSet<>();
        List<double[]> arriving = new ArrayList<>();
        Value x = Value.variable("x", new double[][] {{1.5, -1.25}});
        Operation spying = unary(
                m -> {
                    arguments.add(m.data[0]);
                    return SQUARE.apply(m);
                },
                (at, y, dy) -> {
                    arriving.add(Matrices.elements(dy));
                    return at.scale(2).elementMult(dy);
                });
        Tape tape = new Tape(spying.apply(x).elementSum());
        arguments.clear();
        assertTrue(new RuleCheck(tape, 9).explain().isEmpty());
        assertEquals(1, arriving.size());
        assertArrayEquals(Matrices.random(2, 9, 21), arriving.get(0));
        double farthest =
                arguments.stream().mapToDouble(v -> Math.abs(v - 1.5)).max().orElseThrow();
        assertEquals((1.5 + Steps.part(0)) - 1.5, farthest);
    }

    @Test
    void inputsOfMoreThan2000ElementsAreNotMeasured() {
        Operation first = unary(
                x -> new DMatrixRMaj(new double[][] {{5 * x.data[0]}}),
                (x, y, dy) -> dy.scale(0).broadcastTo(x.getNumRows(), x.getNumCols()));
        Value small = Value.variable("x", new DMatrixRMaj(2, 1000));
        Value large = Value.variable("x", new DMatrixRMaj(3, 667));
        assertEquals(
                "ZERO: The rule of mine is wrong. The gradient of input 0 of mine is zero.",
                explain(first.apply(small)));
        assertEquals("nothing", explain(first.apply(large)));
    }
}
