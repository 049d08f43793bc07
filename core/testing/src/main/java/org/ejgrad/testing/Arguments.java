package org.ejgrad.testing;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.testing.GradientTests.Variable;

/** The arguments of one run of a method, new ones for every call. */
final class Arguments {
    private final List<Value> variables = new ArrayList<>();
    private final List<Function<List<Value>, Object>> sources = new ArrayList<>();
    private final Function<String, RuntimeException> refusal;
    private final Optional<double[]> point;
    private final SplittableRandom random;
    private int used;

    /**
     * Draws the elements of the variables, or takes them from a point.
     *
     * @param refusal makes the exception for a method that cannot be given arguments
     */
    Arguments(Method method, Function<String, RuntimeException> refusal, long seed, Optional<double[]> point) {
        this.refusal = refusal;
        this.point = point;
        this.random = new SplittableRandom(seed);
        for (Parameter parameter : method.getParameters()) {
            sources.add(source(parameter, seed));
        }
        if (point.isPresent() && point.get().length != used) {
            throw refusal.apply("has a point of " + point.get().length + " elements; expected " + used
                    + ", as many as its @Variable parameters have together");
        }
    }

    private Function<List<Value>, Object> source(Parameter parameter, long seed) {
        Class<?> type = parameter.getType();
        Variable variable = parameter.getAnnotation(Variable.class);
        if (variable != null && type == Value.class) {
            int index = variables.size();
            double[] elements = elements(parameter, variable);
            double[][] rows = new double[variable.rows()][variable.columns()];
            for (int i = 0; i < elements.length; i++) {
                rows[i / variable.columns()][i % variable.columns()] = elements[i];
            }
            variables.add(Value.variable(parameter.getName(), rows));
            return values -> values.get(index);
        }
        if (variable != null && type == double[].class) {
            double[] elements = elements(parameter, variable);
            return values -> elements.clone();
        }
        if (variable == null && type == Random.class) {
            return values -> new Random(seed);
        }
        if (variable == null && type == long.class) {
            return values -> seed;
        }
        throw refusal.apply("has the parameter " + (variable == null ? "" : "@Variable ") + type.getSimpleName() + " "
                + parameter.getName() + "; expected @Variable Value, @Variable double[], Random or long");
    }

    private double[] elements(Parameter parameter, Variable variable) {
        if (variable.rows() < 1 || variable.columns() < 1) {
            throw refusal.apply("has the " + variable.rows() + "x" + variable.columns() + " @Variable "
                    + parameter.getName() + "; expected at least one row and one column");
        }
        if (!(variable.low() < variable.high() && Double.isFinite(variable.high() - variable.low()))) {
            throw refusal.apply("has the @Variable " + parameter.getName() + " with low = " + variable.low()
                    + " and high = " + variable.high() + "; expected low < high, both finite");
        }
        double[] elements = new double[Math.multiplyExact(variable.rows(), variable.columns())];
        for (int i = 0; i < elements.length; i++, used++) {
            double drawn = variable.low() + (variable.high() - variable.low()) * random.nextDouble();
            int place = used;
            elements[i] =
                    point.map(given -> place < given.length ? given[place] : 0).orElse(drawn);
        }
        return elements;
    }

    /** The variables that the method is given. */
    List<Value> variables() {
        return List.copyOf(variables);
    }

    /** The arguments with other values in the variables' places. */
    Object[] with(List<Value> values) {
        return sources.stream().map(source -> source.apply(values)).toArray();
    }
}
