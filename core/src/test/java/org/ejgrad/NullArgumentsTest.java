package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
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
            Map.entry(Object.class, 1));

    @Test
    void nullIsRefusedByName() {
        List<String> complaints = new ArrayList<>();
        for (Class<?> type : List.of(
                Value.class,
                Shape.class,
                Operation.class,
                Rule.class,
                Gradients.class,
                NonFinite.class,
                NonFiniteException.class,
                Derivatives.class,
                Derivatives.ValueAndGradient.class,
                Derivatives.ValueAndGradients.class)) {
            Stream.<Executable>concat(Stream.of(type.getDeclaredMethods()), Stream.of(type.getConstructors()))
                    .filter(call -> Modifier.isPublic(call.getModifiers()) && !call.isSynthetic())
                    .filter(call -> !call.getName().equals("equals"))
                    .forEach(call -> complaints.addAll(complaints(call)));
        }
        assertEquals(List.of(), complaints.stream().sorted().toList(), String.join("\n", complaints));
    }

    private static List<String> complaints(Executable call) {
        List<String> complaints = new ArrayList<>();
        Class<?>[] types = call.getParameterTypes();
        for (int i = 0; i < types.length; i++) {
            if (types[i].isPrimitive()) {
                continue;
            }
            Object[] arguments = new Object[types.length];
            for (int j = 0; j < types.length; j++) {
                arguments[j] = j == i ? null : argument(types[j]);
            }
            complaint(call, arguments, i, complaints);
            if (types[i].isArray() && !types[i].getComponentType().isPrimitive()) {
                arguments[i] = Array.newInstance(types[i].getComponentType(), 1);
                complaint(call, arguments, i, complaints);
            }
        }
        return complaints;
    }

    private static void complaint(Executable call, Object[] arguments, int index, List<String> complaints) {
        try {
            if (call instanceof Method method) {
                Object target = ARGUMENTS.get(method.getDeclaringClass());
                method.invoke(target, arguments);
            } else {
                ((Constructor<?>) call).newInstance(arguments);
            }
            complaints.add(call + " accepts null as argument " + index);
        } catch (InvocationTargetException e) {
            Throwable thrown = e.getCause();
            if (!(thrown instanceof IllegalArgumentException)
                    || !String.valueOf(thrown.getMessage()).contains("null")) {
                complaints.add(call + " answers null as argument " + index + " by " + thrown);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(call.toString(), e);
        }
    }

    private static Object argument(Class<?> type) {
        Object argument = ARGUMENTS.get(type);
        if (argument == null && type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (argument == null && type.isArray()) {
            return Array.newInstance(type.getComponentType(), 0);
        }
        if (argument == null && type.isInterface()) {
            return java.lang.reflect.Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, in) -> X);
        }
        return java.util.Objects.requireNonNull(argument, () -> "no argument of type " + type);
    }
}
