package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Value;

/** Runs the cases that are one function each: output, gradients, second derivatives, additional results. */
final class FunctionCases {
    /** PyTorch 1.13 takes ⅙ and 1/α, in the derivatives of these, as numbers of type float. */
    private static final Set<String> SINGLE_PRECISION = Set.of("hardsigmoid", "celu");

    /** At the kinks of these PyTorch takes the slope of the curved side, which is not the smaller one. */
    private static final Set<String> CURVED_SIDE = Set.of("selu", "hardswish");

    private FunctionCases() {}

    static void run(
            Json figures,
            Tolerance tolerance,
            Comparison comparison,
            Function<Arguments, Evaluation> function,
            Map<String, Call> additional) {
        Arguments in = Arguments.of(figures.get("inputs").list(), figures.get("attrs"));
        Evaluation evaluation = function.apply(in);
        Value output = evaluation.output();
        double[][] want = figures.get("output").matrix();
        Tolerance forOutput = figures.find("output_atol")
                .map(a -> tolerance.absolute(a.number()))
                .orElse(tolerance);
        comparison.matrix("output", output, want, forOutput);
        additional(figures, in, tolerance, comparison, additional);
        if (!comparison.differences().isEmpty() || figures.find("grad_output").isEmpty()) {
            return;
        }
        if (in.values().stream().anyMatch(FunctionCases::hasNaN)) {
            comparison.nanSpreads();
        }
        comparison.gradients();
        if (figures.find("op")
                .filter(op -> SINGLE_PRECISION.contains(op.text()))
                .isPresent()) {
            comparison.singlePrecision();
        }
        if (figures.find("op").filter(op -> CURVED_SIDE.contains(op.text())).isPresent()
                && figures.find("tags").isPresent()) {
            comparison.smallestSlopes();
        }
        Value upstream = Value.constant(figures.get("grad_output").matrix());
        List<Json> wanted = figures.find("exact_grads")
                .orElseGet(() -> figures.get("grads"))
                .list();
        List<Value> gradients = gradients(
                output, upstream, evaluation.handles(), figures.find("second").isPresent());
        compare("grads", gradients, wanted, tolerance, comparison);
        figures.find("second").ifPresent(second -> second(second, gradients, evaluation.handles(), comparison));
    }

    private static boolean hasNaN(Value value) {
        for (int i = 0; i < value.shape().elements(); i++) {
            if (Double.isNaN(value.matrix().get(i))) {
                return true;
            }
        }
        return false;
    }

    private static void additional(
            Json figures, Arguments in, Tolerance tolerance, Comparison comparison, Map<String, Call> additional) {
        Optional<Json> aux = figures.find("aux");
        if (aux.isEmpty()) {
            return;
        }
        for (String name : aux.get().names()) {
            Call call = additional.get(name);
            if (call == null) {
                throw new Unsupported("the additional result " + name);
            }
            comparison.result("aux." + name, call.apply(in), aux.get().get(name), tolerance);
        }
    }

    /** One gradient per handle, zeros where the output does not depend on it; 0x0 stands for no handle. */
    static List<Value> gradients(
            Value output, Value upstream, List<Optional<Evaluation.Handle>> handles, boolean differentiable) {
        List<Value> found = new ArrayList<>();
        Optional<Gradients> gradients = output.isConstant()
                ? Optional.empty()
                : Optional.of(
                        differentiable
                                ? output.gradients(upstream, Gradients.Option.DIFFERENTIABLE)
                                : output.gradients(upstream));
        for (Optional<Evaluation.Handle> handle : handles) {
            found.add(handle.map(h -> h.view()
                            .apply(gradients
                                    .map(g -> g.orZero(h.variable()))
                                    .orElseGet(() -> Value.zeros(h.variable().shape()))))
                    .orElseGet(() -> Value.constant(new double[0][0])));
        }
        return found;
    }

    static void compare(String what, List<Value> got, List<Json> want, Tolerance tolerance, Comparison comparison) {
        for (int i = 0; i < want.size(); i++) {
            if (!want.get(i).isNull()) {
                comparison.matrix(what + "[" + i + "]", got.get(i), want.get(i).matrix(), tolerance);
            }
        }
    }

    /** Hessian times directions, and the gradient of the squared gradient norm. */
    static void second(
            Json second, List<Value> gradients, List<Optional<Evaluation.Handle>> handles, Comparison comparison) {
        Value along = Value.constant(0);
        Value squares = Value.constant(0);
        List<Json> directions = second.get("v").list();
        for (int i = 0; i < directions.size(); i++) {
            if (!directions.get(i).isNull()) {
                Value direction = Value.constant(directions.get(i).matrix());
                along = along.plus(gradients.get(i).dot(direction));
                squares = squares.plus(gradients.get(i).square().elementSum());
            }
        }
        Value one = Value.constant(1);
        compareSecond(
                "hvp", gradients(along, one, handles, false), second.get("hvp").list(), comparison);
        double[][] sum = {{second.get("sumsq").number()}};
        comparison.matrix("sumsq", squares, sum, Tolerance.second(sum));
        compareSecond(
                "grad_sumsq",
                gradients(squares, one, handles, false),
                second.get("grad_sumsq").list(),
                comparison);
    }

    private static void compareSecond(String what, List<Value> got, List<Json> want, Comparison comparison) {
        for (int i = 0; i < want.size(); i++) {
            if (!want.get(i).isNull()) {
                double[][] matrix = want.get(i).matrix();
                comparison.matrix(what + "[" + i + "]", got.get(i), matrix, Tolerance.second(matrix));
            }
        }
    }
}
