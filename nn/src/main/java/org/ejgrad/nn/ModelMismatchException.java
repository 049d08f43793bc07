package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.PlainText;
import org.ejgrad.nn.arguments.Require;

/**
 * What was saved does not belong to what it should be loaded into; the message lists every difference, and nothing has
 * been changed.
 */
public final class ModelMismatchException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** One sentence each. */
    private final transient List<String> differences;

    /**
     * All differences.
     *
     * @param what what was to be loaded
     * @param differences one sentence for each difference
     */
    public ModelMismatchException(String what, List<String> differences) {
        super(PlainText.of(requireNonNull(what, "what") + " does not fit: "
                + String.join("; ", Require.elements(differences, "differences"))));
        this.differences = List.copyOf(differences);
    }

    /** {@return the differences one by one, an unmodifiable list} */
    public List<String> differences() {
        return differences;
    }
}
