package org.ejgrad.nn;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.nn.arguments.Require;

/**
 * Checks the gradients of a whole network, whose parameters the report calls by their names.
 *
 * <pre>{@code
 * Layer network = Sequential.of(new Dense(2, 4, 1), Value::tanh, new Dense(4, 1, 2));
 * Value points = Value.constant(new double[][] {{0, 1}, {1, 0}});
 * Value loss = network.forward(points).square().mean();
 * NetworkCheck.of(network, loss).run().requirePassed(); // of 0.weight, 0.bias, 2.weight, 2.bias
 * }</pre>
 */
public final class NetworkCheck {
    private NetworkCheck() {}

    /**
     * A check of a loss's gradients with respect to every parameter of a network, each once, under the network's names
     * such as {@code 0.weight}. Where a layer gives several parameters one name, the later ones are numbered, as in
     * {@code weight#2}.
     *
     * @param network what is trained
     * @param loss a value that was computed from the parameters as they are now
     * @throws IllegalArgumentException if the network has no parameters, or the loss does not depend on one of them
     */
    public static GradientCheck of(Layer network, Value loss) {
        requireNonNull(network, "network");
        Set<Value> graph = Set.copyOf(requireNonNull(loss, "loss").ancestors());
        Set<Parameter> parameters =
                new LinkedHashSet<>(Require.elements(network.parameters(), "network: its parameters"));
        if (parameters.isEmpty()) {
            throw new IllegalArgumentException("NetworkCheck.of: the network has no parameters; expected at least one");
        }
        Map<String, Value> named = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            String name = parameter.name();
            for (int i = 2; named.containsKey(name); i++) {
                name = parameter.name() + "#" + i;
            }
            named.put(name, parameter.value());
        }
        List<String> missing = named.keySet().stream()
                .filter(name -> !graph.contains(named.get(name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "NetworkCheck.of: the loss does not depend on " + String.join(", ", missing)
                            + "; expected one computed from all parameters of the network as they are now");
        }
        return GradientCheck.of(named, loss);
    }
}
