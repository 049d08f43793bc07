package org.ejgrad.nn.image;

import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Operation.Trusted;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * Which element of an image goes to which place of a block of rows, the same for each image: what a layer looks at,
 * found out once for all batches.
 *
 * <p>Both directions are linear operations, each the other's derivative: {@code im2col} takes elements to their places,
 * {@code col2im} adds them where they came from.
 */
final class Places {
    /** In place of an element: beyond the edge of the image. */
    static final int NOWHERE = -1;

    /** The longest array. */
    private static final int MOST = Integer.MAX_VALUE - 8;

    private final Block image;
    private final Block rows;
    private final int[] sources;
    private final Operation put;

    /**
     * Consecutive rows that belong together.
     *
     * @param elements of all of its rows
     * @param columns of each
     */
    private record Block(int elements, int columns) {
        int count(DMatrixRMaj x) {
            return x.getNumElements() / elements;
        }

        DMatrixRMaj zeros(int count) {
            long height = (long) elements / columns * count;
            if (height * columns > MOST) {
                throw new IllegalArgumentException("the result would have " + height + "x" + columns
                        + " elements; at most " + MOST + " fit in one matrix");
            }
            return new DMatrixRMaj((int) height, columns);
        }
    }

    private Places(Block image, Block rows, int[] sources) {
        this.image = image;
        this.rows = rows;
        this.sources = sources;
        this.put = Trusted.unary("col2im", this::added, Rule.rule("dy from where it goes", (x, y, dy) -> take(dy, 0)));
    }

    /**
     * Places that a function says.
     *
     * @param layer for the message
     * @param elements of an image
     * @param imageColumns columns of a row of an image, elements if it is one row
     * @param rows of a block
     * @param columns of a block
     * @param source the number of the element that goes to a row and a column of the block, or {@link #NOWHERE}
     */
    static Places of(String layer, int elements, int imageColumns, int rows, long columns, IntBinaryOperator source) {
        long count = rows * columns;
        if (count > MOST) {
            throw new IllegalArgumentException(layer + ": it looks at " + columns + " elements in " + rows
                    + " places; expected at most " + MOST + " in all");
        }
        int width = (int) columns;
        int[] sources = new int[(int) count];
        Arrays.setAll(sources, i -> source.applyAsInt(i / width, i % width));
        return new Places(new Block(elements, imageColumns), new Block(sources.length, width), sources);
    }

    /** Whether a row of a block has nothing in it. */
    boolean hasEmptyRow() {
        return IntStream.range(0, rows.elements / rows.columns)
                .anyMatch(row -> Arrays.stream(sources, row * rows.columns, (row + 1) * rows.columns)
                        .allMatch(source -> source == NOWHERE));
    }

    /** The blocks of images, with a number in the places that are nowhere. */
    Value take(Value images, double fill) {
        return take(images, x -> fill);
    }

    /** The blocks of images, with a number that is less than every element in the places that are nowhere. */
    Value takeForLargest(Value images) {
        return take(
                images,
                x -> Math.nextDown(Arrays.stream(x.data, 0, x.getNumElements())
                        .reduce(Double.POSITIVE_INFINITY, (least, element) -> element < least ? element : least)));
    }

    private Value take(Value images, ToDoubleFunction<DMatrixRMaj> fill) {
        return Trusted.unary(
                        "im2col",
                        x -> taken(x, fill.applyAsDouble(x)),
                        Rule.rule("dy back where it came from", (x, y, dy) -> put(dy)))
                .apply(images);
    }

    /** Images to which each element of their blocks is added where it came from. */
    Value put(Value blocks) {
        return put.apply(blocks);
    }

    private DMatrixRMaj taken(DMatrixRMaj x, double fill) {
        int count = image.count(x);
        DMatrixRMaj y = rows.zeros(count);
        for (int n = 0, i = 0; n < count; n++) {
            int start = n * image.elements;
            for (int source : sources) {
                y.data[i++] = source == NOWHERE ? fill : x.data[start + source];
            }
        }
        return y;
    }

    private DMatrixRMaj added(DMatrixRMaj y) {
        int count = rows.count(y);
        DMatrixRMaj x = image.zeros(count);
        for (int n = 0, i = 0; n < count; n++, i += sources.length) {
            int start = n * image.elements;
            for (int k = 0; k < sources.length; k++) {
                if (sources[k] != NOWHERE) {
                    x.data[start + sources[k]] += y.data[i + k];
                }
            }
        }
        return x;
    }
}
