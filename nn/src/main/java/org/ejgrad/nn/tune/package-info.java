/**
 * Settings that are searched for: a space of them, trials on validation rows, the best.
 *
 * <p>Read {@link org.ejgrad.nn.tune.Search}, whose trials take their {@link org.ejgrad.nn.tune.Settings} from a
 * {@link org.ejgrad.nn.tune.Space}, then {@link org.ejgrad.nn.tune.Trials}.
 *
 * <pre>{@code
 * Space space = Space.empty().logUniform("rate", 1e-3, 1e-1).choices("width", 4, 8);
 * Trials trials = Search.halving(space, 9, 3, 1, 9, 42).threads(2).run((settings, epochs, seed) -> {
 *     Layer candidate = Sequential.dense(Activation.TANH, seed, 2, settings.whole("width"), 3);
 *     Optimizer adam = Optimizer.of(candidate.parameters(), Adam.rate(settings.number("rate")));
 *     Trainer trainer = Trainer.of(candidate, Objective.softmaxCrossEntropy(), adam).validation(validation);
 *     return trainer.fit(training, epochs).last().validationLoss().orElseThrow();
 * });
 * trials.trials().size(); // = 13
 * trials.best().get(0).budget(); // = 9
 * System.out.println(trials);
 * }</pre>
 */
package org.ejgrad.nn.tune;
