/**
 * A trained network as one file that says all there is to know of it, and predicts when it is read again.
 *
 * <p>Reading order: {@link org.ejgrad.nn.model.Model} (what is saved, and what it predicts),
 * {@link org.ejgrad.nn.model.Predictions}, {@link org.ejgrad.nn.model.Outputs} (how a loss decides what outputs mean),
 * {@link org.ejgrad.nn.model.LayerKinds} (layers as data, and how one adds one's own) and
 * {@link org.ejgrad.nn.model.SavedLayer}.
 *
 * <pre>{@code
 * Layer mine = Sequential.of(new Dense(2, 8, 1), Activation.TANH, new Dense(8, 3, 2));
 * Trainer.of(mine, Objective.softmaxCrossEntropy(), Optimizer.of(mine.parameters(), Adam.rate(0.05)))
 *         .fit(training, 20);
 * Model.of(mine, Objective.softmaxCrossEntropy(), training).save(file);
 * Predictions predicted = Model.load(file).predict(validation.inputs());
 * double accuracy = Classification.accuracy(validation.labels(), predicted.classes());
 * }</pre>
 */
package org.ejgrad.nn.model;
