package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ActivationTest {
    private static final Value X = Value.constant(new double[][] {{1, -2, 3}, {0.5, 4, -1}});

    /** Method references and lambdas that a file can name. */
    private static List<Layer> functions() {
        return List.of(
                Value::relu,
                Value::relu6,
                x -> x.leakyRelu(0.01),
                x -> x.elu(1),
                Value::selu,
                Value::gelu,
                Value::geluTanh,
                Value::silu,
                Value::mish,
                Value::hardSwish,
                Value::tanh,
                Value::tanhshrink,
                Value::sigmoid,
                Value::logSigmoid,
                Value::hardSigmoid,
                Value::softplus,
                Value::softsign,
                x -> x.softmax(Per.ROW),
                x -> x.logSoftmax(Per.ROW));
    }

    @ParameterizedTest
    @EnumSource
    void computesAndRecognisesWhatItIsCalled(Activation activation) {
        Layer function = functions().get(activation.ordinal());
        assertArrayEquals(
                function.forward(X).matrix().getDDRM().data,
                activation.forward(X).matrix().getDDRM().data);
        assertEquals(Optional.of(activation), Activation.of(function));
        assertEquals(Optional.of(activation), Activation.of(activation));
    }

    static Stream<Layer> others() {
        Operation tanh = Operation.unary("tanh", x -> x, Rule.rule("dy", (x, y, dy) -> dy));
        return Stream.of(
                x -> x,
                x -> X.tanh(),
                x -> null,
                x -> x.leakyRelu(0.02),
                x -> x.elu(2),
                x -> x.celu(1),
                x -> x.tanh().tanh(),
                x -> x.plus(x),
                x -> x.softmax(Per.COLUMN),
                x -> x.mult(X),
                x -> x.getNumRows() == 1 ? x.tanh() : x.sigmoid(),
                tanh::apply);
    }

    @ParameterizedTest
    @MethodSource("others")
    void isNotSeenInOtherFunctions(Layer function) {
        assertEquals(Optional.empty(), Activation.of(function));
    }

    @Test
    void isCalledByItsName() {
        assertEquals("leaky_relu", Activation.LEAKY_RELU.toString());
        assertEquals(
                "Sequential[Dense(1, 2), gelu]",
                Sequential.of(new Dense(1, 2, 1), Activation.GELU).description());
    }
}
