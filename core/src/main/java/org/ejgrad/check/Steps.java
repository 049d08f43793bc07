package org.ejgrad.check;

import java.util.Arrays;

/**
 * The steps of looks along a line: they shrink by about 4 and have no common measure, so that no wave, grid or rounding
 * of a function's can hide between them.
 */
final class Steps {
    /** Steps below this part of the reach start again from the size of what is varied, if that is smaller still. */
    static final double FINE = 0x1.0p-28;

    private static final int ROWS_TO_FINE = 13;
    private static final int PROBES = 3;

    /** How much smaller the steps are that confirm. */
    private static final int PROBE_EXPONENT = -7;

    private Steps() {}

    /** The n-th step in parts of the reach: about 4⁻ⁿ/8, times an irregular number of few bits near 1. */
    static double part(int n) {
        return Math.scalb(irregular(n), -3 - 2 * n);
    }

    /** The n-th step: from the reach on and, where that comes to nothing, from the much smaller size on. */
    static double along(LineFunction line, int n) {
        double step = line.reach() * part(n);
        boolean isFar = line.size() > 0 && line.size() < FINE * line.reach() && step < FINE * line.reach();
        return isFar ? line.size() * part(n - ROWS_TO_FINE) : step;
    }

    /** The steps that must confirm what has settled at the n-th, each far smaller than the one before. */
    static double[] probes(double settled, int n) {
        double[] probes = new double[PROBES];
        Arrays.setAll(probes, k -> Math.scalb(settled * irregular(150 + n + 50 * k), PROBE_EXPONENT * (k + 1)));
        return probes;
    }

    static double irregular(int n) {
        return (1 + 2 * Math.floor(0x1p19 * (0.8 + 0.4 * Randomness.uniform(577, n)))) * 0x1p-20;
    }
}
