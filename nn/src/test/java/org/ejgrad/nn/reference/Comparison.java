package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;

/** Collects what differs between the figures of one case and ours. */
public final class Comparison {
    private final List<String> differences = new ArrayList<>();
    private final List<String> exceptions = new ArrayList<>();
    private double largestShare;
    private boolean gradients;
    private boolean nanSpreads;
    private boolean singlePrecision;
    private boolean smallestSlopes;

    List<String> differences() {
        return differences;
    }

    /** Where our documented conventions differ from those of the figures' source. */
    List<String> exceptions() {
        return exceptions;
    }

    /** The largest difference as a share of the one that is allowed there; more than 1 if something differs. */
    double largestShare() {
        return largestShare;
    }

    /**
     * From here on a NaN of ours is the documented convention, not a difference: an input has a NaN, and NaN in gives
     * NaN out also in gradients, where other libraries give 0 or 1 at a NaN.
     */
    void nanSpreads() {
        nanSpreads = true;
    }

    /**
     * From here on gradients are compared, in which an exact 0 of ours against NaN is the documented convention: a
     * factor that is 0 by construction beats an infinite one, where other libraries multiply the two. So is a number
     * close to the largest where theirs overflows on the way to it.
     */
    void gradients() {
        gradients = true;
    }

    /**
     * From here on a relative difference of 2⁻²⁴ is the source's, not ours: it rounds a constant of this operation's
     * derivative to single precision.
     */
    void singlePrecision() {
        singlePrecision = true;
    }

    /**
     * From here on a gradient of ours that is smaller is the documented convention: at a kink the slope of smallest
     * magnitude, where PyTorch takes that of one side.
     */
    void smallestSlopes() {
        smallestSlopes = true;
    }

    private boolean isConvention(double got, double want) {
        return nanSpreads && Double.isNaN(got)
                || gradients && got == 0 && Double.isNaN(want)
                || gradients
                        && Double.isInfinite(want)
                        && Double.isFinite(got)
                        && got / want >= 0
                        && Math.abs(got) > 1e306
                || smallestSlopes && Math.abs(got) < Math.abs(want)
                || singlePrecision && Math.abs(got - want) <= 0x1p-24 * Math.abs(want);
    }

    public void matrix(String what, Value got, double[][] want, Tolerance tolerance) {
        double[][] rows = new double[got.getNumRows()][got.getNumCols()];
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length; column++) {
                rows[row][column] = got.get(row, column);
            }
        }
        matrix(what, rows, want, tolerance);
    }

    public void matrix(String what, double[][] got, double[][] want, Tolerance tolerance) {
        int columns = want.length == 0 ? 0 : want[0].length;
        int gotColumns = got.length == 0 ? 0 : got[0].length;
        if (got.length != want.length || gotColumns != columns) {
            differences.add(what + ": " + got.length + "x" + gotColumns + " instead of " + want.length + "x" + columns);
            return;
        }
        for (int row = 0; row < want.length; row++) {
            for (int column = 0; column < columns; column++) {
                largestShare = Math.max(largestShare, tolerance.share(got[row][column], want[row][column]));
                if (!tolerance.close(got[row][column], want[row][column])) {
                    boolean convention = isConvention(got[row][column], want[row][column]);
                    (convention ? exceptions : differences)
                            .add(what + "[" + row + "][" + column + "]: " + got[row][column] + " instead of "
                                    + want[row][column]);
                    if (!convention) {
                        return;
                    }
                }
            }
        }
    }

    /** Compares with a matrix, or with a number that stands for 1x1. */
    public void result(String what, Value got, Json want, Tolerance tolerance) {
        matrix(what, got, want.isList() ? want.matrix() : new double[][] {{want.number()}}, tolerance);
    }

    public void number(String what, double got, double want, Tolerance tolerance) {
        largestShare = Math.max(largestShare, tolerance.share(got, want));
        if (!tolerance.close(got, want)) {
            differences.add(what + ": " + got + " instead of " + want);
        }
    }
}
