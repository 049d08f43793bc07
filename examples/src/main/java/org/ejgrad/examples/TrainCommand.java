package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.pages.GradientNorms;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code train}: one network on one data set, with settings that suit it unless others are given. */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        footer = {
            "%nExample: train spirals --hidden 32,32 --epochs 100",
            "Example: train --csv flowers.csv --target species --missing mean --save model.st"
        },
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

    @Option(names = "--save", description = "write the trained model, with all that is needed to use it, to this file")
    private Optional<Path> save = Optional.empty();

    @Option(names = "--report", description = "write a page about the training")
    private Optional<Path> report = Optional.empty();

    @Override
    public Integer call() throws IOException {
        save.ifPresent(file -> Outputs.requireWritable("--save", file));
        report.ifPresent(file -> Outputs.requireWritable("--report", file));
        Problem problem = problems.load(seed);
        Recipe recipe = recipe(problem.recipe());
        Sequential layers = Training.network(problem, recipe, seed);
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %s, %s, %s%n%s, %s%n%n",
                problem.name(),
                problem.rows(),
                Figures.counted(problem.train().features(), "input"),
                outputs(problem),
                recipe.shape(problem.train().features(), problem.outputs()),
                recipe.settings());
        List<String> mistakes = Training.mistakes(problem, layers);
        if (!mistakes.isEmpty()) {
            out.println("Before the first epoch:");
            mistakes.forEach(mistake -> out.println("  " + mistake));
            out.println();
        }
        out.flush();
        Optional<GradientNorms> norms = report.map(file -> GradientNorms.of(layers));
        PrintWriter err = spec.commandLine().getErr();
        try (Interrupts interrupts = new Interrupts(err, () -> true)) {
            Trained trained = Training.watched(
                    problem, recipe, layers, seed, err, norms.stream().toArray(Listener[]::new));
            interrupts.clear();
            return finish(trained, norms, out);
        }
    }

    private int finish(Trained trained, Optional<GradientNorms> norms, PrintWriter out) throws IOException {
        History history = trained.history();
        boolean isInterrupted = history.end() == History.End.INTERRUPTED;
        if (history.epochs().isEmpty()) {
            out.println("Interrupted before the first epoch was done; nothing is saved.");
            return Main.INTERRUPTED;
        }
        if (isInterrupted) {
            out.printf(
                    Locale.ROOT,
                    "Interrupted; what follows is of the network after epoch %d, the last whole one.%n",
                    history.last().epoch());
        }
        trained.judgement().confusion().ifPresent(confusion -> out.println(confusion + System.lineSeparator()));
        out.printf(
                Locale.ROOT,
                "test %s, test loss %s, training loss %s, %.1f s%n",
                trained.judgement().line(),
                Judgement.text(trained.testLoss()),
                Judgement.text(history.last().loss()),
                trained.seconds());
        trained.problem()
                .baseline()
                .ifPresent(baseline ->
                        out.printf(Locale.ROOT, "baseline      %.4f (%s)%n", baseline.accuracy(), baseline.model()));
        if (save.isPresent()) {
            trained.model(seed).save(save.get());
            out.printf(Locale.ROOT, "Model: %s (%d bytes)%n", save.get(), Files.size(save.get()));
        }
        if (norms.isPresent()) {
            Path page = report.orElseThrow();
            long bytes = trained.page(seed, norms.get()).write(page);
            out.printf(Locale.ROOT, "Report: %s (%d kB)%n", page, bytes / 1000);
        }
        out.flush();
        return isInterrupted ? Main.INTERRUPTED : 0;
    }

    private static String outputs(Problem problem) {
        return switch (problem.kind()) {
            case CLASSES -> Figures.counted(problem.outputs(), "class");
            case LABELS -> Figures.counted(problem.outputs(), "label");
            case NUMBERS -> Figures.counted(problem.outputs(), "number") + " to predict";
        };
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
