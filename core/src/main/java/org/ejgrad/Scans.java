package org.ejgrad;

import static java.util.Objects.requireNonNull;
import static org.ejgrad.Operation.unary;
import static org.ejgrad.Rule.rule;

import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ejgrad.Operation.Family;

/**
 * Products and running results within each row, each column or, row by row, all elements.
 *
 * <p>Products are short programs of other operations. None divides, so their derivatives of every order are exact at
 * zeros too. A product halves its operand until one element is left; a running result doubles the reach of each element
 * until it covers all before it. Both need about log₂ n steps.
 */
sealed interface Scans permits Value {
    /** The product of all elements, 1x1, with a gradient that is exact at zeros; 1 if there are none. */
    default Value product() {
        return product(Per.ALL);
    }

    /** The product of each group, with a gradient that is exact at zeros; 1 if there are no elements. */
    default Value product(Per per) {
        Value y = asRows((Value) this, per);
        while (y.getNumCols() > 1) {
            int n = y.getNumCols();
            int half = n / 2;
            Value pairs = y.cols(0, half).elementMult(y.cols(half, 2 * half));
            y = n % 2 == 0 ? pairs : pairs.concatColumns(y.cols(n - 1, n));
        }
        Value product = y.getNumCols() == 1 ? y : y.sum(Per.ROW).plus(1);
        return per == Per.COLUMN ? product.transpose() : product;
    }

    // spotless:off

    Family<Per> CUM_SUM = Family.perAxis(per -> unary("cumSum", x -> ReductionKernels.runningSum(x, per, false),
            rule("dy summed from the other end", (x, y, dy) -> Scans.CUM_SUM_BACKWARDS.of(per).apply(dy))));

    Family<Per> CUM_SUM_BACKWARDS = Family.perAxis(per -> unary("cumSumBackwards",
            x -> ReductionKernels.runningSum(x, per, true),
            rule("dy summed from the first end", (x, y, dy) -> Scans.CUM_SUM.of(per).apply(dy))));

    /** The running sum within each group; in this shape. */
    default Value cumSum(Per per) {
        return CUM_SUM.of(requireNonNull(per, "per")).apply((Value) this);
    }

    // spotless:on

    /** The running product within each group, with a gradient that is exact at zeros; in this shape. */
    default Value cumProduct(Per per) {
        return within(per, x -> running(x, Value::elementMult));
    }

    /** ln of the running sum of eˣ within each group, finite for finite elements; in this shape. */
    default Value cumLogSumExp(Per per) {
        return within(per, x -> running(x, Value::logAddExp));
    }

    /** A running result along each row. */
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
        Value y = alongRows.apply(asRows(x, per));
        return per == Per.COLUMN ? y.transpose() : y.reshape(x.getNumRows(), x.getNumCols());
    }

    /** A matrix whose rows are the groups of x. */
    private static Value asRows(Value x, Per per) {
        return switch (requireNonNull(per, "per")) {
            case ROW -> x;
            case COLUMN -> x.transpose();
            case ALL -> x.reshape(1, x.shape().elements());
        };
    }
}
