package org.ejgrad.nn.pages;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Listener;

/**
 * A listener that keeps how long the gradient of each parameter was: the mean of its norm over the steps of each epoch.
 *
 * <p>Give it to one training, {@code trainer.listener(norms).fit(...)}, and then to {@link RunPage#gradientNorms}.
 */
public final class GradientNorms implements Listener {
    private final List<Parameter> parameters;
    private final List<double[]> epochs = new ArrayList<>();
    private double[] sums;
    private int steps;
    private int epochOfSteps;

    private GradientNorms(List<Parameter> parameters) {
        this.parameters = parameters;
        this.sums = new double[parameters.size()];
    }

    /** {@return a listener that has seen no step} */
    public static GradientNorms of(Layer network) {
        return new GradientNorms(
                Require.elements(requireNonNull(network, "network").parameters(), "the network's parameters()"));
    }

    @Override
    public void onGradients(int epoch, int batch, Gradients gradients) {
        requireNonNull(gradients, "gradients");
        if (epochOfSteps != epoch || batch == 1) {
            sums = new double[sums.length];
            steps = 0;
            epochOfSteps = epoch;
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += gradients.orZero(parameters.get(i).value()).normF().scalar();
        }
        steps++;
    }

    @Override
    public void onEpoch(EpochResult epoch) {
        int before = Math.max(0, requireNonNull(epoch, "epoch").epoch() - 1);
        boolean isTrained = epochOfSteps == epoch.epoch();
        if (isTrained) {
            epochs.subList(Math.min(before, epochs.size()), epochs.size()).clear();
            epochOfSteps = 0;
        }
        if (epochs.size() <= before) { // else it is told again of an epoch that it has seen
            epochs.add(Arrays.stream(sums)
                    .map(sum -> isTrained ? sum / steps : Double.NaN)
                    .toArray());
        }
    }

    /** {@return by parameter the mean norms of the epochs seen; NaN for an epoch without a step} */
    public Map<String, List<Double>> norms() {
        Map<String, List<Double>> norms = new LinkedHashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            int at = i;
            norms.put(
                    parameters.get(i).name(),
                    epochs.stream().map(means -> means[at]).toList());
        }
        return norms;
    }
}
