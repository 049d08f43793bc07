/**
 * Remedies for imbalance, over-fitting, wrong labels and few labels, each compared with doing nothing over several
 * seeds.
 *
 * <p>Each of the four commands lists its treatments and how one of them is trained and judged; {@code Comparison} makes
 * a table of them.
 */
package org.ejgrad.examples.remedies;
