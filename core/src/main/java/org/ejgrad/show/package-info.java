/**
 * The graph of a computation as text, Graphviz DOT, Mermaid or JSON.
 *
 * <p>Read {@link org.ejgrad.show.Graph} first, then {@link org.ejgrad.show.Node}; each format has a file of its own,
 * and {@link org.ejgrad.show.Json} writes the strings and numbers of JSON for whoever writes it.
 *
 * <pre>{@code
 * Value w = Value.variable("w", new double[][] {{0.5}, {-1}});
 * Value x = Value.constant(new double[][] {{1, 2}}).labelled("x");
 * Value loss = x.mult(w).square();
 *
 * System.out.println(Graph.of(loss).withValues().withGradients().withFormulas().text());
 * }</pre>
 */
package org.ejgrad.show;
