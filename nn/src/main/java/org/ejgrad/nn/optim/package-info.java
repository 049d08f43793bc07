/**
 * Optimizers, schedules of the learning rate and gradient clipping.
 *
 * <p>Reading order: {@link org.ejgrad.nn.optim.Optimizer} (a step), {@link org.ejgrad.nn.optim.UpdateRule} (what
 * differs between optimizers), {@link org.ejgrad.nn.optim.Sgd} to {@link org.ejgrad.nn.optim.Adadelta} (in order of
 * what they remember), {@link org.ejgrad.nn.optim.Schedule}, {@link org.ejgrad.nn.optim.GradientClipping}, and
 * {@link org.ejgrad.nn.optim.Lbfgs}, which evaluates the loss itself.
 *
 * <pre>{@code
 * Parameter x = new Parameter("x", new SimpleMatrix(1, 1));
 * Schedule rate = Schedules.cosine(0.5, 20, 0);
 * Optimizer optimizer = Optimizer.of(List.of(x), Sgd.rate(rate).momentum(0.5));
 * for (int i = 0; i < 20; i++) {
 *     Value loss = x.value().minus(3).square();
 *     GradientClipping.Clipped clipped = GradientClipping.byNorm(loss.gradients(), 1);
 *     optimizer.step(clipped.gradients());
 * }
 * double close = x.value().scalar();
 * }</pre>
 */
package org.ejgrad.nn.optim;
