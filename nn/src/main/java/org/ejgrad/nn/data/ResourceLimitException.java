package org.ejgrad.nn.data;

import static java.util.Objects.requireNonNull;

import org.ejgrad.PlainText;

/** Reading or computing on would take more memory or time than was allowed; the message names the limit. */
public final class ResourceLimitException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * A limit was reached.
     *
     * @param reason what was asked for, the limit, and how to raise or avoid it
     */
    public ResourceLimitException(String reason) {
        super(PlainText.of(requireNonNull(reason, "reason")));
    }
}
