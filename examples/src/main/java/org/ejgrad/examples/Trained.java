package org.ejgrad.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.TargetKind;
import org.ejgrad.nn.io.Checksum;
import org.ejgrad.nn.io.Manifest;
import org.ejgrad.nn.metrics.ConfusionMatrix;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.pages.GradientNorms;
import org.ejgrad.nn.pages.RunPage;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Objective;
import org.ejml.simple.ConstMatrix;
import org.ejml.simple.SimpleMatrix;

/**
 * A trained network and how it came about.
 *
 * @param problem what it learnt
 * @param recipe how
 * @param network the layers, from inputs to logits
 * @param history the losses of each epoch
 * @param judgement how it does on the test rows
 * @param seconds how long training took
 */
record Trained(
        Problem problem, Recipe recipe, Sequential network, History history, Judgement judgement, double seconds) {
    /** The test rows' loss after the last epoch. */
    double testLoss() {
        return history.last().validationLoss().orElseThrow();
    }

    /** Of a network that tells classes apart. */
    ConfusionMatrix confusion() {
        return judgement.confusion().orElseThrow();
    }

    /** Likewise. */
    double accuracy() {
        return confusion().accuracy();
    }

    /** For example {@code 4-16-3 tanh}. */
    String shape() {
        return recipe.shape(problem.train().features(), problem.outputs());
    }

    int parameterCount() {
        return network.parameters().stream()
                .mapToInt(parameter -> parameter.value().shape().elements())
                .sum();
    }

    /** All that is needed to use the network, and how it came about. */
    Model model(long seed) {
        Objective objective = Training.objective(problem.kind());
        Map<String, String> run = settings(seed);
        run.put(
                "data SHA-256",
                Checksum.of(List.of(problem.train().inputs(), problem.train().targets())));
        judgement.scores().forEach((name, score) -> run.put("test " + name, Double.toString(score)));
        run.put("test loss", Double.toString(testLoss()));
        Model model = problem.table()
                .map(table -> Model.of(network, objective, table.preparation()))
                .orElseGet(() -> Model.of(network, objective, problem.train()));
        return model.trained(new Manifest(run));
    }

    /** A page about the training, with how long the gradients were. */
    RunPage page(long seed, GradientNorms norms) {
        RunPage page = RunPage.of(problem.name(), history)
                .watching("test")
                .gradientNorms(norms)
                .settings(settings(seed));
        Layer layers = network.inference();
        return problem.prepared()
                .map(from -> inUnitsOfTheTable(page, layers, from.preparation()))
                .orElseGet(() -> page.network(layers, problem.test()));
    }

    private RunPage inUnitsOfTheTable(RunPage page, Layer layers, Preparation preparation) {
        UnaryOperator<ConstMatrix<?>> answers =
                problem.kind() == TargetKind.NUMBERS ? preparation::predictions : answer -> answer;
        Dataset test = problem.test();
        return page.network(
                rows -> Value.constant(answers.apply(
                        layers.forward(Value.constant(preparation.scale().apply(rows.matrix())))
                                .matrix())),
                test.withInputs(preparation.scale().undo(test.inputs())).withTargets(answers.apply(test.targets())));
    }

    private Map<String, String> settings(long seed) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("data", problem.name());
        problem.prepared()
                .ifPresent(from -> settings.put(
                        "predicts", String.join(", ", from.preparation().targetNames())));
        settings.put("network", shape());
        settings.put("training", recipe.settings());
        settings.put("loss", Training.objective(problem.kind()).description());
        settings.put("seed", Long.toString(seed));
        settings.put("rows", problem.rows());
        settings.put("epochs done", Integer.toString(history.epochs().size()));
        return settings;
    }

    /** The probability of each class, a row per row of inputs. */
    ConstMatrix<SimpleMatrix> probabilities(ConstMatrix<?> inputs) {
        return network.inference()
                .forward(Value.constant(inputs))
                .softmax(Per.ROW)
                .matrix();
    }
}
