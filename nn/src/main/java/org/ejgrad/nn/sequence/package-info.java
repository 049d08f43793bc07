/**
 * Layers over sequences.
 *
 * <p>A batch of sequences is a matrix with a row per example, the steps side by side, as {@code Embedding.forward}
 * gives them; a layer knows how many columns a step has, and the number of steps follows.
 *
 * <p>Reading order: {@link org.ejgrad.nn.sequence.Cell} (one step), {@link org.ejgrad.nn.sequence.RecurrentCell},
 * {@link org.ejgrad.nn.sequence.GruCell} and {@link org.ejgrad.nn.sequence.LstmCell},
 * {@link org.ejgrad.nn.sequence.Recurrent} (all steps, the state in and out),
 * {@link org.ejgrad.nn.sequence.Bidirectional}, {@link org.ejgrad.nn.sequence.EachStep},
 * {@link org.ejgrad.nn.sequence.Attention} and {@link org.ejgrad.nn.sequence.PositionEncoding}.
 *
 * <pre>{@code
 * Layer network = Sequential.of(
 *         new Embedding(3, 4, 1),
 *         Recurrent.of(new GruCell(4, 8, 2)),
 *         new EachStep(8, new Dense(8, 3, 3)));
 * Value cycle = Value.constant(new double[][] {{0, 1, 2, 0, 1, 2, 0}});
 * int[] next = {1, 2, 0, 1, 2, 0, 1};
 * Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.05));
 * for (int step = 0; step < 50; step++) {
 *     optimizer.step(CrossEntropy.fromLogits(network.forward(cycle).reshape(7, 3), next).gradients());
 * }
 * double loss = CrossEntropy.fromLogits(network.inference().forward(cycle).reshape(7, 3), next).scalar(); // < 0.1
 * }</pre>
 */
package org.ejgrad.nn.sequence;
