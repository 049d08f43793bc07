/**
 * Layers and parameters on top of ejgrad's core.
 *
 * <p>Reading order: {@link org.ejgrad.nn.Layer} (a function of a batch), {@link org.ejgrad.nn.Parameter} (what it
 * learns), {@link org.ejgrad.nn.Dense}, {@link org.ejgrad.nn.Sequential}, {@link org.ejgrad.nn.Dropout} (how randomness
 * is a function of seed and position), {@link org.ejgrad.nn.BatchNorm} (how running statistics are kept), and the other
 * layers in any order. Losses, optimizers, data and the training loop have packages of their own.
 *
 * <pre>{@code
 * Layer network = Sequential.of(new Dense(2, 8, 1), Value::tanh, new Dense(8, 1, 2));
 * Value x = Value.constant(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});
 * Value xor = Value.constant(new double[][] {{0}, {1}, {1}, {0}});
 * Optimizer optimizer = Optimizer.of(network.parameters(), Adam.rate(0.05));
 * for (int step = 0; step < 200; step++) {
 *     Value loss = BinaryCrossEntropy.fromLogits(network.at(step).forward(x), xor);
 *     optimizer.step(loss.gradients());
 * }
 * double sure = network.inference().forward(x).sigmoid().get(1, 0); // > 0.9
 * }</pre>
 */
package org.ejgrad.nn;
