package org.ejgrad.laws;

import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ejgrad.Family;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/**
 * Finds operations that no row of the table of tests covers, and rows that leave something out.
 *
 * <p>Every method here returns complaints, one line each; a test requires that there are none.
 */
public final class Gate {
    private static final int SAMPLES = 5;

    private Gate() {}

    /**
     * The public methods of a class that return a Value, or several, and have no row.
     *
     * @param type the class; of {@link Value} its instance methods are meant, named as in {@code "rows(int,int)"}, of
     *     any other class its static methods too, named as in {@code "Activations.gelu(Value)"}
     * @param rows the table of tests
     * @param exempt the methods that need no row, each with the reason
     * @return complaints, also about exemptions that are not needed
     */
    public static List<String> methods(Class<?> type, Collection<OperationCase> rows, Map<String, String> exempt) {
        Set<String> tested = rows.stream().map(Gate::signature).collect(Collectors.toSet());
        Set<String> found = new TreeSet<>();
        for (Method method : type == Value.class ? type.getMethods() : type.getDeclaredMethods()) {
            boolean factory = type == Value.class && Modifier.isStatic(method.getModifiers());
            if (Modifier.isPublic(method.getModifiers()) && givesValues(method.getGenericReturnType()) && !factory) {
                found.add(signature(type, method));
            }
        }
        Stream<String> missing = found.stream()
                .filter(name -> !tested.contains(name) && !exempt.containsKey(name))
                .map(name -> name + " has no row");
        Stream<String> idle = exempt.keySet().stream()
                .filter(name -> tested.contains(name) || !found.contains(name))
                .map(name -> name + " is exempt but has a row or does not exist");
        return Stream.concat(missing, idle).toList();
    }

    /**
     * The operations of a table that appear in no row's graph: its constants, and what its factories make. A factory
     * that is told the name is no row of the table but a form that rows take.
     *
     * @param table a class with static fields of type {@link Operation} or {@link Family} and static methods that
     *     return one
     * @param rows the table of tests
     * @return complaints
     */
    public static List<String> operations(Class<?> table, Collection<OperationCase> rows) {
        return operations(List.of(table), rows);
    }

    /**
     * The operations of several tables that appear in no row's graph.
     *
     * @param tables as in {@link #operations(Class, Collection)}
     * @param rows the table of tests
     * @return complaints
     */
    public static List<String> operations(List<Class<?>> tables, Collection<OperationCase> rows) {
        Set<Operation> applied =
                rows.stream().flatMap(row -> applied(row).stream()).collect(Collectors.toSet());
        return tables.stream().flatMap(table -> idle(table, applied).stream()).toList();
    }

    private static List<String> idle(Class<?> table, Set<Operation> applied) {
        Set<String> names = applied.stream().map(Operation::name).collect(Collectors.toSet());
        List<String> complaints = new ArrayList<>();
        for (Field field : table.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && isIdle(field, applied)) {
                complaints.add(table.getSimpleName() + "." + field.getName() + " is applied in no row");
            }
        }
        for (Method method : table.getDeclaredMethods()) {
            if (method.getReturnType() == Operation.class
                    && Modifier.isStatic(method.getModifiers())
                    && !method.isSynthetic()
                    && !Arrays.asList(method.getParameterTypes()).contains(String.class)
                    && !names.contains(made(method).name())) {
                complaints.add(signature(table, method) + " makes an operation that is applied in no row");
            }
        }
        return complaints;
    }

    /**
     * The methods under test whose rows together lack an edge, a shape to refuse (or the statement that none needs to
     * be), or the check of second derivatives.
     *
     * @param rows the table of tests
     * @return complaints
     */
    public static List<String> incomplete(Collection<OperationCase> rows) {
        List<String> complaints = new ArrayList<>();
        Map<String, List<OperationCase>> byMethod = rows.stream().collect(Collectors.groupingBy(Gate::signature));
        byMethod.forEach((method, own) -> {
            if (own.stream().allMatch(row -> row.edges().isEmpty())) {
                complaints.add(method + " has no edge");
            }
            if (own.stream()
                    .noneMatch(row -> row.acceptsAnyShape() || !row.refusals().isEmpty())) {
                complaints.add(method + " has no shape to refuse");
            }
            if (own.stream().noneMatch(row -> row.orders() >= 2)) {
                complaints.add(method + " has no check of second derivatives");
            }
        });
        rows.stream().collect(Collectors.groupingBy(OperationCase::name)).forEach((name, same) -> {
            if (same.size() > 1) {
                complaints.add(name + " is the name of " + same.size() + " rows");
            }
        });
        return complaints;
    }

    private static String signature(OperationCase row) {
        return row.name().split(" ", 2)[0];
    }

    private static String signature(Class<?> type, Method method) {
        String parameters = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(",", "(", ")"));
        return (type == Value.class ? "" : type.getSimpleName() + ".") + method.getName() + parameters;
    }

    /** Whether this is Value, or an array, a collection or a record of it. */
    private static boolean givesValues(Type type) {
        if (type instanceof ParameterizedType generic) {
            return Arrays.stream(generic.getActualTypeArguments()).anyMatch(Gate::givesValues);
        }
        if (type instanceof GenericArrayType array) {
            return givesValues(array.getGenericComponentType());
        }
        if (type instanceof Class<?> plain) {
            return plain == Value.class
                    || plain.isArray() && givesValues(plain.getComponentType())
                    || plain.isRecord()
                            && Arrays.stream(plain.getRecordComponents())
                                    .anyMatch(part -> givesValues(part.getGenericType()));
        }
        return false;
    }

    /** The operations that a row's function applies to a few of its inputs. */
    private static List<Operation> applied(OperationCase row) {
        List<Operation> found = new ArrayList<>();
        Trials.forAll("the operations of " + row, row.inputs(), SAMPLES, (List<SimpleMatrix> inputs, long seed) -> {
            for (Value node : Graphs.nodes(row.function().apply(Samples.variables(inputs)))) {
                found.add(node.operation());
            }
        });
        return found;
    }

    private static boolean isIdle(Field field, Set<Operation> applied) {
        return field.getType() == Operation.class && !applied.contains(read(field))
                || field.getType() == Family.class && applied.stream().noneMatch(((Family<?>) read(field))::contains);
    }

    private static Object read(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(field.toString(), e);
        }
    }

    private static Operation made(Method factory) {
        Object[] arguments = new Object[factory.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(factory, factory.getParameterTypes()[i], i + 1);
        }
        try {
            factory.setAccessible(true);
            return (Operation) factory.invoke(null, arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("called with " + Arrays.toString(arguments) + ": " + factory, e);
        }
    }

    /** Some argument of a type; later numbers are larger. */
    private static Object argument(Method factory, Class<?> type, int number) {
        if (type == int.class) {
            return number;
        }
        if (type == double.class) {
            return (double) number;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == int[].class) {
            return new int[] {0};
        }
        if (type == int[][].class) {
            return new int[][] {{0}};
        }
        if (type == Shape.class) {
            return Shape.SCALAR;
        }
        if (type == DMatrixRMaj.class) {
            return new DMatrixRMaj(1, 1);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        throw new IllegalStateException("no argument of type " + type + " is known for " + factory);
    }
}
