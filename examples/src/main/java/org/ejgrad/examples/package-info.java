/**
 * Programs a person runs: train a classifier, check a gradient, look at a graph.
 *
 * <p>{@link org.ejgrad.examples.Main} lists the commands. To see how a network is trained with this library, read
 * {@code Training}; where its data come from, {@code Problems}; how it is built, {@code Recipe}.
 */
package org.ejgrad.examples;
