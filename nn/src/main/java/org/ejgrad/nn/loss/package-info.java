/**
 * Losses: functions from predictions and targets to a value, lower is better.
 *
 * <p>Reading order: {@link org.ejgrad.nn.loss.Reduction} (how terms become one number, and the denominators of the
 * means), {@link org.ejgrad.nn.loss.CrossEntropy}, {@link org.ejgrad.nn.loss.BinaryCrossEntropy},
 * {@link org.ejgrad.nn.loss.Regression}, {@link org.ejgrad.nn.loss.Margin}, {@link org.ejgrad.nn.loss.Focal},
 * {@link org.ejgrad.nn.loss.NoisyLabels}, {@link org.ejgrad.nn.loss.Information},
 * {@link org.ejgrad.nn.loss.RankingLoss}.
 *
 * <p>A target has the prediction's shape, nothing broadcasts. Targets are Values: what is variable in them is
 * differentiated too. Every loss can be differentiated any number of times.
 *
 * <pre>{@code
 * Value logits = Value.variable("logits", new double[][] {{2, 1, 0}, {0, 1, 3}});
 * double first = Math.log(1 + Math.exp(-1) + Math.exp(-2));
 * double second = Math.log(1 + Math.exp(-2) + Math.exp(-3));
 *
 * Value byIndex = CrossEntropy.fromLogits(logits, 0, 2); // = (first + second) / 2
 * Value weighted = CrossEntropy.fromLogits(
 *         logits, new int[] {0, 2}, ClassOptions.DEFAULT.weights(1, 1, 5).reduction(Reduction.WEIGHTED_MEAN));
 * weighted.scalar(); // = (first + 5 * second) / 6
 * Value soft = Value.constant(new double[][] {{0.9, 0.1, 0}, {0, 0, 1}});
 * Value rows = CrossEntropy.fromLogits(logits, soft, ClassOptions.DEFAULT.reduction(Reduction.NONE));
 * rows.get(0, 0); // = first + 0.1
 * Value slope = byIndex.gradients().of(logits);
 * slope.get(0, 0); // = (Math.exp(-first) - 1) / 2
 * }</pre>
 */
package org.ejgrad.nn.loss;
