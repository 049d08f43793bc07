package org.ejgrad.nn;

import java.util.Arrays;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** The bits that values and matrices had when this began to watch them. */
final class Watched {
    private final Map<Object, long[]> bits = new IdentityHashMap<>();

    /** Watches values, with all they were computed from, matrices and arrays of numbers; others pass. */
    Watched watch(Object... objects) {
        for (Object object : objects) {
            if (object instanceof Value value) {
                value.ancestors().forEach(each -> bits.putIfAbsent(each, bits(each)));
            } else if (bits(object).length > 0) {
                bits.putIfAbsent(object, bits(object));
            }
        }
        return this;
    }

    /** Watches the current values of parameters. */
    Watched watch(Collection<Parameter> parameters) {
        return watch(parameters.stream().map(Parameter::value).toArray());
    }

    /** What is no longer as it was. */
    List<String> changed() {
        return bits.entrySet().stream()
                .filter(entry -> !Arrays.equals(entry.getValue(), bits(entry.getKey())))
                .map(entry -> "changed: " + entry.getKey())
                .toList();
    }

    private static long[] bits(Object object) {
        if (object instanceof Value value) {
            return bits(value.matrix());
        }
        if (object instanceof SimpleMatrix matrix) {
            return bits(matrix.getDDRM().data);
        }
        if (object instanceof int[] numbers) {
            return IntStream.of(numbers).asLongStream().toArray();
        }
        return object instanceof double[] numbers
                ? Arrays.stream(numbers).mapToLong(Double::doubleToRawLongBits).toArray()
                : new long[0];
    }
}
