package org.ejgrad.nn.io;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.ejgrad.NonFinite;
import org.ejgrad.NonFiniteException;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.ModelMismatchException;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.Require;

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
 *
 * <p>PyTorch keeps the weights of a linear layer as outputs × inputs, {@link org.ejgrad.nn.Dense} as inputs × outputs.
 * What {@link Safetensors#readForeign(Path)} found is given to a network by {@link #into(Layer, NamedMatrices, Numbers,
 * Layout)} in the layout {@link Layout#PYTORCH}; without a layout a square matrix from there is refused.
 */
public final class Weights {
    /** Which numbers are loaded. */
    public enum Numbers {
        /** No NaN and no infinity, since a network that holds one computes nothing useful. */
        FINITE,
        /** All, to look into a training that has failed. */
        ANY
    }

    /** Which way round the saved weights of linear layers are. */
    public enum Layout {
        /** Inputs × outputs, as {@link #of} gives them. */
        EJGRAD,
        /**
         * As {@code state_dict()} of PyTorch's {@code nn.Sequential} has it: weights of linear layers are outputs ×
         * inputs, those of {@code Conv2d} have the four dimensions outputs, inputs of a group, kernel height and width,
         * those of {@code ConvTranspose2d} inputs, outputs of a group, height and width; biases and what normalisations
         * learn are vectors, running statistics are called {@code running_mean}, {@code running_var} and
         * {@code num_batches_tracked}, a whole number that is passed over where it is not needed. A {@code Recurrent}
         * is an {@code nn.LSTM}, {@code nn.GRU} or {@code nn.RNN} of one layer: {@code weight_ih_l0} is its
         * {@code weight_ih}, and so on; {@code weight_ih_l0_reverse} the {@code back.weight_ih} of a
         * {@code Bidirectional}, {@code weight_ih_l0} beside it the {@code ahead.weight_ih}. A {@code Sequential} of
         * nothing but such layers, all of one cell, size and direction, with or without {@code Dropout} between them,
         * is one of several layers, {@code weight_ih_l1} its {@code 1.weight_ih}; modules of one layer each,
         * {@code 1.weight_ih_l0}, are read into it too. The names of an {@code nn.LSTMCell}, which are ours, are read
         * as well. Weights are transposed; an embedding's table is the same in both. A square matrix of a layer of your
         * own is taken for a linear layer's if there is a bias beside it, named {@code bias} where the matrix is named
         * {@code weight}; one without is refused, as it might be either: see {@link NamedMatrices#withTransposed}.
         */
        PYTORCH
    }

    private Weights() {}

    /**
     * Saves a network to a safetensors file, see {@link Safetensors#write}.
     *
     * @param file the file to make or to replace
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void save(Path file, Layer network) throws IOException {
        Safetensors.write(file, of(network));
    }

    /**
     * Loads a network from a file made by {@link #save}.
     *
     * @param network a network of the same architecture
     * @throws ModelFormatException if the file is damaged, or is not such a file
     * @throws ModelMismatchException if it belongs to another network; the message lists every difference
     * @throws NonFiniteException if it holds NaN or an infinity
     * @throws IOException if it cannot be read
     */
    public static void load(Path file, Layer network) throws IOException {
        List<Parameter> parameters = all(network);
        into(parameters, Safetensors.read(file), Numbers.FINITE);
    }

    /**
     * Saves a network to a safetensors file in a layout that is named.
     *
     * @param file the file to make or to replace
     * @param layout whose names and shapes it has
     * @throws IOException if that fails; a file that was there before is unchanged
     */
    public static void save(Path file, Layer network, Layout layout) throws IOException {
        requireNonNull(file, "file");
        NamedMatrices weights = of(network);
        SafetensorsWriter writer = requireNonNull(layout, "layout") == Layout.PYTORCH
                ? ForeignLayout.torch(network, weights, byName(all(network)))
                : new SafetensorsWriter(weights);
        writer.requireReadable("save");
        AtomicFile.write(file, writer.size(), writer::writeTo);
    }

    /**
     * Loads a network from a safetensors file by any program.
     *
     * @param network a network of the same architecture
     * @param layout whose names and shapes the file has
     * @throws ModelFormatException if it is not such a file
     * @throws ModelMismatchException if it belongs to another network; the message lists every difference
     * @throws NonFiniteException if it holds NaN or an infinity
     * @throws IOException if it cannot be read
     */
    public static void load(Path file, Layer network, Layout layout) throws IOException {
        requireNonNull(network, "network");
        if (requireNonNull(layout, "layout") == Layout.EJGRAD) {
            into(network, Safetensors.readForeign(file), Numbers.FINITE, layout);
        } else {
            SafetensorsReader.Tensors saved = Safetensors.readTensors(requireNonNull(file, "file"));
            List<Parameter> parameters = all(network);
            load(
                    parameters,
                    ForeignLayout.ours(saved.rows(), saved.shapes(), network, byName(parameters)),
                    Numbers.FINITE,
                    layout);
        }
    }

    /**
     * A copy of what a network has learnt.
     *
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
        Map<String, Value> values = new LinkedHashMap<>();
        byName(parameters)
                .forEach((name, parameter) -> values.put(name, parameter.value().detached()));
        return NamedMatrices.ofValues(values);
    }

    /**
     * Gives a network what another one of its architecture has learnt.
     *
     * @param saved what {@link #of} gave
     * @param numbers which numbers are loaded; others are refused
     * @throws ModelMismatchException if a name is missing or left over or a shape differs, or a square matrix comes
     *     from another program, so that it might have to be transposed; the message lists all such, and the network is
     *     unchanged
     * @throws NonFiniteException if a number is not finite and that is not allowed; the network is unchanged
     */
    public static void into(Layer network, NamedMatrices saved, Numbers numbers) {
        into(all(network), saved, numbers);
    }

    /**
     * Gives a network what another one of its architecture has learnt, in a layout that is named.
     *
     * @param saved the matrices under the names of the network's parameters; those of convolutions, of four dimensions
     *     in PyTorch, come from a file by {@link #load(Path, Layer, Layout)}, or flattened to a row per index of the
     *     first
     * @param numbers which numbers are loaded; others are refused
     * @param layout which way round the weights of linear layers are
     * @throws ModelMismatchException if a name is missing or left over, a shape differs, or a square matrix might be
     *     either way round; the message lists all such, and the network is unchanged
     * @throws NonFiniteException if a number is not finite and that is not allowed; the network is unchanged
     */
    public static void into(Layer network, NamedMatrices saved, Numbers numbers, Layout layout) {
        List<Parameter> parameters = all(network);
        requireNonNull(saved, "saved");
        requireNonNull(numbers, "numbers");
        NamedMatrices turned = requireNonNull(layout, "layout") == Layout.PYTORCH
                ? ForeignLayout.ours(saved, Map.of(), network, byName(parameters))
                : saved;
        load(parameters, turned, numbers, layout);
    }

    /**
     * Gives parameters the elements that others of their names and shapes had.
     *
     * @param saved what {@link #of} gave
     * @param numbers which numbers are loaded; others are refused
     * @throws ModelMismatchException as {@link #into(Layer, NamedMatrices, Numbers)}; the parameters are unchanged
     * @throws NonFiniteException if a number is not finite and that is not allowed; the parameters are unchanged
     */
    public static void into(List<Parameter> parameters, NamedMatrices saved, Numbers numbers) {
        requireNonNull(saved, "saved");
        requireNonNull(numbers, "numbers");
        ForeignLayout.requireKnown(saved, byName(parameters));
        load(parameters, saved, numbers, Layout.EJGRAD);
    }

    private static void load(List<Parameter> parameters, NamedMatrices saved, Numbers numbers, Layout layout) {
        Map<String, Parameter> byName = byName(parameters);
        Map<String, Shape> expected = new LinkedHashMap<>();
        byName.forEach((name, parameter) -> expected.put(name, parameter.value().shape()));
        List<String> differences = new ArrayList<>(saved.differencesFrom(expected));
        if (!differences.isEmpty()) {
            if (layout == Layout.EJGRAD) {
                ForeignLayout.advice(saved, expected).ifPresent(differences::add);
            }
            throw new ModelMismatchException("the saved model", differences);
        }
        if (numbers == Numbers.FINITE) {
            byName.keySet().forEach(name -> requireFinite(name, saved.get(name)));
        }
        byName.forEach((name, parameter) -> parameter.set(saved.get(name)));
    }

    private static void requireFinite(String name, Value value) {
        NonFinite.in(value).ifPresent(found -> {
            throw new NonFiniteException("the saved model holds " + found.number() + " in " + PlainText.line(name)
                    + " at row " + found.row() + ", column " + found.column() + "; nothing has been loaded");
        });
    }

    private static List<Parameter> all(Layer network) {
        List<Parameter> all = new ArrayList<>(
                Require.elements(requireNonNull(network, "network").parameters(), "the network's parameters()"));
        all.addAll(Require.elements(network.statistics(), "the network's statistics()"));
        return all;
    }

    /** Each parameter under its first name. */
    private static Map<String, Parameter> byName(List<Parameter> parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        for (Parameter parameter : new LinkedHashSet<>(Require.elements(parameters, "parameters"))) {
            if (byName.putIfAbsent(parameter.name(), parameter) != null) {
                throw new IllegalArgumentException("two parameters are named \"" + PlainText.line(parameter.name())
                        + "\"; give one of them a container's name with within()");
            }
        }
        return byName;
    }
}
