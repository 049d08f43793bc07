package org.ejgrad;

/**
 * Which triangle of a square matrix {@code solveTriangular} reads; what lies outside is neither read nor differentiated
 * by.
 */
public enum Triangle {
    /** The diagonal and what is below it. */
    LOWER(true, false),
    /** The diagonal and what is above it. */
    UPPER(false, false),
    /** What is below the diagonal; the diagonal is taken to be 1. */
    UNIT_LOWER(true, true),
    /** What is above the diagonal; the diagonal is taken to be 1. */
    UNIT_UPPER(false, true);

    private final boolean lower;
    private final boolean unit;

    Triangle(boolean lower, boolean unit) {
        this.lower = lower;
        this.unit = unit;
    }

    /** {@return whether elements below the diagonal are read} */
    public boolean isLower() {
        return lower;
    }

    /** {@return whether the diagonal is taken to be 1 without being read} */
    public boolean isUnit() {
        return unit;
    }

    /** {@return the triangle in which the transposed matrix has its elements} */
    public Triangle transpose() {
        return lower ? unit ? UNIT_UPPER : UPPER : unit ? UNIT_LOWER : LOWER;
    }
}
