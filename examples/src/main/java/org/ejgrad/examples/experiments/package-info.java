/**
 * Experiments with gradient checking: what a step size does to a difference quotient, what the checker makes of kinks,
 * noise and a student's backpropagation.
 *
 * <p>{@code VCurve} measures, {@code Student} makes mistakes, {@code ExperimentsCommand} prints and draws both.
 */
package org.ejgrad.examples.experiments;
