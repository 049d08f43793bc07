package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.CompensatedSum;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Dataset;

/**
 * The gradients of a batch's examples one by one, and what they say of a batch's size.
 *
 * <p>With gᵢ the gradient of example i of n and ḡ their mean, the trace of the noise is trΣ = Σ |gᵢ − ḡ|²/(n − 1), and
 * |ḡ|² − trΣ/n estimates the squared length of the gradient of all examples there are. Their quotient is the
 * gradient-noise scale (McCandlish et al. 2018): batches that are much smaller learn mostly from noise, much larger
 * ones waste examples.
 */
public final class SampleGradients {
    private final List<Parameter> parameters;
    private final List<Gradients> samples;
    private final Gradients mean;

    private SampleGradients(List<Parameter> parameters, List<Gradients> samples) {
        this.parameters = parameters;
        this.samples = samples;
        this.mean = samples.stream().reduce(Gradients::plus).orElseThrow().scale(1.0 / samples.size());
    }

    /**
     * Differentiates the loss of each example, as in one step of training without a position.
     *
     * @param network that takes rows one at a time, and learns something
     * @param objective the loss of a batch of one
     * @param batch at least 2 examples
     * @return their gradients
     * @throws IllegalArgumentException if there are fewer examples, the network has no parameters or the loss of one
     *     example depends on none, or the network or the objective refuses
     */
    public static SampleGradients of(Layer network, Objective objective, Dataset batch) {
        requireNonNull(objective, "objective");
        List<Parameter> parameters =
                Require.elements(requireNonNull(network, "network").parameters(), "the network's parameters()");
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("SampleGradients: the network has no parameters; expected some");
        }
        Require.atLeast(requireNonNull(batch, "batch").size(), 2, "SampleGradients: the number of examples");
        List<Gradients> samples = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Dataset one = batch.rows(i);
            Value outputs = requireNonNull(
                    network.forward(Value.constant(one.inputs())), "what the network's forward returned");
            samples.add(requireNonNull(objective.loss(outputs, one), "what the objective returned")
                    .gradients());
        }
        return new SampleGradients(parameters, List.copyOf(samples));
    }

    /** {@return the gradients of each example's loss, in the order of the batch} */
    public List<Gradients> samples() {
        return samples;
    }

    /** {@return the length of the gradient of each example's loss, of all parameters together} */
    public double[] norms() {
        return samples.stream()
                .mapToDouble(each -> Math.sqrt(square(each, parameters)))
                .toArray();
    }

    /**
     * {@return by layer the length of the mean gradient of its own parameters; a layer is called what its parameters
     * have before their last dot, so that a network without layers inside has the empty name}
     */
    public Map<String, Double> layerNorms() {
        Map<String, List<Parameter>> layers = new LinkedHashMap<>();
        parameters.forEach(each -> layers.computeIfAbsent(layer(each.name()), name -> new ArrayList<>())
                .add(each));
        Map<String, Double> norms = new LinkedHashMap<>();
        layers.forEach((name, own) -> norms.put(name, Math.sqrt(square(mean, own))));
        return norms;
    }

    /** {@return trΣ, at least 0: how far the gradients of single examples are from their mean, squared} */
    public double noise() {
        CompensatedSum sum = new CompensatedSum();
        samples.forEach(each -> sum.add(square(each.plus(mean.scale(-1)), parameters)));
        return sum.dividedBy(samples.size() - 1);
    }

    /**
     * {@return the gradient-noise scale, as a number of examples; infinite if the examples' gradients do not agree
     * enough to tell a common direction, 0 if they are all the same}
     */
    public double noiseScale() {
        double noise = noise();
        double signal = square(mean, parameters) - noise / samples.size();
        return noise == 0 ? 0 : signal > 0 ? noise / signal : Double.POSITIVE_INFINITY;
    }

    private static String layer(String parameter) {
        return parameter.substring(0, Math.max(parameter.lastIndexOf('.'), 0));
    }

    private static double square(Gradients gradients, List<Parameter> parameters) {
        CompensatedSum sum = new CompensatedSum();
        for (Parameter each : parameters) {
            sum.add(gradients.orZero(each.value()).square().elementSum().scalar());
        }
        return sum.total();
    }
}
