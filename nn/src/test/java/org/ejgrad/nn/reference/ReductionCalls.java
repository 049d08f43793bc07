package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;
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
                            : in.downRows() ? in.x().meanCols() : in.x().meanRows()),
            entry(
                    "amax",
                    in -> in.overAll()
                            ? in.x().elementMax()
                            : in.downRows() ? in.x().maxCols() : in.x().maxRows()),
            entry(
                    "logsumexp",
                    in -> in.overAll()
                            ? in.x().logSumExp()
                            : in.downRows() ? in.x().logSumExpCols() : in.x().logSumExpRows()),
            entry(
                    "prod",
                    in -> in.overAll()
                            ? in.x().product()
                            : in.downRows() ? in.x().productCols() : in.x().productRows()),
            entry(
                    "amin",
                    in -> in.overAll()
                            ? in.x().elementMin()
                            : in.downRows() ? in.x().minCols() : in.x().minRows()),
            entry(
                    "max",
                    in -> in.overAll()
                            ? in.x().elementMax()
                            : in.downRows() ? in.x().firstMaxCols() : in.x().firstMaxRows()),
            entry(
                    "min",
                    in -> in.overAll()
                            ? in.x().elementMin()
                            : in.downRows() ? in.x().firstMinCols() : in.x().firstMinRows()),
            entry(
                    "norm",
                    in -> in.overAll()
                            ? in.x().norm(in.number("p", 2))
                            : in.downRows()
                                    ? in.x().normCols(in.number("p", 2))
                                    : in.x().normRows(in.number("p", 2))),
            entry(
                    "var",
                    in -> in.overAll()
                            ? in.x().variance(ddof(in))
                            : in.downRows()
                                    ? in.x().varianceCols(ddof(in))
                                    : in.x().varianceRows(ddof(in))),
            entry(
                    "std",
                    in -> in.overAll()
                            ? in.x().standardDeviation(ddof(in))
                            : in.downRows()
                                    ? in.x().standardDeviationCols(ddof(in))
                                    : in.x().standardDeviationRows(ddof(in))),
            entry("argmax", in -> argmax(in.x(), in.downRows())),
            entry(
                    "normalize",
                    in -> in.downRows()
                            ? in.x().normalizeCols(in.number("p", 2), in.number("eps", 1e-12))
                            : in.x().normalizeRows(in.number("p", 2), in.number("eps", 1e-12))),
            entry("cumsum", in -> in.downRows() ? in.x().cumSumCols() : in.x().cumSumRows()),
            entry(
                    "cumprod",
                    in -> in.downRows() ? in.x().cumProductCols() : in.x().cumProductRows()),
            entry(
                    "logcumsumexp",
                    in -> in.downRows() ? in.x().cumLogSumExpCols() : in.x().cumLogSumExpRows()),
            entry("cummax", in -> in.downRows() ? in.x().cumMaxCols() : in.x().cumMaxRows()),
            entry("softmax", in -> in.downRows() ? in.x().softmaxCols() : in.x().softmaxRows()),
            entry(
                    "log_softmax",
                    in -> in.downRows() ? in.x().logSoftmaxCols() : in.x().logSoftmaxRows()),
            entry(
                    "softmin",
                    in -> in.downRows()
                            ? in.x().negative().softmaxCols()
                            : in.x().negative().softmaxRows()));

    static final Map<String, Call> MAX_ADDITIONAL = Map.of("indices", in -> argmax(in.x(), in.downRows()));

    static final Map<String, Call> MIN_ADDITIONAL =
            Map.of("indices", in -> argmax(in.x().negative(), in.downRows()));

    private static int ddof(Arguments in) {
        return in.truth("unbiased", true) ? 1 : 0;
    }

    private static Value argmax(Value x, boolean downRows) {
        int[] places = downRows ? x.argMaxCols() : x.argMaxRows();
        double[][] numbers = new double[downRows ? 1 : places.length][downRows ? places.length : 1];
        for (int i = 0; i < places.length; i++) {
            numbers[downRows ? 0 : i][downRows ? i : 0] = places[i];
        }
        return Value.constant(numbers);
    }
}
