package org.ejgrad.nn.arguments;

/**
 * A sum that keeps the rounding error of each addition (Neumaier 1974), so that the total, and the mean, are as if
 * computed exactly and rounded once, unless the numbers cancel to less than 2⁻⁵³ of the largest.
 *
 * <p>The mean of equal numbers is that number, the mean of numbers from 0 to 1 is from 0 to 1.
 */
public final class CompensatedSum {
    private double sum;
    private double errors;

    /** Nothing added yet: 0. */
    public CompensatedSum() {}

    /** {@return this sum, after adding a number} */
    public CompensatedSum add(double number) {
        double next = sum + number;
        double added = next - sum;
        errors += (sum - (next - added)) + (number - added);
        sum = next;
        return this;
    }

    /** {@return the sum; infinite or NaN if it overflowed or one of its numbers is} */
    public double total() {
        return Double.isFinite(sum) ? sum + errors : sum;
    }

    /** {@return the sum, in twice the digits, divided by a number} */
    public double dividedBy(double n) {
        double quotient = total() / n;
        return Double.isFinite(quotient) ? quotient + beyond(quotient, n) : quotient;
    }

    /** {@return what the sum, in twice the digits, divided by a number exceeds a quotient close to it by} */
    public double beyond(double quotient, double n) {
        double rest = errors - (total() - sum);
        return (Math.fma(-quotient, n, total()) + rest) / n;
    }
}
