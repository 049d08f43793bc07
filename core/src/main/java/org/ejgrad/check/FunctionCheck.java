package org.ejgrad.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.ejgrad.Shape;
import org.ejgrad.check.GradientCheck.Settings;
import org.ejgrad.check.TestedFunction.Block;

/** A foreign function with a claimed gradient: all that is known of it are its values. */
final class FunctionCheck extends Subject {
    private final ToDoubleFunction<double[]> function;
    private final double[] point;
    private final double[] claimed;
    private final List<Block> blocks;

    FunctionCheck(ToDoubleFunction<double[]> function, double[] point, double[] claimed, List<Block> blocks) {
        this.function = function;
        this.point = point;
        this.claimed = claimed;
        this.blocks = blocks;
    }

    @Override
    Subject shaped(Map<String, Shape> shapes) {
        int elements = shapes.values().stream().mapToInt(Shape::elements).sum();
        if (elements != point.length) {
            throw new IllegalArgumentException("shaped: the shapes hold " + elements + " elements; expected the "
                    + point.length + " of the point");
        }
        return new FunctionCheck(function, point, claimed, inOneArray(shapes));
    }

    @Override
    CheckReport check(Settings settings) {
        ArrayFunction objective = new ArrayFunction(function, blocks, point);
        double first = objective.evaluate(point, -1);
        double second = objective.evaluate(point, -1);
        Optional<Verdict> stop = Optional.empty();
        if (objective.mutation().isPresent()) {
            stop = Optional.of(new Verdict.InputMutated(objective.mutation().get()));
        } else if (Double.doubleToLongBits(first) != Double.doubleToLongBits(second)) {
            stop = Optional.of(
                    new Verdict.NonDeterministic("two calls at the same point gave " + first + " and " + second));
        } else if (!Double.isFinite(first)) {
            stop = Optional.of(new Verdict.NonFinite("the value at the point is " + first));
        }
        if (stop.isPresent()) {
            return CheckReport.stopped(stop.get(), objective.evaluations());
        }
        return new CheckRun(objective, claimed, first, settings)
                .report(List.of(), List.of(), MistakeSearch::fromFigures);
    }
}
