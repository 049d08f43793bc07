package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.Shape;

/** Recognises the gradient at another point, and difference quotients, by evaluating the function once more. */
final class OtherPoints {
    private static final double[] RATES = {
        1, 0.5, 0.3, 0.2, 0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.003, 0.002, 0.001, 1e-4
    };

    /** So many times the parameters: probabilities are 0 or 1 there, if nothing overflows. */
    private static final double[] LARGE = {4096, 512, 256, 128};

    private static final int LARGEST = 2000;

    /** So many entries must be wrong. */
    private static final int FEWEST = 3;

    /** How near a quick estimate must come, beside the largest element. */
    private static final double CLOSE = 1e-6;

    private final TestedFunction function;
    private final double[] point;
    private final double[] claimed;
    private final double[] numeric;
    private final double scale;
    private final int[] telling;

    private OtherPoints(TestedFunction function, List<Comparison> comparisons) {
        this.function = function;
        point = function.point();
        claimed = comparisons.stream()
                .flatMapToDouble(c -> Arrays.stream(c.claimed().data))
                .toArray();
        numeric = comparisons.stream()
                .flatMapToDouble(c -> Arrays.stream(c.numeric().data))
                .toArray();
        scale = Arrays.stream(claimed).map(Math::abs).max().orElse(0);
        telling = IntStream.range(0, claimed.length)
                .filter(i -> Math.abs(claimed[i] - numeric[i]) > 100 * CLOSE * scale)
                .toArray();
    }

    static Optional<Diagnosis> explain(TestedFunction function, List<Comparison> comparisons) {
        int size = comparisons.stream().mapToInt(Comparison::size).sum();
        long wrong = comparisons.stream()
                .mapToLong(c ->
                        IntStream.range(0, c.size()).filter(i -> !c.agrees(i)).count())
                .sum();
        return wrong >= FEWEST && size == function.size() && size <= LARGEST
                ? new OtherPoints(function, comparisons).explain()
                : Optional.empty();
    }

    private Optional<Diagnosis> explain() {
        return differences().or(this::otherPoint).or(this::velocity);
    }

    private double at(int i, double step) {
        Elsewhere.goOn();
        double[] x = point.clone();
        x[i] += step;
        return function.evaluate(x);
    }

    /** Quotients with one step for all, to one side or to both. */
    private Optional<Diagnosis> differences() {
        double center = function.evaluate(point);
        double apart = 0;
        for (int i = 0; i < claimed.length; i++) {
            apart = Double.isNaN(numeric[i]) ? apart : Math.max(apart, Math.abs(claimed[i] - numeric[i]));
        }
        for (int power = 1; power <= 8; power++) {
            for (double start : new double[] {1, 5, -1}) {
                double h = start * Elementary.pow(10, -power);
                double trembles = 0x1p-50 * Math.abs(center / h);
                if (trembles > 0.03 * apart) {
                    continue;
                }
                String step = Hypotheses.text("%.0e", Math.abs(h));
                if (meets(i -> (at(i, h) - center) / h, apart, trembles)) {
                    return Optional.of(new Diagnosis(
                            Mistake.FORWARD_DIFFERENCES,
                            "The gradient is that of " + (h > 0 ? "forward" : "backward")
                                    + " differences with a step of " + step
                                    + "; they are off by half the second derivative times the step."));
                }
                if (h > 0 && meets(i -> (at(i, h) - at(i, -h)) / (2 * h), apart, trembles)) {
                    return Optional.of(new Diagnosis(
                            Mistake.FORWARD_DIFFERENCES,
                            "The gradient is that of central differences with a step of " + step
                                    + ", which is too large."));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Each claim to a thousandth of the largest error, and of its own size: next to a pole the largest allows anything,
     * and claims far too small are like any quotient that is.
     */
    private boolean meets(IntToDoubleFunction predicted, double apart, double trembles) {
        int known = 0;
        for (int i = 0; i < claimed.length; i++) {
            if (!Double.isNaN(numeric[i])) {
                known++;
                double near = 1e-3 * Math.min(apart, Math.abs(claimed[i])) + trembles;
                if (!(Math.abs(predicted.applyAsDouble(i) - claimed[i]) <= near)) {
                    return false;
                }
            }
        }
        return known >= FEWEST;
    }

    /** Whether the claim is this multiple of the gradient at another point: at the entries that tell, then at all. */
    private boolean isGradientAt(double[] at, double[] wanted) {
        if (telling.length < FEWEST) {
            return false;
        }
        for (int i : new int[] {telling[0], telling[telling.length / 2], telling[telling.length - 1]}) {
            if (!(Math.abs(Elsewhere.slope(function, at, i) - wanted[i]) <= CLOSE * scale)) {
                return false;
            }
        }
        for (int i = 0; i < at.length; i++) {
            if (!Double.isNaN(numeric[i])
                    && !(Math.abs(Elsewhere.slope(function, at, i) - wanted[i]) <= CLOSE * scale)) {
                return false;
            }
        }
        return true;
    }

    private Optional<Diagnosis> otherPoint() {
        List<Block> parts = new ArrayList<>(function.blocks());
        parts.add(0, new Block("all parameters", new Shape(1, point.length), 0));
        for (Block part : parts) {
            String of = parts.size() == 2 ? "" : " of " + part.label();
            for (double factor : new double[] {0, 2, 0.5, -1}) {
                if (isGradientAt(moved(part, i -> factor * point[i]), claimed)) {
                    return stale(
                            factor == 0
                                    ? "where " + part.label()
                                            + " would be zero; either they were left out of the forward pass, or a"
                                            + " slope that depends on them is taken for what it is there"
                                    : "at " + factor + " times " + part.label());
                }
            }
            for (double rate : RATES) {
                if (isGradientAt(moved(part, i -> point[i] + rate * claimed[i]), claimed)) {
                    return stale("before the last step" + of + ", with a learning rate of " + rate);
                }
                if (isGradientAt(moved(part, i -> point[i] - rate * numeric[i]), claimed)) {
                    return stale("after the next step" + of + ", with a learning rate of " + rate);
                }
            }
        }
        double[] rest = new double[claimed.length];
        Arrays.setAll(rest, i -> numeric[i] - claimed[i]);
        if (isGradientAt(new double[point.length], rest)) {
            return Optional.of(new Diagnosis(
                    Mistake.MISSING_TERM,
                    "A term of the gradient is missing, such as that of the targets: the one that is left where all"
                            + " parameters are zero."));
        }
        return DoubleStream.of(LARGE)
                        .anyMatch(large -> isGradientAt(moved(parts.get(0), i -> large * point[i]), claimed))
                ? Optional.of(new Diagnosis(
                        Mistake.HARD_CHOICE,
                        "The gradient is that at very large parameters, where probabilities are 0 or 1: a hard decision"
                                + " stands for a probability."))
                : Optional.empty();
    }

    private static Optional<Diagnosis> stale(String where) {
        return Optional.of(new Diagnosis(Mistake.STALE, "The gradient is that at another point: " + where + "."));
    }

    private double[] moved(Block part, IntToDoubleFunction to) {
        double[] at = point.clone();
        for (int i = part.offset(); i < part.offset() + part.shape().elements(); i++) {
            at[i] = to.applyAsDouble(i);
        }
        return at;
    }

    /** N + β·v with v the gradient before one step of it. */
    private Optional<Diagnosis> velocity() {
        for (double momentum : new double[] {0.9, 0.99, 0.95, 0.5, 0.8}) {
            double[] before = new double[point.length];
            for (int i = 0; i < before.length; i++) {
                before[i] = Double.isNaN(numeric[i]) ? 0 : (claimed[i] - numeric[i]) / momentum;
            }
            for (double rate : RATES) {
                double[] at = point.clone();
                for (int i = 0; i < at.length; i++) {
                    at[i] += rate * before[i];
                }
                if (isGradientAt(at, before)) {
                    return Optional.of(new Diagnosis(
                            Mistake.OPTIMIZER_STEP,
                            "The gradient is a velocity: " + momentum
                                    + " times the gradient before the last step is added to it, with a learning rate of "
                                    + rate + "."));
                }
            }
        }
        return Optional.empty();
    }
}
