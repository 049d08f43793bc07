package org.ejgrad.check;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/** What is made of a matrix by mistake: rows moved, the largest of each row alone, another coding. */
final class Lines {
    /** A matrix made of another, what one calls it, and the mistake if it stands for the other. */
    record Form(Mistake mistake, String text, UnaryOperator<Value> of) {}

    static final List<Form> FORMS = List.of(
            new Form(Mistake.MISSING_FACTOR, "1", m -> Value.ones(m.shape())),
            new Form(Mistake.SIGN_FLIPPED, "−t", Value::negative),
            new Form(Mistake.ROWS_MIXED, "for each row the next one of it", m -> rolled(m, 1)),
            new Form(Mistake.ROWS_MIXED, "for each row the previous one of it", m -> rolled(m, -1)),
            new Form(
                    Mistake.ROWS_MIXED,
                    "its rows in reverse",
                    m -> severalRows(m).reverse(Per.COLUMN)),
            new Form(Mistake.SHIFTED, "for each column the next one of it", m -> turned(m, -1)),
            new Form(Mistake.SHIFTED, "for each column the previous one of it", m -> turned(m, 1)),
            new Form(Mistake.OTHER_OPERAND, "1 for the largest of each row and 0 for the others", Lines::largest),
            new Form(Mistake.OTHER_OPERAND, "its sign", Lines::mixedSigns),
            new Form(Mistake.OTHER_OPERAND, "2t − 1", m -> m.scale(2).plus(-1)),
            new Form(Mistake.OTHER_OPERAND, "1 − t", m -> m.negative().plus(1)),
            new Form(Mistake.OTHER_OPERAND, "its square", Value::square),
            new Form(Mistake.OTHER_OPERAND, "its size", Value::abs),
            new Form(Mistake.OTHER_OPERAND, "its reciprocal", Lines::reciprocal),
            new Form(Mistake.OTHER_OPERAND, "it less the mean of each column", Lines::centred),
            new Form(
                    Mistake.OTHER_OPERAND,
                    "it less the mean and over the deviation of each column",
                    m -> standardised(m, 0)),
            new Form(
                    Mistake.OTHER_OPERAND,
                    "it less the mean and over the sample deviation of each column",
                    m -> standardised(m, 1)),
            new Form(Mistake.NOT_TRANSPOSED, "its transpose", Value::transpose),
            new Form(Mistake.MISSING_TERM, "nothing", m -> Value.zeros(m.shape())));

    /** What becomes of an element that several rows add to: of the sum so far, what comes next, and their number. */
    @FunctionalInterface
    interface Kept {
        double of(double sum, double next, int count);
    }

    /** A way to put together what several rows add to one, as the end of a sentence. */
    record Collision(String text, Kept kept) {}

    static final List<Collision> COLLISIONS = List.of(
            new Collision("only the last of them counted", (sum, next, count) -> next),
            new Collision("only the first of them counted", (sum, next, count) -> count == 0 ? next : sum),
            new Collision("their mean stood for their sum", (sum, next, count) -> (sum * count + next) / (count + 1)));

    private Lines() {}

    /** What a rule gives row by row, put together in another way than by adding. */
    static Value collided(Value dy, UnaryOperator<Value> rule, Kept kept) {
        DMatrixRMaj result = rule.apply(dy.scale(0)).matrix().getDDRM();
        int[] counts = new int[result.getNumElements()];
        for (int row = 0; row < dy.getNumRows(); row++) {
            DMatrixRMaj one =
                    rule.apply(BackwardMistakes.onlyRow(dy, row)).matrix().getDDRM();
            for (int i = 0; i < counts.length; i++) {
                if (one.data[i] != 0) {
                    result.data[i] = kept.of(result.data[i], one.data[i], counts[i]++);
                }
            }
        }
        return Value.constant(result);
    }

    private static Value mixedSigns(Value m) {
        if (m.elementMin().scalar() > 0) {
            throw new IllegalArgumentException("one sign");
        }
        return m.sign();
    }

    private static Value reciprocal(Value m) {
        if (m.abs().elementMin().scalar() == 0) {
            throw new IllegalArgumentException("zero");
        }
        return m.reciprocal();
    }

    private static Value turned(Value m, int by) {
        if (m.getNumCols() < 2) {
            throw new IllegalArgumentException("one column");
        }
        return m.roll(Per.ROW, by);
    }

    private static Value centred(Value m) {
        return severalRows(m).minus(m.mean(Per.COLUMN));
    }

    private static Value standardised(Value m, int ddof) {
        return centred(m).elementDiv(m.standardDeviation(Per.COLUMN, ddof));
    }

    private static Value severalRows(Value m) {
        if (m.getNumRows() < 2) {
            throw new IllegalArgumentException("one row");
        }
        return m;
    }

    /** Row i holds what row i + by held. */
    static Value rolled(Value m, int by) {
        return severalRows(m).roll(Per.COLUMN, -by);
    }

    /** 1 at the largest element of each row, 0 elsewhere. */
    static Value largest(Value m) {
        DMatrixRMaj of = m.matrix().getDDRM();
        DMatrixRMaj hard = new DMatrixRMaj(of.numRows, of.numCols);
        int[] at = m.argMax(Per.ROW);
        for (int i = 0; i < at.length; i++) {
            hard.set(i, at[i], 1);
        }
        return Value.constant(hard);
    }
}
