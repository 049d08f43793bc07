package org.ejgrad.examples;

import static org.ejgrad.examples.Rule.ADAM;
import static org.ejgrad.nn.Activation.RELU;
import static org.ejgrad.nn.Activation.TANH;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejgrad.PlainText;
import org.ejgrad.examples.Problem.Baseline;
import org.ejgrad.examples.data.Mnist;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.examples.data.Tables;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.PreparationPlan;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.data.ToySets;

/**
 * The data sets that the examples know.
 *
 * <p>Generated sets and the CSV files are divided by counting: every fifth row of a class is a test row. Learning rates
 * and weight decays are those that {@code choose} finds best on validation rows, which are a fifth of the training
 * rows, another one for each of 20 seeds (5 for digits and spirals); the test rows had no part in it. Xor has no rows
 * to spare, and mnist and files of somebody's own have settings that were not compared. The baselines are those of
 * scikit-learn's {@code MLPClassifier} with one hidden layer on the same rows.
 */
final class Problems {
    /** The names, as the help text shows them. */
    static final String LIST = "xor, moons, circles, blobs, spirals, iris, wine, breast_cancer, digits, mnist";

    private static final double TEST_SHARE = 0.2;
    private static final int FEWEST_ROWS = 5;

    private Problems() {}

    /** A data set by name; the seed makes the generated ones, data is the folder or file of those that need one. */
    static Problem load(String name, long seed, Optional<Path> data) throws IOException {
        return switch (name) {
            case "xor" -> same(ToySets.xor(), new Recipe(List.of(8), TANH, ADAM, 0.05, 0, 300, 4));
            case "moons" ->
                divided(ToySets.moons(1000, 0.1, seed), new Recipe(List.of(16), RELU, ADAM, 0.03, 0, 60, 32));
            case "circles" ->
                divided(ToySets.circles(1000, 0.05, seed), new Recipe(List.of(16), TANH, ADAM, 0.03, 0, 50, 32));
            case "blobs" -> divided(ToySets.blobs(600, 4, seed), new Recipe(List.of(), TANH, ADAM, 0.03, 0, 60, 32));
            case "spirals" ->
                divided(ToySets.spirals(1500, 3, 0.03, seed), new Recipe(List.of(32, 32), RELU, ADAM, 0.03, 0, 60, 32));
            case "iris" ->
                scaled(
                        Sources.shipped("iris.csv", "iris", List.of("setosa", "versicolor", "virginica")),
                        new Recipe(List.of(16), TANH, ADAM, 0.01, 0, 100, 16),
                        baseline(16, 0.94));
            case "wine" ->
                scaled(
                        Sources.shipped("wine.csv", "wine", List.of("class_0", "class_1", "class_2")),
                        new Recipe(List.of(16), TANH, ADAM, 0.03, 0.01, 60, 16),
                        baseline(16, 0.9471));
            case "breast_cancer" ->
                scaled(
                        Sources.shipped("breast_cancer.csv", "breast_cancer", List.of("malignant", "benign")),
                        new Recipe(List.of(), TANH, ADAM, 0.03, 0.03, 40, 32),
                        Optional.of(new Baseline("scikit-learn, linear", 0.9912)));
            case "digits" -> digits();
            case "mnist" -> mnist(Sources.required(name, "the folder with the four IDX files", data));
            default -> throw new IllegalArgumentException("unknown data set \"" + name + "\"; expected one of " + LIST);
        };
    }

    private static Problem same(Dataset data, Recipe recipe) {
        return new Problem(data, data, recipe, Optional.empty());
    }

    private static Problem divided(Dataset data, Recipe recipe) {
        Split split = Split.everyFifthOfClass(data.labels());
        return new Problem(split.train(data), split.test(data), recipe, Optional.empty());
    }

    /** Each column minus the training mean, divided by the training standard deviation. */
    private static Problem scaled(Dataset data, Recipe recipe, Optional<Baseline> baseline) {
        Table table = Tables.of(data);
        return prepared(
                data.name(),
                table.size(),
                table,
                Tables.plan(data),
                Split.everyFifthOfClass(data.labels()),
                recipe,
                baseline);
    }

    private static Problem prepared(
            String name,
            int rows,
            Table table,
            PreparationPlan plan,
            Split split,
            Recipe recipe,
            Optional<Baseline> baseline) {
        Table train = split.train(table);
        Table test = split.test(table);
        Preparation preparation = plan.fit(train);
        return new Problem(
                preparation.dataset(train).named(name),
                preparation.dataset(test).named(name),
                recipe,
                baseline,
                Optional.of(new Problem.Prepared(preparation, test, rows)));
    }

    /** A file of somebody's own, a fifth of whose rows, of each class, are to test by. */
    static Problem own(CsvOptions csv, PlanOptions options, long seed) throws IOException {
        Table all = csv.table();
        Table table = options.answered(all);
        if (table.size() < FEWEST_ROWS) {
            throw new IllegalArgumentException(table.name() + ": " + Figures.counted(table.size(), "row")
                    + Problem.leftOut(all.size() - table.size())
                    + ", a fifth of which is to test by; expected at least " + FEWEST_ROWS);
        }
        PreparationPlan plan = options.plan(table);
        Split split = options.isClassification()
                ? Split.stratified(table, options.target(table), TEST_SHARE, seed)
                : Split.random(table.size(), TEST_SHARE, seed);
        Recipe recipe = new Recipe(List.of(16), TANH, ADAM, 0.01, 0.001, 100, 32);
        Problem problem = prepared(csv.name(), all.size(), table, plan, split, recipe, Optional.empty());
        return options.isClassification()
                ? new Problem(problem.train(), problem.test(), recipe, Optional.of(always(problem)), problem.prepared())
                : problem;
    }

    /** The class that most training rows have, whatever the inputs. */
    private static Baseline always(Problem problem) {
        int[] counts = problem.train().classCounts();
        int most = IntStream.range(0, counts.length).reduce(0, (a, b) -> counts[b] > counts[a] ? b : a);
        Dataset test = problem.test();
        return new Baseline(
                "always " + PlainText.line(test.classNames().get(most)),
                test.classCounts()[most] / (double) test.size());
    }

    private static Problem digits() throws IOException {
        Dataset data = Sources.digits();
        Split split = Split.everyFifthOfClass(data.labels());
        Recipe recipe = new Recipe(List.of(64), RELU, ADAM, 0.03, 0.001, 30, 32);
        return new Problem(split.train(data), split.test(data), recipe, baseline(64, 0.973));
    }

    private static Problem mnist(Path folder) throws IOException {
        Recipe recipe = new Recipe(List.of(64), RELU, ADAM, 0.002, 0, 10, 100);
        Mnist mnist = Mnist.read(folder);
        return new Problem(
                mnist.train(), mnist.test(), recipe, mnist.isOriginal() ? baseline(64, 0.973) : Optional.empty());
    }

    private static Optional<Baseline> baseline(int hidden, double accuracy) {
        return Optional.of(new Baseline("scikit-learn, " + hidden + " hidden", accuracy));
    }
}
