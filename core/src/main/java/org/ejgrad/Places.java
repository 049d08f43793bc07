package org.ejgrad;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Numbers of rows, columns or elements, of which the first rows and numbers are written. */
record Places(int[]... at) {
    private static final int MOST = 12;

    @Override
    public String toString() {
        String rows = Arrays.stream(at).limit(MOST).map(Places::row).collect(Collectors.joining(", "));
        return at.length == 1 ? rows : "[" + rows + rest(at.length) + "]";
    }

    private static String row(int[] numbers) {
        return Arrays.stream(numbers)
                .limit(MOST)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", rest(numbers.length) + "]"));
    }

    private static String rest(int size) {
        return size > MOST ? ", … of " + size : "";
    }
}
