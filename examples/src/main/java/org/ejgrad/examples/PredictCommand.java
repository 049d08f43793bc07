package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ejgrad.Value;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.metrics.Classification;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: a network whose weights come from a file, on the test rows of a data set. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        footer = "%nExample: predict iris --model iris.safetensors",
        description = "Loads weights from a safetensors file that export wrote, and judges them by the test rows.")
final class PredictCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Option(names = "--model", required = true, description = "the safetensors file")
    private Path model = Path.of("");

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--seed", defaultValue = "0", description = "of generated data")
    private long seed;

    @Override
    public Integer call() throws IOException {
        Problem problem = problems.load(seed);
        Recipe recipe = network.recipe(problem.recipe());
        Dataset test = problem.test();
        Sequential layers = recipe.network(test.features(), test.classes(), seed);
        Weights.load(model, layers);
        Value logits = layers.inference().forward(Value.constant(test.inputs()));
        int[] labels = test.labels();
        ConfusionMatrix confusion =
                ConfusionMatrix.of(labels, Classification.predictions(logits.matrix()), test.classNames());
        PrintWriter out = spec.commandLine().getOut();
        out.println(confusion);
        out.printf(
                Locale.ROOT,
                "%ntest accuracy %.4f, test loss %.4f%n",
                confusion.accuracy(),
                CrossEntropy.fromLogits(logits, labels).scalar());
        out.flush();
        return 0;
    }
}
