package org.ejgrad.laws;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** The bits of all matrices, arrays and numbers that arguments hold, as far as one can look into them. */
final class Fingerprint {
    private static final String LIBRARY = "org.ejgrad.";

    private static final ClassValue<Field[]> FIELDS = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return fieldsOf(type);
        }
    };

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Fingerprint() {}

    /** Equal lists mean that nothing has changed. */
    static List<Object> of(Object target, Object... arguments) {
        Fingerprint print = new Fingerprint();
        return List.of(print.of(target), print.of((Object) arguments));
    }

    private Object of(Object argument) {
        if (argument == null || argument instanceof Number || argument instanceof String) {
            return argument == null ? "null" : argument;
        }
        if (argument instanceof double[] numbers) {
            return bits(numbers);
        }
        if (argument instanceof int[] numbers) {
            return Arrays.hashCode(numbers);
        }
        if (argument instanceof byte[] bytes) {
            return Arrays.hashCode(bytes);
        }
        if (argument instanceof DMatrixRMaj matrix) {
            return List.of(matrix.numRows, matrix.numCols, bits(matrix.data));
        }
        if (argument instanceof SimpleMatrix simple) {
            return simple.getType().isReal() && !simple.getType().isDense()
                    ? "sparse"
                    : of((Object) simple.getMatrix());
        }
        if (!seen.add(argument)) {
            return "seen";
        }
        if (argument instanceof Value value) {
            return value.isConstant() + " " + of(value.matrix());
        }
        if (argument.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(argument))
                    .mapToObj(i -> of(Array.get(argument, i)))
                    .toList();
        }
        if (argument instanceof Collection<?> collection) {
            return collection.stream().map(this::of).toList();
        }
        if (argument instanceof Map<?, ?> map) {
            return List.of(of((Object) map.keySet()), of((Object) map.values()));
        }
        if (argument instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        Field[] fields = FIELDS.get(argument.getClass());
        return fields.length > 0 ? valuesOf(fields, argument) : "not looked into";
    }

    private List<Object> valuesOf(Field[] fields, Object object) {
        List<Object> values = new ArrayList<>(fields.length);
        for (Field field : fields) {
            try {
                values.add(of(field.get(object)));
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(field.toString(), e);
            }
        }
        return values;
    }

    /** The fields of an object of the library; none of another. */
    private static Field[] fieldsOf(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        boolean isTested = type.getName().startsWith(LIBRARY)
                && !type.getName().startsWith(Fingerprint.class.getPackageName())
                && !Enum.class.isAssignableFrom(type);
        for (Class<?> t = type; isTested && t.getName().startsWith(LIBRARY); t = t.getSuperclass()) {
            for (Field field : t.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    field.setAccessible(true);
                    fields.add(field);
                }
            }
        }
        return fields.toArray(new Field[0]);
    }

    private static long bits(double... numbers) {
        long bits = numbers.length;
        for (double number : numbers) {
            bits = 0x9E3779B97F4A7C15L * bits + Double.doubleToRawLongBits(number);
        }
        return bits;
    }
}
