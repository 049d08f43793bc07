package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ejgrad.Per;
import org.ejgrad.Value;

/** Wrong rules of operations with one input that do not act on each element alone. */
final class WrongRules {
    /** What a rule returns for the input x, the output y and the gradient dy. */
    @FunctionalInterface
    interface Formula {
        Value of(Value x, Value y, Value dy);
    }

    /** One wrong rule, and how it goes on after the name of the operation. */
    record Wrong(Mistake mistake, String text, Formula rule) {}

    private static final List<Wrong> WRONG = Stream.of(
                    softmaxes("rows", WrongRules::alongRows),
                    softmaxes("columns", WrongRules::alongColumns),
                    softmaxes("all elements", WrongRules::overAll),
                    scans(),
                    projections(),
                    broadcasts(),
                    algebra())
            .flatMap(wrong -> wrong)
            .toList();

    private WrongRules() {}

    private static Value alongRows(Value y, Value dy) {
        return repeated(y.elementMult(dy).sum(Per.ROW), y);
    }

    private static Value alongColumns(Value y, Value dy) {
        return repeated(y.elementMult(dy).sum(Per.COLUMN), y);
    }

    private static Value overAll(Value y, Value dy) {
        return repeated(y.dot(dy), y);
    }

    private static Value spread(Value dy, Value x) {
        if (dy.shape().equals(x.shape())) {
            throw new IllegalArgumentException("nothing was put together");
        }
        return repeated(dy, x);
    }

    private static Value repeated(Value line, Value like) {
        return line.broadcastTo(like.shape());
    }

    private static Stream<Wrong> softmaxes(String axis, BinaryOperator<Value> sum) {
        return Stream.of(
                new Wrong(
                        Mistake.WRONG_AXIS,
                        "is y ⊙ (dy − Σ y ⊙ dy) with the sum over " + axis,
                        (x, y, dy) -> y.elementMult(dy.minus(sum.apply(y, dy)))),
                new Wrong(
                        Mistake.SIGN_FLIPPED,
                        "is y ⊙ (dy + Σ y ⊙ dy) with the wrong sign before the sum",
                        (x, y, dy) -> y.elementMult(dy.plus(sum.apply(y, dy)))),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is dy − Σ y ⊙ dy: the y in front is missing",
                        (x, y, dy) -> dy.minus(sum.apply(y, dy))),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        "is dy − eʸ ⊙ Σ dy with the sum over " + axis,
                        (x, y, dy) -> dy.minus(y.elementExp().elementMult(sum.apply(Value.ones(y.shape()), dy)))),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is dy − y ⊙ Σ dy: y stands for eʸ",
                        (x, y, dy) -> dy.minus(y.elementMult(sum.apply(Value.ones(y.shape()), dy)))),
                new Wrong(
                        Mistake.SIGN_FLIPPED,
                        "is dy + eʸ ⊙ Σ dy with the wrong sign before the sum",
                        (x, y, dy) -> dy.plus(y.elementExp().elementMult(sum.apply(Value.ones(y.shape()), dy)))),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is dy − Σ dy: a factor before the sum is missing",
                        (x, y, dy) -> dy.minus(sum.apply(Value.ones(y.shape()), dy))));
    }

    private static Stream<Wrong> scans() {
        return Stream.of(Per.ROW, Per.COLUMN)
                .flatMap(per -> Stream.of(
                        new Wrong(
                                Mistake.REORDERED,
                                "adds dy up forwards, where what comes later depends on what was before",
                                (x, y, dy) -> dy.cumSum(per)),
                        new Wrong(
                                Mistake.SHIFTED,
                                "adds dy up backwards without the element itself",
                                (x, y, dy) ->
                                        dy.reverse(per).cumSum(per).reverse(per).minus(dy)),
                        new Wrong(Mistake.REORDERED, "is dy in the opposite order", (x, y, dy) -> dy.reverse(per)),
                        new Wrong(Mistake.SHIFTED, "is dy moved by one place", (x, y, dy) -> dy.roll(per, 1)),
                        new Wrong(Mistake.SHIFTED, "is dy moved by one place", (x, y, dy) -> dy.roll(per, -1)),
                        new Wrong(Mistake.SHIFTED, "is dy moved by two places", (x, y, dy) -> dy.roll(per, 2)),
                        new Wrong(Mistake.SHIFTED, "is dy moved by two places", (x, y, dy) -> dy.roll(per, -2))));
    }

    /** Lines divided by their norm, their sum or their spread. */
    private static Stream<Wrong> projections() {
        return Stream.of(Per.ROW, Per.COLUMN, Per.ALL)
                .flatMap(per -> Stream.of(
                        new Wrong(
                                Mistake.MISSING_TERM,
                                "is dy over the norm: the part −y·Σ y ⊙ dy, by which the norm changes, is missing",
                                (x, y, dy) -> dy.elementDiv(repeated(x.norm(per, 2), x))),
                        new Wrong(
                                Mistake.MISSING_TERM,
                                "is dy over the sum: the part by which the sum changes is missing",
                                (x, y, dy) -> dy.elementDiv(repeated(x.sum(per), x))),
                        new Wrong(
                                Mistake.MISSING_TERM,
                                "is dy over the standard deviation: the mean and the deviation are taken for constant",
                                (x, y, dy) -> dy.elementDiv(repeated(x.standardDeviation(per, 0), x))),
                        new Wrong(
                                Mistake.MISSING_TERM,
                                "lets the mean go, but takes the standard deviation for constant",
                                (x, y, dy) -> dy.minus(repeated(dy.mean(per), x))
                                        .elementDiv(repeated(x.standardDeviation(per, 0), x))),
                        new Wrong(
                                Mistake.MISSING_FACTOR,
                                "is dy − y·Σ y ⊙ dy: the division by the norm is missing",
                                (x, y, dy) -> dy.minus(
                                        y.elementMult(repeated(y.elementMult(dy).sum(per), x)))),
                        new Wrong(
                                Mistake.WRONG_AXIS,
                                "is dy less its mean along another axis",
                                (x, y, dy) -> dy.minus(repeated(dy.mean(per), x)))));
    }

    /** Reductions: what is passed on to the elements that were put together. */
    private static Stream<Wrong> broadcasts() {
        UnaryOperator<String> every = end -> "passes dy on to every element" + end;
        return Stream.of(
                new Wrong(Mistake.MISSING_FACTOR, every.apply(""), (x, y, dy) -> spread(dy, x)),
                new Wrong(
                        Mistake.EXTRA_DIVISION,
                        every.apply(", divided by their number"),
                        (x, y, dy) -> spread(dy, x)
                                .scale((double) dy.shape().elements()
                                        / x.shape().elements())),
                new Wrong(
                        Mistake.MISSING_DIVISION,
                        every.apply(" times x"),
                        (x, y, dy) -> spread(dy, x).elementMult(x)),
                new Wrong(Mistake.WRONG_SLOPE, every.apply(" times y"), (x, y, dy) -> spread(dy.elementMult(y), x)),
                new Wrong(
                        Mistake.MISSING_DIVISION,
                        every.apply(" times x and y"),
                        (x, y, dy) -> spread(dy.elementMult(y), x).elementMult(x)),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        every.apply(" over x"),
                        (x, y, dy) -> spread(dy, x).elementDiv(x)),
                new Wrong(Mistake.MISSING_FACTOR, every.apply(" over y"), (x, y, dy) -> spread(dy.elementDiv(y), x)),
                new Wrong(
                        Mistake.NOT_NORMALISED,
                        every.apply(" times eˣ"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.elementExp())),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        every.apply(" times the softmax over the columns"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.softmax(Per.COLUMN))),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        every.apply(" times the softmax over the rows"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.softmax(Per.ROW))),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        every.apply(" times the softmax over all elements"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.softmax(Per.ALL))),
                new Wrong(
                        Mistake.HARD_CHOICE,
                        "passes dy on to the largest element of each row alone",
                        (x, y, dy) -> spread(dy, x).elementMult(Lines.largest(x))),
                new Wrong(
                        Mistake.WRONG_SLOPE,
                        every.apply(" with the sign of x"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.sign())),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        every.apply(" less the mean of its line"),
                        (x, y, dy) -> spread(dy, x).elementMult(x.minus(repeated(x.mean(Per.ROW), x)))));
    }

    /** Inverses, determinants and kin. */
    private static Stream<Wrong> algebra() {
        return Stream.of(
                new Wrong(
                        Mistake.NOT_TRANSPOSED,
                        "is −y·dy·y: y is not transposed",
                        (x, y, dy) -> y.mult(dy).mult(y).negative()),
                new Wrong(
                        Mistake.NOT_TRANSPOSED,
                        "is −y·dy·yᵀ",
                        (x, y, dy) -> y.mult(dy).mult(y.transpose()).negative()),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is −yᵀ·dy: a factor yᵀ is missing",
                        (x, y, dy) -> y.transpose().mult(dy).negative()),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is −dy·yᵀ: a factor yᵀ is missing",
                        (x, y, dy) -> dy.mult(y.transpose()).negative()),
                new Wrong(
                        Mistake.NOT_TRANSPOSED,
                        "is −yᵀ·dyᵀ·yᵀ: dy is transposed",
                        (x, y, dy) -> y.transpose()
                                .mult(dy.transpose())
                                .mult(y.transpose())
                                .negative()),
                new Wrong(
                        Mistake.WRONG_SLOPE,
                        "is −dy ⊙ y ⊙ y, element by element",
                        (x, y, dy) -> dy.elementMult(y).elementMult(y).negative()),
                new Wrong(
                        Mistake.NOT_TRANSPOSED,
                        "is dy·y times the inverse, not transposed",
                        (x, y, dy) -> x.invert().elementMult(repeated(dy.elementMult(y), x))),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "is dy times the transposed inverse",
                        (x, y, dy) -> x.invert().transpose().elementMult(repeated(dy, x))),
                new Wrong(
                        Mistake.NOT_TRANSPOSED,
                        "is dy times the inverse, not transposed",
                        (x, y, dy) -> x.invert().elementMult(repeated(dy, x))),
                new Wrong(Mistake.TRANSPOSED, "is dy transposed", (x, y, dy) -> dy.transpose()),
                new Wrong(Mistake.TRIANGLE_ONLY, "keeps only the lower triangle", (x, y, dy) -> dy.tril(0)),
                new Wrong(Mistake.MISSING_TERM, "is x·dy: one of two terms is missing", (x, y, dy) -> x.mult(dy)),
                new Wrong(
                        Mistake.MISSING_TERM,
                        "is x·dyᵀ: one of two terms is missing",
                        (x, y, dy) -> x.mult(dy.transpose())),
                new Wrong(
                        Mistake.MISSING_TERM,
                        "is xᵀ·dy: one of two terms is missing",
                        (x, y, dy) -> x.transpose().mult(dy)),
                new Wrong(
                        Mistake.MISSING_TERM,
                        "is dy·xᵀ: one of two terms is missing",
                        (x, y, dy) -> dy.mult(x.transpose())),
                new Wrong(Mistake.MISSING_TERM, "is dy·x: one of two terms is missing", (x, y, dy) -> dy.mult(x)));
    }

    static List<Wrong> all() {
        return WRONG;
    }

    /** The first that returns the claim: the mistake, and what the rule does. */
    static Optional<Diagnosis> explain(Comparison c, Value x, Value y, Value dy) {
        return WRONG.stream()
                .filter(wrong -> {
                    try {
                        return c.isExplainedBy(wrong.rule.of(x, y, dy).matrix().getDDRM());
                    } catch (RuntimeException doesNotFit) {
                        return false;
                    }
                })
                .findFirst()
                .map(wrong -> new Diagnosis(wrong.mistake, wrong.text));
    }
}
