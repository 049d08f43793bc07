package org.ejgrad.nn.optim;

import static java.util.Objects.requireNonNull;

import org.ejgrad.nn.arguments.Require;

/**
 * Reduces the rate when a measure of quality has stopped improving, as a pure function of its history; it is the
 * {@code ReduceLROnPlateau} of PyTorch, but for a best below 0 under a relative threshold, of which PyTorch takes b in
 * place of |b|.
 *
 * <p>Falling, a measurement m is better than the best b if m &lt; b − threshold, or m &lt; b − |b|·threshold if the
 * threshold is relative; rising, if m &gt; b + threshold or m &gt; b + |b|·threshold. The first finite measurement is
 * always the best so far; one that is not finite is no improvement.
 *
 * @param lowerIsBetter whether improving means falling
 * @param factor what the rate is multiplied by, in (0, 1)
 * @param patience how many measurements without improvement are borne
 * @param threshold how much better than the best a measurement must be to count as improvement
 * @param relative whether the threshold is a fraction of the best's size
 * @param cooldown for how many measurements after a reduction none is counted as bad
 * @param least the rate is never made smaller than this
 * @param smallestChange a reduction by no more than this is not made
 */
public record Plateau(
        boolean lowerIsBetter,
        double factor,
        int patience,
        double threshold,
        boolean relative,
        int cooldown,
        double least,
        double smallestChange) {

    public Plateau {
        Require.positive(factor, "factor");
        Require.fraction(factor, "factor");
        Require.atLeast(patience, 0, "patience");
        Require.notNegative(threshold, "threshold");
        Require.atLeast(cooldown, 0, "cooldown");
        Require.notNegative(least, "least");
        Require.notNegative(smallestChange, "smallestChange");
    }

    /**
     * {@return PyTorch's defaults for a loss: a tenth after more than 10 measurements that were not better by a
     * relative 1e-4}
     */
    public static Plateau ofLoss() {
        return new Plateau(true, 0.1, 10, 1e-4, true, 0, 0, 1e-8);
    }

    /**
     * The rate after some measurements.
     *
     * @param base the rate before the first
     * @param measurements all of them so far, the oldest first
     * @return at most base
     * @throws IllegalArgumentException if base is not a finite number greater than 0
     */
    public double rate(double base, double... measurements) {
        requireNonNull(measurements, "measurements");
        double rate = Require.positive(base, "base");
        double best = Double.NaN; // none yet
        int bad = 0;
        int cooling = 0;
        for (double measurement : measurements) {
            if (isBetter(measurement, best)) {
                best = measurement;
                bad = 0;
            } else {
                bad++;
            }
            if (cooling > 0) {
                cooling--;
                bad = 0;
            }
            if (bad > patience) {
                double reduced = Math.max(rate * factor, least);
                rate = rate - reduced > smallestChange ? reduced : rate;
                cooling = cooldown;
                bad = 0;
            }
        }
        return rate;
    }

    private boolean isBetter(double measurement, double best) {
        if (!Double.isFinite(measurement) || Double.isNaN(best)) {
            return Double.isFinite(measurement);
        }
        double margin = relative ? Math.abs(best) * threshold : threshold;
        return lowerIsBetter ? measurement < best - margin : measurement > best + margin;
    }
}
