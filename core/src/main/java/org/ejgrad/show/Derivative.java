package org.ejgrad.show;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ejgrad.Gradients;
import org.ejgrad.Value;

/**
 * The derivative of a graph's last value as an expression: the program that the rules make of a differentiable walk.
 *
 * <p>The walk goes through a replica of the graph in which named constants are variables, so that the program shows
 * what became of them.
 */
final class Derivative {
    private static final int MOST_PARTS = 500;
    private static final int LONG = 160;
    private static final int MOST_ELEMENTS = 36;

    private final Steps steps;
    private final List<Value> replicas = new ArrayList<>();
    private final Map<Value, Node> originals = new HashMap<>();

    /** Whether the graph is a gradient's own, so that its values depend on units that rules change on the way. */
    private final boolean hasUnits;

    private Derivative(Steps steps) {
        this.steps = steps;
        this.hasUnits = steps.nodes().stream()
                .anyMatch(node -> Notation.changesUnits(node.value().operation()));
        for (Node node : steps.nodes()) {
            Value replica = node.inputs().isEmpty() ? leaf(node) : result(node);
            replicas.add(replica);
            originals.put(replica, node);
        }
    }

    private Value leaf(Node node) {
        boolean isNumber = node.value().isConstant() && Expression.isUniform(node.value()) && !isNamed(node.number());
        return isNumber ? Value.constant(node.value().matrix()) : Value.variable(node.name(), node.value());
    }

    private Value result(Node node) {
        return node.value()
                .operation()
                .apply(node.inputs().stream().map(replicas::get).toArray(Value[]::new));
    }

    private boolean isNamed(int number) {
        return !steps.names().get(number).equals(Node.id(number));
    }

    /** Whether a result stands under its name in a formula that is written out: one with a name, but not the last. */
    private boolean isShown(int number) {
        return isNamed(number) && number < steps.nodes().size() - 1;
    }

    static Formula of(Steps steps, Value by) {
        Node last = steps.nodes().get(steps.nodes().size() - 1);
        Node node = steps.nodes().stream()
                .filter(any -> any.value().equals(by))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("derivative(" + by.name() + "): the graph has no such value"));
        if (by.isConstant() || last.value().isConstant()) {
            throw new IllegalArgumentException("derivative(" + by.name() + "): "
                    + (by.isConstant() ? "it" : steps.result()) + " is a constant; expected a value with a derivative");
        }
        Derivative derivative = new Derivative(steps);
        Value replica = derivative.replicas.get(last.number());
        Value target = derivative.replicas.get(node.number());
        Value upstream = Value.variable("", Value.ones(replica.shape())); // what is made of a constant shows no units
        Gradients gradients =
                Gradients.withRespectTo(replica, upstream, List.of(target), Gradients.Option.DIFFERENTIABLE);
        Value gradient = gradients.orZero(target);
        String call = "derivative(" + by.name() + ")";
        String text = derivative.written(call, gradient);
        String name = steps.names().get(node.number());
        Latex latex = new Latex(steps.names());
        return new Formula(
                "d" + steps.result() + "/d" + name + " = " + text,
                "\\frac{\\partial " + latex.name(steps.result()) + "}{\\partial " + latex.name(name) + "} = "
                        + latex.math(text));
    }

    /** All written out or, if that is long, in the values of the graph. */
    private String written(String call, Value gradient) {
        return expression(gradient, false)
                .map(Infix::of)
                .filter(text -> text.length() <= LONG)
                .or(() -> expression(gradient, true).map(Infix::of))
                .orElseThrow(() -> new IllegalArgumentException(call + ": the formula has more than " + MOST_PARTS
                        + " parts; labels on intermediate values make it shorter"));
    }

    /** Empty if it or one that it is made of has too many parts. */
    private Optional<Expression> expression(Value gradient, boolean allNamed) {
        Map<Value, Expression> made = new HashMap<>();
        for (Value value : gradient.ancestors()) {
            Expression expression = expression(value, allNamed, made);
            if (Expression.size(expression, MOST_PARTS) > MOST_PARTS) {
                return Optional.empty();
            }
            made.put(value, expression);
        }
        return Optional.ofNullable(made.get(gradient));
    }

    private Expression expression(Value value, boolean allNamed, Map<Value, Expression> made) {
        Node original = originals.get(value);
        boolean isLeaf = value.inputs().isEmpty();
        if (original != null && !value.isConstant() && (allNamed || isLeaf || isShown(original.number()))) {
            Optional<Value> known = Optional.of(original.value()).filter(Value::isConstant);
            return new Expression.Name(steps.names().get(original.number()), value.shape(), known);
        }
        if (isLeaf) {
            return Expression.isUniform(value)
                    ? Expression.filled(value.get(0, 0), value.shape())
                    : new Expression.Name(literal(value), value.shape(), Optional.of(value));
        }
        if (!hasUnits && Notation.changesUnits(value.operation())) {
            return requireNonNull(made.get(value.inputs().get(0)));
        }
        Optional<Function<List<Value>, Value>> meaning = value.operation().meant();
        return meaning.isPresent()
                ? meant(meaning.get(), value.inputs(), made)
                : Notation.of(value, value.inputs().stream().map(made::get).toList());
    }

    /** What a program says of these inputs. */
    private Expression meant(Function<List<Value>, Value> program, List<Value> inputs, Map<Value, Expression> made) {
        List<Value> leaves = inputs.stream().map(x -> Value.variable("x", x)).toList();
        Map<Value, Expression> parts = new HashMap<>();
        for (int i = 0; i < leaves.size(); i++) {
            parts.put(leaves.get(i), made.get(inputs.get(i)));
        }
        Value result = program.apply(leaves);
        for (Value part : result.ancestors()) {
            if (!parts.containsKey(part)) {
                parts.put(part, expression(part, false, parts));
            }
        }
        return requireNonNull(parts.get(result));
    }

    private static boolean isIdentity(Value value) {
        int size = value.getNumRows();
        return size > 1
                && size == value.getNumCols()
                && Value.identity(size).minus(value).abs().elementMax().scalar() == 0;
    }

    private static String literal(Value value) {
        if (isIdentity(value)) {
            return "identity(" + value.getNumRows() + ")";
        }
        if (value.shape().elements() > MOST_ELEMENTS) {
            throw new IllegalArgumentException("derivative: a " + value.shape()
                    + " matrix of numbers stands in it, which is too large for a line");
        }
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < value.getNumRows(); row++) {
            int at = row;
            rows.add(IntStream.range(0, value.getNumCols())
                    .mapToObj(column -> Infix.number(value.get(at, column)))
                    .collect(joining(", ")));
        }
        return "[" + String.join("; ", rows) + "]";
    }
}
