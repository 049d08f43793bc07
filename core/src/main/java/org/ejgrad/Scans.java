package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Operation.Trusted.unary;
import static org.ejgrad.Operation.Trusted.variadic;
import static org.ejgrad.Rule.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * Running sums and products, and the product of a group, which is its last running product: the row with its rule, and
 * under it the method.
 *
 * <p>Products do not divide, so their derivatives of every order are exact at zeros too, and nothing on the way to a
 * number over- or underflows.
 */
sealed interface Scans extends Shaped permits Value {
    // spotless:off

    // ---- sums -------------------------------------------------------------------------------------------------------

    Family<Per> CUM_SUM = Family.perLine(per -> unary("cumSum", x -> Sums.running(x, per, false),
            rule("dy summed from the other end", (x, y, dy) -> Scans.CUM_SUM_BACKWARDS.of(per).apply(dy))));

    Family<Per> CUM_SUM_BACKWARDS = Family.perLine(per -> unary("cumSumBackwards",
            x -> Sums.running(x, per, true),
            rule("dy summed from the first end", (x, y, dy) -> Scans.CUM_SUM.of(per).apply(dy)))
            .meaning(of -> of.get(0).reverse(per).cumSum(per).reverse(per)));

    /** The running sum within each group; in this shape. */
    default Value cumSum(Per per) {
        return CUM_SUM.of(requireNonNull(per, "per")).apply((Value) this);
    }

    /** ln of the running sum of eˣ within each group, finite for finite elements; in this shape. */
    default Value cumLogSumExp(Per per) {
        return within(per, x -> running(x, Value::logAddExp));
    }

    /** A running result along each row, in about log₂ n steps. */
    private static Value running(Value x, BinaryOperator<Value> combine) {
        Value y = x;
        int n = x.getNumCols();
        for (int reach = 1; reach < n; reach *= 2) {
            Value further = combine.apply(y.cols(reach, n), y.cols(0, n - reach));
            y = y.cols(0, reach).concatColumns(further);
        }
        return y;
    }

    private Value within(Per per, UnaryOperator<Value> alongRows) {
        Value x = (Value) this;
        return switch (requireNonNull(per, "per")) {
            case ROW -> alongRows.apply(x);
            case COLUMN -> alongRows.apply(x.transpose()).transpose();
            case ALL -> alongRows.apply(x.reshape(1, x.shape().elements())).reshape(x.getNumRows(), x.getNumCols());
        };
    }

    // ---- products ---------------------------------------------------------------------------------------------------

    Family<Per> CUM_PRODUCT = Family.perLine(per -> unary("cumProduct", x -> RunningProducts.along(per, x),
            rule("at k: Σ dy from k on, each ⊙ the product of x up to it without xₖ", (x, y, dy) ->
                    gradient(per, x, dy, List.of()))));

    /** The running product within each group, with a gradient that is exact at zeros; in this shape. */
    default Value cumProduct(Per per) {
        return CUM_PRODUCT.of(requireNonNull(per, "per")).apply((Value) this);
    }

    /** The product of all elements, 1x1, with a gradient that is exact at zeros; 1 if there are none. */
    default Value product() {
        return product(Per.ALL);
    }

    /** The product of each group, with a gradient that is exact at zeros; 1 if there are no elements. */
    default Value product(Per per) {
        Value x = (Value) this;
        int rows = x.getNumRows();
        int columns = x.getNumCols();
        if (requireNonNull(per, "per").sizeIn(x.shape()) == 0) {
            return x.sum(per).plus(1);
        }
        Value running = x.cumProduct(per);
        return switch (per) {
            case ROW -> running.cols(columns - 1, columns);
            case COLUMN -> running.rows(rows - 1, rows);
            case ALL -> running.slice(rows - 1, rows, columns - 1, columns);
        };
    }

    /** The derivative of x's running products along v1, v2, ..., as many as the order, of the inputs x, v1, v2, ... */
    static Operation cumProductSlope(Per per, int order) {
        return variadic("cumProductSlope", 1 + order, m -> RunningProducts.along(per, m),
                "the gradient of ⟨dy, derivative of running products⟩", (index, in, y, dy) ->
                        gradient(per, in.get(0), dy, directions(in, 1, index))).with(per);
    }

    /** The gradient in x of ⟨w, that derivative⟩, of the inputs x, w, v1, v2, ... */
    static Operation cumProductGradient(Per per, int order) {
        return variadic("cumProductGradient", 2 + order, m -> RunningProducts.gradient(per, m),
                "the gradient of ⟨w, one derivative more, along dy⟩", (index, in, y, dy) -> {
                    List<Value> along = directions(in, 2, index);
                    along.add(dy);
                    return index == 1 ? slope(per, in.get(0), along) : gradient(per, in.get(0), in.get(1), along);
                }).with(per);
    }

    // spotless:on

    private static Value slope(Per per, Value x, List<Value> directions) {
        List<Value> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(directions);
        return cumProductSlope(per, directions.size()).apply(inputs.toArray(new Value[0]));
    }

    private static Value gradient(Per per, Value x, Value w, List<Value> directions) {
        List<Value> inputs = new ArrayList<>(List.of(x, w));
        inputs.addAll(directions);
        return cumProductGradient(per, directions.size()).apply(inputs.toArray(new Value[0]));
    }

    /** The inputs from a place on, without one of them. */
    private static List<Value> directions(List<Value> inputs, int from, int without) {
        List<Value> directions = new ArrayList<>(inputs.subList(from, inputs.size()));
        if (without >= from) {
            directions.remove(without - from);
        }
        return directions;
    }
}
