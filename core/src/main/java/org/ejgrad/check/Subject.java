package org.ejgrad.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.TestedFunction.Block;
import org.ejml.simple.ConstMatrix;

/** What is checked: a recorded graph, a program that records one, or a foreign function. */
abstract class Subject {
    /** A variable under the name that the report uses. */
    record Labelled(String label, Value variable) {}

    abstract CheckReport check(Settings settings);

    Subject against(Map<Value, ? extends ConstMatrix<?>> claimed) {
        throw new IllegalArgumentException(
                "against: a foreign function's claimed gradient was given already; expected a check of a graph");
    }

    Subject shaped(Map<String, Shape> shapes) {
        throw new IllegalArgumentException("shaped: the variables of a graph have shapes; expected a foreign function");
    }

    static Subject graph(Value loss) {
        if (loss.isConstant()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + loss.shape()
                    + " value is a constant; expected one that depends on a Value.variable");
        }
        return new GraphCheck(named(variables(loss)), loss, Optional.empty(), Optional.empty());
    }

    static Subject graph(Map<String, Value> parameters, Value loss) {
        requireVariables(parameters.values());
        if (loss.isConstant()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + loss.shape()
                    + " value is a constant; expected one that depends on the parameters");
        }
        List<Labelled> labelled = parameters.entrySet().stream()
                .map(entry -> new Labelled(entry.getKey(), entry.getValue()))
                .toList();
        return new GraphCheck(labelled, loss, Optional.empty(), Optional.empty());
    }

    static Subject program(List<Value> variables, Function<List<Value>, Value> program) {
        requireVariables(variables);
        Value loss = program.apply(List.copyOf(variables));
        return new GraphCheck(named(variables), loss, Optional.of(program), Optional.empty());
    }

    static Subject foreign(ToDoubleFunction<double[]> function, double[] x, double[] claimed) {
        if (x.length != claimed.length) {
            throw new IllegalArgumentException("ofFunction: the point has " + x.length
                    + " elements and the claimed gradient " + claimed.length + "; expected as many");
        }
        return new FunctionCheck(
                function, x.clone(), claimed.clone(), List.of(new Block("x", new Shape(1, x.length), 0)));
    }

    /** Matrices one after another in one array. */
    static List<Block> inOneArray(Map<String, Shape> shapes) {
        List<Block> blocks = new ArrayList<>();
        int offset = 0;
        for (Map.Entry<String, Shape> entry : shapes.entrySet()) {
            blocks.add(new Block(entry.getKey(), entry.getValue(), offset));
            offset += entry.getValue().elements();
        }
        return blocks;
    }

    private static void requireVariables(Iterable<Value> values) {
        for (Value value : values) {
            if (!value.isVariable()) {
                throw new IllegalArgumentException("GradientCheck.of: the " + value.shape() + " value made by "
                        + value.operation() + " is not a variable; expected Value.variable");
            }
        }
    }

    /** The variables that a value depends on, those farthest from it first. */
    private static List<Value> variables(Value loss) {
        Tape tape = new Tape(loss);
        List<Value> found = new ArrayList<>();
        for (int i = 0; i < tape.size(); i++) {
            if (tape.node(i).isVariable()) {
                found.add(0, tape.node(i));
            }
        }
        return found;
    }

    /** The variables under their own labels, numbered where several have the same. */
    private static List<Labelled> named(List<Value> variables) {
        Set<String> taken = new HashSet<>();
        List<Labelled> named = new ArrayList<>();
        for (Value variable : variables) {
            String label = variable.label().isEmpty() ? "variable" : variable.label();
            String name = label;
            for (int i = 2; !taken.add(name); i++) {
                name = label + "#" + i;
            }
            named.add(new Labelled(name, variable));
        }
        return named;
    }
}
