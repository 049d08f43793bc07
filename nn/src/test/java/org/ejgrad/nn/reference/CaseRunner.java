package org.ejgrad.nn.reference;

/** Computes one case of a file and compares every figure in it. */
@FunctionalInterface
public interface CaseRunner {
    /**
     * Runs a case.
     *
     * @param figures the case
     * @param tolerance of the file, or the case's own
     * @param comparison takes the differences
     * @throws Unsupported if the case asks for something that is not there
     */
    void run(Json figures, Tolerance tolerance, Comparison comparison);
}
