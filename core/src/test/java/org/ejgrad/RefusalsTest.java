package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever a public method of Value refuses, its message begins with the call that the user wrote. */
class RefusalsTest {
    private static final List<Value> VALUES = Stream.of(
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

    @Test
    void everyMessageBeginsWithTheCallThatTheUserWrote() throws IllegalAccessException {
        Set<String> complaints = new TreeSet<>();
        Set<String> refusing = new TreeSet<>();
        for (Method method : Value.class.getMethods()) {
            if (method.getDeclaringClass() == Object.class || Modifier.isStatic(method.getModifiers())) {
                continue;
            }
            method.setAccessible(true);
            for (Value x : VALUES) {
                for (Object[] arguments : choices(method.getParameterTypes())) {
                    String message = refusal(method, x, arguments);
                    if (!message.isEmpty()) {
                        refusing.add(method.getName());
                    }
                    if (!message.isEmpty() && !message.matches("(?s)" + call(method, x, arguments) + ": .+")) {
                        complaints.add(method.getName() + types(method) + " of " + x.shape() + " answers: " + message);
                    }
                }
            }
        }
        assertEquals(Set.of(), complaints, String.join("\n", complaints));
        assertTrue(refusing.size() > 70, refusing.toString());
    }

    /** The method's name and the shapes of the values; other arguments may be shown or not. */
    private static String call(Method method, Value x, Object... arguments) {
        StringBuilder call = new StringBuilder(method.getName() + "\\(" + x.shape());
        for (Object argument : arguments) {
            if (argument instanceof Value value) {
                call.append("[^:]*\\b").append(value.shape());
            }
        }
        return call + "(, [^:]*)?\\)";
    }

    private static String types(Method method) {
        return Stream.of(method.getParameterTypes())
                .map(Class::getSimpleName)
                .toList()
                .toString();
    }

    private static String refusal(Method method, Value x, Object... arguments) throws IllegalAccessException {
        try {
            method.invoke(x, arguments);
            return "";
        } catch (InvocationTargetException e) {
            return e.getCause() instanceof IllegalArgumentException || e.getCause() instanceof ArithmeticException
                    ? e.getCause().getMessage()
                    : e.getCause().toString();
        }
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
