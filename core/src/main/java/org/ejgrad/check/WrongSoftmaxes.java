package org.ejgrad.check;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.check.DeviatingWalk.RuleCall;

/** What is passed on by mistake where probabilities go back to the scores that they come from. */
final class WrongSoftmaxes {
    /** A mistake in the way back, as the end of a sentence. */
    record Wrong(Mistake mistake, String text, BiFunction<RuleCall, Value, Value> passed) {}

    /** What stands for a probability, made of the scores. */
    private record Other(Mistake mistake, String text, Function<RuleCall, Value> of) {
        static Other of(Mistake mistake, String text, Function<Value, Value> scores) {
            return new Other(mistake, text, call -> scores.apply(call.inputs().get(0)));
        }
    }

    private static final List<Other> FOR_SOFTMAX = List.of(
            Other.of(Mistake.HARD_CHOICE, "1 for the largest score of each row and 0 for the others", Lines::largest),
            Other.of(Mistake.NOT_NORMALISED, "eˣ, not divided by its sum,", Value::elementExp),
            Other.of(Mistake.WRONG_AXIS, "the softmax over the columns", z -> z.softmax(Per.COLUMN)),
            Other.of(Mistake.WRONG_AXIS, "the softmax over the rows", z -> z.softmax(Per.ROW)),
            Other.of(Mistake.WRONG_AXIS, "the softmax over all elements", z -> z.softmax(Per.ALL)),
            Other.of(Mistake.WRONG_SLOPE, "the sigmoid", Value::sigmoid),
            Other.of(Mistake.MISSING_FACTOR, "the scores themselves", z -> z),
            Other.of(
                    Mistake.SIGN_FLIPPED, "the softmax of −x", z -> z.negative().softmax(Per.ROW)),
            new Other(Mistake.WRONG_SLOPE, "log p", RuleCall::output),
            new Other(
                    Mistake.WRONG_SLOPE,
                    "p²",
                    call -> call.output().elementExp().square()),
            Other.of(
                    Mistake.WRONG_SLOPE,
                    "the softmax of half the scores",
                    z -> z.scale(0.5).softmax(Per.ROW)),
            Other.of(
                    Mistake.WRONG_SLOPE,
                    "the softmax of twice the scores",
                    z -> z.scale(2).softmax(Per.ROW)));

    private static final List<Other> FOR_SIGMOID = List.of(
            Other.of(Mistake.HARD_CHOICE, "the decision, 1 or 0,", z -> z.greaterThan(0)),
            Other.of(Mistake.MISSING_FACTOR, "the scores themselves", z -> z),
            Other.of(Mistake.WRONG_SLOPE, "tanh x", Value::tanh),
            Other.of(Mistake.WRONG_SLOPE, "eˣ", Value::elementExp),
            Other.of(Mistake.OTHER_OPERAND, "1 − p", z -> z.negative().sigmoid()),
            Other.of(Mistake.WRONG_AXIS, "the softmax", z -> z.softmax(Per.COLUMN)));

    private WrongSoftmaxes() {}

    private static Per axis(Operation operation) {
        return operation.parameters().contains(Per.COLUMN) ? Per.COLUMN : Per.ROW;
    }

    private static Value sums(Value m, Per per) {
        return m.sum(per).broadcastTo(m.shape());
    }

    /** The mistakes in the way back through this operation, none if it is no softmax. */
    static List<Wrong> of(Operation operation) {
        Per axis = axis(operation);
        if (Value.LOG_SOFTMAX.contains(operation)) {
            Stream<Wrong> others = FOR_SOFTMAX.stream()
                    .map(other -> new Wrong(
                            other.mistake,
                            other.text + " stood for softmax(x) in dy − softmax(x)·Σ dy",
                            (call, right) -> call.upstream()
                                    .minus(other.of.apply(call).elementMult(sums(call.upstream(), axis)))));
            return Stream.concat(others, afterwards(axis)).toList();
        }
        if (!Value.SOFTMAX.contains(operation)) {
            return List.of();
        }
        BinaryOperator<Value> across = (y, dy) -> {
            Value product = y.elementMult(dy);
            return product.minus(y.elementMult(sums(product, axis == Per.ROW ? Per.COLUMN : Per.ROW)));
        };
        Per other = axis == Per.ROW ? Per.COLUMN : Per.ROW;
        return List.of(
                new Wrong(Mistake.WRONG_AXIS, "the softmax went along the other axis", (call, right) -> {
                    Value y = call.inputs().get(0).softmax(other);
                    Value product = y.elementMult(call.upstream());
                    return product.minus(y.elementMult(sums(product, other)));
                }),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        "the sum in y ⊙ (dy − Σ dy ⊙ y) went along the other axis",
                        (call, right) -> across.apply(call.output(), call.upstream())),
                new Wrong(
                        Mistake.WRONG_AXIS,
                        "the sum in y ⊙ (dy − Σ dy ⊙ y) went over all elements",
                        (call, right) -> call.output()
                                .elementMult(
                                        call.upstream().minus(call.upstream().dot(call.output())))),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "the y in front of y ⊙ (dy − Σ dy ⊙ y) were left out",
                        (call, right) -> right.elementDiv(call.output())),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "y were left out of the sum in y ⊙ (dy − Σ dy ⊙ y)",
                        (call, right) ->
                                call.output().elementMult(call.upstream().minus(sums(call.upstream(), axis)))),
                new Wrong(
                        Mistake.SIGN_FLIPPED,
                        "the sum in y ⊙ (dy − Σ dy ⊙ y) were added",
                        (call, right) -> call.upstream()
                                .elementMult(call.output())
                                .scale(2)
                                .minus(right)));
    }

    /** Mistakes in what is made of p − t. */
    private static Stream<Wrong> afterwards(Per axis) {
        return Stream.of(
                new Wrong(
                        Mistake.WRONG_SLOPE,
                        "p·(1 − p) were applied once more, though p − t is already the slope by the scores",
                        (call, right) -> {
                            Value p = call.output().elementExp();
                            return right.elementMult(p).elementMult(p.negative().plus(1));
                        }),
                new Wrong(
                        Mistake.WRONG_SLOPE,
                        "p were applied once more, though p − t is already the slope by the scores",
                        (call, right) -> right.elementMult(call.output().elementExp())),
                new Wrong(
                        Mistake.MISSING_FACTOR,
                        "the slope by p, dy/p, were passed on without that of p by the scores",
                        (call, right) ->
                                call.upstream().elementDiv(call.output().elementExp())),
                new Wrong(
                        Mistake.SIGN_FLIPPED,
                        "p + t stood for p − t",
                        (call, right) -> right.minus(call.upstream().scale(2))),
                new Wrong(Mistake.ABSOLUTE, "p − t had lost its signs", (call, right) -> right.abs()),
                new Wrong(
                        Mistake.SQUARED,
                        "p − t were squared",
                        (call, right) -> right.square()
                                .elementDiv(sums(call.upstream(), axis).negative())),
                new Wrong(Mistake.OTHER_OPERAND, "the targets were coded as −1 and 1", (call, right) -> {
                    Value sum = sums(call.upstream(), axis);
                    Value p = call.output().elementExp();
                    return call.upstream().scale(2).minus(sum.elementMult(p.plus(1)));
                }),
                new Wrong(
                        Mistake.OTHER_OPERAND,
                        "the weights of the targets were used with the targets, but not with p",
                        (call, right) -> call.upstream()
                                .plus(call.output()
                                        .elementExp()
                                        .divide(call.output().getNumRows()))));
    }

    /** What stands for p in p − t; to be added to p − t. */
    static List<Wrong> stoodFor(Operation operation) {
        return operation == Value.SIGMOID
                ? FOR_SIGMOID.stream()
                        .map(other -> new Wrong(
                                other.mistake,
                                other.text + " stood for p in p − t",
                                (call, right) -> other.of.apply(call).minus(call.output())))
                        .toList()
                : List.of();
    }
}
