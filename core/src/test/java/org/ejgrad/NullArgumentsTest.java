package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejgrad.laws.NullArguments;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Null in place of any argument of any public method of the engine is refused in words that name it. */
class NullArgumentsTest {
    private static final Rule RULE = Rule.rule("dy", (x, y, dy) -> dy);
    private static final UnaryOperator<DMatrixRMaj> COPY = x -> x.copy();
    private static final Operation IDENTITY = Operation.unary("identity", COPY, RULE);
    private static final Value X = Value.variable("x", 3);

    /** An argument for each type of parameter. */
    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(Value.class, X),
            Map.entry(Shape.class, Shape.SCALAR),
            Map.entry(String.class, "name"),
            Map.entry(int.class, 0),
            Map.entry(double.class, 1.0),
            Map.entry(ConstMatrix.class, new SimpleMatrix(1, 1)),
            Map.entry(DMatrixRMaj.class, new DMatrixRMaj(1, 1)),
            Map.entry(double[][].class, new double[1][1]),
            Map.entry(List.class, List.of(X)),
            Map.entry(Gradients.class, X.gradients()),
            Map.entry(Gradients.Option.class, Gradients.Option.INTERMEDIATE),
            Map.entry(Operation.class, IDENTITY),
            Map.entry(NonFinite.class, NonFinite.in(Value.constant(Double.NaN)).orElseThrow()),
            Map.entry(Rule.class, RULE),
            Map.entry(UnaryOperator.class, COPY),
            Map.entry(Function.class, (Function<Object, Value>) x -> Value.constant(1)),
            Map.entry(Object.class, 1),
            Map.entry(Family.class, Value.SCALE),
            Map.entry(Branches.class, Value.RELU.branches().orElseThrow()));

    @Test
    void nullIsRefusedByName() {
        List<String> complaints = new NullArguments(ARGUMENTS)
                .complaints(
                        Value.class,
                        Shape.class,
                        Operation.class,
                        Rule.class,
                        Gradients.class,
                        NonFinite.class,
                        NonFiniteException.class,
                        Family.class,
                        Branches.class,
                        Derivatives.class,
                        Derivatives.ValueAndGradient.class,
                        Derivatives.ValueAndGradients.class);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }
}
