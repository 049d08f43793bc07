/**
 * Finds usual mistakes in a recorded graph before time is spent on training it.
 *
 * <pre>{@code
 * Value loss = CrossEntropy.fromLogits(network.forward(input).softmax(Per.ROW), labels);   // softmax twice
 * for (Warning warning : Lint.of(loss, network.parameters())) {
 *     System.out.println(warning);
 * }
 * }</pre>
 */
package org.ejgrad.nn.lint;
