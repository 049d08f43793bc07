package org.ejgrad.nn.reference;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;

/** The losses of the reference format. */
final class ReferenceLosses {
    private ReferenceLosses() {}

    static final Map<String, Call> CALLS = Map.ofEntries(
            entry("mse_loss", in -> Regression.squaredError(in.value(0), in.value(1), reduction(in))),
            entry("l1_loss", in -> Regression.absoluteError(in.value(0), in.value(1), reduction(in))),
            entry("huber_loss", in -> Regression.huber(in.value(0), in.value(1), in.number("delta", 1), reduction(in))),
            entry(
                    "smooth_l1_loss",
                    in -> Regression.smoothL1(in.value(0), in.value(1), in.number("beta", 1), reduction(in))),
            entry("poisson_nll_loss", ReferenceLosses::poisson),
            entry("gaussian_nll_loss", ReferenceLosses::gaussian),
            entry(
                    "binary_cross_entropy",
                    in -> BinaryCrossEntropy.fromProbabilities(in.value(0), in.value(1), binary(in))),
            entry(
                    "binary_cross_entropy_with_logits",
                    in -> BinaryCrossEntropy.fromLogits(in.value(0), in.value(1), binary(in))),
            entry("cross_entropy", in -> CrossEntropy.fromLogits(in.value(0), in.index(1), weighted(in))),
            entry("cross_entropy_soft", in -> CrossEntropy.fromLogits(in.value(0), in.value(1), counted(in))),
            entry("nll_loss", in -> CrossEntropy.fromLogProbabilities(in.value(0), in.index(1), weighted(in))),
            entry("categorical_ce_probs", ReferenceLosses::categorical),
            entry("entropy", ReferenceLosses::entropy),
            entry("kl_div", ReferenceLosses::divergence),
            entry("sigmoid_focal_loss", ReferenceLosses::sigmoidFocal),
            entry("softmax_focal_loss", ReferenceLosses::softmaxFocal),
            entry("soft_margin_loss", in -> Margin.soft(in.value(0), in.value(1), reduction(in))),
            entry(
                    "hinge_embedding_loss",
                    in -> Margin.hingeEmbedding(in.value(0), in.value(1), in.number("margin", 1), reduction(in))),
            entry("hinge_loss", in -> Margin.hinge(in.value(0), in.value(1), in.number("margin", 1), reduction(in))),
            entry(
                    "squared_hinge_loss",
                    in -> Margin.squaredHinge(in.value(0), in.value(1), in.number("margin", 1), reduction(in))),
            entry(
                    "margin_ranking_loss",
                    in -> Margin.ranking(in.value(0), in.value(1), in.value(2), in.number("margin", 0), reduction(in))),
            entry(
                    "multi_margin_loss",
                    in -> Margin.multiClass(
                            in.value(0), in.index(1), in.integer("p", 1), in.number("margin", 1), counted(in))),
            entry("multilabel_soft_margin_loss", in -> Margin.multiLabel(in.value(0), in.value(1), counted(in))));

    private static Value poisson(Arguments in) {
        requireNoConstantTerm(in);
        return in.truth("log_input", true)
                ? Regression.poissonFromLogRate(in.value(0), in.value(1), reduction(in))
                : Regression.poissonFromRate(in.value(0), in.value(1), in.number("eps", 1e-8), reduction(in));
    }

    private static Value gaussian(Arguments in) {
        requireNoConstantTerm(in);
        return Regression.gaussian(in.value(0), in.value(1), in.value(2), in.number("eps", 1e-6), reduction(in));
    }

    private static void requireNoConstantTerm(Arguments in) {
        if (in.truth("full", false)) {
            throw new Unsupported("a likelihood with its constant term");
        }
    }

    private static Value categorical(Arguments in) {
        double epsilon = in.number("eps", 0);
        return CrossEntropy.fromProbabilities(
                in.value(0), in.value(1), epsilon == 0 ? Clipping.none() : Clipping.addEpsilon(epsilon), counted(in));
    }

    private static Value entropy(Arguments in) {
        Value nats = Information.entropy(in.x(), counted(in));
        Optional<Double> base = in.attribute("base").map(Json::number);
        return base.isEmpty() ? nats : base.get() == 2 ? Information.bits(nats) : nats.divide(Math.log(base.get()));
    }

    private static Value divergence(Arguments in) {
        return in.truth("log_target", false)
                ? Information.divergenceOfLogs(in.value(0), in.value(1), reduction(in))
                : Information.divergenceFromLog(in.value(0), in.value(1), reduction(in));
    }

    private static Value sigmoidFocal(Arguments in) {
        double gamma = in.number("gamma", 2);
        Optional<Double> alpha = in.attribute("alpha").map(Json::number);
        return alpha.isEmpty()
                ? Focal.binary(in.value(0), in.value(1), gamma, reduction(in))
                : Focal.binary(in.value(0), in.value(1), gamma, alpha.get(), reduction(in));
    }

    private static Value softmaxFocal(Arguments in) {
        ClassOptions options = ClassOptions.DEFAULT.reduction(reduction(in));
        Optional<Json> alpha = in.attribute("alpha");
        return Focal.categorical(
                in.value(0),
                in.index(1),
                in.number("gamma", 2),
                alpha.isEmpty() ? options : options.weights(alpha.get().numbers()));
    }

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
        return in.attribute(name)
                .map(weights -> Value.constant(
                        weights.list().get(0).isList() ? weights.matrix() : new double[][] {weights.numbers()}));
    }

    /** Options of a categorical loss whose mean divides by the weights of the rows that count. */
    static ClassOptions weighted(Arguments in) {
        return classes(in, Reduction.WEIGHTED_MEAN).ignoring(in.integer("ignore_index", -100));
    }

    /** Options of a categorical loss whose mean divides by the number of rows. */
    private static ClassOptions counted(Arguments in) {
        return classes(in, Reduction.MEAN);
    }

    /** PyTorch checks neither that targets nor that probabilities sum to 1. */
    private static ClassOptions classes(Arguments in, Reduction mean) {
        ClassOptions options = ClassOptions.DEFAULT
                .reduction(reduction(in, mean))
                .smoothing(in.number("label_smoothing", 0))
                .unchecked();
        return in.attribute("weight").isPresent()
                ? options.weights(in.attribute("weight").get().numbers())
                : options;
    }
}
