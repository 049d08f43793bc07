/**
 * Experiments with gradient checking: what a step size does to a difference quotient, what misleads it, what the
 * checker makes of kinks, noise and a student's backpropagation.
 *
 * <p>{@code VCurve} measures, {@code Claims} judges, {@code Student} makes mistakes, {@code ExperimentsCommand} prints
 * and draws it all.
 */
package org.ejgrad.examples.experiments;
