/**
 * Finds usual mistakes in a recorded graph before time is spent on training it.
 *
 * <pre>{@code
 * Value loss = CrossEntropy.fromLogits(network.forward(input).softmaxRows(), labels);   // softmax twice
 * for (Finding finding : Lint.of(loss, network.parameters())) {
 *     System.out.println(finding);
 * }
 * }</pre>
 */
package org.ejgrad.nn.lint;
