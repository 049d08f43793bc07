package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
import org.ejgrad.Per;
import org.ejgrad.Value;

/** The operations of the reference format that reduce or scan a matrix along dim. */
final class ReductionCalls {
    private ReductionCalls() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("sum", in -> in.x().sumTo(in.reduced())),
            entry(
                    "mean",
                    in -> in.overAll()
                            ? in.x().mean()
                            : in.downRows() ? in.x().mean(Per.COLUMN) : in.x().mean(Per.ROW)),
            entry(
                    "amax",
                    in -> in.overAll()
                            ? in.x().elementMax()
                            : in.downRows() ? in.x().max(Per.COLUMN) : in.x().max(Per.ROW)),
            entry(
                    "logsumexp",
                    in -> in.overAll()
                            ? in.x().logSumExp()
                            : in.downRows()
                                    ? in.x().logSumExp(Per.COLUMN)
                                    : in.x().logSumExp(Per.ROW)),
            entry(
                    "prod",
                    in -> in.overAll()
                            ? in.x().product()
                            : in.downRows()
                                    ? in.x().product(Per.COLUMN)
                                    : in.x().product(Per.ROW)),
            entry(
                    "amin",
                    in -> in.overAll()
                            ? in.x().elementMin()
                            : in.downRows() ? in.x().min(Per.COLUMN) : in.x().min(Per.ROW)),
            entry(
                    "max",
                    in -> in.overAll()
                            ? in.x().elementMax()
                            : in.downRows()
                                    ? in.x().firstMax(Per.COLUMN)
                                    : in.x().firstMax(Per.ROW)),
            entry(
                    "min",
                    in -> in.overAll()
                            ? in.x().elementMin()
                            : in.downRows()
                                    ? in.x().firstMin(Per.COLUMN)
                                    : in.x().firstMin(Per.ROW)),
            entry(
                    "norm",
                    in -> in.overAll()
                            ? in.x().norm(in.number("p", 2))
                            : in.downRows()
                                    ? in.x().norm(Per.COLUMN, in.number("p", 2))
                                    : in.x().norm(Per.ROW, in.number("p", 2))),
            entry(
                    "var",
                    in -> in.overAll()
                            ? in.x().variance(ddof(in))
                            : in.downRows()
                                    ? in.x().variance(Per.COLUMN, ddof(in))
                                    : in.x().variance(Per.ROW, ddof(in))),
            entry(
                    "std",
                    in -> in.overAll()
                            ? in.x().standardDeviation(ddof(in))
                            : in.downRows()
                                    ? in.x().standardDeviation(Per.COLUMN, ddof(in))
                                    : in.x().standardDeviation(Per.ROW, ddof(in))),
            entry("argmax", in -> argmax(in.x(), in.downRows())),
            entry(
                    "normalize",
                    in -> in.downRows()
                            ? in.x().normalize(Per.COLUMN, in.number("p", 2), in.number("eps", 1e-12))
                            : in.x().normalize(Per.ROW, in.number("p", 2), in.number("eps", 1e-12))),
            entry(
                    "cumsum",
                    in -> in.downRows() ? in.x().cumSum(Per.COLUMN) : in.x().cumSum(Per.ROW)),
            entry(
                    "cumprod",
                    in -> in.downRows() ? in.x().cumProduct(Per.COLUMN) : in.x().cumProduct(Per.ROW)),
            entry(
                    "logcumsumexp",
                    in -> in.downRows()
                            ? in.x().cumLogSumExp(Per.COLUMN)
                            : in.x().cumLogSumExp(Per.ROW)),
            entry(
                    "cummax",
                    in -> in.downRows() ? in.x().cumMax(Per.COLUMN) : in.x().cumMax(Per.ROW)),
            entry(
                    "softmax",
                    in -> in.downRows() ? in.x().softmax(Per.COLUMN) : in.x().softmax(Per.ROW)),
            entry(
                    "log_softmax",
                    in -> in.downRows() ? in.x().logSoftmax(Per.COLUMN) : in.x().logSoftmax(Per.ROW)),
            entry(
                    "softmin",
                    in -> in.downRows()
                            ? in.x().negative().softmax(Per.COLUMN)
                            : in.x().negative().softmax(Per.ROW)));

    static final Map<String, Call> MAX_ADDITIONAL = Map.of("indices", in -> argmax(in.x(), in.downRows()));

    static final Map<String, Call> MIN_ADDITIONAL =
            Map.of("indices", in -> argmax(in.x().negative(), in.downRows()));

    private static int ddof(Arguments in) {
        return in.truth("unbiased", true) ? 1 : 0;
    }

    private static Value argmax(Value x, boolean downRows) {
        int[] places = downRows ? x.argMax(Per.COLUMN) : x.argMax(Per.ROW);
        double[][] numbers = new double[downRows ? 1 : places.length][downRows ? places.length : 1];
        for (int i = 0; i < places.length; i++) {
            numbers[downRows ? 0 : i][downRows ? i : 0] = places[i];
        }
        return Value.constant(numbers);
    }
}
