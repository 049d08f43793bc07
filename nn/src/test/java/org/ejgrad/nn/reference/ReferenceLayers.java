package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Value;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Parameter;
import org.ejml.simple.SimpleMatrix;

/** The layers of the reference format, built from their figures as a user would build them. */
final class ReferenceLayers {
    private ReferenceLayers() {}

    private static final Map<String, Function<Arguments, Evaluation>> LAYERS =
            Map.of("linear", ReferenceLayers::linear, "linear_nobias", ReferenceLayers::linear);

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        String name = figures.get("op").text();
        Function<Arguments, Evaluation> layer =
                Optional.ofNullable(LAYERS.get(name)).orElseThrow(() -> new Unsupported("the layer " + name));
        FunctionCases.run(figures, tolerance, comparison, layer, Map.of());
    }

    /** Weights are outputs x inputs in the figures. */
    private static Evaluation linear(Arguments in) {
        SimpleMatrix weight = in.value(1).matrix().transpose();
        Dense dense = in.count() == 3 ? Dense.of(weight, in.value(2).matrix()) : Dense.withoutBias(weight);
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>();
        handles.add(input(in.x()));
        handles.add(Optional.of(new Evaluation.Handle(dense.weight().value(), Value::transpose)));
        dense.bias().ifPresent(bias -> handles.add(parameter(bias)));
        return new Evaluation(dense.forward(in.x()), handles);
    }

    private static Optional<Evaluation.Handle> input(Value x) {
        return x.isConstant() ? Optional.empty() : Optional.of(new Evaluation.Handle(x, gradient -> gradient));
    }

    private static Optional<Evaluation.Handle> parameter(Parameter parameter) {
        return Optional.of(new Evaluation.Handle(parameter.value(), gradient -> gradient));
    }
}
