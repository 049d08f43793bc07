/**
 * Remedies for imbalance, over-fitting, wrong labels and few labels, each compared with doing nothing over several
 * seeds.
 *
 * <p>Read {@code Comparison} first: a table of treatments with the mean and the spread of what each one reaches. Each
 * of the four commands lists its treatments and how one of them is trained and judged.
 */
package org.ejgrad.examples.remedies;
