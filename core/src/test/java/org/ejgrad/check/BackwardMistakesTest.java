package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/** A hand-written backward walk with one usual mistake: which step is named, and how. */
class BackwardMistakesTest {
    private static final Value X = Value.variable("x", new double[][] {{1, 2, 3}});
    private static final String BACK = "The gradient looks as if, on the way back through ";

    /** What is said of a claimed gradient, if the true one is known exactly. */
    private static String explain(Value loss, Value variable, Value claimed) {
        return explain(loss, List.of(variable), List.of(claimed));
    }

    private static String explain(Value loss, List<Value> variables, List<Value> claimed) {
        Tape tape = new Tape(loss);
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < variables.size(); i++) {
            Value variable = variables.get(i);
            DMatrixRMaj truth = loss.gradients().orZero(variable).matrix().getDDRM();
            DMatrixRMaj bars = new DMatrixRMaj(truth.numRows, truth.numCols);
            comparisons.add(new Comparison(
                    variable.label(),
                    claimed.get(i).matrix().getDDRM(),
                    truth,
                    bars,
                    variable.matrix().getDDRM()));
        }
        return new BackwardMistakes(tape, Value.constant(1), comparisons, variables)
                .usual()
                .map(diagnosis -> diagnosis.mistake() + ": " + diagnosis)
                .orElse("nothing");
    }

    private static Value row(double... elements) {
        return Value.constant(new DMatrixRMaj(1, elements.length, true, elements));
    }

    @Test
    void factorsAreBlamedOnTheStepNearestTheLoss() {
        Value loss = X.square().elementSum();
        assertEquals("SIGN_FLIPPED: " + BACK + "elementSum, the sign were wrong.", explain(loss, X, row(-2, -4, -6)));
        assertEquals("HALF: " + BACK + "elementSum, a factor 2 were missing.", explain(loss, X, row(1, 2, 3)));
        assertEquals("TWICE: " + BACK + "elementSum, a factor 2 were too many.", explain(loss, X, row(4, 8, 12)));
        assertEquals(
                "MISSING_TERM: " + BACK + "elementSum, nothing were passed on: that path is missing.",
                explain(loss, X, row(0, 0, 0)));
    }

    @Test
    void usesThatAreNotAddedUpAreCounted() {
        Value loss = X.square().plus(X.scale(5)).elementSum();
        String uses = "The gradient looks as if, of the 2 uses of x, ";
        assertEquals("OVERWRITTEN: " + uses + "only one were counted.", explain(loss, X, row(2, 4, 6)));
        assertEquals("OVERWRITTEN: " + uses + "only one were counted.", explain(loss, X, row(5, 5, 5)));
        assertEquals("COUNTED_TWICE: " + uses + "one were counted twice.", explain(loss, X, row(9, 13, 17)));
        assertEquals("COUNTED_TWICE: " + uses + "one were counted twice.", explain(loss, X, row(12, 14, 16)));
    }

    @Test
    void aMistakeInAllUsesOfAnOperationStandsBeforeOneInASingleUse() {
        Value inner = X.square().labelled("inner");
        Value loss = inner.square().scale(3).elementSum();
        assertEquals(
                "MISSING_FACTOR: " + BACK + "square, the derivative were left out: what arrives is passed on.",
                explain(loss, X, row(3, 3, 3)));
        assertEquals(
                "MISSING_FACTOR: " + BACK
                        + "square at depth 2, the derivative were left out: what arrives is passed on.",
                explain(loss, X, row(6, 12, 18)));
        assertEquals(
                "MISSING_FACTOR: " + BACK
                        + "square \"inner\" at depth 1, the derivative were left out: what arrives is passed on.",
                explain(loss, X, row(6, 24, 54)));
        assertEquals("nothing", explain(loss, X, row(6, 24, 55)));
    }

    @Test
    void aLogSoftmaxTakenForDiagonalIsRecognised() {
        Value z = Value.variable("z", new double[][] {{0, 1, 3}});
        Value dy = row(2, -1, 4);
        Value p = z.detached().softmax(Per.ROW);
        assertEquals(
                "SOFTMAX_DIAGONAL: " + BACK + "logSoftmax, its Jacobian were diagonal.",
                explain(
                        z.logSoftmax(Per.ROW).elementMult(dy).elementSum(),
                        z,
                        dy.elementMult(p.negative().plus(1))));
    }

    @Test
    void aPathThatIsMissingIsFoundInALongGraphToo() {
        Value loss = negated(X.square(), 200).plus(X.scale(5)).elementSum();
        String missing = ", nothing were passed on: that path is missing.";
        assertEquals("MISSING_TERM: " + BACK + "plus, input 1" + missing, explain(loss, X, row(2, 4, 6)));
        assertEquals("MISSING_TERM: " + BACK + "plus, input 0" + missing, explain(loss, X, row(5, 5, 5)));
        Value m = Value.variable("m", new double[][] {{1, 2}, {-3, 5}});
        Value dy = Value.constant(new double[][] {{2, -5}, {11, 1}});
        Value twice = negated(m, 200);
        Value squared = twice.mult(twice).elementMult(dy).elementSum();
        Value first = dy.multTransB(m.detached());
        Value second = m.detached().multTransA(dy);
        assertEquals("MISSING_TERM: " + BACK + "mult, input 1" + missing, explain(squared, m, first));
        assertEquals("MISSING_TERM: " + BACK + "mult, input 0" + missing, explain(squared, m, second));
    }

    @Test
    void everyWrongProductIsRecognised() {
        Value a = Value.variable("a", new double[][] {{1, 2}, {-3, 5}});
        Value b = Value.variable("b", new double[][] {{7, -1}, {4, 3}});
        Value dy = Value.constant(new double[][] {{2, -5}, {11, 1}});
        Value loss = a.mult(b).elementMult(dy).elementSum();
        Value ofA = dy.multTransB(b.detached());
        Value ofB = a.detached().multTransA(dy);
        String looks = ", a factor of the product were not transposed, or on the wrong side.";
        int found = 0;
        for (BinaryOperator<Value> product : allProducts()) {
            Value first = product.apply(dy, b.detached());
            Value second = product.apply(dy, a.detached());
            if (!same(first, ofA)) {
                assertEquals(
                        "NOT_TRANSPOSED: " + BACK + "mult, input 0" + looks,
                        explain(loss, List.of(a, b), List.of(first, ofB)));
                found++;
            }
            if (!same(second, ofB)) {
                assertEquals(
                        "NOT_TRANSPOSED: " + BACK + "mult, input 1" + looks,
                        explain(loss, List.of(a, b), List.of(ofA, second)));
                found++;
            }
        }
        assertEquals(14, found);
    }

    private static boolean same(Value a, Value b) {
        return Arrays.equals(Matrices.elements(a), Matrices.elements(b));
    }

    private static List<BinaryOperator<Value>> allProducts() {
        List<BinaryOperator<Value>> all = new ArrayList<>();
        for (boolean turnFirst : new boolean[] {false, true}) {
            for (boolean turnSecond : new boolean[] {false, true}) {
                all.add((p, q) -> (turnFirst ? p.transpose() : p).mult(turnSecond ? q.transpose() : q));
                all.add((p, q) -> (turnFirst ? q.transpose() : q).mult(turnSecond ? p.transpose() : p));
            }
        }
        return all;
    }

    @Test
    void aParameterThatTheLossDoesNotReachMustHaveNoGradient() {
        Value other = Value.variable("other", 1);
        Value loss = X.square().elementSum();
        String doubled = "TWICE: " + BACK + "elementSum, a factor 2 were too many.";
        assertEquals(doubled, explain(loss, List.of(other, X), List.of(row(0), row(4, 8, 12))));
        assertEquals("nothing", explain(loss, List.of(other, X), List.of(row(1), row(4, 8, 12))));
    }

    @Test
    void aMistakeMustLeaveTheRightGradientsRight() {
        Value b = Value.variable("b", new double[][] {{5, 1, 1}});
        Value loss = X.square().plus(b.square()).elementSum();
        assertEquals(
                "SIGN_FLIPPED: " + BACK + "plus, input 0, the sign were wrong.",
                explain(loss, List.of(X, b), List.of(row(-2, -4, -6), row(10, 2, 2))));
        assertEquals(
                "SIGN_FLIPPED: " + BACK + "elementSum, the sign were wrong.",
                explain(loss, List.of(X, b), List.of(row(-2, -4, -6), row(-10, -2, -2))));
    }

    /** Some negations in a row. */
    private static Value negated(Value value, int times) {
        Value result = value;
        for (int i = 0; i < times; i++) {
            result = result.negative();
        }
        return result;
    }

    @Test
    void graphsOfMoreThan200NodesAreNotSearchedStepByStep() {
        Value shared = negated(X, 196).plus(X);
        assertEquals(200, new Tape(negated(shared, 1).elementSum()).size());
        assertEquals(
                "OVERWRITTEN: The gradient looks as if, of the 2 uses of x, only one were counted.",
                explain(negated(shared, 1).elementSum(), X, row(-1, -1, -1)));
        assertEquals(
                "HALF: " + BACK + "elementSum, a factor 2 were missing.",
                explain(negated(shared, 2).elementSum(), X, row(1, 1, 1)));
        Value squared = negated(X.square(), 195);
        assertEquals(200, new Tape(tripled(squared)).size());
        assertEquals(
                "MISSING_FACTOR: " + BACK
                        + "square at depth 197, the derivative were left out: what arrives is passed on.",
                explain(tripled(squared), X, row(-6, -12, -18)));
        assertEquals("nothing", explain(tripled(negated(squared, 1)), X, row(6, 12, 18)));
    }

    private static Value tripled(Value squared) {
        return squared.square().scale(3).elementSum();
    }
}
