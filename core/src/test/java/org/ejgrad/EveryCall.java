package org.ejgrad;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A call of a public method of Value with some arguments, one of all combinations of a few values, numbers and the
 * like.
 *
 * @param method the method
 * @param x the value it is called on
 * @param arguments what it is given
 */
record EveryCall(Method method, Value x, Object... arguments) {
    static final List<Value> VALUES = Stream.of(
                    new double[][] {},
                    new double[][] {{}, {}, {}},
                    new double[][] {{2}},
                    new double[][] {{1, 2, 3}},
                    new double[][] {{1}, {2}},
                    new double[][] {{0, 0}, {0, 0}},
                    new double[][] {{1, 2}, {3, Double.NaN}},
                    new double[][] {{1, 2}, {3, 4}},
                    new double[][] {{1, 2, 3}, {4, 5, 6}})
            .map(rows -> Value.variable("x", rows))
            .toList();

    /** Arguments for each type of parameter, most of which some method refuses. */
    private static final Map<Class<?>, List<?>> ARGUMENTS = Map.ofEntries(
            Map.entry(Value.class, VALUES),
            Map.entry(Object.class, VALUES),
            Map.entry(Value[].class, VALUES.stream().map(v -> new Value[] {v}).toList()),
            Map.entry(int.class, List.of(-1, 0, 1, 3)),
            Map.entry(double.class, List.of(-1.0, 0.5, 2.0, Double.NaN, Double.POSITIVE_INFINITY)),
            Map.entry(int[].class, List.of(new int[] {7}, new int[] {-1, 0}, new int[] {0, 1, 0})),
            Map.entry(int[][].class, List.of(new int[][] {{9}}, new int[][] {{0, 1}, {0}}, new int[][] {{0, 1}, {-1, 0}
            })),
            Map.entry(Shape.class, List.of(Shape.SCALAR, new Shape(2, 5), new Shape(0, 3))),
            Map.entry(Per.class, List.of(Per.values())),
            Map.entry(Triangle.class, List.of(Triangle.values())),
            Map.entry(String.class, List.of("name")),
            Map.entry(Function.class, List.of(Function.identity())),
            Map.entry(Gradients.Option[].class, List.of((Object) new Gradients.Option[0])));

    static void forEach(Consumer<EveryCall> action) {
        for (Method method : Value.class.getMethods()) {
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            method.setAccessible(true);
            for (Value x : VALUES) {
                choices(method.getParameterTypes())
                        .forEach(arguments -> action.accept(new EveryCall(method, x, arguments)));
            }
        }
    }

    /** {@return what the call gives, or the exception it throws} */
    Object result() {
        try {
            return method.invoke(x, arguments);
        } catch (InvocationTargetException e) {
            return e.getCause();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(toString(), e);
        }
    }

    @Override
    public String toString() {
        return method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList() + " of " + x.shape();
    }

    private static List<Object[]> choices(Class<?>... types) {
        List<Object[]> all = new ArrayList<>();
        all.add(new Object[types.length]);
        for (int i = 0; i < types.length; i++) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] choice : all) {
                for (Object argument : ARGUMENTS.get(types[i])) {
                    Object[] next = choice.clone();
                    next[i] = argument;
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }
}
