package org.ejgrad.examples.remedies;

import java.util.function.LongFunction;

/**
 * One way to train.
 *
 * @param name what the table calls it
 * @param run trains with data, weights and order of a seed, and measures
 */
record Treatment(String name, LongFunction<double[]> run) {}
