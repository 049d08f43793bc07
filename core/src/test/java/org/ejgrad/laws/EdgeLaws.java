package org.ejgrad.laws;

import static org.ejgrad.laws.Requirements.require;
import static org.ejgrad.laws.Requirements.requireBits;
import static org.ejgrad.laws.Requirements.requireEqual;
import static org.ejgrad.laws.Requirements.requireKnown;
import static org.ejgrad.laws.Requirements.requireShape;
import static org.ejgrad.laws.Samples.constants;
import static org.ejgrad.laws.Samples.gradients;
import static org.ejgrad.laws.Samples.matrix;
import static org.ejgrad.laws.Samples.raw;
import static org.ejgrad.laws.Samples.shape;
import static org.ejgrad.laws.Samples.variables;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ejgrad.Branches;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.data.DMatrixRMaj;
import org.ejml.simple.SimpleMatrix;

/** What holds at the edges: known values, refused and accepted shapes, kinks and ties. */
public final class EdgeLaws {
    private EdgeLaws() {}

    /**
     * Value and gradients at an edge are the known ones.
     *
     * @param function the operation
     * @param edge inputs and what they give
     */
    public static void edge(Function<List<Value>, Value> function, OperationCase.Edge edge) {
        List<Value> variables = variables(edge.inputs());
        Value output = function.apply(variables);
        String where = "at\n" + Texts.of((Object) edge.inputs()) + "\n";
        requireKnown(where + "the value", edge.value(), matrix(output), true);
        List<SimpleMatrix> gradients = gradients(output, Value.ones(output.shape()), variables);
        require(gradients.size() == edge.gradients().size(), where + "the row knows not one gradient per input");
        for (int i = 0; i < gradients.size(); i++) {
            requireKnown(where + "the gradient of input " + i, edge.gradients().get(i), gradients.get(i), false);
        }
    }

    /**
     * Inputs that do not fit are refused in the right words, where the graph is built.
     *
     * @param function the operation
     * @param refusal the inputs and the words
     */
    public static void refusal(Function<List<Value>, Value> function, OperationCase.Refusal refusal) {
        List<List<Value>> kinds = List.of(constants(refusal.inputs()), variables(refusal.inputs()));
        for (List<Value> inputs : kinds) {
            try {
                function.apply(inputs);
            } catch (IllegalArgumentException e) {
                require(
                        Pattern.compile(refusal.message() + "(; the operands? (is|are) .*)?", Pattern.DOTALL)
                                .matcher(String.valueOf(e.getMessage()))
                                .matches(),
                        "refused with the words\n  " + e.getMessage() + "\nwhich do not match\n  " + refusal.message());
                continue;
            }
            throw new AssertionError("not refused:\n" + Texts.of((Object) refusal.inputs()));
        }
    }

    /**
     * Every shape is accepted and differentiated, empty ones too.
     *
     * @param function the operation
     * @param count how many inputs it has
     */
    public static void anyShape(Function<List<Value>, Value> function, int count) {
        for (int rows = 0; rows <= 3; rows++) {
            for (int columns = 0; columns <= 3; columns++) {
                SimpleMatrix ones = Oracles.fill(rows, columns, (i, j) -> 1);
                List<Value> variables = variables(Collections.nCopies(count, ones));
                Value output = function.apply(variables);
                for (SimpleMatrix gradient : gradients(output, Value.ones(output.shape()), variables)) {
                    requireShape("the gradient", new Shape(rows, columns), shape(gradient));
                }
            }
        }
    }

    /**
     * Every piecewise operation in the function, replayed with the decisions it took, gives the same numbers, and its
     * rules are the derivatives of that replay; also on kinks and ties. Inputs of an operation that are not finite are
     * left out.
     *
     * @param function the operation
     * @param inputs inputs for it
     * @param seed draws directions and upstream gradients
     */
    public static void frozenReplay(Function<List<Value>, Value> function, List<SimpleMatrix> inputs, long seed) {
        for (Value node : Graphs.nodes(function.apply(variables(inputs)))) {
            node.operation().branches().ifPresent(branches -> frozenReplay(node, branches, seed));
        }
    }

    private static void frozenReplay(Value node, Branches branches, long seed) {
        List<SimpleMatrix> inputs = node.inputs().stream().map(Samples::matrix).toList();
        if (inputs.stream().anyMatch(SimpleMatrix::hasUncountable)) {
            return;
        }
        DMatrixRMaj decisions = branches.decide().apply(raw(inputs));
        SimpleMatrix replayed = SimpleMatrix.wrap(branches.replay().apply(decisions, raw(inputs)));
        requireEqual(node.operation() + " replayed with its own decisions", matrix(node), replayed);
        Operation frozen = Operation.of(
                node.operation() + " frozen", in -> branches.replay().apply(decisions, in), Graphs.rulesAt(node));
        Laws.firstDerivative(in -> frozen.apply(in.toArray(new Value[0])), inputs, seed);
    }

    /**
     * What is known to go column by column gives each column the same bits alone, and several times side by side, as
     * among the others, its decisions and its replay included.
     *
     * @param function the operation
     * @param inputs inputs for it
     */
    public static void columnwise(Function<List<Value>, Value> function, List<SimpleMatrix> inputs) {
        for (Value node : function.apply(variables(inputs)).ancestors()) {
            lineByLine(node, node.operation().columnwiseInputs(), false);
        }
    }

    /**
     * The same of rows, also where single elements of a product's first input move; a total of rows is that of the
     * rows.
     *
     * @param function the operation
     * @param inputs inputs for it
     */
    public static void rowwise(Function<List<Value>, Value> function, List<SimpleMatrix> inputs) {
        for (Value node : function.apply(variables(inputs)).ancestors()) {
            lineByLine(node, node.operation().rowwiseInputs(), true);
            DMatrixRMaj[] inputsOfNode =
                    raw(node.inputs().stream().map(Samples::matrix).toList());
            node.operation()
                    .rowTotal()
                    .ifPresent(known -> requireSame(
                            "the total that is " + node.operation(),
                            node.operation().compute(inputsOfNode),
                            known.total().apply(known.rows().apply(inputsOfNode))));
            for (int column = 0; column < (inputsOfNode.length == 0 ? 0 : inputsOfNode[0].numCols); column++) {
                again(node.operation(), column, inputsOfNode);
            }
        }
    }

    /** Rows that are computed again with other numbers in a column of the first input. */
    private static void again(Operation operation, int column, DMatrixRMaj... inputs) {
        double[] numbers = {inputs[0].data.length == 0 ? 0 : inputs[0].data[0], -0.75, 1e9};
        int[] rows = IntStream.range(0, inputs[0].numRows)
                .filter(row -> row % 3 != 1)
                .toArray();
        DMatrixRMaj moved = new DMatrixRMaj(rows.length, numbers.length);
        for (int i = 0; i < moved.data.length; i++) {
            moved.data[i] = numbers[i % numbers.length];
        }
        Optional<DMatrixRMaj> again = operation.rowsAgain().map(way -> way.apply(column, rows, moved, inputs));
        for (int i = 0; again.isPresent() && i < moved.data.length; i++) {
            int row = rows[i / numbers.length];
            DMatrixRMaj[] all = inputs.clone();
            all[0] = inputs[0].copy();
            all[0].set(row, column, moved.data[i]);
            requireSame(
                    "row " + row + " of " + operation + " again",
                    lines(operation.compute(all), row, 1, true),
                    lines(again.get(), i, 1, true));
        }
    }

    private static void lineByLine(Value node, Set<Integer> sliced, boolean rows) {
        ToIntFunction<Value> count = rows ? Value::getNumRows : Value::getNumCols;
        boolean fits =
                sliced.stream().allMatch(k -> count.applyAsInt(node.inputs().get(k)) == count.applyAsInt(node));
        for (int line = 0; !sliced.isEmpty() && fits && line < count.applyAsInt(node); line++) {
            for (int times : new int[] {1, 3}) {
                DMatrixRMaj[] whole =
                        raw(node.inputs().stream().map(Samples::matrix).toList());
                DMatrixRMaj[] alone = whole.clone();
                for (int k : sliced) {
                    alone[k] = lines(whole[k], line, times, rows);
                }
                String what = (rows ? "row " : "column ") + line + " of " + node.operation();
                int at = line;
                UnaryOperator<DMatrixRMaj> part = matrix -> lines(matrix, at, times, rows);
                requireSame(
                        what,
                        part.apply(node.operation().compute(whole)),
                        node.operation().compute(alone));
                if (node.operation().branches().isPresent()) {
                    Branches branches = node.operation().branches().get();
                    DMatrixRMaj decided = branches.decide().apply(whole);
                    requireSame(
                            what + ", decided",
                            part.apply(decided),
                            branches.decide().apply(alone));
                    requireSame(
                            what + ", replayed",
                            part.apply(branches.replay().apply(decided, whole)),
                            branches.replay().apply(part.apply(decided), alone));
                }
            }
        }
    }

    /** One row or column, so many times. */
    private static DMatrixRMaj lines(DMatrixRMaj matrix, int line, int times, boolean rows) {
        DMatrixRMaj lines = new DMatrixRMaj(rows ? times : matrix.numRows, rows ? matrix.numCols : times);
        for (int i = 0; i < lines.numRows; i++) {
            for (int j = 0; j < lines.numCols; j++) {
                lines.set(i, j, matrix.get(rows ? line : i, rows ? j : line));
            }
        }
        return lines;
    }

    private static void requireSame(String what, DMatrixRMaj whole, DMatrixRMaj alone) {
        requireBits(what, SimpleMatrix.wrap(whole), SimpleMatrix.wrap(alone));
    }
}
