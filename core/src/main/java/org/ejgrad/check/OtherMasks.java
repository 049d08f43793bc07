package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardMistakes.Step;
import org.ejml.data.DMatrixRMaj;

/**
 * Looks for another mask than the one that was used forwards: which elements of it were not zero.
 *
 * <p>What passes through one element alone is found by one walk. The elements that reach the same figures, such as
 * those of one column, are then tried in all combinations.
 */
final class OtherMasks {
    private static final int LARGEST = 128;
    private static final int LONGEST = 14;

    private final WalkFit fit;
    private final Step step;

    OtherMasks(WalkFit fit, Step step) {
        this.fit = fit;
        this.step = step;
    }

    Optional<Diagnosis> explain() {
        int other = fit.tape().inputs(step.node())[1 - step.input()];
        DMatrixRMaj mask = fit.tape().recorded(other);
        double kept = Comparison.largest(mask);
        boolean isMask = kept > 0
                && fit.tape().node(other).isConstant()
                && Arrays.stream(mask.data).allMatch(v -> v == 0 || v == kept)
                && Arrays.stream(mask.data).anyMatch(v -> v == 0);
        Optional<double[]> nothing = flat(step.passing((call, right) -> right.scale(0)));
        if (!isMask || mask.getNumElements() > LARGEST || nothing.isEmpty()) {
            return Optional.empty();
        }
        double[] claim = new double[nothing.get().length];
        int at = 0;
        for (Comparison c : fit.comparisons()) {
            System.arraycopy(c.claimed().data, 0, claim, at, c.size());
            at += c.size();
        }
        List<double[]> parts = new ArrayList<>();
        for (int i = 0; i < mask.getNumElements(); i++) {
            DMatrixRMaj one = mask.createLike();
            one.data[i] = kept;
            Optional<double[]> part =
                    flat(step.passing((call, right) -> call.upstream().elementMult(Value.constant(one))));
            if (part.isEmpty()) {
                return Optional.empty();
            }
            double[] alone = part.get();
            Arrays.setAll(alone, k -> alone[k] - nothing.get()[k]);
            parts.add(alone);
        }
        Arrays.setAll(claim, k -> claim[k] - nothing.get()[k]);
        double faint = 1e-9 * Elsewhere.largest(claim);
        boolean isReached = IntStream.range(0, claim.length)
                .filter(k -> Math.abs(claim[k]) > faint)
                .allMatch(k -> parts.stream().anyMatch(part -> part[k] != 0));
        if (!isReached) {
            return Optional.empty();
        }
        boolean[] done = new boolean[parts.size()];
        for (int i = 0; i < parts.size(); i++) {
            if (!done[i] && !solves(claim, group(parts, i, done))) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Diagnosis(Mistake.MASK_REPLACED, step.looks() + "another mask were used than on the way forward."));
    }

    private Optional<double[]> flat(DeviatingWalk.Deviation deviation) {
        return fit.predict(deviation)
                .map(matrices -> matrices.stream()
                        .flatMapToDouble(m -> Arrays.stream(m.data))
                        .toArray());
    }

    /** The parts that reach a figure which the part at i reaches. */
    private static List<double[]> group(List<double[]> parts, int i, boolean[] done) {
        List<double[]> group = new ArrayList<>();
        for (int j = i; j < parts.size(); j++) {
            double[] a = parts.get(i);
            double[] b = parts.get(j);
            boolean shared = j == i;
            for (int k = 0; k < a.length; k++) {
                shared |= a[k] != 0 && b[k] != 0;
            }
            if (shared && !done[j]) {
                done[j] = true;
                group.add(b);
            }
        }
        return group;
    }

    /** Whether some of the parts add up to the claim at the figures that they reach, at least two. */
    private static boolean solves(double[] claim, List<double[]> group) {
        int[] reached = IntStream.range(0, claim.length)
                .filter(k -> group.stream().anyMatch(part -> part[k] != 0))
                .toArray();
        if (reached.length < 2 || group.size() > LONGEST) {
            return reached.length == 0;
        }
        for (int choice = 0; choice < 1 << group.size(); choice++) {
            boolean met = true;
            for (int k = 0; met && k < reached.length; k++) {
                double sum = 0;
                double size = 0;
                for (int j = 0; j < group.size(); j++) {
                    double part = group.get(j)[reached[k]];
                    sum += (choice >> j & 1) * part;
                    size += Math.abs(part);
                }
                met = Math.abs(sum - claim[reached[k]]) <= 1e-9 * size;
            }
            if (met) {
                return true;
            }
        }
        return false;
    }
}
