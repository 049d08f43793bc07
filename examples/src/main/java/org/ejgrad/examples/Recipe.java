package org.ejgrad.examples;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.nn.Activation;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedules;

/**
 * How a network is built and trained.
 *
 * @param hidden the width of each hidden layer, none for a linear classifier
 * @param activation what follows each hidden layer
 * @param rule the optimizer
 * @param rate the learning rate of the first step; it falls to zero along half a cosine
 * @param decay the weight decay: this times each weight is added to its gradient
 * @param epochs how often each training row is seen
 * @param batch how many rows make one step
 */
record Recipe(
        List<Integer> hidden, Activation activation, Rule rule, double rate, double decay, int epochs, int batch) {
    /** As many as a double keeps of whatever was typed. */
    private static final int DIGITS = 15;

    Recipe {
        hidden = List.copyOf(hidden);
        hidden.forEach(width -> requireAtLeast("--hidden: the width of a hidden layer", width));
        requireAtLeast("--epochs: the number of epochs", epochs);
        requireAtLeast("--batch: the batch size", batch);
        if (!(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException(
                    "--learning-rate: the learning rate is " + rate + "; expected a finite number greater than 0");
        }
        if (!(decay >= 0) || Double.isInfinite(decay)) {
            throw new IllegalArgumentException(
                    "--weight-decay: the weight decay is " + decay + "; expected a finite number, 0 or more");
        }
    }

    private static void requireAtLeast(String what, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(what + " is " + number + "; expected at least 1");
        }
    }

    /** The same training of another network. */
    Recipe with(List<Integer> otherHidden, Activation otherActivation) {
        return new Recipe(otherHidden, otherActivation, rule, rate, decay, epochs, batch);
    }

    /** Dense layers with the activation between them; the last one's outputs are logits. */
    Sequential network(int inputs, int classes, long seed) {
        return Complaint.about("--hidden", () -> Sequential.dense(activation, seed, widths(inputs, classes)));
    }

    private int[] widths(int inputs, int classes) {
        return Stream.of(IntStream.of(inputs), hidden.stream().mapToInt(w -> w), IntStream.of(classes))
                .flatMapToInt(widths -> widths)
                .toArray();
    }

    /** The optimizer of a training on as many rows. */
    Optimizer optimizer(Layer network, int rows) {
        long steps = (long) epochs * ((rows + batch - 1) / batch);
        return Optimizer.of(network.parameters(), rule.at(Schedules.cosine(rate, steps, 0), decay));
    }

    /** For example {@code 4-16-3 tanh}. */
    String shape(int inputs, int classes) {
        String widths =
                IntStream.of(widths(inputs, classes)).mapToObj(String::valueOf).collect(joining("-"));
        return hidden.isEmpty() ? widths + " linear" : widths + " " + activation;
    }

    /** How it is trained, in a few words. */
    String settings() {
        return rule + " " + Figures.rounded(rate, DIGITS)
                + (decay == 0 ? "" : ", weight decay " + Figures.rounded(decay, DIGITS)) + ", batch " + batch + ", "
                + Figures.counted(epochs, "epoch");
    }
}
