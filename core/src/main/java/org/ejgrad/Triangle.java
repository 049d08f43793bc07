package org.ejgrad;

/**
 * Which triangle of a square matrix {@link Value#solveTriangular} reads; what lies outside is neither read nor
 * differentiated by.
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

    /**
     * Whether elements below the diagonal are read.
     *
     * @return true for the lower triangles
     */
    public boolean isLower() {
        return lower;
    }

    /**
     * Whether the diagonal is taken to be 1 without being read.
     *
     * @return true for the unit triangles
     */
    public boolean isUnit() {
        return unit;
    }

    /**
     * The triangle in which the transposed matrix has its elements.
     *
     * @return upper for lower and lower for upper
     */
    public Triangle transpose() {
        return lower ? unit ? UNIT_UPPER : UPPER : unit ? UNIT_LOWER : LOWER;
    }

    /** The elements of x that this triangle reads, and zeros. */
    Value of(Value x) {
        return lower ? x.tril(unit ? -1 : 0) : x.triu(unit ? 1 : 0);
    }
}
