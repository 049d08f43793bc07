package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.SimpleMatrix;

/**
 * Texts as rows of zeros and ones: one column per known word, 1 where the text contains it.
 *
 * <p>Words are the longest runs of a–z and 0–9 after A–Z has become a–z; every other character, accented letters
 * included, only separates. The words known are those found in at least so many training texts.
 */
public final class BagOfWords {
    private static final long MOST_ENTRIES = 1L << 27;
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

    private final List<String> words;
    private final Map<String, Integer> columns = new HashMap<>();

    private BagOfWords(List<String> words) {
        this.words = words;
        for (int j = 0; j < words.size(); j++) {
            columns.put(words.get(j), j);
        }
    }

    /**
     * Collects the words of the training texts.
     *
     * @param trainingTexts the texts
     * @param fewest the number of texts a word must be found in, at least 1
     * @return the bag of those words, in alphabetical order
     * @throws IllegalArgumentException if the number is less than 1
     */
    public static BagOfWords fit(List<String> trainingTexts, int fewest) {
        Require.atLeast(fewest, 1, "fit: fewest");
        SortedMap<String, Long> texts = Require.elements(trainingTexts, "trainingTexts").stream()
                .flatMap(text -> words(text).stream().distinct())
                .collect(groupingBy(word -> word, TreeMap::new, counting()));
        texts.values().removeIf(count -> count < fewest);
        return new BagOfWords(List.copyOf(texts.keySet()));
    }

    /**
     * The words of a text, in order, with repetitions.
     *
     * @return runs of a–z and 0–9
     */
    public static List<String> words(String text) {
        return WORD.matcher(requireNonNull(text, "text"))
                .results()
                .map(word -> word.group().toLowerCase(Locale.ROOT))
                .toList();
    }

    /**
     * The rows of some texts; words that are not known are passed over.
     *
     * @param texts n texts
     * @return n × (number of words), entries 0 and 1
     * @throws ResourceLimitException if that is more than 2²⁷ entries (1 GiB)
     */
    public SimpleMatrix apply(List<String> texts) {
        Require.elements(texts, "texts");
        if ((long) texts.size() * words.size() > MOST_ENTRIES) {
            throw new ResourceLimitException("BagOfWords: " + texts.size() + " texts of " + words.size()
                    + " words take more than " + MOST_ENTRIES + " entries. Know fewer words or apply it to batches");
        }
        SimpleMatrix rows = new SimpleMatrix(texts.size(), words.size());
        for (int i = 0; i < texts.size(); i++) {
            for (String word : words(texts.get(i))) {
                Integer column = columns.get(word);
                if (column != null) {
                    rows.set(i, column, 1);
                }
            }
        }
        return rows;
    }

    /** {@return the words known, all different, in the order of their columns, which is alphabetical} */
    public List<String> words() {
        return words;
    }
}
