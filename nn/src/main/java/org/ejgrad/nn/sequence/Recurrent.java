package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;

/**
 * A cell applied to the steps of sequences one after the other.
 *
 * <p>As a layer it begins with a state of zeros and gives the outputs of all steps side by side, or the last one alone.
 * {@link #run} also takes a state, and lengths of rows that end before others, and gives the state after the last step.
 * Backpropagation is cut off between chunks of a long sequence by going on from {@code state.detached()}:
 *
 * <pre>{@code
 * Recurrent layer = Recurrent.of(new GruCell(1, 1, 7));
 * Optimizer optimizer = Optimizer.of(layer.parameters(), Adam.rate(0.01));
 * Value wave = Value.constant(new double[][] {{0, 1, 0, -1, 0, 1, 0, -1}});
 * Value state = layer.cell().start();
 * for (int from = 0; from < 6; from += 3) {
 *     Recurrent.Result result = layer.run(wave.cols(from, from + 3), state.detached());
 *     Value loss = Regression.squaredError(result.outputs(), wave.cols(from + 1, from + 4));
 *     optimizer.step(loss.gradients());
 *     state = result.state();
 * }
 * }</pre>
 */
public final class Recurrent implements Layer {
    /** So many steps' features go through one product. */
    private static final int AT_ONCE = 16;

    private final Cell cell;
    private final boolean isLast;

    private Recurrent(Cell cell, boolean isLast) {
        this.cell = requireNonNull(cell, "cell");
        this.isLast = isLast;
    }

    /**
     * What came of a run.
     *
     * @param outputs of all steps side by side, a row per example; zeros for steps beyond a row's length
     * @param state after the last step of each row
     */
    public record Result(Value outputs, Value state) {
        public Result {
            requireNonNull(outputs, "outputs");
            requireNonNull(state, "state");
        }
    }

    /** {@return a layer that gives the outputs of all steps side by side} */
    public static Recurrent of(Cell cell) {
        return new Recurrent(cell, false);
    }

    /** {@return the same layer, which shares this one's parameters, giving the output of the last step alone} */
    public Recurrent last() {
        return new Recurrent(cell, true);
    }

    /** {@return the cell} */
    public Cell cell() {
        return cell;
    }

    /** {@return whether it gives the output of the last step alone} */
    public boolean isLast() {
        return isLast;
    }

    /**
     * The outputs of sequences that begin with a state of zeros.
     *
     * @param input a row per example, the steps' features side by side
     * @return the outputs of all steps side by side, or the last one
     * @throws IllegalArgumentException if the columns are no steps of the cell's features
     */
    @Override
    public Value forward(Value input) {
        if (!isLast) {
            return run(input, start()).outputs();
        }
        int steps = Steps.count(this, input, cell.features());
        return output(walk(input, start(), Steps.lengths(this, input, steps), output -> {}));
    }

    /**
     * The outputs of all steps, and the state after the last one.
     *
     * @param input a row per example, the steps' features side by side
     * @param state before the first step, a row per example or one for all
     * @param lengths how many steps of each row there are; none for all of them. What stands beyond a row's length
     *     changes nothing and gets no gradient; the row's state stays as it is after its last step
     * @return outputs and state
     * @throws IllegalArgumentException if the columns are no steps of the cell's features, or state or lengths do not
     *     fit
     */
    public Result run(Value input, Value state, int... lengths) {
        requireNonNull(state, "state");
        requireNonNull(lengths, "lengths");
        int steps = Steps.count(this, input, cell.features());
        int[] of = Steps.lengths(this, input, steps, lengths);
        cell.fitting(state, input.getNumRows());
        List<Value> outputs = new ArrayList<>();
        Value after = walk(input, state, of, outputs::add);
        if (outputs.size() < steps) {
            outputs.add(Value.zeros(new Shape(input.getNumRows(), (steps - outputs.size()) * cell.hidden())));
        }
        return new Result(
                outputs.get(0).concatColumns(outputs.subList(1, outputs.size()).toArray(Value[]::new)), after);
    }

    private Value start() {
        return requireShape("start", cell.start(), 1, cell.stateColumns());
    }

    private Value project(Value features) {
        Value made = cell.project(features);
        if (made == null || made.getNumRows() != features.getNumRows()) {
            throw new IllegalArgumentException(this + ": the cell projects " + features.shape() + " to "
                    + (made == null ? "null" : made.shape()) + "; expected as many rows");
        }
        return made;
    }

    private Value output(Value state) {
        return requireShape("output", cell.output(state), state.getNumRows(), cell.hidden());
    }

    private Value requireShape(String what, Value made, int rows, int columns) {
        Shape expected = new Shape(rows, columns);
        if (made == null || !made.shape().equals(expected)) {
            throw new IllegalArgumentException(this + ": the cell's " + what + " is "
                    + (made == null ? "null" : made.shape()) + "; expected " + expected);
        }
        return made;
    }

    private Value walk(Value input, Value state, int[] lengths, Consumer<Value> output) {
        int features = cell.features();
        int longest = Arrays.stream(lengths).max().orElse(input.getNumCols() / features);
        Value steps = Steps.known(input.cols(0, longest * features), features, lengths);
        Walk walk = new Walk(lengths, state, output);
        Steps.each(steps, features, AT_ONCE, chunk -> {
            Value projected = Steps.inRows(chunk, features, this::project);
            int width = projected.getNumCols() / (chunk.getNumCols() / features);
            Steps.each(projected, Require.atLeast(width, 1, this + ": the columns of a projected step"), 1, walk::step);
        });
        return walk.state;
    }

    /** The state on the way through the steps. */
    private final class Walk {
        private final int[] lengths;
        private final Consumer<Value> output;
        private Value state;
        private int done;

        Walk(int[] lengths, Value state, Consumer<Value> output) {
            this.lengths = lengths;
            this.state = state;
            this.output = output;
        }

        void step(Value projected) {
            int time = done++;
            Value next = requireShape("next state", cell.next(projected, state), lengths.length, cell.stateColumns());
            if (Arrays.stream(lengths).allMatch(length -> length > time)) {
                state = next;
                output.accept(output(state));
                return;
            }
            Value goesOn = Steps.mask(lengths.length, 1, (row, column) -> lengths[row] > time);
            state = goesOn.where(next, state);
            output.accept(goesOn.where(output(next), Value.constant(0)));
        }
    }

    /** The cell's. */
    @Override
    public List<Parameter> parameters() {
        return cell.parameters();
    }

    /** For example {@code Recurrent(GruCell(8, 64), all outputs)}. */
    @Override
    public String description() {
        return "Recurrent(" + cell + (isLast ? ", last output)" : ", all outputs)");
    }

    /** For example {@code Recurrent(GruCell(8, 64))}. */
    @Override
    public String toString() {
        return "Recurrent(" + cell + ")";
    }
}
