package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Map;

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
            entry("softmax", in -> in.downRows() ? in.x().softmaxCols() : in.x().softmaxRows()),
            entry(
                    "log_softmax",
                    in -> in.downRows() ? in.x().logSoftmaxCols() : in.x().logSoftmaxRows()),
            entry(
                    "softmin",
                    in -> in.downRows()
                            ? in.x().negative().softmaxCols()
                            : in.x().negative().softmaxRows()));

    static final Map<String, Call> MAX_ADDITIONAL = Map.of();

    static final Map<String, Call> MIN_ADDITIONAL = Map.of();
}
