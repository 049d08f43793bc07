package org.ejgrad.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;

/**
 * A recorded graph that can be computed again at other values of its leaves.
 *
 * <p>A replay is iterative, inputs before results, and computes only what depends on the leaves that changed. With the
 * decisions of its piecewise operations frozen, the graph is one smooth function, at a kink too: its derivative is
 * exactly what the rules compute (Lee, Yu, Rival, Yang 2020, "intensional derivatives").
 */
final class Tape {
    private final List<Value> nodes;
    private final int[] fromRoot;
    private final int[][] inputs;
    private final boolean[][] byColumn;
    private final boolean[][] byRow;
    private final Map<Integer, DMatrixRMaj> rowsOfTotals = new HashMap<>();
    private final DMatrixRMaj[] recorded;
    private final DMatrixRMaj[] decisions;
    private final Map<Value, Integer> positions = new HashMap<>();

    /** Records what a value was computed from, however deep. */
    Tape(Value root) {
        nodes = root.ancestors();
        int count = nodes.size();
        fromRoot = IntStream.range(0, count).map(i -> count - 1 - i).toArray();
        inputs = new int[count][];
        byColumn = new boolean[count][];
        byRow = new boolean[count][];
        recorded = new DMatrixRMaj[count];
        decisions = new DMatrixRMaj[count];
        for (int i = 0; i < count; i++) {
            Value node = nodes.get(i);
            positions.put(node, i);
            recorded[i] = node.matrix().getDDRM();
            inputs[i] = node.inputs().stream().mapToInt(positions::get).toArray();
            byColumn[i] = sliced(node, node.operation().columnwiseInputs(), Value::getNumCols);
            byRow[i] = sliced(node, node.operation().rowwiseInputs(), Value::getNumRows);
        }
        for (int i = 0; i < count; i++) {
            DMatrixRMaj[] arguments = arguments(i, recorded);
            Operation operation = nodes.get(i).operation();
            if (operation.branches().isPresent()) {
                decisions[i] = operation.branches().get().decide().apply(arguments);
            } else if (operation.rowTotal().isPresent()) {
                DMatrixRMaj rows = computeRows(i, arguments);
                rowsOfTotals.put(i, rows);
                for (int k : operation.rowTotal().get().inputs()) {
                    byRow[i][k] = arguments[k].numRows == rows.numRows;
                }
            }
        }
    }

    /** Which inputs an operation takes line by line: none where they have not as many lines as its result. */
    private static boolean[] sliced(Value node, Set<Integer> inputs, ToIntFunction<Value> lines) {
        boolean[] sliced = new boolean[node.inputs().size()];
        boolean fits =
                inputs.stream().allMatch(k -> lines.applyAsInt(node.inputs().get(k)) == lines.applyAsInt(node));
        inputs.forEach(k -> sliced[k] = fits);
        return sliced;
    }

    int size() {
        return nodes.size();
    }

    Value node(int i) {
        return nodes.get(i);
    }

    int[] inputs(int i) {
        return inputs[i];
    }

    /** Of which inputs one column of the result needs that column only. */
    boolean[] byColumn(int i) {
        return byColumn[i];
    }

    /** The rows of which a smooth result is a total, if it is known to be one. */
    Optional<DMatrixRMaj> rowsOfTotal(int i) {
        return Optional.ofNullable(rowsOfTotals.get(i));
    }

    /** Rows of which a result is a total. */
    DMatrixRMaj computeRows(int i, DMatrixRMaj... arguments) {
        return nodes.get(i).operation().rowTotal().orElseThrow().rows().apply(arguments);
    }

    /** The total of them. */
    DMatrixRMaj total(int i, DMatrixRMaj rows) {
        return nodes.get(i).operation().rowTotal().orElseThrow().total().apply(rows);
    }

    /** Of which inputs one row of the result, or of what it is a total of, needs that row only. */
    boolean[] byRow(int i) {
        return byRow[i];
    }

    /** Whether each element of a result of one matrix needs the same element of it only. */
    boolean isElementwise(int i) {
        return inputs[i].length == 1 && byColumn[i][0] && byRow[i][0];
    }

    DMatrixRMaj recorded(int i) {
        return recorded[i];
    }

    /** What a value is called in a sentence: its label, or where it comes from. */
    String named(int i) {
        Value node = nodes.get(i);
        if (!node.label().isEmpty()) {
            return node.label();
        }
        return isLeaf(i) ? "a constant " + node.shape() : "the result of " + node.operation() + place(i);
    }

    /** Where an operation stands: its depth, and which it is of several there. */
    String place(int i) {
        Value node = nodes.get(i);
        int[] there = IntStream.range(0, size())
                .filter(k -> nodes.get(k).depth() == node.depth()
                        && nodes.get(k)
                                .operation()
                                .name()
                                .equals(node.operation().name()))
                .toArray();
        return " at depth " + node.depth()
                + (there.length < 2
                        ? ""
                        : ", " + (1 + Arrays.binarySearch(there, i)) + " of " + there.length + " there");
    }

    /** All recorded matrices, in a new array. */
    DMatrixRMaj[] recorded() {
        return recorded.clone();
    }

    /** The decisions of a piecewise operation at the recorded point; null for a smooth one. */
    DMatrixRMaj decisions(int i) {
        return decisions[i];
    }

    /** The places of each operation by its name, the root first. */
    Map<String, List<Integer>> uses() {
        return IntStream.of(fromRoot)
                .boxed()
                .collect(groupingBy(i -> nodes.get(i).operation().name(), LinkedHashMap::new, toList()));
    }

    /** Where a value stands; empty if the root does not depend on it. */
    OptionalInt position(Value value) {
        Integer position = positions.get(value);
        return position == null ? OptionalInt.empty() : OptionalInt.of(position);
    }

    boolean isLeaf(int i) {
        return inputs[i].length == 0;
    }

    boolean isPiecewise(int i) {
        return decisions[i] != null;
    }

    /** All positions, the root first. */
    int[] fromRoot() {
        return fromRoot;
    }

    /** The results that depend on any of these leaves, inputs before results. */
    int[] dependents(int... leaves) {
        boolean[] reached = new boolean[size()];
        for (int leaf : leaves) {
            reached[leaf] = true;
        }
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < size(); i++) {
            for (int input : inputs[i]) {
                reached[i] |= reached[input];
            }
            if (reached[i] && !isLeaf(i)) {
                order.add(i);
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    DMatrixRMaj[] arguments(int i, DMatrixRMaj[] current) {
        DMatrixRMaj[] arguments = new DMatrixRMaj[inputs[i].length];
        Arrays.setAll(arguments, k -> current[inputs[i][k]]);
        return arguments;
    }

    /** One operation of the graph, deciding for itself. */
    DMatrixRMaj compute(int i, DMatrixRMaj... arguments) {
        return nodes.get(i).operation().compute(arguments);
    }

    /** The decisions of one operation of the graph. */
    DMatrixRMaj decide(int i, DMatrixRMaj... arguments) {
        return nodes.get(i).operation().branches().orElseThrow().decide().apply(arguments);
    }

    /** One operation of the graph with its decisions given. */
    DMatrixRMaj replay(int i, DMatrixRMaj decided, DMatrixRMaj... arguments) {
        return nodes.get(i).operation().branches().orElseThrow().replay().apply(decided, arguments);
    }
}
