package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
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
        double share = 1.0 / samples.size();
        Gradients sum = sum(samples.stream());
        boolean isFinite = Double.isFinite(norm(sum, parameters));
        this.mean = isFinite ? sum.scale(share) : sum(samples.stream().map(each -> each.scale(share)));
    }

    private static Gradients sum(Stream<Gradients> parts) {
        return parts.reduce(Gradients::plus).orElseThrow();
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
            samples.add(requireNonNull(loss(objective, outputs, one, i), "what the objective returned")
                    .gradients());
        }
        return new SampleGradients(parameters, List.copyOf(samples));
    }

    private static Value loss(Objective objective, Value outputs, Dataset one, int i) {
        try {
            return objective.loss(outputs, one);
        } catch (IllegalArgumentException refusal) {
            throw new IllegalArgumentException(
                    "SampleGradients: example " + i + " alone: " + refusal.getMessage(), refusal);
        }
    }

    /** {@return the gradients of each example's loss, in the order of the batch} */
    public List<Gradients> samples() {
        return samples;
    }

    /** {@return the length of the gradient of each example's loss, of all parameters together} */
    public double[] norms() {
        return samples.stream().mapToDouble(each -> norm(each, parameters)).toArray();
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
        layers.forEach((name, own) -> norms.put(name, norm(mean, own)));
        return norms;
    }

    /** {@return trΣ, at least 0: how far the gradients of single examples are from their mean, squared} */
    public double noise() {
        double unit = unit();
        return noise(unit) * unit * unit;
    }

    /**
     * {@return the gradient-noise scale, as a number of examples; infinite if the examples' gradients do not agree
     * enough to tell a common direction, 0 if they are all the same}
     */
    public double noiseScale() {
        double unit = unit();
        double noise = noise(unit);
        double length = norm(mean, parameters) / unit;
        double signal = length * length - noise / samples.size();
        return noise == 0 ? 0 : signal > 0 ? noise / signal : Double.POSITIVE_INFINITY;
    }

    /** A power of two near the largest distance, in which squares neither overflow nor vanish. */
    private double unit() {
        return Math.scalb(1.0, Math.getExponent(distances().max().orElseThrow()));
    }

    private double noise(double unit) {
        CompensatedSum sum = new CompensatedSum();
        distances().map(distance -> distance / unit).forEach(part -> sum.add(part * part));
        return sum.dividedBy(samples.size() - 1);
    }

    /** |gᵢ − ḡ|. */
    private DoubleStream distances() {
        Gradients opposite = mean.scale(-1);
        return samples.stream().mapToDouble(each -> norm(each.plus(opposite), parameters));
    }

    private static String layer(String parameter) {
        return parameter.substring(0, Math.max(parameter.lastIndexOf('.'), 0));
    }

    private static double norm(Gradients gradients, List<Parameter> parameters) {
        return Value.row(parameters.stream()
                        .mapToDouble(
                                each -> gradients.orZero(each.value()).normF().scalar())
                        .toArray())
                .normF()
                .scalar();
    }
}
