package org.ejgrad.laws;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Per;
import org.ejgrad.Rule;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * The usual mistakes in a derivative rule, which can be planted into the right rules of any recorded graph.
 *
 * <p>A graph is planted by recording it again, with one rule of one operation replaced. Nothing in the library knows of
 * it. A mistake may have no effect in some rule: twice zero is zero, and a rule that does not read its output cannot
 * read a stale one.
 */
public enum Fault {
    /** Minus the gradient. */
    SIGN(gradient(g -> g.negative())),
    /** Twice the gradient. */
    TWICE(gradient(g -> g.scale(2))),
    /** Half the gradient. */
    HALF(gradient(g -> g.scale(0.5))),
    /** The gradient, a thousandth too small. */
    SLIGHTLY_SMALL(gradient(g -> g.scale(0.999))),
    /** No gradient: the input is forgotten. */
    INPUT_DROPPED(gradient(g -> Value.zeros(g.shape()))),
    /** A number added to the gradient. */
    CONSTANT_ADDED(gradient(g -> g.plus(0.001))),
    /** The transposed gradient, where it is square. */
    TRANSPOSED(gradient(g -> g.getNumRows() == g.getNumCols() ? g.transpose() : g)),
    /** Each element replaced by its row's mean. */
    WRONG_AXIS(gradient(g -> g.shape().elements() == 0 ? g : g.mean(Per.ROW).broadcastTo(g.shape()))),
    /** The rows, one place further down. */
    ROWS_SHIFTED(
            gradient(g -> g.getNumRows() < 2 ? g : g.rows(1, g.getNumRows()).concatRows(g.rows(0, 1)))),
    /** The columns, one place further right. */
    COLUMNS_SHIFTED(
            gradient(g -> g.getNumCols() < 2 ? g : g.cols(1, g.getNumCols()).concatColumns(g.cols(0, 1)))),
    /** The last element of the gradient is left out. */
    LAST_ELEMENT_DROPPED(gradient(g -> g.elementMult(Value.constant(Oracles.fill(
            g.getNumRows(), g.getNumCols(), (i, j) -> i == g.getNumRows() - 1 && j == g.getNumCols() - 1 ? 0 : 1))))),
    /** The gradient of the first row of the output only: a sum over rows is missing. */
    ROW_SUM_MISSING(upstream(dy -> dy.elementMult(firstRow(dy.shape())))),
    /** The gradient of the first column of the output only: a sum over columns is missing. */
    COLUMN_SUM_MISSING(upstream(dy ->
            dy.elementMult(firstRow(new Shape(dy.getNumCols(), dy.getNumRows())).transpose()))),
    /** A mean over the output's rows in place of a sum. */
    MEAN_FOR_SUM(upstream(dy -> dy.divide(Math.max(1, dy.getNumRows())))),
    /** The upstream gradient replaced by ones. */
    UPSTREAM_IGNORED(upstream(dy -> Value.ones(dy.shape()))),
    /** The upstream gradient squared. */
    UPSTREAM_SQUARED(upstream(dy -> dy.square())),
    /** The upstream gradient taken as a constant: its own derivative is lost. */
    UPSTREAM_DETACHED(upstream(Value::detached)),
    /** The inputs of another moment. */
    STALE_INPUTS((rule, index, inputs, y, dy) -> rule.gradient(moved(inputs, x -> nudged(x, 0.01)), y, dy)),
    /** The output of another moment. */
    STALE_OUTPUT((rule, index, inputs, y, dy) -> rule.gradient(inputs, nudged(y, 0.01), dy)),
    /** The inputs taken as constants: the second derivative lacks a term. */
    INPUTS_DETACHED((rule, index, inputs, y, dy) -> rule.gradient(moved(inputs, Value::detached), y, dy)),
    /** The output taken as a constant: the second derivative lacks a term. */
    OUTPUT_DETACHED((rule, index, inputs, y, dy) -> rule.gradient(inputs, y.detached(), dy)),
    /** The output in place of the input, where their shapes agree. */
    OUTPUT_FOR_INPUT((rule, index, inputs, y, dy) ->
            rule.gradient(moved(inputs, x -> x.shape().equals(y.shape()) ? y : x), y, dy)),
    /** The input in place of the output, where their shapes agree. */
    INPUT_FOR_OUTPUT((rule, index, inputs, y, dy) ->
            rule.gradient(inputs, inputs.get(index).shape().equals(y.shape()) ? inputs.get(index) : y, dy)),
    /** The inputs exchanged, where their shapes agree. */
    INPUTS_EXCHANGED((rule, index, inputs, y, dy) -> {
        List<Value> exchanged = new ArrayList<>(inputs);
        Collections.reverse(exchanged);
        boolean alike =
                inputs.stream().allMatch(x -> x.shape().equals(inputs.get(0).shape()));
        return rule.gradient(alike ? exchanged : inputs, y, dy);
    }),
    /** The other input's gradient, where their shapes agree: written over instead of added. */
    OVERWRITTEN((rule, index, inputs, y, dy) -> rule.gradient(inputs, y, dy), true),
    /** A tie or a kink is resolved to one side, as if the elements were larger by almost nothing. */
    WRONG_TIE((rule, index, inputs, y, dy) -> rule.gradient(moved(inputs, x -> nudged(x, 2e-15)), y, dy));

    private final Mistake mistake;
    private final boolean ofOtherRule;

    /** A wrong gradient made with the help of the right rule. */
    @FunctionalInterface
    private interface Mistake {
        Value gradient(Rule.Function right, int index, List<Value> inputs, Value y, Value dy);
    }

    Fault(Mistake mistake) {
        this(mistake, false);
    }

    Fault(Mistake mistake, boolean ofOtherRule) {
        this.mistake = mistake;
        this.ofOtherRule = ofOtherRule;
    }

    private static Mistake gradient(UnaryOperator<Value> change) {
        return (rule, index, inputs, y, dy) -> change.apply(rule.gradient(inputs, y, dy));
    }

    private static Mistake upstream(UnaryOperator<Value> change) {
        return (rule, index, inputs, y, dy) -> rule.gradient(inputs, y, change.apply(dy));
    }

    private static List<Value> moved(List<Value> inputs, UnaryOperator<Value> change) {
        return inputs.stream().map(change).toList();
    }

    private static Value firstRow(Shape shape) {
        return Value.constant(Oracles.fill(shape.rows(), shape.columns(), (i, j) -> i == 0 ? 1 : 0));
    }

    /** Each element larger, by another amount. */
    private static Value nudged(Value x, double step) {
        return x.plus(Value.constant(
                Oracles.fill(x.getNumRows(), x.getNumCols(), (i, j) -> step * (1 + i * x.getNumCols() + j))));
    }

    /**
     * Whether the mistake can be made in a rule of this operation at all.
     *
     * @param operation a right operation
     * @return false for a wrong tie where there are no ties, and for an exchange where there is one input
     */
    public boolean fits(Operation operation) {
        int count = operation.rules().size();
        return switch (this) {
            case WRONG_TIE -> operation.branches().isPresent();
            case INPUTS_EXCHANGED, OVERWRITTEN -> count > 1;
            default -> count > 0;
        };
    }

    /**
     * The operation with this mistake in one of its rules.
     *
     * @param operation a right operation
     * @param index which rule
     * @return a wrong operation
     */
    public Operation plant(Operation operation, int index) {
        Rule[] rules = operation.rules().toArray(new Rule[0]);
        Rule.Function right = rules[index].function();
        Rule.Function other = rules[(index + 1) % rules.length].function();
        rules[index] = new Rule(rules[index].formula() + ", " + this, (inputs, y, dy) -> {
            Value gradient = mistake.gradient(right, index, inputs, y, dy);
            Value overwriting = ofOtherRule ? other.gradient(inputs, y, dy) : gradient;
            return overwriting.shape().equals(gradient.shape()) ? overwriting : gradient;
        });
        Operation wrong = Operation.of(operation.name(), operation::compute, rules)
                .with(operation.parameters().toArray());
        return operation
                .branches()
                .map(branches -> wrong.piecewise(branches.decide(), branches.replay()))
                .orElse(wrong);
    }

    /**
     * The function with this mistake in one rule of every use of an operation.
     *
     * @param function a right function
     * @param operation the name of an operation that it applies
     * @param index which rule
     * @return a function with the same values and wrong derivatives
     */
    public Function<List<Value>, Value> plant(Function<List<Value>, Value> function, String operation, int index) {
        return inputs -> {
            Value output = function.apply(inputs);
            Map<Value, Value> again = new IdentityHashMap<>();
            for (Value node : Graphs.nodes(output)) {
                Operation right = node.operation();
                Operation used =
                        right.name().equals(operation) && index < right.rules().size() ? plant(right, index) : right;
                Value[] operands = node.inputs().stream()
                        .map(x -> again.getOrDefault(x, x))
                        .toArray(Value[]::new);
                again.put(node, used.apply(operands));
            }
            return again.getOrDefault(output, output);
        };
    }

    /** Such as {@code row sum missing}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
