package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import org.ejgrad.check.DifferenceTable.Estimate;

/**
 * A measured slope that awaits the scale of the whole gradient, or a verdict that needs none.
 *
 * @param estimate the slope
 * @param steepest the largest slope seen nearby
 * @param noise of the function's values
 * @param ofArgument by how much half a unit in the last place of the argument moves the value
 * @param elsewhere slopes that had settled at larger steps and were contradicted by smaller ones
 * @param hidden how near the point there is a kink, if noise hides on which side it is; else infinite
 * @param verdict what is known without the scale
 */
record MeasuredSlope(
        Estimate estimate,
        double steepest,
        double noise,
        double ofArgument,
        List<Estimate> elsewhere,
        double hidden,
        Optional<Verdict> verdict) {
    /** A kink that explains a claim may be nearer than another that is seen: by so many times the noise. */
    private static final double NEARER = 64;

    /** The slope with a bar that reaches to all that it was taken for at larger steps. */
    Estimate inDoubt() {
        double reach = elsewhere.stream()
                .mapToDouble(other -> Math.abs(other.value() - estimate.value()) + other.bar())
                .max()
                .orElse(0);
        return estimate.withBar(Math.max(estimate.bar(), reach));
    }

    /** Whether a kink as near the point as this could be what a claim differs by, and noise hides it here too. */
    boolean mayMiss(double kink, double claimed) {
        return estimate.step() > kink && Math.abs(claimed - estimate.value()) * kink <= NEARER * noise;
    }

    /** The same beside a kink that is so near. */
    MeasuredSlope hiding(double kink) {
        return new MeasuredSlope(estimate, steepest, noise, ofArgument, elsewhere, kink, verdict);
    }

    MeasuredSlope with(Verdict other) {
        return new MeasuredSlope(estimate, steepest, noise, ofArgument, elsewhere, hidden, Optional.of(other));
    }
}
