package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Split;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code multilabel}: four questions about a picture of a digit, answered at once by four sigmoids. */
@Command(
        name = "multilabel",
        mixinStandardHelpOptions = true,
        footer = "%nExample: multilabel --seeds 1",
        description = "Learns four labels of each digit at once: even, 5 or more, prime, has a closed loop.")
final class MultiLabelCommand implements Callable<Integer> {
    static final List<String> LABELS = List.of("even", "5 or more", "prime", "closed loop");
    static final List<String> MEASURES = List.of("label accuracy", "all four right", "test loss");
    static final String NETWORK = "64 hidden";
    private static final List<List<Integer>> DIGITS =
            List.of(List.of(0, 2, 4, 6, 8), List.of(5, 6, 7, 8, 9), List.of(2, 3, 5, 7), List.of(0, 6, 8, 9));
    private static final Recipe RECIPE = new Recipe(List.of(64), Activation.RELU, Rule.ADAM, 0.02, 3e-4, 60, 32);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Seeds seeds = new Seeds();

    /** The digits with a column per label. */
    static Dataset fourLabels(Dataset digits) {
        SimpleMatrix targets = new SimpleMatrix(digits.size(), LABELS.size());
        int[] digit = digits.labels();
        for (int row = 0; row < digit.length; row++) {
            for (int label = 0; label < LABELS.size(); label++) {
                targets.set(row, label, DIGITS.get(label).contains(digit[row]) ? 1 : 0);
            }
        }
        return Dataset.of("digits, four labels", digits.inputs(), targets, digits.featureNames(), LABELS);
    }

    static Comparison run(Dataset digits, Seeds seeds) {
        Split split = Split.everyFifthOfClass(digits.labels());
        Dataset rows = fourLabels(digits);
        return Comparison.of(
                MEASURES,
                List.of(new Treatment(NETWORK, seed -> run(split.train(rows), split.test(rows), seed))),
                seeds);
    }

    private static double[] run(Dataset train, Dataset test, long seed) {
        Layer network = RECIPE.network(train.features(), LABELS.size(), seed);
        Trainer trainer = Trainer.of(network, Objective.sigmoidCrossEntropy(), RECIPE.optimizer(network, train.size()))
                .batches(RECIPE.batch(), seed);
        trainer.fit(train, RECIPE.epochs());
        Value logits = network.forward(Value.constant(test.inputs()));
        MultiLabel answers = MultiLabel.of(test.targets(), MultiLabel.above(logits.matrix(), 0));
        return new double[] {
            answers.labelAccuracy(),
            answers.subsetAccuracy(),
            trainer.evaluate(test).loss()
        };
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("Four labels of each digit at once: " + String.join(", ", LABELS));
        out.println(RECIPE.settings());
        out.println();
        run(Sources.digits(), seeds).print(out);
        out.printf(Locale.ROOT, "%nscikit-learn, 64 hidden: label accuracy 0.9831, all four right 0.9527%n");
        out.flush();
        return 0;
    }
}
