package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.MatrixText;
import org.ejgrad.Value;

/** A matrix as rows of cells: whole if it is small, else its corners with dots between. */
final class Cells {
    static final String DOTS = "…";

    private Cells() {}

    static List<List<String>> of(Value value, Detail detail) {
        List<Integer> columns = shown(value.getNumCols(), detail.columns());
        return shown(value.getNumRows(), detail.rows()).stream()
                .map(row -> columns.stream()
                        .map(column -> row < 0 || column < 0 ? DOTS : MatrixText.number(value.get(row, column)))
                        .toList())
                .toList();
    }

    /** On one line, such as {@code [0.5, -1; 2, 3]}; a 1x1 value without brackets, a line of dots as one. */
    static String line(Value value, Detail detail) {
        List<List<String>> rows = of(value, detail);
        return value.shape().isScalar()
                ? rows.get(0).get(0)
                : rows.stream()
                        .map(row -> row.stream().allMatch(DOTS::equals) ? DOTS : String.join(", ", row))
                        .collect(joining("; ", "[", "]"));
    }

    /** The indices that are shown, the first ones and the last; −1 stands for all between. */
    private static List<Integer> shown(int count, int most) {
        return count <= most
                ? IntStream.range(0, count).boxed().toList()
                : IntStream.concat(
                                IntStream.concat(IntStream.range(0, Math.min(2, most)), IntStream.of(-1)),
                                most > 1 ? IntStream.of(count - 1) : IntStream.of())
                        .boxed()
                        .toList();
    }
}
