package org.ejgrad.examples;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.NetworkCheck;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.loss.CrossEntropy;
import picocli.CommandLine.Option;

/** The options of {@code check} for a network of a given shape with random weights, on random rows and labels. */
final class NetworkToCheck {
    private static final int BATCH = 32;

    @Option(
            names = "--network",
            split = ",",
            paramLabel = "<width>",
            description = "checks a network of these widths, such as 64,64,10: inputs, hidden layers, classes")
    private List<Integer> widths = List.of();

    @Option(
            names = "--activation",
            description = "of the hidden layers, one of ${COMPLETION-CANDIDATES}; tanh if not given")
    private Optional<Activation> activation = Optional.empty();

    @Option(names = "--batch", description = "how many random rows; " + BATCH + " if not given")
    private Optional<Integer> batch = Optional.empty();

    @Option(
            names = "--threads",
            description =
                    "on how many threads entries are measured, with the same report for any number; 1 if not given")
    private Optional<Integer> threads = Optional.empty();

    boolean isAsked() {
        return !widths.isEmpty();
    }

    /** Which options were given that mean something for a network only. */
    Map<String, Boolean> others() {
        Map<String, Boolean> others = new LinkedHashMap<>();
        others.put("--activation", activation.isPresent());
        others.put("--batch", batch.isPresent());
        others.put("--threads", threads.isPresent());
        return others;
    }

    /** The check of the mean cross-entropy. */
    GradientCheck check(long seed) {
        int rows = batch.orElse(BATCH);
        if (widths.size() < 2 || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "--network is " + shape() + "; expected two or more widths, each at least 1");
        }
        if (rows < 1) {
            throw new IllegalArgumentException("--batch is " + rows + "; expected at least 1");
        }
        int[] all = widths.stream().mapToInt(width -> width).toArray();
        Sequential network = Complaint.about("--network", () -> Sequential.dense(activation(), seed, all));
        Value inputs = Complaint.about("--batch", () -> Value.normal(new Shape(rows, all[0]), ~seed)); // not as weights
        int classes = all[all.length - 1];
        int[] labels = IntStream.range(0, rows).map(i -> i % classes).toArray();
        Value loss = CrossEntropy.fromLogits(network.forward(inputs), labels);
        return NetworkCheck.of(network, loss).threads(threads.orElse(1));
    }

    private Activation activation() {
        return activation.orElse(Activation.TANH);
    }

    private String shape() {
        return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }

    @Override
    public String toString() {
        return "a network " + shape() + ", " + activation() + ", on " + batch.orElse(BATCH) + " random rows";
    }
}
