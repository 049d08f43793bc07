package org.ejgrad.nn.reference;

/** Says that a case asks for something the library, or its dispatcher, does not have. */
public final class Unsupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Unsupported(String reason) {
        super(reason);
    }

    Unsupported(String reason, Throwable cause) {
        super(reason, cause);
    }
}
