package org.ejgrad.examples;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.ejgrad.examples.compare.Bar;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.PageOption;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.tune.Search;
import org.ejgrad.nn.tune.Settings;
import org.ejgrad.nn.tune.Space;
import org.ejgrad.nn.tune.Trial;
import org.ejgrad.nn.tune.Trials;
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
        footer = "%nExample: choose iris --seeds 3 --page choose.html",
        description = "Compares learning rates and weight decays by the accuracy on a fifth of the training rows.")
final class ChooseCommand implements Callable<Integer> {
    static final Space SPACE =
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

    @Mixin
    private PageOption page = new PageOption();

    /**
     * What came of a search.
     *
     * @param comparison a treatment per setting, the chosen one marked
     * @param best the chosen one: of those with the highest accuracy the one with the lowest loss
     */
    record Choice(Comparison comparison, Recipe best) {}

    static Recipe recipe(Recipe suggested, Settings settings, int epochs) {
        return new Recipe(
                suggested.hidden(),
                suggested.activation(),
                suggested.rule(),
                settings.number("rate"),
                settings.number("decay"),
                epochs,
                suggested.batch());
    }

    /**
     * Every setting has the same seeds, and by them the same rows to judge by.
     *
     * @param tried is run after each setting, by any thread
     */
    static Choice choose(Problem problem, Space space, int epochs, Seeds seeds, Runnable tried) {
        Map<Settings, double[][]> reached = new ConcurrentHashMap<>();
        Trials trials = Search.grid(space, epochs, seeds.first())
                .larger()
                .threads(Runtime.getRuntime().availableProcessors())
                .run((settings, budget, unpaired) -> {
                    Recipe recipe = recipe(problem.recipe(), settings, budget);
                    double[][] runs = LongStream.range(0, seeds.count())
                            .mapToObj(i -> judge(problem, recipe, seeds.first() + i))
                            .toArray(double[][]::new);
                    reached.put(settings, runs);
                    tried.run();
                    return Math.rint(1e9 * mean(runs, ACCURACY)) / 1e9;
                });
        trials.trials().stream()
                .flatMap(trial -> trial.failure().stream())
                .findFirst()
                .ifPresent(failure -> {
                    throw new IllegalArgumentException(failure);
                });
        Settings best = trials.best().stream()
                .map(Trial::settings)
                .min(Comparator.comparingDouble(settings -> mean(requireNonNull(reached.get(settings)), LOSS)))
                .orElseThrow();
        List<Settings> all = trials.trials().stream().map(Trial::settings).toList();
        Comparison comparison = new Comparison(
                MEASURES,
                all.stream()
                        .map(settings -> new Treatment(
                                settings + (settings.equals(best) ? " (chosen)" : ""), seed -> new double[0]))
                        .toList(),
                all.stream()
                        .map(settings -> requireNonNull(reached.get(settings)))
                        .toArray(double[][][]::new));
        return new Choice(comparison, recipe(problem.recipe(), best, epochs));
    }

    private static double mean(double[][] runs, String measure) {
        return Arrays.stream(runs)
                .mapToDouble(run -> run[MEASURES.indexOf(measure)])
                .average()
                .orElseThrow();
    }

    private static double[] judge(Problem problem, Recipe recipe, long seed) {
        Split split = Split.stratified(problem.train().labels(), 0.2, seed);
        Problem inner =
                new Problem(split.train(problem.train()), split.test(problem.train()), recipe, Optional.empty());
        Trained trained = Training.run(inner, recipe, seed);
        return new double[] {trained.accuracy(), trained.testLoss()};
    }

    @Override
    public Integer call() throws IOException {
        Problem problem = problems.load(seeds.first());
        if (problem.kind() != TargetKind.CLASSES) {
            throw new IllegalArgumentException("choose compares accuracies; expected a target that is a class");
        }
        Recipe suggested = problem.recipe();
        PrintWriter out = spec.commandLine().getOut();
        String lead = String.format(
                Locale.ROOT,
                "%s: %d training rows, a fifth of them to judge by; %s",
                problem.name(),
                problem.train().size(),
                suggested.shape(problem.train().features(), problem.outputs()));
        Story story = page.begin("The settings of a training", lead, out);
        try (Bar bar = new Bar(
                "training", SPACE.grid().size(), "settings", spec.commandLine().getErr())) {
            Choice choice = choose(problem, SPACE, epochs.orElse(suggested.epochs()), seeds, bar::step);
            story.chapter("What each setting reached on rows kept back", "");
            story.compares(choice.comparison(), Map.of());
            story.says("best: " + choice.best().settings() + "; the default is " + suggested.settings());
            story.says(Trials.chosenOn(problem.train(), problem.test()));
        }
        page.write(story::write, out);
        return 0;
    }
}
