package org.ejgrad.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.check.BackwardMistakes.Step;

/** What a wrong factor may mean. */
final class Factors {
    /** Constants that are forgotten or used once too often. */
    private static final List<Known> KNOWN = List.of(
            new Known(Math.PI / 180, "degrees and radians"),
            new Known(Elementary.log(2), "a logarithm or a power to base 2"),
            new Known(Elementary.log(10), "a logarithm or a power to base 10"),
            new Known(Math.PI, "a factor π"),
            new Known(2 * Math.PI, "a factor 2π"),
            new Known(Math.sqrt(2), "a factor √2"),
            new Known(Math.sqrt(Math.PI), "a factor √π"),
            new Known(Math.sqrt(2 * Math.PI), "a factor √2π"),
            new Known(2 / Math.sqrt(Math.PI), "a factor 2/√π"),
            new Known(0.1, "1 − 0.9, as of a running mean"),
            new Known(0.01, "1 − 0.99, as of a running mean"),
            new Known(0.001, "1 − 0.999, as of a running mean, or a learning rate"));

    private record Known(double factor, String meaning) {}

    private Factors() {}

    /** What a factor or its reciprocal is known for, in front of which stands a comma; empty for any other number. */
    static String meaning(double factor) {
        double size = Math.abs(factor);
        boolean isStep = factor < 0 && size < 1 && close(size, Double.parseDouble(Hypotheses.text("%.0e", size)));
        return isStep
                ? ", as of a step against the gradient with that learning rate"
                : KNOWN.stream()
                        .filter(known -> close(size, known.factor) || close(1 / size, known.factor))
                        .map(known -> ", " + known.meaning)
                        .findFirst()
                        .orElse("");
    }

    private static boolean close(double a, double b) {
        return Math.abs(a / b - 1) < 1e-7;
    }

    /** What is said of a step that passes on so many times what it should. */
    static Diagnosis said(Step step, double factor, Tape tape) {
        int[] counts = IntStream.range(0, tape.size())
                .mapToObj(tape::recorded)
                .flatMapToInt(m -> IntStream.of(m.numRows, m.numCols, m.getNumElements()))
                .distinct()
                .toArray();
        for (int count : counts) {
            if (count > 1 && close(factor, count)) {
                return new Diagnosis(
                        Mistake.MISSING_DIVISION,
                        step.looks() + "a division by " + count + " were missing: the sum stands for the mean.");
            }
            if (count > 1 && close(factor, 1.0 / count)) {
                return new Diagnosis(
                        Mistake.EXTRA_DIVISION,
                        step.looks() + "a division by " + count + " were too many: the mean stands for the sum.");
            }
        }
        return new Diagnosis(
                Mistake.CONSTANT_FACTOR,
                step.looks()
                        + String.format(
                                Locale.ROOT, "what is passed on were multiplied by %.9g%s.", factor, meaning(factor)));
    }
}
