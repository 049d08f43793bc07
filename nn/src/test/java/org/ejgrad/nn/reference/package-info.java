/**
 * Runs files of figures from other implementations through the public API:
 * {@link org.ejgrad.nn.reference.ReferenceFile} reads one, a dispatcher per kind of case computes,
 * {@link org.ejgrad.nn.reference.Comparison} judges.
 */
package org.ejgrad.nn.reference;
