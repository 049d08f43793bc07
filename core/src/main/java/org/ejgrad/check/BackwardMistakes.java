package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.ejgrad.Operation;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.DeviatingWalk.Deviation;
import org.ejgrad.check.DeviatingWalk.RuleCall;
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

    private final WalkFit fit;
    private final Tape tape;
    private final Roles roles;

    /** The way back through one input of an operation, in all its uses or in one. */
    record Step(int node, int input, IntPredicate where, String name) {
        /** How a sentence about it begins. */
        String looks() {
            return "The gradient looks as if, on the way back through " + name + ", ";
        }

        /** A deviation at this step only. */
        Deviation passing(BiFunction<RuleCall, Value, Value> wrong) {
            return new Deviation() {
                @Override
                public Value passOn(RuleCall call, Value right) {
                    return call.input() == input && where.test(call.node()) ? wrong.apply(call, right) : right;
                }
            };
        }
    }

    private record Candidate(Mistake mistake, String sentence, Deviation deviation) {}

    BackwardMistakes(Tape tape, Value weights, List<Comparison> comparisons, List<Value> variables) {
        this.tape = tape;
        roles = new Roles(tape);
        fit = new WalkFit(tape, weights, comparisons, variables);
    }

    /** The first mistake that explains every figure, some of which are wrong. */
    Optional<Diagnosis> usual() {
        List<Candidate> found = new ArrayList<>();
        for (int node : single()) {
            inAdding(found, node);
        }
        broad().forEach(step -> inOperation(found, step));
        return first(found);
    }

    /** Less usual mistakes, then those at one of several places that are equal. */
    Optional<Diagnosis> other() {
        List<Step> places = at(roles::isRepeated);
        return new OtherMistakes(fit, roles, broad())
                .explain(true)
                .or(() -> {
                    List<Candidate> found = new ArrayList<>();
                    places.forEach(step -> inOperation(found, step));
                    return first(found);
                })
                .or(() -> new OtherMistakes(fit, roles, places).explain(false));
    }

    private Optional<Diagnosis> first(List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> fit.explains(candidate.deviation))
                .findFirst()
                .map(candidate -> new Diagnosis(candidate.mistake, candidate.sentence));
    }

    /** Between which operations the mistake lies, as a sentence; empty if that cannot be said. */
    String behind() {
        return Whereabouts.behind(fit);
    }

    /** All uses of an operation first, then those of equal places, then each use that is like no other. */
    private List<Step> broad() {
        List<Step> steps = new ArrayList<>();
        tape.uses().forEach((name, nodes) -> addSteps(steps, nodes.get(0), nodes::contains, name));
        ofVariables(steps);
        for (Roles.Role role : roles.all()) {
            addSteps(steps, role.nodes().get(role.nodes().size() - 1), role.nodes()::contains, role.name());
        }
        steps.addAll(at(node -> !roles.isRepeated(node)));
        return steps;
    }

    /** Single uses of operations that are used more than once. */
    private List<Step> at(IntPredicate which) {
        List<Step> steps = new ArrayList<>();
        for (int node : single()) {
            if (which.test(node)
                    && requireNonNull(tape.uses()
                                            .get(tape.node(node).operation().name()))
                                    .size()
                            > 1) {
                addSteps(steps, node, i -> i == node, name(node));
            }
        }
        return steps;
    }

    /** The operations of one kind that use one variable, if there are several but not all: steps of a chain. */
    private void ofVariables(List<Step> steps) {
        for (int leaf = 0; leaf < tape.size(); leaf++) {
            if (!tape.node(leaf).isVariable()) {
                continue;
            }
            int variable = leaf;
            tape.uses().forEach((name, nodes) -> {
                List<Integer> with = nodes.stream()
                        .filter(node -> IntStream.of(tape.inputs(node)).anyMatch(input -> input == variable))
                        .toList();
                if (with.size() > 1 && with.size() < nodes.size()) {
                    addSteps(steps, with.get(0), with::contains, name + " with " + tape.named(variable));
                }
            });
        }
    }

    private void addSteps(List<Step> steps, int node, IntPredicate where, String name) {
        boolean several = tape.node(node).operation().rules().size() > 1;
        for (int k = 0; k < tape.inputs(node).length; k++) {
            steps.add(new Step(node, k, where, several ? name + ", input " + k : name));
        }
    }

    private int[] single() {
        return tape.size() <= LONGEST ? tape.fromRoot() : new int[0];
    }

    private String name(int node) {
        String label = tape.node(node).label();
        String operation = tape.node(node).operation().toString();
        return (label.isEmpty() ? operation : operation + " \"" + label + "\"") + tape.place(node);
    }

    /** The mistakes one can make in the rule of one input of an operation. */
    private void inOperation(List<Candidate> found, Step step) {
        int node = step.node;
        int input = step.input;
        Operation operation = tape.node(node).operation();
        boolean several = operation.rules().size() > 1;
        InputMistakes mistakes = new InputMistakes(found, step);
        if (Value.SOFTMAX.contains(operation)) {
            mistakes.add(
                    Mistake.SOFTMAX_DIAGONAL,
                    "its Jacobian were diagonal, y·(1 − y) only.",
                    (call, right) -> call.upstream()
                            .elementMult(call.output())
                            .elementMult(call.output().negative().plus(1)));
            mistakes.add(
                    Mistake.MISSING_TERM,
                    "the sum in y ⊙ (dy − Σ dy ⊙ y) were left out.",
                    (call, right) -> call.upstream().elementMult(call.output()));
        }
        if (Value.LOG_SOFTMAX.contains(operation)) {
            mistakes.add(
                    Mistake.MISSING_TERM, "the part −softmax(x)·Σ dy were left out.", (call, right) -> call.upstream());
            mistakes.add(
                    Mistake.MISSING_TERM,
                    "dy were left out of dy − softmax(x)·Σ dy.",
                    (call, right) -> right.minus(call.upstream()));
            mistakes.add(
                    Mistake.SOFTMAX_DIAGONAL,
                    "its Jacobian were diagonal.",
                    (call, right) -> call.upstream()
                            .elementMult(call.output().elementExp().negative().plus(1)));
        }
        mistakes.add(
                Value.DIVIDE.contains(operation) ? Mistake.MISSING_DIVISION : Mistake.MISSING_FACTOR,
                "the derivative were left out: what arrives is passed on.",
                (call, right) -> fit(call.upstream(), right));
        mistakes.add(Mistake.SIGN_FLIPPED, "the sign were wrong.", (call, right) -> right.negative());
        mistakes.add(Mistake.HALF, "a factor 2 were missing.", (call, right) -> right.scale(0.5));
        mistakes.add(Mistake.TWICE, "a factor 2 were too many.", (call, right) -> right.scale(2));
        mistakes.add(
                Mistake.MISSING_TERM,
                "nothing were passed on: that path is missing.",
                (call, right) -> Value.zeros(right.shape()));
        mistakes.add(
                Mistake.FACTOR_TWICE,
                "the derivative were applied twice.",
                (call, right) -> again(operation, call, right));
        mistakes.add(
                Mistake.UPSTREAM_IGNORED,
                "the gradient arriving from above were ignored.",
                (call, right) ->
                        again(operation, call, Value.ones(call.upstream().shape())));
        mistakes.add(
                Mistake.MASK_INVERTED,
                "the mask were inverted.",
                (call, right) -> fit(call.upstream(), right).minus(right));
        mistakes.add(
                Mistake.AT_OUTPUT,
                "the derivative were taken at its output instead of at its input.",
                (call, right) -> atOutput(operation, call));
        if (tape.recorded(tape.inputs(node)[input]).numRows == 1 && tape.recorded(node).numRows != 1) {
            int rows = tape.recorded(node).numRows;
            for (int kept : new int[] {0, rows - 1}) {
                mistakes.add(
                        Mistake.SUM_MISSING,
                        "row " + kept + " alone were taken where the sum over all rows belongs.",
                        (call, right) -> again(operation, call, onlyRow(call.upstream(), kept)));
            }
            mistakes.add(
                    Mistake.SUM_MISSING,
                    "the mean over the rows were taken where their sum belongs.",
                    (call, right) -> right.divide(rows));
        }
        if (several) {
            mistakes.add(
                    Mistake.SWAPPED,
                    "the rules of its two inputs were exchanged.",
                    (call, right) -> fit(
                            operation
                                    .rules()
                                    .get(input == 0 ? 1 : 0)
                                    .function()
                                    .gradient(call.inputs(), call.output(), call.upstream()),
                            right));
            for (BinaryOperator<Value> product : PRODUCTS) {
                mistakes.add(
                        Mistake.NOT_TRANSPOSED,
                        "a factor of the product were not transposed, or on the wrong side.",
                        (call, right) ->
                                fit(product.apply(call.upstream(), call.inputs().get(input == 0 ? 1 : 0)), right));
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
        BiConsumer<Mistake, BinaryOperator<Value>> candidate = (mistake, wrong) -> found.add(new Candidate(
                mistake,
                looks + (mistake == Mistake.OVERWRITTEN ? "only one were counted." : "one were counted twice."),
                adding(node, wrong)));
        candidate.accept(Mistake.OVERWRITTEN, (sum, next) -> next);
        candidate.accept(Mistake.OVERWRITTEN, (sum, next) -> sum);
        candidate.accept(Mistake.COUNTED_TWICE, (sum, next) -> sum.plus(next.scale(2)));
        candidate.accept(Mistake.COUNTED_TWICE, (sum, next) -> sum.scale(2).plus(next));
    }

    private static Deviation adding(int at, BinaryOperator<Value> wrong) {
        return new Deviation() {
            @Override
            public Value add(int node, Value sum, Value contribution, Value right) {
                return node == at ? wrong.apply(sum, contribution) : right;
            }
        };
    }

    /** Collects mistakes in the rule of one input, of the operation at some places on the tape. */
    private record InputMistakes(List<Candidate> found, Step step) {
        void add(Mistake mistake, String end, BiFunction<RuleCall, Value, Value> wrong) {
            found.add(new Candidate(mistake, step.looks() + end, step.passing(wrong)));
        }
    }

    static Value again(Operation operation, RuleCall call, Value upstream) {
        return operation.gradient(call.input(), call.inputs(), call.output(), upstream);
    }

    private static Value atOutput(Operation operation, RuleCall call) {
        List<Value> inputs = new ArrayList<>(call.inputs());
        inputs.set(call.input(), fit(call.output(), inputs.get(call.input())));
        Value output = operation.apply(inputs.toArray(new Value[0]));
        return operation.gradient(call.input(), inputs, output, call.upstream());
    }

    static Value onlyRow(Value all, int row) {
        Shape shape = all.shape();
        DMatrixRMaj mask = new DMatrixRMaj(shape.rows(), shape.columns());
        Arrays.setAll(mask.data, i -> i / shape.columns() == row ? 1 : 0);
        return all.elementMult(Value.constant(mask));
    }

    static Value onlyColumn(Value all, int column) {
        return onlyRow(all.transpose(), column).transpose();
    }

    /** The value, if it has the shape of the other. */
    static Value fit(Value value, Value like) {
        if (!value.shape().equals(like.shape())) {
            throw new IllegalArgumentException("does not fit");
        }
        return value;
    }
}
