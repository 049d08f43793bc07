package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntBinaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;

/**
 * Two recurrent layers over the same sequences, of which one begins at their end (Schuster and Paliwal 1997): the
 * output of a step tells of what comes before it and of what comes after.
 *
 * <p>The outputs of both stand side by side for each step, as in PyTorch.
 */
public final class Bidirectional implements Layer {
    private final int features;
    private final Layer ahead;
    private final Layer back;
    private final boolean isLast;

    private Bidirectional(int features, Layer ahead, Layer back, boolean isLast) {
        this.features = features;
        this.ahead = requireNonNull(ahead, "ahead");
        this.back = requireNonNull(back, "back");
        this.isLast = isLast;
    }

    /**
     * {@return two layers as one, which gives the outputs of all steps side by side}
     *
     * @param features the columns of a step
     * @param ahead gives the outputs of all steps side by side, of each from those before it
     * @param back is given the sequences from their last step to the first
     * @throws IllegalArgumentException if there is not at least 1 feature, or a layer gives its last output alone
     */
    public static Bidirectional of(int features, Layer ahead, Layer back) {
        Require.atLeast(features, 1, "Bidirectional: the number of features");
        Bidirectional both = new Bidirectional(features, ahead, back, false);
        for (Layer each : List.of(ahead, back)) {
            if (each instanceof Recurrent recurrent && recurrent.isLast()) {
                throw new IllegalArgumentException("Bidirectional: the layer " + recurrent.description()
                        + "; expected all outputs, of which last() of both takes one");
            }
        }
        return both;
    }

    /**
     * {@return the same layer, which shares this one's parameters, giving what each of the two has made of a whole
     * sequence alone: the output of the last step ahead, that of the first step back}
     */
    public Bidirectional last() {
        return new Bidirectional(features, ahead, back, true);
    }

    /** {@return whether it gives what was made of a whole sequence alone} */
    public boolean isLast() {
        return isLast;
    }

    /** {@return how many columns a step has} */
    public int features() {
        return features;
    }

    /**
     * The outputs of sequences of one length.
     *
     * @param input a row per example, the steps' features side by side
     * @return the outputs of all steps side by side, or the last ones
     * @throws IllegalArgumentException if the columns are no steps of so many features
     */
    @Override
    public Value forward(Value input) {
        return forward(input, new int[0]);
    }

    /**
     * The outputs of sequences of different lengths.
     *
     * @param input a row per example, the steps' features side by side
     * @param lengths how many steps of each row there are; none for all of them. What stands beyond a row's length
     *     changes nothing and gets no gradient; the outputs there are zeros
     * @return the outputs of all steps side by side, or the last ones
     * @throws IllegalArgumentException if the columns are no steps of so many features, or the lengths do not fit
     */
    public Value forward(Value input, int... lengths) {
        requireNonNull(lengths, "lengths");
        int steps = Steps.count(this, input, features);
        int[] of = Steps.lengths(this, input, steps, lengths);
        Value known = Steps.known(input, features, of);
        Value first = made(ahead, "ahead", known, steps);
        Value second = made(back, "back", reversed(known, features, of), steps);
        int width = first.getNumCols() / steps;
        int other = second.getNumCols() / steps;
        if (isLast) {
            return ends(first, width, of).concatColumns(ends(second, other, of));
        }
        Value both = Steps.inRows(
                first,
                width,
                rows -> rows.concatColumns(reversed(second, other, of).reshape(rows.getNumRows(), other)));
        return Steps.known(both, width + other, of);
    }

    private Value made(Layer layer, String name, Value input, int steps) {
        Value made = layer.forward(input);
        if (made == null
                || made.getNumRows() != input.getNumRows()
                || made.getNumCols() == 0
                || made.getNumCols() % steps != 0) {
            throw new IllegalArgumentException(this + ": the layer " + name + " turned " + input.shape() + " into "
                    + (made == null ? "null" : made.shape()) + "; expected as many rows, and columns for each of "
                    + steps + " steps");
        }
        return made;
    }

    /** The steps of each row in reverse order, and behind them, in their places, those beyond its length. */
    private static Value reversed(Value steps, int width, int... lengths) {
        int count = steps.getNumCols() / width;
        if (areAll(count, lengths)) {
            List<Value> parts = new ArrayList<>();
            Steps.each(steps, width, 1, parts::add);
            Collections.reverse(parts);
            return parts.get(0).concatColumns(parts.subList(1, count).toArray(Value[]::new));
        }
        return picked(
                steps, width, count, lengths, (row, step) -> step < lengths[row] ? lengths[row] - 1 - step : step);
    }

    /** The last step of each row. */
    private static Value ends(Value steps, int width, int... lengths) {
        int count = steps.getNumCols() / width;
        return areAll(count, lengths)
                ? steps.cols((count - 1) * width, count * width)
                : picked(steps, width, 1, lengths, (row, step) -> lengths[row] - 1);
    }

    private static boolean areAll(int count, int... lengths) {
        return Arrays.stream(lengths).allMatch(length -> length == count);
    }

    /** So many steps of each row, by row and place the one of a number. */
    private static Value picked(Value steps, int width, int count, int[] lengths, IntBinaryOperator number) {
        int[][] columns = new int[lengths.length][count * width];
        for (int row = 0; row < lengths.length; row++) {
            int own = row;
            Arrays.setAll(columns[row], i -> number.applyAsInt(own, i / width) * width + i % width);
        }
        return steps.gather(Per.ROW, columns);
    }

    /** {@code ahead} and {@code back}. */
    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new Bidirectional(
                features, Children.changed(change, "ahead", ahead), Children.changed(change, "back", back), isLast);
    }

    /** For example {@code Bidirectional(8, ahead Recurrent(GruCell(8, 64), all outputs), back …, last output)}. */
    @Override
    public String description() {
        return "Bidirectional(" + features + ", ahead " + ahead.description() + ", back " + back.description()
                + (isLast ? ", last output)" : ", all outputs)");
    }

    /** For example {@code Bidirectional(8)}. */
    @Override
    public String toString() {
        return "Bidirectional(" + features + ")";
    }
}
