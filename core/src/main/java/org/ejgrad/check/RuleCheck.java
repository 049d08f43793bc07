package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.check.Hypotheses.Hypothesis;
import org.ejml.data.DMatrixRMaj;

/**
 * Finds the operation whose rule is wrong, and what is wrong with it: each rule is checked alone, with a random
 * gradient arriving at its output.
 */
final class RuleCheck {
    private static final int LARGEST = 2000;

    /** The purposes that random numbers are drawn for. */
    private static final int UPSTREAM = 21;

    private static final int MOVED = 23;

    private final Tape tape;
    private final long seed;

    RuleCheck(Tape tape, long seed) {
        this.tape = tape;
        this.seed = seed;
    }

    /** The diagnosis of the first wrong rule, if one is wrong. */
    Optional<Diagnosis> explain() {
        for (int i = 0; i < tape.size(); i++) {
            for (int k = 0; k < tape.inputs(i).length; k++) {
                boolean small = tape.recorded(tape.inputs(i)[k]).getNumElements() <= LARGEST;
                if (!tape.node(tape.inputs(i)[k]).isConstant() && small) {
                    Optional<Diagnosis> diagnosis = new Local(i, k).diagnosis();
                    if (diagnosis.isPresent()) {
                        return diagnosis;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** One rule of one node. */
    private final class Local {
        private final int node;
        private final int input;
        private final DMatrixRMaj[] arguments;
        private final DMatrixRMaj upstream;
        private final Operation operation;

        Local(int node, int input) {
            this.node = node;
            this.input = input;
            arguments = tape.arguments(node, tape.recorded());
            operation = tape.node(node).operation();
            DMatrixRMaj y = tape.recorded(node);
            upstream = new DMatrixRMaj(y.numRows, y.numCols, true, Matrices.random(y.getNumElements(), seed, UPSTREAM));
        }

        private Value[] values() {
            return Arrays.stream(arguments).map(Value::constant).toArray(Value[]::new);
        }

        /** What the rule returns at other elements of its input and for another gradient. */
        DMatrixRMaj returned(DMatrixRMaj x, DMatrixRMaj dy) {
            List<Value> inputs = new ArrayList<>(List.of(values()));
            inputs.set(input, Value.constant(x));
            Value output = Value.constant(result(x));
            return operation
                    .rules()
                    .get(input)
                    .function()
                    .gradient(inputs, output, Value.constant(dy))
                    .matrix()
                    .copy()
                    .getDDRM();
        }

        private DMatrixRMaj result(DMatrixRMaj x) {
            DMatrixRMaj[] moved = arguments.clone();
            moved[input] = x;
            return tape.isPiecewise(node) ? tape.replay(node, tape.decisions(node), moved) : tape.compute(node, moved);
        }

        /** The same, measured. */
        Comparison measured(DMatrixRMaj x, DMatrixRMaj dy, DMatrixRMaj claimed) {
            TestedFunction objective = new ArrayFunction(
                    v -> {
                        DMatrixRMaj moved = new DMatrixRMaj(x.numRows, x.numCols, true, v);
                        double[] y = result(moved).data;
                        double sum = 0;
                        for (int i = 0; i < dy.getNumElements(); i++) {
                            sum += dy.data[i] * y[i];
                        }
                        return sum;
                    },
                    TestedFunction.scalarBlock(),
                    x.data);
            double center = objective.evaluate(x.data, -1);
            DMatrixRMaj numeric = x.copy();
            DMatrixRMaj bars = x.copy();
            for (int i = 0; i < x.getNumElements(); i++) {
                LineFunction line = objective.entry(0, i);
                double noise = Noise.estimate(line, center);
                DifferenceTable.Estimate estimate = new DifferenceTable(line, center, noise, DifferenceTable.Side.BOTH)
                        .fill(line.reach() / 8, 1e-11);
                numeric.data[i] = estimate.value();
                bars.data[i] = estimate.bar();
            }
            return new Comparison("input " + input + " of " + operation, claimed, numeric, bars, x);
        }

        /** What is wrong with the rule, if it is. */
        Optional<Diagnosis> diagnosis() {
            DMatrixRMaj x = arguments[input];
            Comparison e = measured(x, upstream, returned(x, upstream));
            return e.isMetBy(e.numeric())
                    ? Optional.empty()
                    : first(Hypotheses.SIMPLE, e)
                            .or(() -> elementwise(e, tape.recorded(node)))
                            .or(() -> shared(e, x))
                            .or(() -> products(e))
                            .or(() -> stale(e, x))
                            .or(() -> first(Hypotheses.FURTHER, e))
                            .or(() -> Optional.of(of(Mistake.UNKNOWN, "is wrong")));
        }

        private Optional<Diagnosis> first(List<Hypothesis> hypotheses, Comparison e) {
            return hypotheses.stream()
                    .flatMap(hypothesis -> hypothesis.test(e).stream())
                    .findFirst()
                    .map(this::named);
        }

        private Diagnosis named(Diagnosis diagnosis) {
            return new Diagnosis(
                    diagnosis.mistake(), "The rule of " + operation.name() + " is wrong. " + diagnosis.sentence());
        }

        private Diagnosis of(Mistake mistake, String how) {
            return new Diagnosis(mistake, "The rule of input " + input + " of " + operation + " " + how + ".");
        }

        /** Mistakes with the derivative of a function that acts on each element. */
        private Optional<Diagnosis> elementwise(Comparison e, DMatrixRMaj y) {
            DMatrixRMaj u = upstream;
            if (e.rows() != y.numRows || e.columns() != y.numCols) {
                return Optional.empty();
            }
            if (e.isExplainedBy(u)) {
                return Optional.of(
                        of(Mistake.MISSING_FACTOR, "passes dy on: the operation's own derivative is missing"));
            }
            if (e.isExplainedBy(e.predict(i -> u.data[i] * y.data[i] * (1 - y.data[i])))) {
                return Optional.of(of(
                        Mistake.SOFTMAX_DIAGONAL,
                        "is dy ⊙ y ⊙ (1 − y), as if each output depended on its own input only"));
            }
            if (e.isExplainedBy(e.predict(i -> u.data[i] * y.data[i]))) {
                return Optional.of(of(Mistake.MISSING_TERM, "is dy ⊙ y: a term is missing"));
            }
            if (e.isExplainedBy(e.predict(i -> e.numeric(i) * e.numeric(i) / u.data[i]))) {
                return Optional.of(of(Mistake.FACTOR_TWICE, "applies the derivative twice"));
            }
            if (e.isExplainedBy(e.predict(i -> u.data[i] * u.data[i] / e.numeric(i)))) {
                return Optional.of(
                        of(Mistake.FACTOR_INVERTED, "divides by the derivative instead of multiplying with it"));
            }
            if (e.isExplainedBy(e.predict(i -> u.data[i] - e.numeric(i)))) {
                return Optional.of(of(Mistake.MASK_INVERTED, "returns dy where it should return 0, and 0 where dy"));
            }
            if (e.isExplainedBy(measured(y, u, y).numeric())) {
                return Optional.of(of(Mistake.AT_OUTPUT, "takes the derivative at the output instead of at the input"));
            }
            return Optional.empty();
        }

        /** Mistakes with an input that several rows or columns of the output share, and with dy itself. */
        private Optional<Diagnosis> shared(Comparison e, DMatrixRMaj x) {
            DMatrixRMaj ones = upstream.copy();
            Arrays.fill(ones.data, 1);
            if (e.isExplainedBy(measured(x, ones, x).numeric())) {
                return Optional.of(of(Mistake.UPSTREAM_IGNORED, "does not depend on dy"));
            }
            Value all = Value.constant(upstream);
            int rows = upstream.numRows;
            int columns = upstream.numCols;
            for (int row : x.numRows == 1 ? new int[] {0, rows - 1} : new int[0]) {
                DMatrixRMaj one =
                        BackwardMistakes.onlyRow(all, row).matrix().copy().getDDRM();
                if (e.isExplainedBy(measured(x, one, x).numeric())) {
                    return Optional.of(of(
                            Mistake.SUM_MISSING, "takes row " + row + " of dy only: the sum over the rows is missing"));
                }
            }
            for (int column : x.numCols == 1 ? new int[] {0, columns - 1} : new int[0]) {
                DMatrixRMaj one = BackwardMistakes.onlyRow(all.transpose(), column)
                        .transpose()
                        .matrix()
                        .copy()
                        .getDDRM();
                if (e.isExplainedBy(measured(x, one, x).numeric())) {
                    return Optional.of(of(
                            Mistake.SUM_MISSING,
                            "takes column " + column + " of dy only: the sum over the columns is missing"));
                }
            }
            int shares = upstream.getNumElements() / x.getNumElements();
            return e.isExplainedBy(e.predict(i -> e.numeric(i) / shares))
                    ? Optional.of(of(Mistake.SUM_MISSING, "takes the mean of dy where the sum belongs"))
                    : Optional.empty();
        }

        /** Mistakes with the other operand. */
        private Optional<Diagnosis> products(Comparison e) {
            if (arguments.length != 2) {
                return Optional.empty();
            }
            int other = 1 - input;
            DMatrixRMaj x = arguments[other];
            boolean alike = x.numRows == e.rows() && x.numCols == e.columns();
            if (alike
                    && e.isExplainedBy(
                            new Local(node, other).measured(x, upstream, x).numeric())) {
                return Optional.of(of(Mistake.SWAPPED, "is that of input " + other + ": the operands are exchanged"));
            }
            for (BinaryOperator<Value> way : BackwardMistakes.PRODUCTS) {
                try {
                    Value product = way.apply(Value.constant(upstream), Value.constant(x));
                    if (e.isExplainedBy(product.matrix().copy().getDDRM())) {
                        return Optional.of(of(
                                Mistake.NOT_TRANSPOSED,
                                "is a product with a factor not transposed, or on the wrong side"));
                    }
                } catch (IllegalArgumentException doesNotFit) {
                    // not this product
                }
            }
            return Optional.empty();
        }

        /** A rule that gives the same at another point where the truth is another. */
        private Optional<Diagnosis> stale(Comparison e, DMatrixRMaj x) {
            double[] away = Matrices.random(x.getNumElements(), seed, MOVED);
            DMatrixRMaj moved = x.copy();
            Arrays.setAll(moved.data, i -> x.data[i] + away[i] / 16);
            boolean sameClaim = Matrices.sameBits(returned(moved, upstream), e.claimed());
            Comparison there = measured(moved, upstream, e.numeric());
            return sameClaim && !there.isMetBy(there.numeric())
                    ? Optional.of(of(
                            Mistake.STALE, "does not depend on its input, though the derivative does: a stale value"))
                    : Optional.empty();
        }
    }
}
