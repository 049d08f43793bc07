package org.ejgrad.nn.sequence;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Initialiser;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.arguments.Require;
import org.ejml.simple.ConstMatrix;

/**
 * The weights of a cell, with PyTorch's names: those of all gates side by side, in its order, here inputs × outputs as
 * everywhere in nn.
 *
 * @param ofInput features x gates·hidden
 * @param ofState hidden x gates·hidden
 * @param inputBias 1 x gates·hidden
 * @param stateBias 1 x gates·hidden
 */
record Gates(Parameter ofInput, Parameter ofState, Parameter inputBias, Parameter stateBias) {
    private static final int MOST = 1 << 20;

    /** Uniform in ±1/√hidden, as PyTorch has them. */
    static Gates of(String cell, int gates, int features, int hidden, long seed) {
        Require.atMost(Require.atLeast(features, 1, cell + ": the number of features"), MOST, cell + ": features");
        Require.atMost(Require.atLeast(hidden, 1, cell + ": the number of hidden columns"), MOST, cell + ": hidden");
        String call = cell + "(" + features + ", " + hidden + ")";
        int columns = gates * hidden;
        Require.memory(call, Math.max(features, hidden), columns, 4);
        RandomStream random = new RandomStream(seed);
        double bound = 1 / Math.sqrt(hidden);
        Initialiser uniform = Initialiser.uniform(-bound, bound);
        return new Gates(
                new Parameter("weight_ih", uniform.matrix(features, columns, random)),
                new Parameter("weight_hh", uniform.matrix(hidden, columns, random)),
                new Parameter("bias_ih", uniform.matrix(1, columns, random)),
                new Parameter("bias_hh", uniform.matrix(1, columns, random)));
    }

    /** Given matrices, copied; their order is that of PyTorch's cells. */
    static Gates of(String cell, int gates, List<ConstMatrix<?>> given) {
        List<String> names = List.of("weight_ih", "weight_hh", "bias_ih", "bias_hh");
        List<ConstMatrix<?>> all = Require.elements(given, "weights");
        if (all.size() != names.size()) {
            throw new IllegalArgumentException(cell + ": " + all.size() + " matrices; expected " + names);
        }
        int hidden = all.get(1).getNumRows();
        int columns = Math.multiplyExact(gates, hidden);
        int features = all.get(0).getNumRows();
        List<Shape> expected = List.of(
                new Shape(features, columns), new Shape(hidden, columns), new Shape(1, columns), new Shape(1, columns));
        for (int i = 0; i < names.size(); i++) {
            Shape found = new Shape(all.get(i).getNumRows(), all.get(i).getNumCols());
            if (!found.equals(expected.get(i)) || found.elements() == 0) {
                throw new IllegalArgumentException(cell + ": " + names.get(i) + " is " + found + "; expected "
                        + expected.get(i) + " of " + gates + " gates, " + features + " features and " + hidden
                        + " hidden columns, at least 1 of each");
            }
        }
        return new Gates(
                new Parameter(names.get(0), all.get(0)),
                new Parameter(names.get(1), all.get(1)),
                new Parameter(names.get(2), all.get(2)),
                new Parameter(names.get(3), all.get(3)));
    }

    int features() {
        return ofInput.value().getNumRows();
    }

    int hidden() {
        return ofState.value().getNumRows();
    }

    List<Parameter> parameters() {
        return List.of(ofInput, ofState, inputBias, stateBias);
    }

    Value project(Value features) {
        return requireNonNull(features, "features").affine(ofInput.value(), inputBias.value());
    }

    Value recur(Value hidden) {
        return requireNonNull(hidden, "state").affine(ofState.value(), stateBias.value());
    }
}
