/**
 * The training loop.
 *
 * <p>A whole training is five lines that anybody can write:
 *
 * <pre>{@code
 * Batches batches = Batches.shuffled(training, 32, 42);
 * for (int epoch = 0; epoch < 200; epoch++) {
 *     for (Dataset batch : batches.epoch(epoch)) {
 *         Value outputs = network.forward(Value.constant(batch.inputs()));
 *         optimizer.step(CrossEntropy.fromLogits(outputs, batch.labels()).gradients());
 *     }
 * }
 * }</pre>
 *
 * <p>{@link org.ejgrad.nn.train.Trainer} is that loop with what people add to it: listeners, a history, measurements on
 * a validation set, early stopping, a guard against divergence. Read {@link org.ejgrad.nn.train.Trainer}, then
 * {@link org.ejgrad.nn.train.Objective} and {@link org.ejgrad.nn.train.Listener};
 * {@link org.ejgrad.nn.train.SampleGradients} looks at the examples of a batch one by one.
 */
package org.ejgrad.nn.train;
