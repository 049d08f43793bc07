package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * The functions that stand between layers, by name: each is a layer, and knows the initial weights that suit it.
 *
 * <p>{@code Activation.TANH} computes what {@code Value::tanh} computes; a network of these can say what it is.
 */
public enum Activation implements Layer {
    /** {@link Value#relu}. */
    RELU,
    /** {@link Value#relu6}. */
    RELU6,
    /** {@link Value#leakyRelu} with slope 0.01 below 0. */
    LEAKY_RELU,
    /** {@link Value#elu} with α = 1. */
    ELU,
    /** {@link Value#selu}. */
    SELU,
    /** {@link Value#gelu}. */
    GELU,
    /** {@link Value#geluTanh}. */
    GELU_TANH,
    /** {@link Value#silu}, also called swish. */
    SILU,
    /** {@link Value#mish}. */
    MISH,
    /** {@link Value#hardSwish}. */
    HARD_SWISH,
    /** {@link Value#tanh}. */
    TANH,
    /** {@link Value#tanhshrink}. */
    TANHSHRINK,
    /** {@link Value#sigmoid}. */
    SIGMOID,
    /** {@link Value#logSigmoid}. */
    LOG_SIGMOID,
    /** {@link Value#hardSigmoid}. */
    HARD_SIGMOID,
    /** {@link Value#softplus}. */
    SOFTPLUS,
    /** {@link Value#softsign}. */
    SOFTSIGN,
    /** {@link Value#softmax} of each row. */
    SOFTMAX,
    /** {@link Value#logSoftmax} of each row. */
    LOG_SOFTMAX;

    @Override
    public Value forward(Value input) {
        Value x = requireNonNull(input, "input");
        return switch (this) {
            case RELU -> x.relu();
            case RELU6 -> x.relu6();
            case LEAKY_RELU -> x.leakyRelu(0.01);
            case ELU -> x.elu(1);
            case SELU -> x.selu();
            case GELU -> x.gelu();
            case GELU_TANH -> x.geluTanh();
            case SILU -> x.silu();
            case MISH -> x.mish();
            case HARD_SWISH -> x.hardSwish();
            case TANH -> x.tanh();
            case TANHSHRINK -> x.tanhshrink();
            case SIGMOID -> x.sigmoid();
            case LOG_SIGMOID -> x.logSigmoid();
            case HARD_SIGMOID -> x.hardSigmoid();
            case SOFTPLUS -> x.softplus();
            case SOFTSIGN -> x.softsign();
            case SOFTMAX -> x.softmax(Per.ROW);
            case LOG_SOFTMAX -> x.logSoftmax(Per.ROW);
        };
    }

    /** {@return how the weights before this activation begin: He's way where negative numbers are mostly cut off} */
    public Initialiser initialiser() {
        return switch (this) {
            case RELU, RELU6, LEAKY_RELU, ELU, GELU, GELU_TANH, SILU, MISH, HARD_SWISH -> Initialiser.heUniform();
            default -> Initialiser.xavierUniform();
        };
    }

    /**
     * The activation that a function is, such as {@code Value::tanh}. It is applied to two small variables, to see
     * which operation that records.
     *
     * @param function a layer that learns nothing
     * @return the activation, or empty if the function is another or more than one operation
     */
    public static Optional<Activation> of(Layer function) {
        if (requireNonNull(function, "function") instanceof Activation activation) {
            return Optional.of(activation);
        }
        List<Operation> recorded = Stream.of(Shape.SCALAR, new Shape(2, 3))
                .flatMap(shape -> recorded(function, shape).stream())
                .toList();
        return Arrays.stream(values())
                .filter(each -> recorded.size() == 2 && recorded.stream().allMatch(each::isSame))
                .findFirst();
    }

    /** The one operation that a function applies to an input of this shape, if it is so. */
    static Optional<Operation> recorded(Layer function, Shape shape) {
        Value x = Value.variable("x", Value.ones(shape));
        try {
            Value y = function.forward(x);
            return y != null && y.inputs().equals(List.of(x)) ? Optional.of(y.operation()) : Optional.empty();
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    /** A row of a table is one object, a member of a family is made anew each time. */
    private boolean isSame(Operation recorded) {
        Operation own = forward(Value.variable("x", 1)).operation();
        return recorded == own
                || (recorded.parameters().equals(own.parameters())
                        && Stream.of(Value.LEAKY_RELU, Value.ELU)
                                .anyMatch(family -> family.contains(recorded) && family.contains(own)));
    }

    /** As {@link #toString}. */
    @Override
    public String description() {
        return toString();
    }

    /** The name in small letters, such as {@code leaky_relu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
