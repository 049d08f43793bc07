package org.ejgrad.check;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Recognises what an optimizer makes of a gradient in its first step, up to the learning rate. */
final class OptimizerSteps {
    private record Step(String text, DoubleUnaryOperator of) {}

    private static final List<Step> STEPS = Stream.concat(
                    Stream.of(new Step("its sign, as a step by signs alone is", Math::signum)),
                    DoubleStream.of(1e-8, 1e-7, 1e-6, 1e-5, 1e-3, 1e-10, 1e-15)
                            .boxed()
                            .flatMap(OptimizerSteps::steps))
            .toList();

    private OptimizerSteps() {}

    /** With a small number that keeps from dividing by zero. */
    private static Stream<Step> steps(double epsilon) {
        Step adam = new Step("g/(|g| + " + epsilon + "), as Adam's first step is", g -> g / (Math.abs(g) + epsilon));
        return Stream.concat(
                Stream.of(adam), DoubleStream.of(0.1, 0.01, 0.001, 1).boxed().flatMap(rest -> {
                    String square = rest == 1 ? "g²" : rest + "·g²";
                    String end = ", as RMSprop's or Adagrad's first step is";
                    return Stream.of(
                            new Step(
                                    "g/√(" + square + " + " + epsilon + ")" + end,
                                    g -> g / Math.sqrt(rest * g * g + epsilon)),
                            new Step(
                                    "g/(√(" + square + ") + " + epsilon + ")" + end,
                                    g -> g / (Math.sqrt(rest * g * g) + epsilon)));
                }));
    }

    static Optional<Diagnosis> explain(Comparison c) {
        int strongest = c.strongest();
        for (Step step : STEPS) {
            DoubleUnaryOperator f = step.of;
            double rate = c.claimed(strongest) / f.applyAsDouble(c.numeric(strongest));
            var predicted = c.predict(i -> c.numeric(i) == 0 ? 0 : rate * f.applyAsDouble(c.numeric(i)));
            if (c.isSharp(strongest) && rate != 0 && c.telling(predicted) >= 3 && c.isMetBy(predicted)) {
                boolean cut = step == STEPS.get(0)
                        && IntStream.range(0, c.size()).allMatch(i -> Math.abs(c.claimed(i)) <= Math.abs(c.numeric(i)));
                return Optional.of(Hypotheses.of(
                        c,
                        Mistake.OPTIMIZER_STEP,
                        Hypotheses.text(
                                "is %.6g times %s, with g for what it should be%s",
                                rate, step.text, cut ? "; or all its elements are cut off at that size" : "")));
            }
        }
        return Optional.empty();
    }
}
