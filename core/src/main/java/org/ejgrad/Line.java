package org.ejgrad;

/** One straight piece of a function, (k·x + offset)/divisor: right where the sum is close to 0. */
record Line(double k, double offset, double divisor) {
    /** A flat piece is flat at ±∞ too. */
    double at(double x) {
        return k == 0 ? offset : (k * x + offset) / divisor;
    }

    double slope() {
        return k / divisor;
    }
}
