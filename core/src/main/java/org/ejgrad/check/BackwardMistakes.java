package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.BackwardWalk.Deviation;
import org.ejgrad.check.BackwardWalk.RuleCall;
import org.ejml.data.DMatrixRMaj;

/**
 * Explains a hand-written gradient of a known graph: repeats the backward walk with one usual mistake at a time, and
 * looks which of them gives the claimed figures.
 */
final class BackwardMistakes {
    private static final int LONGEST = 200;

    /** The products of two matrices, each as it is or transposed, in both orders. */
    static final List<BinaryOperator<Value>> PRODUCTS = List.of(
            (a, b) -> a.mult(b),
            (a, b) -> a.multTransA(b),
            (a, b) -> a.multTransB(b),
            (a, b) -> b.mult(a).transpose(),
            (a, b) -> b.mult(a),
            (a, b) -> b.multTransA(a),
            (a, b) -> b.multTransB(a),
            (a, b) -> a.mult(b).transpose());

    private final Tape tape;
    private final Value weights;
    private final List<Comparison> evidence;
    private final int[] leaves;

    private record Candidate(Mistake mistake, String sentence, Deviation slip) {}

    BackwardMistakes(Tape tape, Value weights, List<Comparison> evidence, int... leaves) {
        this.tape = tape;
        this.weights = weights;
        this.evidence = evidence;
        this.leaves = leaves;
    }

    /** The first mistake that explains every figure, some of which are wrong. */
    Optional<Diagnosis> explain() {
        for (Candidate candidate : candidates()) {
            if (explains(candidate.slip)) {
                return Optional.of(new Diagnosis(candidate.mistake, candidate.sentence));
            }
        }
        return Optional.empty();
    }

    private boolean explains(Deviation slip) {
        List<Optional<Value>> gradients;
        try {
            gradients = BackwardWalk.run(tape, weights, slip);
        } catch (RuntimeException doesNotFit) {
            return false;
        }
        for (int i = 0; i < leaves.length; i++) {
            Comparison e = evidence.get(i);
            Optional<Value> gradient = leaves[i] < 0 ? Optional.empty() : gradients.get(leaves[i]);
            DMatrixRMaj predicted = gradient.map(value -> value.matrix().copy().getDDRM())
                    .orElse(new DMatrixRMaj(e.rows(), e.columns()));
            if (!(e.agrees() ? e.isMetBy(predicted) : e.isExplainedBy(predicted))) {
                return false;
            }
        }
        return true;
    }

    /** Mistakes in adding up first, then in all uses of an operation, then in one use. */
    private List<Candidate> candidates() {
        Map<String, List<Integer>> uses = new LinkedHashMap<>();
        for (int i : tape.fromRoot()) {
            uses.computeIfAbsent(tape.node(i).operation().name(), name -> new ArrayList<>())
                    .add(i);
        }
        int[] single = tape.size() <= LONGEST ? tape.fromRoot() : new int[0];
        List<Candidate> found = new ArrayList<>();
        for (int node : single) {
            inAdding(found, node);
        }
        uses.forEach((name, nodes) -> {
            for (int k = 0; k < tape.inputs(nodes.get(0)).length; k++) {
                inOperation(found, nodes.get(0), k, nodes::contains, name);
            }
        });
        for (int node : single) {
            for (int k = 0; k < tape.inputs(node).length; k++) {
                inOperation(found, node, k, i -> i == node, name(node));
            }
        }
        return found;
    }

    private String name(int node) {
        String label = tape.node(node).label();
        String operation = tape.node(node).operation().toString();
        return (label.isEmpty() ? operation : operation + " \"" + label + "\"") + " at depth "
                + tape.node(node).depth();
    }

    /** The mistakes one can make in the rule of one input of an operation. */
    private void inOperation(List<Candidate> found, int node, int input, IntPredicate where, String name) {
        Operation operation = tape.node(node).operation();
        boolean several = operation.rules().size() > 1;
        String of = several ? name + ", input " + input : name;
        BiFunction<Mistake, String, Adder> candidate =
                (mistake, sentence) -> wrong -> found.add(new Candidate(mistake, sentence, new Deviation() {
                    @Override
                    public Value passOn(RuleCall step, Value right) {
                        return step.input() == input && where.test(step.node()) ? wrong.apply(step, right) : right;
                    }
                }));
        String looks = "The gradient looks as if, on the way back through " + of + ", ";
        if (operation.name().equals("softmax")) {
            candidate
                    .apply(Mistake.SOFTMAX_DIAGONAL, looks + "its Jacobian were diagonal, y·(1 − y) only.")
                    .add((step, right) -> step.upstream()
                            .elementMult(step.output())
                            .elementMult(step.output().negative().plus(1)));
            candidate
                    .apply(Mistake.MISSING_TERM, looks + "the sum in y ⊙ (dy − Σ dy ⊙ y) were left out.")
                    .add((step, right) -> step.upstream().elementMult(step.output()));
        }
        if (operation.name().equals("logSoftmax")) {
            candidate
                    .apply(Mistake.MISSING_TERM, looks + "the part −softmax(x)·Σ dy were left out.")
                    .add((step, right) -> step.upstream());
            candidate
                    .apply(Mistake.MISSING_TERM, looks + "dy were left out of dy − softmax(x)·Σ dy.")
                    .add((step, right) -> right.minus(step.upstream()));
            candidate
                    .apply(Mistake.SOFTMAX_DIAGONAL, looks + "its Jacobian were diagonal.")
                    .add((step, right) -> step.upstream()
                            .elementMult(step.output().elementExp().negative().plus(1)));
        }
        candidate
                .apply(
                        operation.name().equals("divide") ? Mistake.MISSING_DIVISION : Mistake.MISSING_FACTOR,
                        looks + "the derivative were left out: what arrives is passed on.")
                .add((step, right) -> fit(step.upstream(), right));
        candidate.apply(Mistake.SIGN_FLIPPED, looks + "the sign were wrong.").add((step, right) -> right.negative());
        candidate.apply(Mistake.HALF, looks + "a factor 2 were missing.").add((step, right) -> right.scale(0.5));
        candidate.apply(Mistake.TWICE, looks + "a factor 2 were too many.").add((step, right) -> right.scale(2));
        candidate
                .apply(Mistake.MISSING_TERM, looks + "nothing were passed on: that path is missing.")
                .add((step, right) -> Value.zeros(right.shape()));
        candidate
                .apply(Mistake.FACTOR_TWICE, looks + "the derivative were applied twice.")
                .add((step, right) -> again(operation, step, right));
        candidate
                .apply(Mistake.UPSTREAM_IGNORED, looks + "the gradient arriving from above were ignored.")
                .add((step, right) ->
                        again(operation, step, Value.ones(step.upstream().shape())));
        candidate
                .apply(Mistake.MASK_INVERTED, looks + "the mask were inverted.")
                .add((step, right) -> fit(step.upstream(), right).minus(right));
        candidate
                .apply(Mistake.AT_OUTPUT, looks + "the derivative were taken at its output instead of at its input.")
                .add((step, right) -> atOutput(operation, step));
        if (tape.recorded(tape.inputs(node)[input]).numRows == 1 && tape.recorded(node).numRows != 1) {
            int rows = tape.recorded(node).numRows;
            for (int kept : new int[] {0, rows - 1}) {
                candidate
                        .apply(
                                Mistake.SUM_MISSING,
                                looks + "row " + kept + " alone were taken where the sum over all rows belongs.")
                        .add((step, right) -> again(operation, step, onlyRow(step.upstream(), kept)));
            }
            candidate
                    .apply(Mistake.SUM_MISSING, looks + "the mean over the rows were taken where their sum belongs.")
                    .add((step, right) -> right.divide(rows));
        }
        if (several) {
            candidate
                    .apply(Mistake.SWAPPED, looks + "the rules of its two inputs were exchanged.")
                    .add((step, right) -> fit(
                            operation
                                    .rules()
                                    .get(input == 0 ? 1 : 0)
                                    .function()
                                    .gradient(step.inputs(), step.output(), step.upstream()),
                            right));
            for (BinaryOperator<Value> product : PRODUCTS) {
                candidate
                        .apply(
                                Mistake.NOT_TRANSPOSED,
                                looks + "a factor of the product were not transposed, or on the wrong side.")
                        .add((step, right) ->
                                fit(product.apply(step.upstream(), step.inputs().get(input == 0 ? 1 : 0)), right));
            }
        }
    }

    /** Uses of one value that are not added up as they should be. */
    private void inAdding(List<Candidate> found, int node) {
        int consumers = 0;
        for (int i = 0; i < tape.size(); i++) {
            for (int input : tape.inputs(i)) {
                consumers += input == node ? 1 : 0;
            }
        }
        if (consumers < 2 || tape.node(node).isConstant()) {
            return;
        }
        String what = tape.node(node).label().isEmpty()
                ? "the result of " + name(node)
                : tape.node(node).label();
        String looks = "The gradient looks as if, of the " + consumers + " uses of " + what + ", ";
        List<Function<Value[], Value>> overwrite = List.of(two -> two[1], two -> two[0]);
        for (Function<Value[], Value> one : overwrite) {
            found.add(new Candidate(Mistake.OVERWRITTEN, looks + "only one were counted.", adding(node, one)));
        }
        found.add(new Candidate(
                Mistake.COUNTED_TWICE,
                looks + "one were counted twice.",
                adding(node, two -> two[0].plus(two[1].scale(2)))));
        found.add(new Candidate(
                Mistake.COUNTED_TWICE,
                looks + "one were counted twice.",
                adding(node, two -> two[0].scale(2).plus(two[1]))));
    }

    private static Deviation adding(int at, Function<Value[], Value> wrong) {
        return new Deviation() {
            @Override
            public Value add(int node, Value sum, Value contribution) {
                return node == at ? wrong.apply(new Value[] {sum, contribution}) : sum.plus(contribution);
            }
        };
    }

    /** Takes what is passed on wrongly. */
    private interface Adder {
        void add(BiFunction<RuleCall, Value, Value> wrong);
    }

    private static Value again(Operation operation, RuleCall step, Value upstream) {
        return operation.rules().get(step.input()).function().gradient(step.inputs(), step.output(), upstream);
    }

    private static Value atOutput(Operation operation, RuleCall step) {
        List<Value> inputs = new ArrayList<>(step.inputs());
        inputs.set(step.input(), fit(step.output(), inputs.get(step.input())));
        Value output = operation.apply(inputs.toArray(new Value[0]));
        return operation.rules().get(step.input()).function().gradient(inputs, output, step.upstream());
    }

    static Value onlyRow(Value all, int row) {
        Shape shape = all.shape();
        DMatrixRMaj mask = new DMatrixRMaj(shape.rows(), shape.columns());
        Arrays.setAll(mask.data, i -> i / shape.columns() == row ? 1 : 0);
        return all.elementMult(Value.constant(mask));
    }

    /** The value, if it has the shape of the other. */
    private static Value fit(Value value, Value like) {
        if (!value.shape().equals(like.shape())) {
            throw new IllegalArgumentException("does not fit");
        }
        return value;
    }
}
