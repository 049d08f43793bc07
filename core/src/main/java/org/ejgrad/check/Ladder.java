package org.ejgrad.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;

/**
 * Where the last line of several that are alike settled, such as those of the entries of one parameter: there the next
 * one is looked at first, at fewer steps.
 */
final class Ladder {
    /** Three steps, in parts of that at which the last line settled, and one more if they are too few. */
    private static final double[] FEW = {13.1347, 4.7173, 1.7193};

    private static final double MORE = 54.7819;

    private OptionalInt settled = OptionalInt.empty();

    /** Takes the number of the finest step at which a line settled, if it did so without anything remarkable. */
    void settledAt(OptionalInt step) {
        settled = step;
    }

    /**
     * A look at a few steps of the next line; empty if that is not enough, as far as can be seen from these steps and
     * from three far smaller ones, on one side or the other, that must confirm them.
     */
    Optional<LineSamples> look(LineFunction line, double center, Noise noise) {
        if (settled.isEmpty()) {
            return Optional.empty();
        }
        int n = settled.getAsInt();
        double finest = Steps.along(line, n);
        double[] steps = DoubleStream.of(FEW).map(part -> finest * part).toArray();
        double[] probes = Steps.probes(finest, n);
        for (int k = 1; k < probes.length; k += 2) {
            probes[k] = -probes[k];
        }
        if (Arrays.stream(probes).map(Math::abs).min().orElse(0) < line.least()) {
            return Optional.empty();
        }
        line.expect(DoubleStream.concat(Stencil.bothSides(steps), DoubleStream.of(probes))
                .toArray());
        LineSamples samples = new LineSamples(line, center, noise, false);
        samples.add(steps);
        if (!samples.isEnough()) {
            samples.add(finest * MORE);
        }
        boolean isCalm = samples.stencil().finest().hasBoth()
                && samples.isEnough()
                && !samples.isKinked()
                && !SlopeCheck.isSingular(samples.bendExponent());
        samples.setSettledAt(n);
        return isCalm && samples.areConfirmedBy(probes) ? Optional.of(samples) : Optional.empty();
    }
}
