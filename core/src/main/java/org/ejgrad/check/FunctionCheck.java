package org.ejgrad.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.ejgrad.Shape;
import org.ejgrad.check.GradientCheck.Settings;

/**
 * How a foreign function and a claimed gradient are checked.
 *
 * @param gradient what is claimed at any point, if more is known than at this one
 * @param beside the value that came with the gradient, if one did
 */
record FunctionCheck(
        ToDoubleFunction<double[]> function,
        Optional<UnaryOperator<double[]>> gradient,
        List<Block> blocks,
        double[] point,
        double[] claimed,
        OptionalDouble beside)
        implements GradientCheck.Procedure {
    /** Two ways to compute one value differ by less than this part of it, also in single precision. */
    private static final double ROUNDING = 1e-6;

    FunctionCheck shaped(Map<String, Shape> shapes) {
        int elements = shapes.values().stream().mapToInt(Shape::elements).sum();
        if (elements != point.length) {
            throw new IllegalArgumentException("shaped: the shapes hold " + elements + " elements; expected the "
                    + point.length + " of the point");
        }
        return new FunctionCheck(function, gradient, Block.inOneArray(shapes), point, claimed, beside);
    }

    @Override
    public CheckReport run(Settings settings) {
        ArrayFunction tested = new ArrayFunction(function, gradient, blocks, point);
        double first = tested.evaluate(point);
        double second = tested.evaluate(point);
        Optional<Verdict> stop = Optional.empty();
        if (tested.mutation().isPresent()) {
            stop = Optional.of(new Verdict.InputMutated(tested.mutation().get()));
        } else if (Double.doubleToLongBits(first) != Double.doubleToLongBits(second)) {
            stop = Optional.of(
                    new Verdict.NonDeterministic("two calls at the same point gave " + first + " and " + second));
        } else if (!Double.isFinite(first)) {
            stop = Optional.of(new Verdict.NonFinite("the value at the point is " + first));
        } else if (beside.isPresent() && !isRounded(beside.getAsDouble(), first)) {
            stop = Optional.of(new Verdict.Inconsistent("the value at the point is " + first + ", and "
                    + beside.getAsDouble() + " when it comes with the gradient"));
        }
        return stop.map(verdict -> CheckReport.stopped(verdict, tested.evaluations()))
                .orElseGet(() -> new CheckRun(tested, claimed, first, settings)
                        .report(List.of(), List.of(), MistakeSearch::fromFigures));
    }

    private static boolean isRounded(double other, double value) {
        return Math.abs(other - value) <= ROUNDING * Math.max(Math.abs(other), Math.abs(value));
    }
}
