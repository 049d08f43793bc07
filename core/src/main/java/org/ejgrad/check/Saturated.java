package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.with;

import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Recognises that the slope of a function with bounds, such as tanh, σ or a softmax, is left out: with weights so large
 * that it is at its bounds nothing goes back to them, but in the claim.
 */
final class Saturated {
    private static final double LARGE = 0x1p10;
    private static final double NOTHING = 1e-6;
    private static final double CLEAR = 1e-2;

    private Saturated() {}

    /** If all that is wrong goes back through weights that agree, of the last weights of which this is so. */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong) {
        return IntStream.range(0, wrong.size())
                .mapToObj(i -> wrong.get(wrong.size() - 1 - i))
                .filter(w -> Layers.areWeights(blocks, w) && goesThrough(elsewhere, blocks, wrong, w))
                .filter(w -> isLeftOut(elsewhere, w, Layers.bias(blocks, w)))
                .findFirst()
                .map(w -> new Diagnosis(
                        isAsIfOne(elsewhere, w, Layers.bias(blocks, w)) ? Mistake.MISSING_FACTOR : Mistake.WRONG_SLOPE,
                        Hypotheses.text("Where %s is %.0f times as large", w.label(), LARGE)
                                + " the gradient for it vanishes, as before a function with bounds, such as tanh, σ or a"
                                + " softmax, the claim does not: the slope of that function is left out, or what does not"
                                + " vanish at its bounds stands for it."));
    }

    private static boolean goesThrough(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, Block w) {
        int[] own = Elsewhere.entries(List.of(w));
        double least = NOTHING * largest(elsewhere.claim(elsewhere.point(), own));
        return blocks.subList(blocks.indexOf(w), blocks.size()).stream()
                .filter(v -> !wrong.contains(v) && Layers.areWeights(blocks, v))
                .anyMatch(v -> {
                    double[] zero = with(elsewhere.point(), v, i -> 0);
                    return largest(plus(elsewhere.claim(zero, own), -1, elsewhere.truth(zero, own))) <= least;
                });
    }

    private static boolean isLeftOut(Elsewhere elsewhere, Block w, Optional<Block> bias) {
        int[] own = Elsewhere.entries(List.of(w));
        double[] point = elsewhere.point();
        double[] at = with(point, w, i -> LARGE * point[w.offset() + i]);
        if (bias.isPresent()) {
            at = with(at, bias.get(), i -> LARGE * point[bias.get().offset() + i]);
        }
        return largest(elsewhere.truth(at, own)) <= NOTHING * largest(elsewhere.truth(point, own))
                && largest(elsewhere.claim(at, own)) >= CLEAR * largest(elsewhere.claim(point, own));
    }

    /** Whether at zero the claim is off by the slope of tanh or σ there. */
    private static boolean isAsIfOne(Elsewhere elsewhere, Block w, Optional<Block> bias) {
        int[] own = Elsewhere.entries(List.of(w));
        double[] zero = with(elsewhere.point(), w, i -> 0);
        double[] at = bias.isPresent() ? with(zero, bias.get(), i -> 0) : zero;
        double[] right = elsewhere.truth(at, own);
        double[] claimed = elsewhere.claim(at, own);
        return DoubleStream.of(1, 4).anyMatch(k -> Elsewhere.same(claimed, plus(new double[claimed.length], k, right)));
    }
}
