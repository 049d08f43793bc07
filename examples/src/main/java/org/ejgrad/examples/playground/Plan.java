package org.ejgrad.examples.playground;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Sequential;

/**
 * A network and how it is trained.
 *
 * @param inputs what it is told of each point
 * @param hidden the widths of the hidden layers
 * @param activation what follows each of them
 * @param loss what is made small
 * @param optimizer how
 * @param rate the learning rate
 * @param l2 this times the sum of the squared weights, without biases, is added to the loss
 * @param batch rows per step
 * @param seed of weights and batches
 */
record Plan(
        List<Feature> inputs,
        List<Integer> hidden,
        Activation activation,
        TrainingLoss loss,
        OptimizerKind optimizer,
        double rate,
        double l2,
        int batch,
        long seed) {
    /** The settings that it is made of. */
    static final List<String> SETTINGS =
            List.of("inputs", "hidden", "activation", "loss", "optimizer", "rate", "l2", "batch");

    static final int MOST_LAYERS = 4;
    static final int MOST_UNITS = 32;
    private static final int MOST_ROWS = 600;

    Plan {
        if (activation == Activation.SOFTMAX || activation == Activation.LOG_SOFTMAX) {
            throw new IllegalArgumentException(
                    "activation is " + activation + "; expected one that takes each unit by itself");
        }
    }

    /**
     * What the fields describe.
     *
     * @param suffix of the fields' names; a field that is not there is that without the suffix
     */
    static Plan of(Fields fields, String suffix) {
        return new Plan(
                fields.choices(name(fields, "inputs", suffix), Feature.COORDINATES),
                fields.wholes(name(fields, "hidden", suffix), "4,4", MOST_LAYERS, 1, MOST_UNITS),
                fields.choice(name(fields, "activation", suffix), Activation.TANH),
                fields.choice(name(fields, "loss", suffix), TrainingLoss.CROSS_ENTROPY),
                fields.choice(name(fields, "optimizer", suffix), OptimizerKind.SGD),
                fields.number(name(fields, "rate", suffix), 0.1, 1e-9, 1e3),
                fields.number(name(fields, "l2", suffix), 0, 0, 10),
                (int) fields.whole(name(fields, "batch", suffix), 16, 1, MOST_ROWS),
                fields.whole("seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    private static String name(Fields fields, String name, String suffix) {
        return fields.has(name + suffix) ? name + suffix : name;
    }

    /** Dense layers with the activation between them, from the inputs to a logit per class. */
    Sequential network(int classes) {
        return Sequential.dense(activation, seed, widths(classes));
    }

    private int[] widths(int classes) {
        return IntStream.concat(
                        IntStream.concat(
                                IntStream.of(inputs.size()), hidden.stream().mapToInt(Integer::intValue)),
                        IntStream.of(classes))
                .toArray();
    }

    /** {@link #network} as Java, a layer a line. */
    String networkCode(int classes) {
        List<String> layers = new ArrayList<>();
        int width = inputs.size();
        for (int next : hidden) {
            layers.add("new Dense(" + width + ", " + next + ", Activation." + activation.name() + ".initialiser(), "
                    + (seed + layers.size()) + "L)");
            layers.add("Activation." + activation.name());
            width = next;
        }
        layers.add("new Dense(" + width + ", " + classes + ", " + (seed + layers.size()) + "L)");
        return layers.stream().collect(joining(",\n                "));
    }

    /** For example {@code 2-4-4-2 tanh, cross-entropy}. */
    String words(int classes) {
        String widths =
                IntStream.of(widths(classes)).mapToObj(Integer::toString).collect(joining("-"));
        return widths + (inputs.equals(Feature.COORDINATES) ? "" : " of " + inputs) + " " + activation + ", " + loss
                + ", " + Fields.id(optimizer) + " " + Fields.plain(rate)
                + (l2 == 0 ? "" : ", L2 " + Fields.plain(l2));
    }
}
