package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Children;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;

/**
 * Scaled dot-product attention (Vaswani et al. 2017), in which the steps of a sequence look at one another: with q, k
 * and v the query, key and value of each step, the output is softmax(q·kᵀ/√width)·v, put through a last layer.
 *
 * <p>Of {@linkplain #heads several heads} each does so with its own part of the columns of q, k and v, and what they
 * give stands side by side. If it is causal, each step looks at itself and those before it. The steps of one example
 * look at those of the same example only. Without positions in the input, another order of the steps is only another
 * order of the outputs; a {@link PositionEncoding} before it tells them apart.
 */
public final class Attention implements Layer {
    /** So many matrices of a head's weights are there at once. */
    private static final int AT_ONCE = 4;

    private final int features;
    private final Layer query;
    private final Layer key;
    private final Layer value;
    private final Layer output;
    private final int heads;
    private final boolean isCausal;

    private Attention(int features, Layer query, Layer key, Layer value, Layer output, int heads, boolean isCausal) {
        this.features = features;
        this.query = requireNonNull(query, "query");
        this.key = requireNonNull(key, "key");
        this.value = requireNonNull(value, "value");
        this.output = requireNonNull(output, "output");
        this.heads = heads;
        this.isCausal = isCausal;
    }

    /**
     * One head whose four layers begin with Xavier-uniform weights and biases of zeros.
     *
     * @param features the columns of a step, in and out
     * @param width the columns of a step's query, key and value
     * @param seed determines the weights
     * @throws IllegalArgumentException if a size is less than 1, or the weights cannot fit in memory
     */
    public Attention(int features, int width, long seed) {
        this(
                features,
                new Dense(features, width, seed),
                new Dense(features, width, seed + 1),
                new Dense(features, width, seed + 2),
                new Dense(width, features, seed + 3),
                1,
                false);
    }

    /**
     * One head of given layers.
     *
     * @param features the columns of a step
     * @param query gives a step's query, a row per step
     * @param key gives its key, as wide
     * @param value gives its value
     * @param output takes what was mixed of the values
     * @return the head
     * @throws IllegalArgumentException if there is not at least 1 feature
     */
    public static Attention of(int features, Layer query, Layer key, Layer value, Layer output) {
        Require.atLeast(features, 1, "Attention: the number of features");
        return new Attention(features, query, key, value, output, 1, false);
    }

    /** {@return the same layer, which shares this one's parameters, in which no step sees a later one} */
    public Attention causal() {
        return new Attention(features, query, key, value, output, heads, true);
    }

    /**
     * The same layer, which shares this one's parameters, with another number of heads.
     *
     * @param count how many parts of equal width the columns of query, key and value fall into
     * @return the layer
     * @throws IllegalArgumentException if there is not at least 1, or they do not divide the columns of a dense query
     */
    public Attention heads(int count) {
        Require.atLeast(count, 1, this + ": the number of heads");
        if (query instanceof Dense dense) {
            requireDivisible("query's weights", dense.weight().value(), count);
        }
        return new Attention(features, query, key, value, output, count, isCausal);
    }

    /** {@return how many heads there are} */
    public int heads() {
        return heads;
    }

    /** {@return whether no step sees a later one} */
    public boolean isCausal() {
        return isCausal;
    }

    /** {@return how many columns a step has} */
    public int features() {
        return features;
    }

    /**
     * The outputs of all steps of sequences of one length.
     *
     * @param input a row per example, the steps' features side by side
     * @return the outputs of all steps side by side
     * @throws IllegalArgumentException if the columns are no steps of so many features, or how much each looks at each
     *     does not fit in memory
     */
    @Override
    public Value forward(Value input) {
        return forward(input, new int[0]);
    }

    /**
     * The outputs of all steps of sequences of different lengths.
     *
     * @param input a row per example, the steps' features side by side
     * @param lengths how many steps of each row there are; none for all of them. No step looks at what stands beyond,
     *     whose outputs are zeros
     * @return the outputs of all steps side by side
     * @throws IllegalArgumentException if the columns are no steps of so many features, the lengths do not fit, or the
     *     weights do not fit in memory
     */
    public Value forward(Value input, int... lengths) {
        requireNonNull(lengths, "lengths");
        int steps = Steps.count(this, input, features);
        int[] of = Steps.lengths(this, input, steps, lengths);
        Value known = Steps.known(input, features, of);
        Value outputs = Steps.inRows(known, features, rows -> made(output, "output", mixed(rows, steps, of)));
        return Steps.known(outputs, outputs.getNumCols() / steps, of);
    }

    /**
     * How much each step looks at each.
     *
     * @param input a row per example, the steps' features side by side
     * @param lengths how many steps of each row there are; none for all of them
     * @return a row for each step of each example, a column for each step it looks at; each row sums to 1. Those of
     *     several heads stand side by side
     * @throws IllegalArgumentException if the columns are no steps of so many features, the lengths do not fit, or the
     *     weights do not fit in memory
     */
    public Value weights(Value input, int... lengths) {
        requireNonNull(lengths, "lengths");
        int steps = Steps.count(this, input, features);
        int[] of = Steps.lengths(this, input, steps, lengths);
        Value known = Steps.known(input, features, of);
        return weights(known.reshape(known.getNumRows() * steps, features), steps, of);
    }

    private Value mixed(Value rows, int steps, int... lengths) {
        Value values = requireDivisible("values", made(value, "value", rows), heads);
        Value weights = weights(rows, steps, lengths);
        return perHead(head -> Blocks.mult(steps, part(weights, head), part(values, head)));
    }

    private Value weights(Value rows, int steps, int... lengths) {
        if (rows.getNumRows() == 0) {
            return Value.zeros(new Shape(0, heads * steps));
        }
        Require.memory(this + ": the weights", rows.getNumRows(), steps, AT_ONCE * heads);
        Value queries = requireDivisible("queries", made(query, "query", rows), heads);
        Value keys = made(key, "key", rows);
        if (keys.getNumCols() != queries.getNumCols() || keys.getNumCols() == 0) {
            throw new IllegalArgumentException(this + ": the queries are " + queries.shape() + " and the keys "
                    + keys.shape() + "; expected the same shape, with columns");
        }
        Value closed = closed(steps, lengths);
        Value scaled = queries.divide(Math.sqrt(queries.getNumCols() / (double) heads));
        return perHead(head -> Blocks.mult(steps, part(scaled, head), Blocks.transpose(steps, part(keys, head)))
                .reshape(lengths.length, steps * steps)
                .plus(closed)
                .reshape(lengths.length * steps, steps)
                .softmax(Per.ROW));
    }

    private Value perHead(IntFunction<Value> function) {
        Value first = function.apply(0);
        return heads == 1
                ? first
                : first.concatColumns(
                        IntStream.range(1, heads).mapToObj(function).toArray(Value[]::new));
    }

    /** The columns of one head. */
    private Value part(Value all, int head) {
        int width = all.getNumCols() / heads;
        return heads == 1 ? all : all.cols(head * width, (head + 1) * width);
    }

    private Value requireDivisible(String what, Value all, int count) {
        if (all.getNumCols() % count != 0) {
            throw new IllegalArgumentException(this + ": the " + what + " are " + all.shape() + "; expected " + count
                    + " heads to divide the columns");
        }
        return all;
    }

    /** −∞ where a step must not look and 0 where it may; a row per example, or one for all if they are alike. */
    private Value closed(int steps, int... lengths) {
        boolean isPadded = Arrays.stream(lengths).anyMatch(length -> length < steps);
        DMatrixRMaj closed = new DMatrixRMaj(isPadded ? lengths.length : 1, steps * steps);
        for (int row = 0, i = 0; row < closed.numRows; row++) {
            for (int from = 0; from < steps; from++) {
                for (int to = 0; to < steps; to++, i++) {
                    boolean isOpen = to < lengths[row] && !(isCausal && to > from);
                    closed.data[i] = isOpen ? 0 : Double.NEGATIVE_INFINITY;
                }
            }
        }
        return Value.adopting(closed);
    }

    private Value made(Layer layer, String name, Value rows) {
        Value made = layer.forward(rows);
        if (made == null || made.getNumRows() != rows.getNumRows()) {
            throw new IllegalArgumentException(this + ": the layer " + name + " turned " + rows.shape() + " into "
                    + (made == null ? "null" : made.shape()) + "; expected as many rows");
        }
        return made;
    }

    /** {@code query}, {@code key}, {@code value} and {@code output}. */
    @Override
    public Layer map(BiFunction<String, Layer, Layer> change) {
        return new Attention(
                features,
                Children.changed(change, "query", query),
                Children.changed(change, "key", key),
                Children.changed(change, "value", value),
                Children.changed(change, "output", output),
                heads,
                isCausal);
    }

    /** For example {@code Attention(8, query Dense(8, 4), key …, 2 heads, causal)}. */
    @Override
    public String description() {
        return "Attention(" + features + ", query " + query.description() + ", key " + key.description() + ", value "
                + value.description() + ", output " + output.description() + (heads == 1 ? "" : ", " + heads + " heads")
                + (isCausal ? ", causal)" : ")");
    }

    /** For example {@code Attention(8)}. */
    @Override
    public String toString() {
        return "Attention(" + features + ")";
    }
}
