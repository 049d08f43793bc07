package org.ejgrad;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** A NaN or an infinity has turned up where only finite numbers make sense; nothing has been changed. */
public final class NonFiniteException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<NonFinite> origin;

    /**
     * What is not finite, and where.
     *
     * @param message the call, the value and where it stands
     */
    public NonFiniteException(String message) {
        super(requireNonNull(message, "message"));
        this.origin = Optional.empty();
    }

    /**
     * Where a number that is not finite came from.
     *
     * @param origin the operation that made it
     */
    public NonFiniteException(NonFinite origin) {
        super(requireNonNull(origin, "origin").toString());
        this.origin = Optional.of(origin);
    }

    /**
     * Where the number came from.
     *
     * @return the first operation that made it from finite ones; empty if that was not looked for
     */
    public Optional<NonFinite> origin() {
        return origin;
    }
}
