/**
 * The graph of a computation as text, Graphviz DOT, Mermaid or JSON, and its backpropagation step by step.
 *
 * <p>Read {@link org.ejgrad.show.Graph} first, then {@link org.ejgrad.show.Node}; each format has a file of its own,
 * {@link org.ejgrad.show.Explanation} goes through a computation and back with every number and writes derivatives as
 * formulas, and {@link org.ejgrad.show.Json} writes the strings and numbers of JSON for whoever writes it.
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{0.5}, {-1}});
 * Value x = Value.constant(new double[][] {{1, 2}}).labelled("x");
 * Value loss = x.mult(w).square();
 *
 * System.out.println(Graph.of(loss).withValues().withGradients().withFormulas().text());
 * System.out.println(Explanation.of(loss)); // forward and backward, line by line
 * Explanation.of(loss.labelled("L")).derivative(w).toString(); // = "dL/dw = 2·xᵀ·(x·w)"
 * }</pre>
 */
package org.ejgrad.show;
