package org.ejgrad;

/** A NaN or an infinity has turned up where only finite numbers make sense; nothing has been changed. */
public final class NonFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    /**
     * What is not finite, and where.
     *
     * @param message the call, the value and where it stands
     */
    public NonFiniteException(String message) {
        super(message);
    }
}
