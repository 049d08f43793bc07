package org.ejgrad.laws;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** The bits of all matrices, arrays and numbers that arguments hold, as far as one can look into them. */
final class Fingerprint {
    private Fingerprint() {}

    /** Equal lists mean that nothing has changed. */
    static List<Object> of(Object... arguments) {
        return Arrays.stream(arguments).map(Fingerprint::of).toList();
    }

    private static Object of(Object argument) {
        if (argument instanceof Value value) {
            return of(value.matrix().getDDRM());
        }
        if (argument instanceof SimpleMatrix simple) {
            return simple.getType().isReal() && !simple.getType().isDense() ? "sparse" : of(simple.getMatrix());
        }
        if (argument instanceof DMatrixRMaj matrix) {
            return List.of(matrix.numRows, matrix.numCols, bits(matrix.data));
        }
        if (argument instanceof double[] numbers) {
            return bits(numbers);
        }
        if (argument != null && argument.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(argument))
                    .mapToObj(i -> of(Array.get(argument, i)))
                    .toList();
        }
        if (argument instanceof Collection<?> collection) {
            return collection.stream().map(Fingerprint::of).toList();
        }
        if (argument instanceof Map<?, ?> map) {
            return List.of(of(map.keySet()), of(map.values()));
        }
        return argument instanceof Number || argument instanceof String ? argument : "not looked into";
    }

    private static List<Long> bits(double... numbers) {
        return Arrays.stream(numbers).mapToObj(Double::doubleToRawLongBits).toList();
    }
}
