package org.ejgrad.show;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;
import org.ejgrad.Value;

/**
 * What a computation and the backward walk through it do, step by step: the model that every explanation writes down.
 *
 * @param nodes the graph's
 * @param names what its values are called, by number
 * @param result the name of the value that is differentiated, the last one
 * @param forward the leaves, and the others in the order of computation
 * @param backward the values that have a gradient in the order in which the walk passes it on; none of a constant
 */
record Steps(List<Node> nodes, List<String> names, String result, List<Made> forward, List<Received> backward) {
    /** Of more steps than this the first and the last ones are shown. */
    private static final int MOST = 40;

    /**
     * A value and how it was made.
     *
     * @param label the value's own name where it is called something else
     * @param formula empty for a leaf
     */
    record Made(String name, String label, Optional<String> formula, Value value) {}

    /**
     * A gradient on its way from one value to another.
     *
     * @param name the value at the other end
     */
    record Part(String name, String formula, Value amount) {}

    /**
     * A value whose gradient is complete.
     *
     * @param from what it is the sum of, in the order of addition; empty for the result
     * @param to what the value's inputs get of it; empty for a variable
     */
    record Received(String name, List<Part> from, Value gradient, List<Part> to) {
        /** Whether an input gets just this gradient, which need not be written twice unless it is short. */
        boolean isRepeated(Part part) {
            return part.formula().equals("d" + name) && !part.amount().shape().isScalar();
        }
    }

    static Steps of(List<Node> nodes) {
        List<String> names = Names.of(nodes);
        Node last = nodes.get(nodes.size() - 1);
        List<Made> forward = nodes.stream()
                .sorted(Comparator.comparing(node -> !node.inputs().isEmpty()))
                .map(node -> made(node, names))
                .toList();
        List<Received> backward = last.value().isConstant() ? List.of() : walk(nodes, names, last.value());
        return new Steps(nodes, names, names.get(last.number()), forward, backward);
    }

    private static Made made(Node node, List<String> names) {
        List<Expression> inputs = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            Shape shape = node.value().inputs().get(i).shape();
            inputs.add(new Expression.Name(names.get(node.inputs().get(i)), shape, Optional.empty()));
        }
        String name = names.get(node.number());
        Optional<String> formula =
                inputs.isEmpty() ? Optional.empty() : Optional.of(Infix.of(Notation.of(node.value(), inputs)));
        return new Made(name, name.equals(node.name()) ? "" : PlainText.line(node.name()), formula, node.value());
    }

    private static List<Received> walk(List<Node> nodes, List<String> names, Value result) {
        Gradients gradients = result.gradients(Value.ones(result.shape()), Gradients.Option.INTERMEDIATE);
        Map<Value, Node> byValue = new HashMap<>();
        nodes.forEach(node -> byValue.put(node.value(), node));
        Map<Value, List<Part>> received = new HashMap<>();
        List<Received> steps = new ArrayList<>();
        for (Value value : gradients.values()) {
            Node node = Graph.withGradient(requireNonNull(byValue.get(value)), gradients.of(value));
            String name = names.get(node.number());
            List<String> inputs = node.inputs().stream().map(names::get).toList();
            List<Part> to = new ArrayList<>();
            for (int i = 0; i < inputs.size(); i++) {
                if (node.contributions().get(i).isPresent()) {
                    String formula = RuleFormula.of(value, i, inputs, name);
                    Value amount = node.contributions().get(i).get();
                    to.add(new Part(inputs.get(i), formula, amount));
                    received.computeIfAbsent(value.inputs().get(i), any -> new ArrayList<>())
                            .add(new Part(name, formula, amount));
                }
            }
            steps.add(new Received(
                    name,
                    received.getOrDefault(value, List.of()),
                    gradients.of(value),
                    Collections.unmodifiableList(to)));
        }
        return Collections.unmodifiableList(steps);
    }

    /** What is said of the walk before its first step. */
    String backwardTitle() {
        if (backward.isEmpty()) {
            return "no backward walk: " + result + " is a constant";
        }
        boolean isScalar = backward.get(0).gradient().shape().isScalar();
        return "backward: dv is the derivative of " + (isScalar ? "" : "the sum of all elements of ") + result
                + " by v";
    }

    /** The lines of some steps, or of the first and the last ones with a line that says how many are left out. */
    static <T> List<String> lines(
            List<T> steps, Function<List<T>, List<String>> written, Function<Integer, String> gap) {
        if (steps.size() <= MOST + 1) {
            return written.apply(steps);
        }
        List<String> lines = new ArrayList<>(written.apply(steps.subList(0, MOST / 2)));
        lines.add(gap.apply(steps.size() - MOST));
        lines.addAll(written.apply(steps.subList(steps.size() - MOST / 2, steps.size())));
        return lines;
    }
}
