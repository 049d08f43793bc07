package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;

/** The losses of the reference format. */
final class ReferenceLosses {
    private ReferenceLosses() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("mse_loss", in -> Regression.squaredError(in.value(0), in.value(1), reduction(in))),
            entry(
                    "binary_cross_entropy_with_logits",
                    in -> BinaryCrossEntropy.fromLogits(in.value(0), in.value(1), binary(in))),
            entry(
                    "cross_entropy",
                    in -> CrossEntropy.fromLogits(in.value(0), in.index(1), classes(in, Reduction.WEIGHTED_MEAN))),
            entry(
                    "cross_entropy_soft",
                    in -> CrossEntropy.fromLogits(
                            in.value(0),
                            in.value(1),
                            classes(in, Reduction.MEAN).unchecked())));

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        String name = figures.get("op").text();
        Call call = Optional.ofNullable(CALLS.get(name))
                .or(() -> ReferenceOperations.find(name))
                .orElseThrow(() -> new Unsupported("the loss " + name));
        FunctionCases.run(figures, tolerance, comparison, in -> Evaluation.of(call.apply(in), in), Map.of());
    }

    static Reduction reduction(Arguments in) {
        return reduction(in, Reduction.MEAN);
    }

    /** The reduction, where "mean" has the denominator that the loss gives it. */
    private static Reduction reduction(Arguments in, Reduction mean) {
        String name = in.attribute("reduction").map(Json::text).orElse("mean");
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "none" -> Reduction.NONE;
            case "sum" -> Reduction.SUM;
            case "mean" -> mean;
            case "batchmean" -> Reduction.ROW_MEAN;
            default -> throw new Unsupported("the reduction " + name);
        };
    }

    private static BinaryOptions binary(Arguments in) {
        BinaryOptions options = BinaryOptions.DEFAULT.reduction(reduction(in));
        Optional<Value> positive = weights(in, "pos_weight");
        Optional<Value> weight = weights(in, "weight");
        options = positive.isPresent() ? options.positiveWeight(positive.get()) : options;
        return weight.isPresent() ? options.elementWeight(weight.get()) : options;
    }

    private static Optional<Value> weights(Arguments in, String name) {
        return in.attribute(name).map(matrix -> Value.constant(matrix.matrix()));
    }

    private static ClassOptions classes(Arguments in, Reduction mean) {
        ClassOptions options = ClassOptions.DEFAULT
                .reduction(reduction(in, mean))
                .smoothing(in.number("label_smoothing", 0))
                .ignoring(in.integer("ignore_index", -100));
        return in.attribute("weight").isPresent()
                ? options.weights(in.attribute("weight").get().numbers())
                : options;
    }
}
