package org.ejgrad.nn.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ejgrad.NonFiniteException;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.ConstMatrix;

/**
 * What a network has learnt, in and out of files: its parameters and its statistics under their names.
 *
 * <pre>{@code
 * Weights.save(file, network);
 * Weights.load(file, sameArchitecture);
 * }</pre>
 *
 * <p>Loading is all or nothing: names and shapes must fit exactly, and every number must be finite unless NaN and
 * infinities are allowed.
 */
public final class Weights {
    /** What to do about NaN and infinities among what is loaded. */
    public enum NonFinite {
        /** They are an error, since a network that holds one computes nothing useful. */
        REFUSE,
        /** They are loaded like other numbers, to look into a training that has failed. */
        ALLOW
    }

    private Weights() {}

    /**
     * Saves a network to a safetensors file, see {@link Safetensors#write}.
     *
     * @param file the file to make or to replace
     * @param network what to save
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void save(Path file, Layer network) throws IOException {
        Safetensors.write(file, of(network));
    }

    /**
     * Loads a network from a file made by {@link #save}.
     *
     * @param file the file
     * @param network a network of the same architecture
     * @throws ModelFormatException if the file is damaged, or is not such a file
     * @throws ModelMismatchException if it belongs to another network; the message lists every difference
     * @throws NonFiniteException if it holds NaN or an infinity
     * @throws IOException if it cannot be read
     */
    public static void load(Path file, Layer network) throws IOException {
        List<Parameter> parameters = all(network);
        into(parameters, Safetensors.read(file), NonFinite.REFUSE);
    }

    /**
     * A copy of what a network has learnt.
     *
     * @param network any layer
     * @return its parameters and statistics, in order
     * @throws IllegalArgumentException if two of them have one name
     */
    public static NamedMatrices of(Layer network) {
        return of(all(network));
    }

    /**
     * A copy of parameters.
     *
     * @param parameters the parameters; one that is there under several names is copied under the first
     * @return their current elements, in order
     * @throws IllegalArgumentException if two of them have one name
     */
    public static NamedMatrices of(List<Parameter> parameters) {
        Map<String, ConstMatrix<?>> matrices = new LinkedHashMap<>();
        byName(parameters)
                .forEach((name, parameter) ->
                        matrices.put(name, parameter.value().matrix()));
        return NamedMatrices.of(matrices);
    }

    /**
     * Gives a network what another one of its architecture has learnt.
     *
     * @param network the network
     * @param saved what {@link #of} gave
     * @param nonFinite whether NaN and infinities are allowed
     * @throws ModelMismatchException if a name is missing or left over or a shape differs; the message lists all such,
     *     and the network is unchanged
     * @throws NonFiniteException if a number is not finite and that is not allowed; the network is unchanged
     */
    public static void into(Layer network, NamedMatrices saved, NonFinite nonFinite) {
        into(all(network), saved, nonFinite);
    }

    /**
     * Gives parameters the elements that others of their names and shapes had.
     *
     * @param parameters the parameters
     * @param saved what {@link #of} gave
     * @param nonFinite whether NaN and infinities are allowed
     * @throws ModelMismatchException if a name is missing or left over or a shape differs; the message lists all such,
     *     and the parameters are unchanged
     * @throws NonFiniteException if a number is not finite and that is not allowed; the parameters are unchanged
     */
    public static void into(List<Parameter> parameters, NamedMatrices saved, NonFinite nonFinite) {
        Arguments.given(saved, "saved");
        Arguments.given(nonFinite, "nonFinite");
        Map<String, Parameter> byName = byName(parameters);
        List<String> differences = differences(byName, saved);
        if (!differences.isEmpty()) {
            throw new ModelMismatchException("the saved model", differences);
        }
        if (nonFinite == NonFinite.REFUSE) {
            saved.names().forEach(name -> requireFinite(name, saved.data(name)));
        }
        List<Value> values = byName.keySet().stream()
                .map(name -> Value.constant(saved.get(name)))
                .toList();
        int i = 0;
        for (Parameter parameter : byName.values()) {
            parameter.set(values.get(i));
            i++;
        }
    }

    private static List<String> differences(Map<String, Parameter> byName, NamedMatrices saved) {
        List<String> differences = new ArrayList<>();
        byName.forEach((name, parameter) -> {
            String expected = parameter.value().shape().toString();
            if (!saved.names().contains(name)) {
                differences.add("missing: " + name + " " + expected);
            } else if (!shape(saved, name).equals(expected)) {
                differences.add(name + " is " + shape(saved, name) + "; expected " + expected);
            }
        });
        Set<String> unexpected = new LinkedHashSet<>(saved.names());
        unexpected.removeAll(byName.keySet());
        unexpected.forEach(name -> differences.add("unexpected: " + name + " " + shape(saved, name)));
        return differences;
    }

    private static String shape(NamedMatrices saved, String name) {
        return saved.get(name).getNumRows() + "x" + saved.get(name).getNumCols();
    }

    private static void requireFinite(String name, DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            if (!Double.isFinite(matrix.data[i])) {
                throw new NonFiniteException("the saved model holds " + matrix.data[i] + " in " + name + " at row "
                        + i / matrix.numCols + ", column " + i % matrix.numCols + "; nothing has been loaded");
            }
        }
    }

    private static List<Parameter> all(Layer network) {
        List<Parameter> all =
                new ArrayList<>(Arguments.given(network, "network").parameters());
        all.addAll(network.statistics());
        return all;
    }

    /** Each parameter under its first name. */
    private static Map<String, Parameter> byName(List<Parameter> parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : new LinkedHashSet<>(Arguments.given(parameters, "the list of parameters"))) {
            if (byName.putIfAbsent(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException("two parameters are named \"" + parameter.name()
                        + "\"; give one of them a container's name with within()");
            }
        }
        return byName;
    }
}
