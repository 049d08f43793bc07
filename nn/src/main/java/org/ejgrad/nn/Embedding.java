package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Require;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;

/**
 * A table of rows, one per symbol: turns the numbers of symbols into their rows.
 *
 * <p>The parameter {@code weight} is symbols x width. A symbol that occurs several times gathers the gradients of all
 * its occurrences; a padding symbol has a row like any other, but its gradient is zero.
 */
public final class Embedding implements Layer {
    private final Parameter weight;
    private final OptionalInt padding;

    private Embedding(Parameter weight, OptionalInt padding) {
        this.weight = weight;
        this.padding = padding;
    }

    /**
     * A table of standard normal numbers.
     *
     * @param symbols how many rows
     * @param width how many columns
     * @param seed determines the rows
     * @throws IllegalArgumentException if a size is less than 1, or the table cannot fit in memory
     */
    public Embedding(int symbols, int width, long seed) {
        this(new Parameter("weight", initial(symbols, width, seed)), OptionalInt.empty());
    }

    /** {@return the layer with a given table, symbols x width, whose elements are copied} */
    public static Embedding of(ConstMatrix<?> weight) {
        return new Embedding(new Parameter("weight", requireNonNull(weight, "weight")), OptionalInt.empty());
    }

    /**
     * {@return the same table with a padding symbol, which does not learn; it shares this one's parameter}
     *
     * @throws IllegalArgumentException if there is no such symbol
     */
    public Embedding padding(int symbol) {
        requireSymbol("padding", symbol, weight.value().getNumRows());
        return new Embedding(weight, OptionalInt.of(symbol));
    }

    /** {@return the symbol that does not learn, if there is one} */
    public OptionalInt padding() {
        return padding;
    }

    private static ConstMatrix<?> initial(int symbols, int width, long seed) {
        String call = "Embedding(" + symbols + ", " + width + ")";
        if (symbols < 1 || width < 1) {
            throw new IllegalArgumentException(call + ": expected at least 1 symbol and 1 column");
        }
        Require.memory(call, symbols, width, 2); // one for the initialiser, one for the parameter
        return Initialiser.normal(1).matrix(symbols, width, new RandomStream(seed));
    }

    /**
     * The rows of symbols.
     *
     * @param symbols their numbers, from 0
     * @return a row per symbol
     * @throws IllegalArgumentException if there is no such symbol
     */
    public Value rows(int... symbols) {
        Value table = weight.value();
        for (int symbol : requireNonNull(symbols, "symbols")) {
            requireSymbol("rows", symbol, table.getNumRows());
        }
        Value rows = table.rowsAt(symbols);
        return padding.isPresent() ? isPadding(symbols).where(rows.detached(), rows) : rows;
    }

    /**
     * The rows of the symbols in each row of the input, side by side.
     *
     * @param input symbol numbers, a row per example
     * @return a row per example, as many times the table's width as the input has columns
     * @throws IllegalArgumentException if an element is not the number of a symbol
     */
    @Override
    public Value forward(Value input) {
        int columns = requireNonNull(input, "input").getNumCols();
        if (columns == 0) {
            throw new IllegalArgumentException("Embedding: the input is " + input.shape() + "; expected columns");
        }
        int[] symbols = new int[input.shape().elements()];
        for (int i = 0; i < symbols.length; i++) {
            double number = input.get(i / columns, i % columns);
            if (number != (int) number) {
                throw new IllegalArgumentException("Embedding: the element at row " + i / columns + ", column "
                        + i % columns + " is " + number + "; expected the number of a symbol");
            }
            symbols[i] = (int) number;
        }
        return rows(symbols)
                .reshape(input.getNumRows(), columns * weight.value().getNumCols());
    }

    /** {@code weight}. */
    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    /** For example {@code Embedding(100, 8)} or {@code Embedding(100, 8, padding 0)}. */
    @Override
    public String description() {
        return "Embedding(" + weight.value().getNumRows() + ", "
                + weight.value().getNumCols() + (padding.isPresent() ? ", padding " + padding.getAsInt() : "") + ")";
    }

    /** As {@link #description}. */
    @Override
    public String toString() {
        return description();
    }

    private static void requireSymbol(String call, int symbol, int symbols) {
        if (symbol < 0 || symbol >= symbols) {
            throw new IllegalArgumentException(
                    "Embedding." + call + ": there is no symbol " + symbol + "; expected 0 to " + (symbols - 1));
        }
    }

    private Value isPadding(int... symbols) {
        int symbol = padding.orElseThrow();
        double[] isPadding =
                Arrays.stream(symbols).mapToDouble(s -> s == symbol ? 1 : 0).toArray();
        return Value.constant(new DMatrixRMaj(isPadding));
    }
}
