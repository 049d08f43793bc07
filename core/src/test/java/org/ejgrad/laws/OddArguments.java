package org.ejgrad.laws;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.NonFinite;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.MatrixType;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * Makes arguments of any type, many of them odd: null, NaN, infinities, the ends of the integers, no rows, ragged
 * arrays, matrices with spare room, functions that return null, throw, change what they are shown or keep what they
 * return. What earlier calls returned is offered to later ones.
 */
final class OddArguments {
    private static final int KEPT_OF_A_CLASS = 6;
    private static final String[] STRINGS = {"", "x", "weight", "a b", "a\nb", "\u0000", "é∞", "1", "-1", "NaN", "../x"
    };

    private final Random random;
    private final OddNumbers numbers;
    private final Path folder;
    private final Map<Path, byte[]> files = new TreeMap<>();
    private final Map<Class<?>, List<Object>> kept = new LinkedHashMap<>();
    private Shape usual = Shape.SCALAR;

    /** What a user's function throws in these calls; it must reach the caller as it is. */
    static final class UsersException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UsersException() {
            super("thrown by a user's function");
        }
    }

    OddArguments(long seed, Path folder) throws IOException {
        this.random = new Random(seed);
        this.numbers = new OddNumbers(random);
        this.folder = folder;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file, Files.readAllBytes(file));
            }
        }
    }

    /** Closes what is open. */
    void close() throws Exception {
        for (Object open : known(AutoCloseable.class)) {
            ((AutoCloseable) open).close();
        }
    }

    /** Offers an object to later calls. */
    void keep(Object object) {
        List<Object> same = kept.computeIfAbsent(object.getClass(), type -> new ArrayList<>());
        if (same.size() < KEPT_OF_A_CLASS) {
            same.add(object);
        } else if (random.nextInt(4) == 0) {
            same.set(random.nextInt(KEPT_OF_A_CLASS), object);
        }
    }

    /** Arguments for one call, most of whose matrices have the same shape. */
    Object[] of(Type... types) {
        usual = shape();
        return Stream.of(types).map(type -> make(type, 0)).toArray();
    }

    /** An instance of the library's to call a method on; empty if there is none yet. */
    Optional<Object> target(Class<?> type) {
        if (type == Value.class) {
            return Optional.of(value());
        }
        List<Object> known = type.isEnum() ? List.of(type.getEnumConstants()) : known(type);
        known = known.stream()
                .filter(each -> !Proxy.isProxyClass(each.getClass()))
                .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(oneOf(known));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    private boolean oneIn(int many) {
        return random.nextInt(many) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private List<Object> known(Class<?> type) {
        List<Object> known = new ArrayList<>();
        kept.forEach((held, objects) -> {
            if (type.isAssignableFrom(held)) {
                known.addAll(objects);
            }
        });
        return known;
    }

    // ---- by type ----------------------------------------------------------------------------------------------------

    private Object make(Type type, int depth) {
        if (type instanceof Class<?> plain) {
            return ofClass(plain, depth);
        }
        if (type instanceof WildcardType wildcard) {
            Type[] lower = wildcard.getLowerBounds();
            return make(lower.length > 0 ? lower[0] : wildcard.getUpperBounds()[0], depth);
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = variable.getBounds()[0];
            return make(bound instanceof Class<?> ? bound : Object.class, depth);
        }
        if (type instanceof GenericArrayType array) {
            return array(raw(array.getGenericComponentType()), array.getGenericComponentType(), depth);
        }
        ParameterizedType parameterized = (ParameterizedType) type;
        return oneIn(25) ? null : ofGeneric(raw(parameterized), parameterized.getActualTypeArguments(), depth);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        return type instanceof ParameterizedType parameterized ? (Class<?>) parameterized.getRawType() : Object.class;
    }

    private Object ofGeneric(Class<?> type, Type[] arguments, int depth) {
        if (type.isAssignableFrom(ArrayList.class)) {
            return list(arguments[0], depth);
        }
        if (type.isAssignableFrom(LinkedHashSet.class)) {
            return new LinkedHashSet<>(list(arguments[0], depth));
        }
        if (type == Map.class) {
            Map<Object, Object> map = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                map.put(make(arguments[0], depth + 1), make(arguments[1], depth + 1));
            }
            return map;
        }
        if (type == Optional.class) {
            return Optional.ofNullable(make(arguments[0], depth + 1));
        }
        if (ConstMatrix.class.isAssignableFrom(type)) {
            return simpleMatrix();
        }
        return known(type).isEmpty() || type.isInterface() && oneIn(2)
                ? ofInterface(type, arguments[arguments.length - 1], depth)
                : oneOf(known(type));
    }

    private List<Object> list(Type element, int depth) {
        if (element == String.class && oneIn(2)) {
            return IntStream.range(0, usual.columns())
                    .<Object>mapToObj(i -> "name " + i)
                    .toList();
        }
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(make(element, depth + 1));
        }
        return list;
    }

    private Object ofClass(Class<?> type, int depth) {
        if (type.isPrimitive() || Number.class.isAssignableFrom(type) || type == Boolean.class) {
            return numbers.of(type);
        }
        if (oneIn(25)) {
            return null;
        }
        if (type.isArray()) {
            return array(type.getComponentType(), type.getComponentType(), depth);
        }
        if (type == String.class || type == CharSequence.class) {
            return oneIn(4) && !known(String.class).isEmpty() ? oneOf(known(String.class)) : string();
        }
        if (type == Object.class) {
            return oneIn(2) ? (Object) 2 : oneIn(2) ? "two" : value();
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
        }
        if (type == Value.class) {
            return oneIn(8) && !known(type).isEmpty() ? oneOf(known(type)) : value();
        }
        if (type == DMatrixRMaj.class) {
            return rawMatrix();
        }
        if (type == SimpleMatrix.class || type == ConstMatrix.class) {
            return simpleMatrix();
        }
        if (type == Shape.class) {
            return shape();
        }
        if (type == OptionalInt.class) {
            return oneIn(2) ? OptionalInt.empty() : OptionalInt.of(numbers.integer());
        }
        if (type == OptionalDouble.class) {
            return oneIn(2) ? OptionalDouble.empty() : OptionalDouble.of(numbers.real());
        }
        return other(type, depth);
    }

    private Object other(Class<?> type, int depth) {
        if (type == Path.class) {
            return path();
        }
        if (type == InputStream.class) {
            return new ByteArrayInputStream(
                    files.isEmpty() || oneIn(2)
                            ? string().getBytes(StandardCharsets.UTF_8)
                            : oneOf(List.copyOf(files.values())));
        }
        if (type == OutputStream.class) {
            return new ByteArrayOutputStream();
        }
        if (type == List.class || type == Collection.class || type == Set.class) {
            return ofGeneric(type, new Type[] {Object.class}, depth);
        }
        List<Object> known = known(type);
        if (type.isInterface() && !type.isSealed() && (known.isEmpty() || oneIn(3))) {
            return ofInterface(type, Object.class, depth);
        }
        return known.isEmpty() ? null : oneOf(known);
    }

    private String string() {
        return STRINGS[random.nextInt(STRINGS.length)];
    }

    /** A file that is there, one that is not, one that others have written, or the folder. */
    private Path path() {
        if (files.isEmpty() || oneIn(3)) {
            return folder.resolve(oneIn(3) ? "missing" : oneIn(3) ? "" : "file" + random.nextInt(3));
        }
        Path file = oneOf(List.copyOf(files.keySet()));
        try {
            return Files.write(file, files.get(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Object array(Class<?> component, Type element, int depth) {
        List<Object> known = known(component.arrayType());
        if (!known.isEmpty() && oneIn(3)) {
            return oneOf(known);
        }
        int length = oneIn(2) ? usual.rows() : random.nextInt(4);
        if (component == int.class && oneIn(2)) {
            return random.ints(length, 0, Math.max(1, usual.columns())).toArray();
        }
        if (component == double[].class && !oneIn(4)) {
            double[][] rows = new double[usual.rows()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = elements(usual.columns());
            }
            return rows;
        }
        Object array = Array.newInstance(component, length);
        for (int i = 0; i < length; i++) {
            Array.set(array, i, make(element, depth + 1));
        }
        return array;
    }

    // ---- matrices ---------------------------------------------------------------------------------------------------

    private Shape shape() {
        int n = 1 + random.nextInt(3);
        return switch (random.nextInt(8)) {
            case 0 -> Shape.SCALAR;
            case 1 -> new Shape(random.nextInt(5), 0);
            case 2 -> new Shape(0, random.nextInt(5));
            case 3 -> new Shape(1, n);
            case 4 -> new Shape(n, 1);
            case 5 -> new Shape(n, 1 + random.nextInt(3));
            default -> new Shape(n, n);
        };
    }

    private double[] elements(int count) {
        double[] elements = new double[count];
        boolean odd = oneIn(3);
        for (int i = 0; i < count; i++) {
            elements[i] = odd ? numbers.real() : random.nextGaussian();
        }
        return elements;
    }

    private DMatrixRMaj matrix() {
        Shape shape = oneIn(4) ? shape() : usual;
        DMatrixRMaj matrix = new DMatrixRMaj(shape.rows(), shape.columns(), true, elements(shape.elements()));
        if (oneIn(3) && shape.elements() > 0) {
            tame(matrix);
        }
        return matrix;
    }

    /** What some functions insist on: one-hot rows, distributions, zeros and ones, signs, small positive numbers. */
    private void tame(DMatrixRMaj matrix) {
        int kind = random.nextInt(5);
        int columns = matrix.numCols;
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = switch (kind) {
                case 0 -> i % columns == i / columns % columns ? 1 : 0;
                case 1 -> 1.0 / columns;
                case 2 -> random.nextInt(2);
                case 3 -> 2 * random.nextInt(2) - 1;
                default -> random.nextDouble();
            };
        }
    }

    private DMatrixRMaj rawMatrix() {
        DMatrixRMaj matrix = matrix();
        if (oneIn(12)) {
            DMatrixRMaj roomy = new DMatrixRMaj(7, 7);
            roomy.reshape(matrix.numRows, matrix.numCols);
            roomy.setTo(matrix);
            return roomy;
        }
        if (oneIn(40)) {
            matrix.numRows = oneIn(2) ? matrix.numRows + 5 : -1;
        }
        return matrix;
    }

    private SimpleMatrix simpleMatrix() {
        return oneIn(30)
                ? new SimpleMatrix(2, 2, MatrixType.ZDRM)
                : oneIn(30) ? new SimpleMatrix(2, 3, MatrixType.DSCC) : SimpleMatrix.wrap(matrix());
    }

    private Value value() {
        DMatrixRMaj matrix = matrix();
        Value variable = Value.variable(STRINGS[random.nextInt(4)], matrix);
        return switch (random.nextInt(8)) {
            case 0, 1 -> Value.constant(matrix);
            case 2 -> variable.scale(0.5);
            case 3 -> variable.relu().plus(variable);
            case 4 -> variable.traced();
            case 5 -> oneIn(4) ? NonFinite.trapping(variable) : variable;
            default -> variable;
        };
    }

    // ---- functions --------------------------------------------------------------------------------------------------

    /** Somebody's implementation, whose results are of a given type where its own says nothing. */
    private Object ofInterface(Class<?> type, Type result, int depth) {
        if (!type.isInterface() || type.isSealed()) {
            return null;
        }
        List<DMatrixRMaj> returned = new ArrayList<>();
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> "somebody's " + type.getSimpleName();
                };
            }
            if (method.isDefault() && !oneIn(8) && Modifier.isPublic(type.getModifiers())) {
                return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
            }
            returned.forEach(matrix -> Arrays.fill(matrix.data, 55));
            Object answer = depth > 6
                    ? null
                    : answer(method.getReturnType(), method.getGenericReturnType(), result, arguments, depth);
            if (answer instanceof DMatrixRMaj matrix) {
                returned.add(matrix);
            }
            return answer;
        });
    }

    private Object answer(Class<?> type, Type generic, Type result, Object[] arguments, int depth) {
        if (oneIn(12)) {
            throw new UsersException();
        }
        Object[] given = arguments == null ? new Object[0] : arguments;
        Type wanted = generic instanceof TypeVariable<?> ? result : generic;
        Class<?> wantedClass = generic instanceof TypeVariable<?> ? raw(result) : type;
        Object answer = oneIn(3)
                ? make(wanted, depth + 1)
                : Stream.of(given).filter(wantedClass::isInstance).findFirst().orElseGet(() -> make(wanted, depth + 1));
        if (oneIn(3)) {
            Stream.of(given).forEach(OddArguments::spoil);
        }
        return type == void.class ? null : answer;
    }

    private static void spoil(Object argument) {
        if (argument instanceof DMatrixRMaj matrix && matrix.data.length > 0) {
            matrix.data[0] = 55;
        } else if (argument instanceof DMatrixRMaj[] matrices) {
            Stream.of(matrices).forEach(OddArguments::spoil);
        }
    }
}
