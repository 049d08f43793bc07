/**
 * Self-contained HTML pages about a program's own training and its own graph; they ask nothing of the network.
 *
 * <p>Read {@link org.ejgrad.nn.pages.RunPage} and {@link org.ejgrad.nn.pages.GraphPage}, each one call, and
 * {@link org.ejgrad.nn.pages.GradientNorms}, a listener for the former. A page of one's own is a template for
 * {@link org.ejgrad.nn.pages.Page}, filled with {@link org.ejgrad.nn.pages.Section}s such as
 * {@link org.ejgrad.nn.pages.DecisionBoundary} and {@link org.ejgrad.nn.pages.CheckTable}.
 *
 * <pre>{@code
 * GradientNorms norms = GradientNorms.of(network);
 * Trainer trainer = Trainer.of(network, Objective.softmaxCrossEntropy(), optimizer)
 *         .measure("accuracy", Measure.accuracy())
 *         .validation(validation)
 *         .listener(norms);
 * RunPage first = RunPage.of("first 20 epochs", trainer.fit(training, 20)).gradientNorms(norms);
 * RunPage second = RunPage.of("next 20 epochs", trainer.fit(training, 20)).network(network, validation);
 * first.and(second).write(Path.of("target", "samples", "runs.html"));
 * }</pre>
 */
package org.ejgrad.nn.pages;
