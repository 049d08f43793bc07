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
import org.ejml.dense.row.mult.VectorVectorMult_DDRM;

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
                    .getDDRM();
        }

        private DMatrixRMaj result(DMatrixRMaj x) {
            DMatrixRMaj[] moved = arguments.clone();
            moved[input] = x;
            return tape.isPiecewise(node) ? tape.replay(node, tape.decisions(node), moved) : tape.compute(node, moved);
        }

        /** The same, measured. */
        Comparison measured(DMatrixRMaj x, DMatrixRMaj dy, DMatrixRMaj claimed) {
            ArrayFunction function = new ArrayFunction(
                    v -> VectorVectorMult_DDRM.innerProd(dy, result(new DMatrixRMaj(x.numRows, x.numCols, true, v))),
                    x.data);
            double center = function.evaluate(x.data);
            DMatrixRMaj numeric = x.copy();
            DMatrixRMaj bars = x.copy();
            for (int i = 0; i < x.getNumElements(); i++) {
                LineFunction line = function.entry(function.blocks().get(0), i);
                DifferenceTable.Estimate estimate =
                        LineSamples.alone(line, center).slope();
                numeric.data[i] = estimate.value();
                bars.data[i] = estimate.bar();
            }
            return new Comparison("input " + input + " of " + operation, claimed, numeric, bars, x);
        }

        /** What is wrong with the rule, if it is. */
        Optional<Diagnosis> diagnosis() {
            DMatrixRMaj x = arguments[input];
            Comparison c = measured(x, upstream, returned(x, upstream));
            return !c.isClearlyWrong()
                    ? Optional.empty()
                    : first(Hypotheses.SIMPLE, c)
                            .or(() -> elementwise(c, tape.recorded(node)))
                            .or(() -> shared(c, x))
                            .or(() -> products(c))
                            .or(() -> otherRule(c, x))
                            .or(() -> stale(c, x))
                            .or(() -> otherSlope(c, tape.recorded(node)))
                            .or(() -> first(Hypotheses.FURTHER, c))
                            .or(() -> first(Hypotheses.LAST, c))
                            .or(() -> Optional.of(of(Mistake.UNKNOWN, "is wrong")));
        }

        private Optional<Diagnosis> first(List<Hypothesis> hypotheses, Comparison c) {
            return hypotheses.stream()
                    .flatMap(hypothesis -> hypothesis.test(c).stream())
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
        private Optional<Diagnosis> elementwise(Comparison c, DMatrixRMaj y) {
            DMatrixRMaj u = upstream;
            if (c.rows() != y.numRows || c.columns() != y.numCols) {
                return Optional.empty();
            }
            if (c.isExplainedBy(u)) {
                return Optional.of(
                        of(Mistake.MISSING_FACTOR, "passes dy on: the operation's own derivative is missing"));
            }
            if (!actsOnEachElement(c) && c.isExplainedBy(c.predict(i -> u.data[i] * y.data[i] * (1 - y.data[i])))) {
                return Optional.of(of(
                        Mistake.SOFTMAX_DIAGONAL,
                        "is dy ⊙ y ⊙ (1 − y), as if each output depended on its own input only"));
            }
            boolean softmax = operation.rules().size() == 1 && !actsOnEachElement(c);
            if (softmax && c.isExplainedBy(c.predict(i -> u.data[i] * y.data[i]))) {
                return Optional.of(of(Mistake.MISSING_TERM, "is dy ⊙ y: a term is missing"));
            }
            if (c.isExplainedBy(c.predict(i -> c.numeric(i) * c.numeric(i) / u.data[i]))) {
                return Optional.of(of(Mistake.FACTOR_TWICE, "applies the derivative twice"));
            }
            if (c.isExplainedBy(c.predict(i -> u.data[i] * u.data[i] / c.numeric(i)))) {
                return Optional.of(
                        of(Mistake.FACTOR_INVERTED, "divides by the derivative instead of multiplying with it"));
            }
            if (c.isExplainedBy(c.predict(i -> u.data[i] - c.numeric(i)))) {
                return Optional.of(of(Mistake.MASK_INVERTED, "returns dy where it should return 0, and 0 where dy"));
            }
            if (c.isExplainedBy(measured(y, u, y).numeric())) {
                return Optional.of(of(Mistake.AT_OUTPUT, "takes the derivative at the output instead of at the input"));
            }
            return Optional.empty();
        }

        /** Whether an element of the output depends on the same element of the input alone. */
        private boolean actsOnEachElement(Comparison c) {
            DMatrixRMaj one = upstream.createLike();
            one.data[0] = 1;
            Comparison first = measured(arguments[input], one, c.claimed());
            for (int i = 1; i < c.size(); i++) {
                if (Math.abs(first.numeric(i)) > 4 * first.bars().data[i] + 1e-9 * Math.abs(first.numeric(0))) {
                    return false;
                }
            }
            return true;
        }

        /** The slope of another function, or a formula that is none. */
        private Optional<Diagnosis> otherSlope(Comparison c, DMatrixRMaj y) {
            DMatrixRMaj x = arguments[input];
            if (c.rows() != y.numRows || c.columns() != y.numCols || !actsOnEachElement(c)) {
                return Optional.empty();
            }
            return WrongSlopes.all().stream()
                    .filter(wrong -> {
                        DMatrixRMaj predicted = c.predict(i -> wrong.passed()
                                .of(x.data[i], y.data[i], c.numeric(i) / upstream.data[i], upstream.data[i]));
                        return c.telling(predicted) >= 2 && c.isExplainedBy(predicted);
                    })
                    .findFirst()
                    .map(wrong -> of(
                            Mistake.WRONG_SLOPE,
                            "is wrong as if " + wrong.text() + ", where x goes in and y comes out"));
        }

        /** Wrong rules of operations that put elements together. */
        private Optional<Diagnosis> otherRule(Comparison c, DMatrixRMaj x) {
            return arguments.length > 1
                    ? Optional.empty()
                    : WrongRules.explain(
                                    c, Value.constant(x), Value.constant(tape.recorded(node)), Value.constant(upstream))
                            .map(wrong -> of(wrong.mistake(), wrong.sentence()));
        }

        /** Mistakes with an input that several rows or columns of the output share, and with dy itself. */
        private Optional<Diagnosis> shared(Comparison c, DMatrixRMaj x) {
            DMatrixRMaj ones = upstream.createLike();
            ones.fill(1);
            if (c.isExplainedBy(measured(x, ones, x).numeric())) {
                return Optional.of(of(Mistake.UPSTREAM_IGNORED, "does not depend on dy"));
            }
            Value all = Value.constant(upstream);
            for (int row : x.numRows == 1 ? new int[] {0, upstream.numRows - 1} : new int[0]) {
                DMatrixRMaj one = BackwardMistakes.onlyRow(all, row).matrix().getDDRM();
                if (c.isExplainedBy(measured(x, one, x).numeric())) {
                    return Optional.of(of(
                            Mistake.SUM_MISSING, "takes row " + row + " of dy only: the sum over the rows is missing"));
                }
            }
            for (int column : x.numCols == 1 ? new int[] {0, upstream.numCols - 1} : new int[0]) {
                DMatrixRMaj one =
                        BackwardMistakes.onlyColumn(all, column).matrix().getDDRM();
                if (c.isExplainedBy(measured(x, one, x).numeric())) {
                    return Optional.of(of(
                            Mistake.SUM_MISSING,
                            "takes column " + column + " of dy only: the sum over the columns is missing"));
                }
            }
            int shares = upstream.getNumElements() / x.getNumElements();
            return c.isExplainedBy(c.predict(i -> c.numeric(i) / shares))
                    ? Optional.of(of(Mistake.SUM_MISSING, "takes the mean of dy where the sum belongs"))
                    : Optional.empty();
        }

        /** Mistakes with the other operand. */
        private Optional<Diagnosis> products(Comparison c) {
            if (arguments.length != 2) {
                return Optional.empty();
            }
            int other = 1 - input;
            DMatrixRMaj x = arguments[other];
            boolean alike = x.numRows == c.rows() && x.numCols == c.columns();
            if (alike
                    && c.isExplainedBy(
                            new Local(node, other).measured(x, upstream, x).numeric())) {
                return Optional.of(of(Mistake.SWAPPED, "is that of input " + other + ": the operands are exchanged"));
            }
            for (BinaryOperator<Value> way : BackwardMistakes.PRODUCTS) {
                try {
                    Value product = way.apply(Value.constant(upstream), Value.constant(x));
                    if (c.isExplainedBy(product.matrix().getDDRM())) {
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
        private Optional<Diagnosis> stale(Comparison c, DMatrixRMaj x) {
            double[] away = Matrices.random(x.getNumElements(), seed, MOVED);
            DMatrixRMaj moved = x.copy();
            Arrays.setAll(moved.data, i -> x.data[i] + away[i] / 16);
            boolean sameClaim = Matrices.sameBits(returned(moved, upstream), c.claimed());
            Comparison there = measured(moved, upstream, c.numeric());
            return sameClaim && there.isClearlyWrong()
                    ? Optional.of(of(
                            Mistake.STALE, "does not depend on its input, though the derivative does: a stale value"))
                    : Optional.empty();
        }
    }
}
