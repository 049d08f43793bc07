/** Programs a person runs: train a classifier, check a gradient, look at a graph. */
package org.ejgrad.examples;
