package org.ejgrad.examples.lessons;

import static org.ejgrad.examples.lessons.Given.labels;
import static org.ejgrad.examples.lessons.Given.matrix;
import static org.ejgrad.examples.lessons.Given.number;
import static org.ejgrad.examples.lessons.Given.numbers;
import static org.ejgrad.examples.lessons.Slip.withSlopes;

import java.util.function.BinaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.CrossEntropy;

/** What the first five lessons end with: single operations. */
final class FirstExercises {
    private FirstExercises() {}

    static Exercise oneMultiplication() {
        return Exercise.of(
                        """
                The loss is (w·x − t)²: the prediction w·x should be t.
                Write its derivative by w, the slope of the loss when w is moved.
                """,
                        v -> squaredError(v.get("w").elementMult(v.get("x")), v.get("t")),
                        "Outer slope times inner slope: that of the square, times that of w·x by w.",
                        number("w", 0.7).asked(),
                        number("x", 1.9),
                        number("t", 0.4))
                .slip(
                        "The factor x is missing: when w grows by 1, w·x grows by x.",
                        v -> withSlopes(outer(v), v.get("w")))
                .slip(
                        "The slope of w·x by w is x, not w.",
                        v -> withSlopes(outer(v).elementMult(v.get("w")), v.get("w")))
                .slip(
                        "That is the loss itself, not its slope.",
                        v -> withSlopes(outer(v).scale(0.5).square(), v.get("w")))
                .slip(
                        "The target t is left out: the slope of a² is 2·a with a = w·x − t.",
                        v -> v.get("w").elementMult(v.get("x")).square().elementSum());
    }

    static Exercise chainRule() {
        return Exercise.of(
                        """
                The loss is (σ(w·x) − t)², with the sigmoid σ(a) = 1/(1 + e^(−a)), whose slope is σ(a)·(1 − σ(a)).
                Write its derivative by w.
                """,
                        v -> squaredError(v.get("w").elementMult(v.get("x")).sigmoid(), v.get("t")),
                        "A chain of three: the slope of the square, of the sigmoid and of the product, multiplied.",
                        number("w", 0.7).asked(),
                        number("x", 1.9),
                        number("t", 0.4))
                .slip(
                        "The slope of the sigmoid is missing, σ·(1 − σ).",
                        v -> sigmoidChain(v, (a, y) -> Value.constant(1)))
                .slip(
                        "The factor x is missing: the slope of w·x by w.",
                        v -> sigmoidChain(
                                v, (a, y) -> y.elementMult(y.negative().plus(1)).elementDiv(v.get("x"))))
                .slip(
                        "The slope of the sigmoid is σ·(1 − σ); the factor σ is missing.",
                        v -> sigmoidChain(v, (a, y) -> y.negative().plus(1)))
                .slip(
                        "The slope of the sigmoid is σ·(1 − σ); the factor 1 − σ is missing.",
                        v -> sigmoidChain(v, (a, y) -> y))
                .slip(
                        "The slope of the sigmoid is σ·(1 − σ); 1 − σ² is the slope of tanh.",
                        v -> sigmoidChain(v, (a, y) -> y.square().negative().plus(1)))
                .slip(
                        "The slope of the sigmoid is σ·(1 − σ) with σ = σ(w·x), not with w·x itself.",
                        v -> sigmoidChain(
                                v, (a, y) -> a.elementMult(a.negative().plus(1))));
    }

    static Exercise sumsAtFanOut() {
        return Exercise.of(
                        """
                The loss is the sum of x[i]·tanh(x[i]): every x[i] is used twice.
                Write its gradient by x. The slope of tanh(a) is 1 − tanh(a)².
                """,
                        v -> v.get("x").elementMult(v.get("x").tanh()).elementSum(),
                        "Each use of x[i] brings its own slope, with the other factor held still; add the two.",
                        numbers("x", 0.7, -1.3, 0.2, 1.6).asked())
                .slip(
                        "Only one use of x is counted: the slope through tanh(x) is missing.",
                        v -> v.get("x")
                                .elementMult(v.get("x").detached().tanh())
                                .elementSum())
                .slip(
                        "Only one use of x is counted: the slope by the factor x, which is tanh(x), is missing.",
                        v -> v.get("x")
                                .detached()
                                .elementMult(v.get("x").tanh())
                                .elementSum())
                .slip(
                        "The two uses' slopes are added, not multiplied.",
                        v -> withSlopes(v.get("x").tanh().elementMult(throughTanh(v.get("x"))), v.get("x")))
                .slip(
                        "The two uses' slopes are added, not subtracted.",
                        v -> withSlopes(v.get("x").tanh().minus(throughTanh(v.get("x"))), v.get("x")))
                .slip(
                        "The use as a factor is counted twice.",
                        v -> withSlopes(v.get("x").tanh().scale(2).plus(throughTanh(v.get("x"))), v.get("x")))
                .slip(
                        "In the slope through tanh(x) the factor x is missing.",
                        v -> v.get("x")
                                .elementMult(v.get("x").detached().tanh())
                                .plus(v.get("x").tanh())
                                .elementSum());
    }

    static Exercise broadcasting() {
        return Exercise.of(
                        """
                y = x·w + b, with the one row b added to every row of the product x·w; the loss is the mean of
                (y − t)² over all elements of y. Write its gradients by w and by b.
                """,
                        v -> squaredError(affine(v).labelled("y"), v.get("t")),
                        "Start with d, the slope of the loss by each element of y; then follow w and b to all they reach.",
                        matrix("x", new double[][] {{0.5, -1.0}, {1.5, 0.3}, {-0.7, 0.8}, {-0.2, -0.4}, {0.9, 1.1}}),
                        matrix("w", new double[][] {{0.4, -0.6}, {0.9, 0.2}}).asked(),
                        numbers("b", 0.7, -0.5).asked(),
                        matrix("t", new double[][] {{0.3, 0.1}, {-0.8, 0.5}, {1.2, -0.3}, {0.6, 0.9}, {-0.1, -0.7}}))
                .slip(
                        "The division by 10 is missing, the number of elements of y.",
                        v -> affine(v).minus(v.get("t")).square().elementSum())
                .slip(
                        "It is divided by 5, the number of rows; the mean is over all 10 elements of y.",
                        v -> squaredError(affine(v), v.get("t")).scale(2))
                .slip(
                        "b is left out of y.",
                        v -> squaredError(affine(v).minus(v.get("b").detached()), v.get("t")));
    }

    static Exercise softmaxCrossEntropy() {
        Given labels = labels("labels", 2, 0, 1, 1);
        return Exercise.of(
                        """
                Each row of z are the logits of a sample, p = softmax(z) row by row, and the loss is the mean over
                the samples of −ln(p[i][labels[i]]). Write its gradient by z.
                """,
                        v -> CrossEntropy.fromLogits(v.get("z"), labels.labels()),
                        "Of softmax and cross-entropy together, almost everything cancels; work it out for one sample.",
                        matrix("z", new double[][] {
                                    {0.5, -0.2, 1.1}, {-0.4, 0.8, 0.3}, {1.3, 0.1, -0.6}, {0.2, -0.9, 0.7}
                                })
                                .asked(),
                        labels)
                .slip(
                        "The division by each row's sum of exponentials is missing: that is no softmax.",
                        v -> withSlopes(
                                v.get("z").elementExp().minus(labels.oneHot(3)).divide(4), v.get("z")))
                .slip(
                        "The softmax is taken down the columns; each row is a sample of its own.",
                        v -> withSlopes(
                                v.get("z")
                                        .softmax(Per.COLUMN)
                                        .minus(labels.oneHot(3))
                                        .divide(4),
                                v.get("z")))
                .slip(
                        "That is the gradient by p; the way back through softmax to z is missing.",
                        v -> withSlopes(
                                labels.oneHot(3)
                                        .elementDiv(v.get("z").softmax(Per.ROW))
                                        .divide(-4),
                                v.get("z")))
                .slip(
                        "The factor p·(1 − p) is too much: it cancels against the slope 1/p of the logarithm.",
                        v -> withSlopes(
                                residual(v, labels)
                                        .elementMult(v.get("z").softmax(Per.ROW))
                                        .elementMult(v.get("z")
                                                .softmax(Per.ROW)
                                                .negative()
                                                .plus(1)),
                                v.get("z")))
                .slip(
                        "The right class's logit has its slope, the others have none; every p depends on every logit.",
                        v -> withSlopes(residual(v, labels).elementMult(labels.oneHot(3)), v.get("z")))
                .slip(
                        "The targets are left out: one is to be subtracted at the right class.",
                        v -> withSlopes(v.get("z").softmax(Per.ROW).divide(4), v.get("z")));
    }

    private static Value squaredError(Value y, Value t) {
        return y.minus(t).square().mean();
    }

    // ---- parts of losses, right and wrong ---------------------------------------------------------------------------

    /** 2·(w·x − t). */
    private static Value outer(Values v) {
        return v.get("w").elementMult(v.get("x")).minus(v.get("t")).scale(2);
    }

    /** With something else, of the sigmoid's input and output, for its slope. */
    private static Value sigmoidChain(Values v, BinaryOperator<Value> slope) {
        Value a = v.get("w").elementMult(v.get("x"));
        Value y = a.sigmoid();
        Value slopes =
                y.minus(v.get("t")).scale(2).elementMult(slope.apply(a, y)).elementMult(v.get("x"));
        return withSlopes(slopes, v.get("w"));
    }

    /** (p − one at the label)/4. */
    private static Value residual(Values v, Given labels) {
        return v.get("z").softmax(Per.ROW).minus(labels.oneHot(3)).divide(4);
    }

    private static Value throughTanh(Value x) {
        return x.elementMult(x.tanh().square().negative().plus(1));
    }

    private static Value affine(Values v) {
        return v.get("x").mult(v.get("w")).plus(v.get("b"));
    }
}
