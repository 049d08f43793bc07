/** Figures that say how good predictions are. */
package org.ejgrad.nn.metrics;
