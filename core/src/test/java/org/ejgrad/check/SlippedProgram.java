package org.ejgrad.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejgrad.Gradients;
import org.ejgrad.Shape;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/** A loss of parameters, and another of the same value that goes back with a mistake. */
record SlippedProgram(Map<String, Shape> shapes, Loss loss) {
    /** Of parameters such as {@code W 3x4}. */
    static SlippedProgram of(Loss loss, String... parameters) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        for (String parameter : parameters) {
            String[] parts = parameter.split("[ x]");
            shapes.put(parts[0], new Shape(Integer.parseInt(parts[1]), Integer.parseInt(parts[2])));
        }
        return new SlippedProgram(shapes, loss);
    }

    private double[] point() {
        return Matrices.random(
                shapes.values().stream().mapToInt(Shape::elements).sum(), 3, 1);
    }

    private List<Value> at(double... x) {
        List<Value> parameters = new ArrayList<>();
        int from = 0;
        for (Map.Entry<String, Shape> one : shapes.entrySet()) {
            SimpleMatrix m =
                    new SimpleMatrix(one.getValue().rows(), one.getValue().columns());
            for (int i = 0; i < m.getNumElements(); i++) {
                m.set(i, x[from++]);
            }
            parameters.add(Value.variable(one.getKey(), m));
        }
        return parameters;
    }

    /** The loss, as it should be, recorded. */
    Value recorded() {
        return loss.of(at(point()), false);
    }

    private List<SimpleMatrix> claims(List<Value> parameters) {
        Gradients gradients = loss.of(parameters, true).gradients();
        return parameters.stream().map(p -> gradients.orZero(p).matrix()).toList();
    }

    private double[] claims(double... x) {
        return claims(at(x)).stream()
                .flatMapToDouble(m -> Arrays.stream(m.getDDRM().data))
                .toArray();
    }

    Diagnosis fromGraph() {
        List<Value> parameters = at(point());
        List<SimpleMatrix> claims = claims(parameters);
        Map<Value, SimpleMatrix> claimed = new LinkedHashMap<>();
        parameters.forEach(p -> claimed.put(p, claims.get(claimed.size())));
        return GradientCheck.of(loss.of(parameters, false))
                .against(claimed)
                .run()
                .diagnosis()
                .orElseThrow();
    }

    Diagnosis fromFunction() {
        return GradientCheck.ofFunction(x -> loss.of(at(x), false).scalar(), point(), (double[] x) -> claims(x))
                .shaped(shapes)
                .run()
                .diagnosis()
                .orElseThrow();
    }

    Diagnosis fromFigures() {
        return GradientCheck.ofFunction(x -> loss.of(at(x), false).scalar(), point(), claims(point()))
                .shaped(shapes)
                .run()
                .diagnosis()
                .orElseThrow();
    }

    /** A loss, and another of the same value that goes back otherwise. */
    @FunctionalInterface
    interface Loss {
        Value of(List<Value> parameters, boolean slip);
    }

    /** The first value with the way back of the second. */
    static Value as(Value value, Value back) {
        return back.plus(value.minus(back).detached());
    }
}
