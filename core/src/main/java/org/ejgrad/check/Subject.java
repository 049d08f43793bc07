package org.ejgrad.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejml.simple.ConstMatrix;

/** What is checked: a recorded graph, a program that records one, or a foreign function. */
abstract class Subject {
    abstract CheckReport check(Settings settings);

    Subject against(Map<Value, ? extends ConstMatrix<?>> claimed) {
        throw new IllegalArgumentException(
                "against: a foreign function's claimed gradient was given already; expected a check of a graph");
    }

    Subject shaped(LinkedHashMap<String, Shape> shapes) {
        throw new IllegalArgumentException("shaped: the variables of a graph have shapes; expected a foreign function");
    }

    static Subject graph(Value loss) {
        if (loss.isConstant()) {
            throw new IllegalArgumentException("GradientCheck.of: the " + loss.shape()
                    + " value is a constant; expected one that depends on a Value.variable");
        }
        return new GraphSubject(named(variables(loss)), loss, Optional.empty(), Optional.empty());
    }

    static Subject graph(Map<String, Value> parameters, Value loss) {
        requireVariables(parameters.values());
        return new GraphSubject(new LinkedHashMap<>(parameters), loss, Optional.empty(), Optional.empty());
    }

    static Subject program(List<Value> variables, Function<List<Value>, Value> program) {
        requireVariables(variables);
        return new GraphSubject(
                named(variables), program.apply(List.copyOf(variables)), Optional.of(program), Optional.empty());
    }

    static Subject foreign(ToDoubleFunction<double[]> function, double[] x, double[] claimed) {
        if (x.length != claimed.length) {
            throw new IllegalArgumentException("ofFunction: the point has " + x.length
                    + " elements and the claimed gradient " + claimed.length + "; expected as many");
        }
        LinkedHashMap<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put("x", new Shape(1, x.length));
        return new ForeignSubject(function, x.clone(), claimed.clone(), shapes);
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

    private static LinkedHashMap<String, Value> named(List<Value> variables) {
        LinkedHashMap<String, Value> named = new LinkedHashMap<>();
        for (Value variable : variables) {
            String label = variable.label().isEmpty() ? "variable" : variable.label();
            String name = label;
            for (int i = 2; named.containsKey(name); i++) {
                name = label + "#" + i;
            }
            named.put(name, variable);
        }
        return named;
    }
}
