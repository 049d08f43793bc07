package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.ejgrad.examples.compare.Bar;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.story.ComparingCommand;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.io.NamedMatrices;
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
        footer = "%nExample: choose iris --seeds 3 --trials iris.csv --page choose.html",
        description = "Compares learning rates and weight decays by the accuracy on a fifth of the training rows.")
final class ChooseCommand extends ComparingCommand {
    static final UnaryOperator<Space> SETTINGS =
            space -> space.choices("rate", 0.003, 0.01, 0.03).choices("decay", 0.0, 0.001, 0.003, 0.01, 0.03);
    private static final String ACCURACY = "accuracy";
    private static final String LOSS = "validation loss";

    private static final Pattern NO_TRIAL = Pattern.compile("this search has no trial \\d+ of budget (\\d+)$");
    private static final Pattern SHA_256 = Pattern.compile("\\b([0-9a-f]{12})[0-9a-f]{52}\\b");
    private static final List<String> MEASURES = List.of(ACCURACY, LOSS);
    private static final String MEASURE = "measure";
    private static final String SEED = "seed";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Option(names = "--epochs", description = "how often each training row is seen")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--trials",
            description = "keep each trial in this file, and go on from those in it if it is there already, such as "
                    + "those of fewer --seeds")
    private Optional<Path> trials = Optional.empty();

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
     * Every setting has the same seeds, and by them the same rows to judge by. Each is two trials, one for either
     * measure, of which the second waits for what the first has trained.
     *
     * @param settings adds those to compare to what all trials have
     * @param file keeps the trials, and has those of a search that was broken off or had fewer seeds
     * @param tried is run after each training, by any thread
     */
    static Choice choose(
            Problem problem,
            UnaryOperator<Space> settings,
            int epochs,
            Seeds seeds,
            Optional<Path> file,
            Runnable tried)
            throws IOException {
        Map<List<Object>, double[]> reached = new ConcurrentHashMap<>();
        Search search = Complaint.about("--seeds", () -> Search.grid(trials(problem, settings, seeds), epochs, 0))
                .threads(MEASURES.size() * Runtime.getRuntime().availableProcessors());
        Search.Score score = (tries, budget, unused) -> {
            Recipe recipe = recipe(problem.recipe(), tries, budget);
            long seed = tries.get(SEED, Long.class);
            double[] run = reached.computeIfAbsent(List.of(recipe, seed), key -> {
                double[] judged = judge(problem, recipe, seed);
                tried.run();
                return judged;
            });
            return run[MEASURES.indexOf(tries.get(MEASURE, String.class))];
        };
        List<Trial> trials = (file.isPresent() ? kept(search, score, file.get(), epochs) : search.run(score)).trials();
        trials.stream().flatMap(trial -> trial.failure().stream()).findFirst().ifPresent(failure -> {
            throw new IllegalArgumentException(failure);
        });
        List<Settings> all = settings.apply(Space.empty()).grid();
        double[][][] results = new double[all.size()][seeds.count()][MEASURES.size()];
        for (int i = 0; i < trials.size(); i++) {
            int run = i / MEASURES.size();
            results[run % all.size()][run / all.size()][i % MEASURES.size()] =
                    trials.get(i).score();
        }
        int best = IntStream.range(0, all.size())
                .boxed()
                .min(Comparator.comparingDouble((Integer i) -> -Math.rint(1e9 * mean(results[i], ACCURACY)))
                        .thenComparingDouble(i -> mean(results[i], LOSS)))
                .orElseThrow();
        List<Treatment> treatments = IntStream.range(0, all.size())
                .mapToObj(i -> new Treatment(all.get(i) + (i == best ? " (chosen)" : ""), seed -> new double[0]))
                .toList();
        return new Choice(
                new Comparison(MEASURES, treatments, results), recipe(problem.recipe(), all.get(best), epochs));
    }

    /** The trials that a file lacks and has; one of another choice is refused in the words of the options. */
    private static Trials kept(Search search, Search.Score score, Path file, int epochs) throws IOException {
        try {
            return search.run(score, file);
        } catch (IllegalArgumentException other) {
            String message = String.valueOf(other.getMessage());
            Matcher none = NO_TRIAL.matcher(message);
            boolean hasMore = none.find();
            String why = hasMore && Integer.parseInt(none.group(1)) != epochs
                    ? ". They are of --epochs " + none.group(1) + ", and " + epochs + " is asked for: expected the same"
                    : hasMore
                            ? ". They are of more --seeds: expected as many, or more"
                            : message.contains("has another setting seed,")
                                    ? ". They begin with another --seed: expected the same"
                                    : message.contains("has another setting data,")
                                            ? ". They are of other data: expected the same"
                                            : ". Expected the same choice";
            throw new IllegalArgumentException(
                    SHA_256.matcher(message).replaceAll("$1…") + why + ", or another file by --trials", other);
        }
    }

    /**
     * The seeds, which come first, so that more of them add to a file; the settings, the measures; and what data it is,
     * so that a file of others is not taken up.
     */
    private static Space trials(Problem problem, UnaryOperator<Space> settings, Seeds seeds) {
        Dataset train = problem.train();
        Recipe recipe = problem.recipe();
        String rows = NamedMatrices.of(Map.of("inputs", train.inputs(), "targets", train.targets()))
                .sha256();
        Space runs = Space.empty()
                .choices(
                        SEED,
                        LongStream.range(0, seeds.count())
                                .mapToObj(i -> seeds.first() + i)
                                .toArray())
                .choices("data", train.name() + " " + rows)
                .choices("recipe", recipe.shape(train.features(), problem.outputs()) + ", " + recipe.settings());
        return settings.apply(runs).choices(MEASURE, MEASURES.toArray());
    }

    private static double mean(double[][] runs, String measure) {
        return Arrays.stream(runs)
                .mapToDouble(run -> run[MEASURES.indexOf(measure)])
                .average()
                .orElseThrow();
    }

    /** Training rows to learn from and a fifth of them to judge by. */
    private static Split keeping(Problem problem, long seed) {
        return Complaint.about(
                problem.name(), () -> Split.stratified(problem.train().labels(), 0.2, seed));
    }

    private static double[] judge(Problem problem, Recipe recipe, long seed) {
        Split split = keeping(problem, seed);
        Problem inner =
                new Problem(split.train(problem.train()), split.test(problem.train()), recipe, Optional.empty());
        Trained trained = Training.run(inner, recipe, seed);
        return new double[] {trained.accuracy(), trained.testLoss()};
    }

    @Override
    public Integer call() throws IOException {
        trials.ifPresent(file -> Outputs.requireWritable("--trials", file));
        problems.requireClasses();
        Problem problem = problems.load(seeds.first());
        keeping(problem, seeds.first()); // refuses too few rows
        Recipe suggested = problem.recipe();
        Story story = page.begin(
                "The settings of a training",
                "%s: %s, a fifth of them to judge by; %s",
                problem.name(),
                Figures.counted(problem.train().size(), "training row"),
                suggested.shape(problem.train().features(), problem.outputs()));
        long runs = (long) SETTINGS.apply(Space.empty()).grid().size() * seeds.count();
        try (Bar bar = new Bar("training", runs, "networks", spec.commandLine().getErr())) {
            Choice choice = choose(problem, SETTINGS, epochs.orElse(suggested.epochs()), seeds, trials, bar::step);
            bar.stepTo(runs, "");
            story.chapter("What each setting reached on rows kept back", "");
            story.compares(choice.comparison(), Map.of());
            story.says("best: " + choice.best().settings() + "; the default is " + suggested.settings());
            story.says(Trials.chosenOn(problem.train(), problem.test()));
        }
        return page.end(story);
    }
}
