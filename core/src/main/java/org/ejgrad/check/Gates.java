package org.ejgrad.check;

import static org.ejgrad.check.Elsewhere.largest;
import static org.ejgrad.check.Elsewhere.plus;
import static org.ejgrad.check.Elsewhere.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejgrad.Shape;

/**
 * Looks into a recurrence with several matrices of as many units each, such as the gates of an LSTM. Where what they
 * make of the state is zero, no step sees by them what the one before has made, and a mistake at one gate reaches no
 * other; where a gate is shut, nothing goes back through what it lets pass.
 */
final class Gates {
    private static final double[] LEVELS = {-1.25, -0.6, 0.35, 0.8, 1.3};
    private static final double SHUT = 40;
    private static final double CLEAR = 1e-6;
    /** So near to zero, functions are straight. */
    private static final double SMALL = 0x1p-12;

    private static final double NEARLY = 1e-4;

    private final Elsewhere elsewhere;
    private final List<Block> blocks;
    private final List<Block> wrong;
    private final List<Block> matrices;
    private final int units;
    private final double least;

    /** A point at which matrices or parts of them are zero. */
    private record Cut(double[] at, String text) {}

    private Gates(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, List<Block> matrices) {
        this.elsewhere = elsewhere;
        this.blocks = blocks;
        this.wrong = wrong;
        this.matrices = matrices;
        units = matrices.get(0).shape().columns();
        least = CLEAR * largest(elsewhere.truth(elsewhere.point(), Elsewhere.entries(wrong)));
    }

    /** If several matrices of as many columns are wrong, and weights behind them agree. */
    static Optional<Diagnosis> explain(Elsewhere elsewhere, List<Block> blocks, List<Block> wrong, Block behind) {
        List<Block> matrices =
                wrong.stream().filter(b -> Layers.areWeights(blocks, b)).toList();
        boolean areGates = matrices.size() > 1
                && matrices.stream()
                        .allMatch(b -> b.shape().columns() == behind.shape().rows()
                                && b.shape().rows() > 1);
        return areGates ? new Gates(elsewhere, blocks, wrong, matrices).explain() : Optional.empty();
    }

    /** What may be of the state: square matrices, each second matrix, or the last or the first rows of all. */
    private List<Cut> cuts() {
        List<Block> square = matrices.stream()
                .filter(b -> b.shape().equals(new Shape(units, units)))
                .toList();
        List<Cut> cuts = new ArrayList<>();
        if (!square.isEmpty() && square.size() < matrices.size()) {
            cuts.add(without(square));
        } else if (!square.isEmpty()) {
            for (int first = 1; first >= 0; first--) {
                int at = first;
                cuts.add(without(IntStream.range(0, square.size())
                        .filter(i -> i % 2 == at)
                        .mapToObj(square::get)
                        .toList()));
            }
        }
        double[] last = elsewhere.point();
        double[] first = elsewhere.point();
        boolean isJoined = matrices.stream().allMatch(b -> b.shape().rows() > units);
        for (Block b : matrices) {
            int size = b.shape().elements();
            double[] from = elsewhere.point();
            last = with(last, b, i -> i < size - units * units ? from[b.offset() + i] : 0);
            first = with(first, b, i -> i < units * units ? 0 : from[b.offset() + i]);
        }
        if (isJoined) {
            String rows = " " + units + " rows of " + labels(matrices) + " are zero";
            cuts.add(new Cut(last, "the last" + rows));
            cuts.add(new Cut(first, "the first" + rows));
        }
        return cuts;
    }

    private Cut without(List<Block> zero) {
        double[] at = elsewhere.point();
        for (Block b : zero) {
            at = with(at, b, i -> 0);
        }
        return new Cut(at, labels(zero) + (zero.size() == 1 ? " is" : " are") + " zero");
    }

    private double[] truth(double[] at, Block... some) {
        return elsewhere.truth(at, Elsewhere.entries(List.of(some)));
    }

    private double[] claim(double[] at, Block... some) {
        return elsewhere.claim(at, Elsewhere.entries(List.of(some)));
    }

    /** By more than the slopes of a long recurrence are uncertain. */
    private boolean isWrong(double[] at, Block block) {
        double[] right = truth(at, block);
        double[] claimed = claim(at, block);
        double size = Math.max(largest(claimed), largest(right));
        return !(largest(plus(claimed, -1, right)) <= NEARLY * Math.max(least / CLEAR * 1e-3, size));
    }

    /** Whether all is right there, of which some was wrong, and something goes back to it. */
    private boolean isRight(double[] at, List<Block> bad) {
        return bad.stream().noneMatch(b -> isWrong(at, b))
                && bad.stream().anyMatch(b -> b.shape().rows() > 1 && largest(truth(at, b)) > least);
    }

    private static String labels(List<Block> some) {
        return some.stream().map(Block::label).collect(Collectors.joining(", "));
    }

    private static Optional<Diagnosis> said(Mistake mistake, String text) {
        return Optional.of(new Diagnosis(mistake, text));
    }

    private Optional<Diagnosis> explain() {
        return cuts().stream()
                .flatMap(cut -> explain(cut).stream())
                .findFirst()
                .or(() -> shut(elsewhere.point(), wrong));
    }

    /** If something goes back there to some gate that is right. */
    private Optional<Diagnosis> explain(Cut cut) {
        List<Block> bad = wrong.stream().filter(b -> isWrong(cut.at, b)).toList();
        boolean isJudged =
                wrong.stream().filter(b -> !bad.contains(b)).anyMatch(b -> largest(truth(cut.at, b)) > least);
        if (!isJudged) {
            return Optional.empty();
        }
        return bad.isEmpty()
                ? said(
                        Mistake.BACK_THROUGH,
                        "Where " + cut.text + " the claim is right: what goes back through them, such as to earlier"
                                + " steps, is left out, or wrong.")
                : gate(cut, bad).or(() -> shut(cut.at, bad)).or(() -> small(cut, bad));
    }

    /** If only one gate is wrong: what goes back through its function, where that is the same for all samples. */
    private Optional<Diagnosis> gate(Cut cut, List<Block> bad) {
        List<Block> own = bad.stream().filter(b -> b.shape().rows() > 1).toList();
        Optional<Block> bias = bad.stream().filter(b -> b.shape().rows() == 1).findFirst();
        boolean isOne = own.size() == 1
                || (own.size() == 2
                        && blocks.indexOf(own.get(1)) == blocks.indexOf(own.get(0)) + 1
                        && isSquare(own.get(1)));
        if (!isOne || bad.size() > own.size() + 1) {
            return Optional.empty();
        }
        double[] zero = cut.at;
        for (Block b : own) {
            zero = with(zero, b, i -> 0);
        }
        Block read = bias.orElse(own.get(0));
        double[] levels = bias.isPresent() ? LEVELS : new double[1];
        double[] ratios = new double[levels.length];
        boolean isSlope = true;
        for (int k = 0; k < levels.length; k++) {
            int level = k;
            double[] at = bias.isPresent() ? with(zero, bias.get(), i -> levels[level]) : zero;
            double[] right = truth(at, read);
            double[] claimed = claim(at, read);
            int most = IntStream.range(0, right.length)
                    .reduce(0, (a, b) -> Math.abs(right[b]) > Math.abs(right[a]) ? b : a);
            if (Math.abs(right[most]) <= least) {
                return Optional.empty();
            }
            ratios[k] = claimed[most] / right[most];
            isSlope &= largest(plus(claimed, -ratios[k], right)) <= NEARLY * Math.max(largest(claimed), largest(right));
        }
        return said(
                isSlope ? Mistake.WRONG_SLOPE : Mistake.OTHER_OPERAND,
                "Where " + cut.text + " only the claim for " + labels(bad) + " is wrong: "
                        + (isSlope
                                ? "the slope of the function behind it is "
                                        + IntStream.range(0, levels.length)
                                                .mapToObj(k -> times(ratios[k], levels[k]))
                                                .collect(Collectors.joining(", "))
                                        + "."
                                : "what the result of the function behind is multiplied with, such as another gate or the"
                                        + " state, is left out on the way back or another value stands for it, or its slope"
                                        + " is made of another value, or steps are mixed up."));
    }

    private static String times(double ratio, double level) {
        return Math.abs(ratio - 1) < NEARLY
                ? Hypotheses.text("right at %.4g, not everywhere", level)
                : Hypotheses.text("%.4g times what it should be at %.4g", Math.abs(ratio) < NEARLY ? 0 : ratio, level);
    }

    private boolean isSquare(Block b) {
        return b.shape().equals(new Shape(units, units));
    }

    /** Whether all is right where one gate is shut, or open. */
    private Optional<Diagnosis> shut(double[] cut, List<Block> bad) {
        for (Block bias : blocks) {
            if (bias.shape().equals(new Shape(1, units))
                    && Layers.weights(blocks, bias).isPresent()) {
                boolean isShut = isRight(with(cut, bias, i -> -SHUT), bad);
                boolean isOpen = isRight(with(cut, bias, i -> SHUT), bad);
                if (isShut != isOpen) {
                    return said(
                            isShut ? Mistake.BACK_THROUGH : Mistake.MISSING_FACTOR,
                            Hypotheses.text("Where %s is %.0f", bias.label(), isShut ? -SHUT : SHUT)
                                    + (isShut
                                            ? " the claim is right, where it is as much above zero it is not: what goes"
                                                    + " back through what is let pass by the function behind it, such as a"
                                                    + " gate, is left out, or wrong."
                                            : " the claim is right, where it is as much below zero it is not: the function"
                                                    + " behind it, such as a gate, is left out of what goes back through"
                                                    + " what it lets pass, or another value stands for it."));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether all is nearly right where one matrix is nearly zero, as a function behind it is straight there. */
    private Optional<Diagnosis> small(Cut cut, List<Block> bad) {
        return matrices.stream()
                .filter(bad::contains)
                .filter(w -> {
                    double[] point = elsewhere.point();
                    Optional<Block> bias = Layers.bias(blocks, w);
                    double[] at = with(cut.at, w, i -> SMALL * point[w.offset() + i]);
                    double[] small = bias.isPresent()
                            ? with(at, bias.get(), i -> SMALL * point[bias.get().offset() + i])
                            : at;
                    return bad.stream().filter(b -> b.shape().rows() > 1).allMatch(b -> {
                        double[] right = truth(small, b);
                        return largest(right) > 0
                                && largest(plus(claim(small, b), -1, right)) <= 10 * NEARLY * largest(right);
                    });
                })
                .findFirst()
                .map(w -> new Diagnosis(
                        Mistake.WRONG_SLOPE,
                        "Where " + cut.text + ", and " + w.label()
                                + " is nearly so, the claim is right, elsewhere it is not: behind " + labels(bad)
                                + " a function that is straight at zero, such as tanh, is taken for straight, or another"
                                + " slope stands for its own."));
    }
}
