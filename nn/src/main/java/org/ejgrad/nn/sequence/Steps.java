package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;

/** A batch of sequences as a matrix: a row per example, its steps side by side. */
final class Steps {
    private Steps() {}

    /** How many steps there are, at least one. */
    static int count(Object layer, Value input, int features) {
        int columns = requireNonNull(input, "input").getNumCols();
        Require.atLeast(features, 1, layer + ": the number of features");
        if (columns == 0 || columns % features != 0) {
            throw new IllegalArgumentException(layer + ": the input is " + input.shape() + "; expected " + features
                    + " columns for each step, and at least 1 step");
        }
        return columns / features;
    }

    /** The lengths of the rows, copied; of every row the number of steps if none is given. */
    static int[] lengths(Object layer, Value input, int steps, int... lengths) {
        int rows = input.getNumRows();
        if (requireNonNull(lengths, "lengths").length == 0) {
            int[] all = new int[rows];
            Arrays.fill(all, steps);
            return all;
        }
        if (lengths.length != rows) {
            throw new IllegalArgumentException(
                    layer + ": " + lengths.length + " lengths for an input of " + input.shape() + "; expected " + rows);
        }
        for (int row = 0; row < rows; row++) {
            Require.atLeast(lengths[row], 1, layer + ": the length of row " + row);
            Require.atMost(
                    lengths[row], steps, layer + ": the length of row " + row + ", of an input of " + input.shape());
        }
        return lengths.clone();
    }

    /** The parts of a matrix in a row per step, put side by side again for each example. */
    static Value inRows(Value steps, int features, UnaryOperator<Value> each) {
        int rows = steps.getNumRows();
        int count = steps.getNumCols() / features;
        Value made = each.apply(steps.reshape(rows * count, features));
        return made.reshape(rows, count * made.getNumCols());
    }

    /**
     * Hands on the steps in their order, at most so many at a time. They are taken apart by halves, so that on the way
     * back T steps cost T·log T numbers; cut from the whole one by one they would cost T².
     */
    static void each(Value steps, int width, int most, Consumer<Value> part) {
        int count = steps.getNumCols() / width;
        if (count <= most) {
            part.accept(steps);
            return;
        }
        int half = count / 2 * width;
        each(steps.cols(0, half), width, most, part);
        each(steps.cols(half, count * width), width, most, part);
    }

    /** Zeros in place of what stands beyond a row's length. */
    static Value known(Value steps, int width, int... lengths) {
        int columns = steps.getNumCols();
        return Arrays.stream(lengths).allMatch(length -> length * width == columns)
                ? steps
                : mask(lengths.length, columns, (row, column) -> column < lengths[row] * width)
                        .where(steps, Value.constant(0));
    }

    /** A matrix of 1 where a row and a column pass a test, and 0 elsewhere. */
    static Value mask(int rows, int columns, BiPredicate<Integer, Integer> test) {
        DMatrixRMaj mask = new DMatrixRMaj(rows, columns);
        for (int row = 0, i = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, i++) {
                mask.data[i] = test.test(row, column) ? 1 : 0;
            }
        }
        return Value.adopting(mask);
    }
}
