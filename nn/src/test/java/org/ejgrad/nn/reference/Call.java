package org.ejgrad.nn.reference;

import org.ejgrad.Value;

/** A function of the reference format, computed with the library's public API. */
@FunctionalInterface
public interface Call {
    /**
     * Computes the function.
     *
     * @param in inputs and attributes
     * @return the result
     * @throws Unsupported if the attributes ask for something that is not there
     */
    Value apply(Arguments in);
}
