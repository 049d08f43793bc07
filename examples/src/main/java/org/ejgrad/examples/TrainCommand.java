package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: one network on one data set, with settings that suit it unless others are given. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        footer = "%nExample: train spirals --hidden 32,32 --epochs 100",
        description = "Trains a classifier and shows how well it does on rows that it has not seen. Settings that are "
                + "not given are those that suit the data set.")
final class TrainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--epochs", description = "how often each training row is seen")
    private Optional<Integer> epochs = Optional.empty();

    @Option(names = "--batch", description = "rows per step")
    private Optional<Integer> batch = Optional.empty();

    @Option(names = "--optimizer", description = "one of ${COMPLETION-CANDIDATES}")
    private Optional<Rule> rule = Optional.empty();

    @Option(names = "--learning-rate", description = "of the first step; it falls to 0 along half a cosine")
    private Optional<Double> rate = Optional.empty();

    @Option(names = "--weight-decay", description = "this times each weight is added to its gradient")
    private Optional<Double> decay = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "of weights, order and generated data")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Problem problem = problems.load(seed);
        Recipe recipe = recipe(problem.recipe());
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d rows to train, %d to test, %d inputs, %d classes%n%s, %s%n%n",
                problem.name(),
                problem.train().size(),
                problem.test().size(),
                problem.train().features(),
                problem.train().classes(),
                recipe.shape(problem.train().features(), problem.train().classes()),
                recipe.settings());
        Trained trained =
                Training.watched(problem, recipe, seed, spec.commandLine().getErr());
        out.println(trained.confusion());
        out.printf(
                Locale.ROOT,
                "%ntest accuracy %.4f, test loss %.4f, training loss %.4f, %.1f s%n",
                trained.accuracy(),
                trained.testLoss(),
                trained.history().last().loss(),
                trained.seconds());
        problem.baseline()
                .ifPresent(baseline ->
                        out.printf(Locale.ROOT, "baseline      %.4f (%s)%n", baseline.accuracy(), baseline.model()));
        return 0;
    }

    private Recipe recipe(Recipe suggested) {
        Recipe shaped = network.recipe(suggested);
        return new Recipe(
                shaped.hidden(),
                shaped.activation(),
                rule.orElse(suggested.rule()),
                rate.orElse(suggested.rate()),
                decay.orElse(suggested.decay()),
                epochs.orElse(suggested.epochs()),
                batch.orElse(suggested.batch()));
    }
}
