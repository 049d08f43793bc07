package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.tune.Space;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code choose}: how the settings of {@code train} were found. Each learning rate and weight decay trains on four
 * fifths of the training rows and is judged on the fifth left over, another fifth for each seed; the test rows have no
 * part in it, so what {@code train} reports of them is honest.
 */
@Command(
        name = "choose",
        mixinStandardHelpOptions = true,
        footer = "%nExample: choose iris --seeds 3",
        description = "Compares learning rates and weight decays by the accuracy on a fifth of the training rows.")
final class ChooseCommand implements Callable<Integer> {
    private static final Space SPACE =
            Space.empty().choices("rate", 0.003, 0.01, 0.03).choices("decay", 0.0, 0.001, 0.003, 0.01, 0.03);
    private static final String ACCURACY = "accuracy";
    private static final String LOSS = "validation loss";
    private static final List<String> MEASURES = List.of(ACCURACY, LOSS);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Option(names = "--epochs", description = "how often each training row is seen")
    private Optional<Integer> epochs = Optional.empty();

    @Mixin
    private Seeds seeds = new Seeds();

    /** The settings compared. */
    static List<Recipe> recipes(Recipe suggested, int epochs) {
        return SPACE.grid().stream()
                .map(settings -> new Recipe(
                        suggested.hidden(),
                        suggested.activation(),
                        suggested.rule(),
                        settings.number("rate"),
                        settings.number("decay"),
                        epochs,
                        suggested.batch()))
                .toList();
    }

    static Comparison compare(Problem problem, List<Recipe> recipes, Seeds seeds) {
        return Comparison.of(
                MEASURES,
                recipes.stream()
                        .map(recipe -> new Treatment(recipe.settings(), seed -> judge(problem, recipe, seed)))
                        .toList(),
                seeds);
    }

    private static double[] judge(Problem problem, Recipe recipe, long seed) {
        Split split = Split.stratified(problem.train().labels(), 0.2, seed);
        Problem inner =
                new Problem(split.train(problem.train()), split.test(problem.train()), recipe, Optional.empty());
        Trained trained = Training.run(inner, recipe, seed);
        return new double[] {trained.accuracy(), trained.testLoss()};
    }

    /** The settings with the highest accuracy on validation rows, of equal ones that with the lowest loss there. */
    static String best(Comparison comparison) {
        return comparison.treatments().stream()
                .map(Treatment::name)
                .min(Comparator.<String>comparingLong(name -> -Math.round(1e9 * comparison.mean(name, ACCURACY)))
                        .thenComparingDouble(name -> comparison.mean(name, LOSS)))
                .orElseThrow();
    }

    @Override
    public Integer call() throws IOException {
        Problem problem = problems.load(seeds.first());
        if (problem.kind() != TargetKind.CLASSES) {
            throw new IllegalArgumentException("choose compares accuracies; expected a target that is a class");
        }
        Recipe suggested = problem.recipe();
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d training rows, a fifth of them to judge by; %s%n%n",
                problem.name(),
                problem.train().size(),
                suggested.shape(problem.train().features(), problem.outputs()));
        List<Recipe> recipes = recipes(suggested, epochs.orElse(suggested.epochs()));
        Comparison comparison =
                compare(problem, recipes, seeds.watched(spec.commandLine().getErr()));
        comparison.print(out);
        out.printf(Locale.ROOT, "%nbest: %s; the default is %s%n", best(comparison), suggested.settings());
        out.flush();
        return 0;
    }
}
