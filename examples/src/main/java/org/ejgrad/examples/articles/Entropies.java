package org.ejgrad.examples.articles;

import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Reduction;

/** How much there is to learn from an outcome, in bits. */
final class Entropies {
    private static final ClassOptions SUM = ClassOptions.DEFAULT.reduction(Reduction.SUM);

    private Entropies() {}

    static Chapter chapter() {
        return new Chapter(
                "Entropy in bits",
                "A3: one of n equally likely fruits takes log₂ n yes-or-no questions; a text that repeats itself none.",
                List.of(
                        Figure.of(
                                "A3/surprise-1/8",
                                "−log₂ of 1/8",
                                "3",
                                Value.constant(0.125).log2().negative()),
                        Figure.of("A3/bits-8", "entropy of 8 equally likely fruits, bits", "3", bits(uniform(8))),
                        Figure.of("A3/nats-8", "the same in nats", Information.entropy(uniform(8), SUM)),
                        Figure.of(
                                "A3/bits-1024",
                                "entropy of 1024 equally likely fruits, bits",
                                "10",
                                bits(uniform(1024))),
                        Figure.of("A3/string-aaaaaaaa", "bits per letter of \"aaaaaaaa\"", bits(letters("aaaaaaaa"))),
                        Figure.of("A3/string-jteikfqa", "bits per letter of \"jteikfqa\"", bits(letters("jteikfqa")))
                                .note("A3 says only \"more\"")));
    }

    private static Value uniform(int items) {
        return Value.ones(new Shape(1, items)).divide(items);
    }

    private static Value bits(Value p) {
        return Information.bits(Information.entropy(p, SUM));
    }

    /** The share of each letter in a text. */
    private static Value letters(String text) {
        return Numbers.row(text
                .chars()
                .boxed()
                .collect(Collectors.groupingBy(letter -> letter, TreeMap::new, Collectors.counting()))
                .values()
                .stream()
                .mapToDouble(count -> (double) count / text.length())
                .toArray());
    }
}
