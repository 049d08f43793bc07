package org.ejgrad.nn;

import java.util.List;
import java.util.OptionalInt;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Shape;
import org.ejgrad.Value;
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
     * @throws IllegalArgumentException if a size is less than 1
     */
    public Embedding(int symbols, int width, long seed) {
        this(new Parameter("weight", initial(symbols, width, seed)), OptionalInt.empty());
    }

    /**
     * A given table.
     *
     * @param weight symbols x width; its elements are copied
     * @return the layer
     */
    public static Embedding of(ConstMatrix<?> weight) {
        return new Embedding(new Parameter("weight", weight), OptionalInt.empty());
    }

    /**
     * The same table, with a symbol that does not learn.
     *
     * @param symbol the number of the padding symbol
     * @return a layer that shares this one's parameter
     * @throws IllegalArgumentException if there is no such symbol
     */
    public Embedding padding(int symbol) {
        requireSymbol("padding", symbol, weight.value().getNumRows());
        return new Embedding(weight, OptionalInt.of(symbol));
    }

    private static ConstMatrix<?> initial(int symbols, int width, long seed) {
        if (symbols < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "Embedding(" + symbols + ", " + width + "): expected at least 1 symbol and 1 column");
        }
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
        for (int symbol : symbols) {
            requireSymbol("rows", symbol, table.getNumRows());
        }
        return select(symbols.clone(), table.shape(), padding).apply(table);
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
        Value[] columns = new Value[input.getNumCols()];
        for (int column = 0; column < columns.length; column++) {
            int[] symbols = new int[input.getNumRows()];
            for (int row = 0; row < symbols.length; row++) {
                double number = input.get(row, column);
                if (number != Math.rint(number)) {
                    throw new IllegalArgumentException("Embedding: the element at row " + row + ", column " + column
                            + " is " + number + "; expected the number of a symbol");
                }
                symbols[row] = (int) number;
            }
            columns[column] = rows(symbols);
        }
        if (columns.length == 0) {
            throw new IllegalArgumentException("Embedding: the input is " + input.shape() + "; expected columns");
        }
        Value[] rest = java.util.Arrays.copyOfRange(columns, 1, columns.length);
        return rest.length == 0 ? columns[0] : columns[0].concatColumns(rest);
    }

    /** {@code weight}. */
    @Override
    public List<Parameter> parameters() {
        return List.of(weight);
    }

    private static void requireSymbol(String call, int symbol, int symbols) {
        if (symbol < 0 || symbol >= symbols) {
            throw new IllegalArgumentException(
                    "Embedding." + call + ": there is no symbol " + symbol + "; expected 0 to " + (symbols - 1));
        }
    }

    // spotless:off

    private static Operation select(int[] rows, Shape table, OptionalInt padding) {
        return Operation.unary("embedding", x -> select(x, rows),
                Rule.rule("dy added up by symbol", (x, y, dy) -> gather(rows, table, padding).apply(dy)));
    }

    private static Operation gather(int[] rows, Shape table, OptionalInt padding) {
        return Operation.unary("embeddingGradient", x -> gather(x, rows, table, padding),
                Rule.rule("the symbols' rows of dy, 0 for padding", (x, y, dy) ->
                        unpadded(rows, padding).apply(select(rows, table, padding).apply(dy))));
    }

    /** Rows that are zero for the padding symbol; the operation is its own derivative. */
    private static Operation unpadded(int[] rows, OptionalInt padding) {
        return Operation.unary("unpadded", x -> unpadded(x, rows, padding),
                Rule.rule("dy, 0 for padding", (x, y, dy) -> unpadded(rows, padding).apply(dy)));
    }

    // spotless:on

    private static DMatrixRMaj select(DMatrixRMaj table, int[] rows) {
        DMatrixRMaj y = new DMatrixRMaj(rows.length, table.numCols);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(table.data, rows[i] * table.numCols, y.data, i * table.numCols, table.numCols);
        }
        return y;
    }

    private static DMatrixRMaj gather(DMatrixRMaj dy, int[] rows, Shape table, OptionalInt padding) {
        DMatrixRMaj sums = new DMatrixRMaj(table.rows(), table.columns());
        for (int i = 0; i < rows.length; i++) {
            if (padding.isPresent() && padding.getAsInt() == rows[i]) {
                continue;
            }
            for (int column = 0; column < table.columns(); column++) {
                sums.data[rows[i] * table.columns() + column] += dy.data[i * table.columns() + column];
            }
        }
        return sums;
    }

    private static DMatrixRMaj unpadded(DMatrixRMaj x, int[] rows, OptionalInt padding) {
        DMatrixRMaj y = x.copy();
        for (int i = 0; i < rows.length; i++) {
            if (padding.isPresent() && padding.getAsInt() == rows[i]) {
                java.util.Arrays.fill(y.data, i * y.numCols, (i + 1) * y.numCols, 0);
            }
        }
        return y;
    }
}
