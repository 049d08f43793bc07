package org.ejgrad.examples.sequences;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;

/**
 * How often each symbol follows each context of a given length: a bigram counts after one symbol, a trigram after two.
 *
 * <p>The probability of a symbol is mixed with that after a context shorter by one, which counts like one observation
 * more, down to all symbols alike: (count + p)/(observations + 1).
 */
final class Counts {
    private final int length;
    private final int size;
    private final Map<List<Integer>, double[]> counts = new HashMap<>();

    /**
     * Counts a sequence.
     *
     * @param length how many symbols a context has
     * @param size how many symbols there are
     */
    Counts(int length, int size, int... symbols) {
        this.length = length;
        this.size = size;
        for (int end = 0; end < symbols.length; end++) {
            for (int from = Math.max(end - length, 0); from <= end; from++) {
                counts.computeIfAbsent(context(symbols, from, end), context -> new double[size])[symbols[end]]++;
            }
        }
    }

    private static List<Integer> context(int[] symbols, int from, int end) {
        return IntStream.range(from, end).mapToObj(i -> symbols[i]).toList();
    }

    /** The mean of −log₂ p of a sequence's symbols. */
    double bits(int... symbols) {
        double sum = 0;
        for (int end = 0; end < symbols.length; end++) {
            double p = 1.0 / size;
            for (int from = end; from >= Math.max(end - length, 0); from--) {
                double[] seen = counts.get(context(symbols, from, end));
                p = seen == null
                        ? p
                        : (seen[symbols[end]] + p) / (Arrays.stream(seen).sum() + 1);
            }
            sum -= Elementary.log(p);
        }
        return sum / symbols.length / Elementary.log(2);
    }

    /** How often each symbol, in a column, came after each, in a row. */
    double[][] pairs() {
        double[][] pairs = new double[size][];
        Arrays.setAll(pairs, symbol -> counts.getOrDefault(List.of(symbol), new double[size]));
        return pairs;
    }
}
