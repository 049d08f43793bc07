package org.ejgrad.nn.lint;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.arguments.OperationNames;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.lint.Warning.Pitfall;

/** Looks for usual mistakes in a graph, by its operations and shapes. */
public final class Lint {
    /** A number added before a logarithm counts as an epsilon up to this size. */
    private static final double LARGEST_EPSILON = 1e-3;

    private Lint() {}

    /**
     * The mistakes in a loss that is to be trained.
     *
     * @param loss the loss of a batch
     * @param parameters what is to be trained
     * @return warnings, those of a value before those of what it was computed from; empty if nothing was seen
     */
    public static List<Warning> of(Value loss, List<Parameter> parameters) {
        List<Value> graph = requireNonNull(loss, "loss").ancestors();
        List<Warning> warnings = new ArrayList<>();
        for (int i = graph.size() - 1; i >= 0; i--) {
            inspect(graph.get(i), warnings);
        }
        Set<Value> reached = Set.copyOf(graph);
        for (Parameter parameter : Require.elements(parameters, "parameters")) {
            if (!reached.contains(parameter.value())) {
                warnings.add(new Warning(Pitfall.UNREACHED_PARAMETER, parameter.name()));
            }
        }
        return List.copyOf(warnings);
    }

    /**
     * The mistakes in outputs that are to be evaluated, not trained on.
     *
     * @param outputs a network's outputs, or a loss computed from them
     * @return warnings; empty if nothing was seen
     */
    public static List<Warning> ofEvaluation(Value outputs) {
        return requireNonNull(outputs, "outputs").ancestors().stream()
                .filter(value -> isNamed(value, OperationNames.DROPOUT))
                .map(value -> warning(Pitfall.DROPOUT_IN_EVALUATION, value))
                .toList();
    }

    /**
     * The lowest softmax cross-entropy that is possible when a softmax's probabilities are taken for logits: ln(1 + (K
     * − 1)/e).
     *
     * @param classes the number of classes K, at least 2
     * @return the floor; 0.7437 for four classes
     * @throws IllegalArgumentException if there are fewer than 2 classes
     */
    public static double doubleSoftmaxFloor(int classes) {
        return Elementary.log1p(
                (Require.atLeast(classes, 2, "doubleSoftmaxFloor: the number of classes") - 1) / Math.E);
    }

    /**
     * Whether a training seems stuck at {@link #doubleSoftmaxFloor}: its last losses are within two percent of it and
     * hardly move.
     *
     * @param losses the losses of the epochs in order
     * @param classes the number of classes
     * @return true if a softmax before the loss is the likely reason
     * @throws IllegalArgumentException if there are fewer than 2 classes
     */
    public static boolean stuckAtDoubleSoftmaxFloor(List<Double> losses, int classes) {
        Require.elements(losses, "losses");
        double floor = doubleSoftmaxFloor(classes);
        int watched = 5;
        if (losses.size() < watched) {
            return false;
        }
        List<Double> last = losses.subList(losses.size() - watched, losses.size());
        return last.stream().allMatch(loss -> loss >= floor * 0.9999 && loss <= floor * 1.02)
                && Collections.max(last) - Collections.min(last) <= 0.005 * floor;
    }

    private static void inspect(Value value, List<Warning> warnings) {
        Operation operation = value.operation();
        if (isNamed(value, OperationNames.SOFTMAX_CROSS_ENTROPY) && isSoftmax(source(value))) {
            warnings.add(warning(Pitfall.SOFTMAX_TWICE, value));
        }
        if (isNamed(value, OperationNames.SIGMOID_CROSS_ENTROPY) && source(value) == Value.SIGMOID) {
            warnings.add(warning(Pitfall.SIGMOID_TWICE, value));
        }
        if (operation == Value.LOG) {
            inspectLogarithm(value, warnings);
        }
        if (value.inputs().size() == 2 && isOuter(value)) {
            warnings.add(warning(Pitfall.OUTER_BROADCAST, value));
        }
        if (Value.MEAN.contains(operation) && value.inputs().get(0).shape().isScalar()) {
            warnings.add(warning(Pitfall.MEAN_OF_ONE, value));
        }
        if (operation == Value.RELU && value.getNumRows() > 1) {
            IntStream.range(0, value.getNumCols())
                    .filter(column -> isDead(value, column))
                    .forEach(column ->
                            warnings.add(new Warning(Pitfall.DEAD_RELU, place(value) + ", column " + column)));
        }
    }

    private static void inspectLogarithm(Value logarithm, List<Warning> warnings) {
        if (isSoftmax(source(logarithm))) {
            warnings.add(warning(Pitfall.LOG_OF_SOFTMAX, logarithm));
        } else if (source(logarithm) == Value.SIGMOID) {
            warnings.add(warning(Pitfall.LOG_OF_SIGMOID, logarithm));
        } else if (addsEpsilon(logarithm.inputs().get(0))) {
            warnings.add(warning(Pitfall.LOG_PLUS_EPSILON, logarithm));
        }
    }

    /** Whether a small positive number was added to make this value. */
    private static boolean addsEpsilon(Value value) {
        if (Value.SHIFT.contains(value.operation())) {
            return value.operation().parameters().get(0) instanceof Double added && isEpsilon(added);
        }
        return value.operation() == Value.PLUS
                && value.inputs().stream()
                        .anyMatch(input -> input.isConstant()
                                && input.shape().elements() > 0
                                && IntStream.range(0, input.shape().elements())
                                        .allMatch(i ->
                                                isEpsilon(input.get(i / input.getNumCols(), i % input.getNumCols()))));
    }

    private static boolean isEpsilon(double number) {
        return number > 0 && number <= LARGEST_EPSILON;
    }

    /** Whether a column and a row of one length, both repeated to a square, are combined. */
    private static boolean isOuter(Value value) {
        Value a = value.inputs().get(0);
        Value b = value.inputs().get(1);
        int n = value.getNumRows();
        return n > 1
                && value.getNumCols() == n
                && ((isRepeated(a, new Shape(n, 1)) && isRepeated(b, new Shape(1, n)))
                        || (isRepeated(a, new Shape(1, n)) && isRepeated(b, new Shape(n, 1))));
    }

    /** Whether the square value is a line of the given shape, repeated; of a constant only its elements tell. */
    private static boolean isRepeated(Value value, Shape line) {
        if (Value.BROADCAST_TO.contains(value.operation())) {
            return value.inputs().get(0).shape().equals(line);
        }
        int n = value.getNumRows();
        return value.isConstant()
                && value.getNumCols() == n
                && IntStream.range(0, n * n)
                        .allMatch(i -> value.get(i / n, i % n)
                                == (line.rows() == 1 ? value.get(0, i % n) : value.get(i / n, 0)));
    }

    private static boolean isDead(Value relu, int column) {
        return IntStream.range(0, relu.getNumRows()).allMatch(row -> relu.get(row, column) == 0);
    }

    /** What made the first input of a value, before it was moved or scaled. */
    private static Operation source(Value value) {
        Value source = value.inputs().get(0);
        while (passesOn(source.operation())) {
            source = source.inputs().get(0);
        }
        return source.operation();
    }

    private static boolean passesOn(Operation operation) {
        return operation == Value.TRANSPOSE
                || operation == Value.NEGATIVE
                || Value.SCALE.contains(operation)
                || Value.SLICE.contains(operation)
                || Value.RESHAPE.contains(operation)
                || Value.BROADCAST_TO.contains(operation);
    }

    private static boolean isSoftmax(Operation operation) {
        return Value.SOFTMAX.contains(operation);
    }

    private static boolean isNamed(Value value, String name) {
        return value.operation().name().equals(name);
    }

    private static Warning warning(Pitfall pitfall, Value value) {
        return new Warning(pitfall, place(value));
    }

    private static String place(Value value) {
        boolean isLoss = value.label().isEmpty()
                && (isNamed(value, OperationNames.SOFTMAX_CROSS_ENTROPY)
                        || isNamed(value, OperationNames.SIGMOID_CROSS_ENTROPY));
        return (isLoss ? "the loss" : value.name()) + " " + value.shape();
    }
}
