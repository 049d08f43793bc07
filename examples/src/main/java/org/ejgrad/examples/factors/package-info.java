/**
 * Toys that find a few numbers behind many: tastes and traits behind ratings, and a code behind pictures that fails on
 * what it has not seen.
 *
 * <p>Read {@link org.ejgrad.examples.factors.RatingsCommand} and {@link org.ejgrad.examples.factors.AnomaliesCommand};
 * what they train stands beside them.
 */
package org.ejgrad.examples.factors;
