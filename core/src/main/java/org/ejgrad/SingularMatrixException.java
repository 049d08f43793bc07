package org.ejgrad;

import static java.util.Objects.requireNonNull;

/**
 * A matrix is singular, or so badly conditioned that what was asked of it would be noise.
 *
 * <p>Inverting, solving and differentiating through a factorisation multiply relative rounding errors of 2⁻⁵² by the
 * condition number κ. Below a reciprocal condition number of {@link #LIMIT} no digit that can be relied on is left, and
 * the call throws this exception instead.
 *
 * <p>Units do not count: rows and columns of a square matrix are first multiplied by powers of two, which is exact, so
 * that a covariance of metres and micrometres is as good as one of metres. A 0 among the pivots is singular in any
 * units. In least squares rows are weighed against each other, so there only the columns of a tall matrix, or the rows
 * of a wide one, are scaled. A triangular matrix is singular only if it has a 0 on its diagonal.
 */
public final class SingularMatrixException extends ArithmeticException {
    /** The smallest reciprocal condition number 1/κ that is accepted. */
    public static final double LIMIT = 1e-14;

    private static final long serialVersionUID = 1;

    /** What is wrong, without the call and its operands. */
    private final String reason;

    /** An estimate of 1/κ. */
    private final double reciprocalCondition;

    /**
     * A refusal with its reason.
     *
     * @param reason what is wrong with the matrix; an operation puts its call in front
     * @param reciprocalCondition an estimate of 1/κ in the 1-norm; 0 for an exactly singular matrix
     */
    public SingularMatrixException(String reason, double reciprocalCondition) {
        this("", requireNonNull(reason, "reason"), "", reciprocalCondition);
    }

    private SingularMatrixException(String call, String reason, String operands, double reciprocalCondition) {
        super(call + reason + operands);
        this.reason = reason;
        this.reciprocalCondition = reciprocalCondition;
    }

    /** {@return an estimate of 1/κ in the 1-norm, from 0 (singular) to 1} */
    public double reciprocalCondition() {
        return reciprocalCondition;
    }

    /** The same refusal of a call with these operands, as in {@code invert(2x2): ...; the operand is x}. */
    SingularMatrixException in(String call, String operands) {
        return new SingularMatrixException(call + ": ", reason, operands, reciprocalCondition);
    }
}
