package org.ejgrad.examples.playground;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.Focal;
import org.ejgrad.nn.loss.Information;
import org.ejgrad.nn.loss.Margin;
import org.ejgrad.nn.loss.Reduction;
import org.ejgrad.nn.loss.Regression;
import org.ejgrad.nn.pages.Section;

/**
 * Losses of one yes-or-no answer and their slopes, as functions of its logit or of its probability, at the place of a
 * slider and along the whole axis.
 *
 * @param isLogit whether the axis is the logit z, else the probability p = σ(z)
 * @param at the slider's place
 * @param target the target y, smoothed
 */
record Laboratory(boolean isLogit, double at, double target, Options options) implements Section {
    private static final BinaryOptions TERMS = BinaryOptions.DEFAULT.reduction(Reduction.NONE);
    private static final int POINTS = 200;
    private static final double FARTHEST = 10;
    private static final double FLAT = 0.01;
    private static final double STEEP = 20;

    /** What the other sliders say: weight of yes, γ and α of the focal loss, clipping ε, Huber's δ. */
    record Options(double weight, double gamma, double alpha, double epsilon, double delta) {}

    /** One point of the axis, or all of them, in every form that a loss wants. */
    private record Points(boolean isLogit, Value logits, Value p, Value rest, Value targets, Options options) {
        BinaryOptions weighted() {
            return TERMS.positiveWeight(options.weight);
        }

        /** Rows of the two outcomes. */
        static Value both(Value no, Value yes) {
            return no.concatColumns(yes);
        }
    }

    /** A loss with the formula that is shown. */
    private record Loss(String id, String name, String formula, boolean isForHard, Function<Points, Value> terms) {}

    private static final List<Loss> LOSSES = List.of(
            new Loss(
                    "cross_entropy",
                    "cross-entropy",
                    "−w·y·ln p − (1 − y)·ln(1 − p)",
                    false,
                    points -> points.isLogit
                            ? BinaryCrossEntropy.fromLogits(points.logits, points.targets, points.weighted())
                            : BinaryCrossEntropy.fromProbabilities(
                                    points.p, points.targets, Clipping.none(), points.weighted())),
            new Loss(
                    "clipped",
                    "cross-entropy, p clipped",
                    "the same of p within ε … 1 − ε",
                    false,
                    points -> BinaryCrossEntropy.fromProbabilities(
                            points.p, points.targets, Clipping.clip(points.options.epsilon), points.weighted())),
            new Loss(
                    "epsilon",
                    "cross-entropy, ln(p + ε)",
                    "the same with ε added before each logarithm",
                    false,
                    points -> BinaryCrossEntropy.fromProbabilities(
                            points.p, points.targets, Clipping.addEpsilon(points.options.epsilon), points.weighted())),
            new Loss(
                    "squared",
                    "squared error, halved",
                    "(p − y)²/2",
                    false,
                    points -> Regression.squaredError(points.p, points.targets, Reduction.NONE)
                            .scale(0.5)),
            new Loss(
                    "huber",
                    "Huber",
                    "(p − y)²/2, straight beyond δ",
                    false,
                    points -> Regression.huber(points.p, points.targets, points.options.delta, Reduction.NONE)),
            new Loss("divergence", "divergence KL(y ‖ p)", "y·ln(y/p) + (1 − y)·ln((1 − y)/(1 − p))", false, points -> {
                Value outcomes = Points.both(points.targets.negative().plus(1), points.targets);
                return points.isLogit
                        ? Information.divergenceFromLog(
                                        Points.both(points.logits.negative().logSigmoid(), points.logits.logSigmoid()),
                                        outcomes,
                                        Reduction.NONE)
                                .sum(Per.ROW)
                        : Information.divergence(
                                outcomes,
                                Points.both(points.rest, points.p),
                                ClassOptions.DEFAULT.reduction(Reduction.NONE));
            }),
            new Loss(
                    "hinge",
                    "hinge",
                    "max(0, 1 − (2y − 1)·z)",
                    true,
                    points -> Margin.hinge(
                            points.logits, points.targets.scale(2).minus(Value.constant(1)), 1, Reduction.NONE)),
            new Loss(
                    "focal",
                    "focal",
                    "α·(1 − p)^γ·(−ln p) for yes; 1 − α for no",
                    true,
                    points -> Focal.binary(
                            points.logits,
                            points.targets,
                            points.options.gamma,
                            points.options.alpha,
                            Reduction.NONE)));

    /** What the page calls its sliders. */
    static final Map<String, String> TITLES = Map.of(
            "logit", "logit z",
            "probability", "probability p",
            "target", "target y",
            "smoothing", "label smoothing",
            "weight", "weight w of yes",
            "gamma", "focal γ",
            "alpha", "focal α",
            "delta", "Huber δ",
            "epsilon", "clipping ε");

    /** What the fields of a request say. */
    static Laboratory of(Fields asked) {
        String axis = asked.text("axis", "logit");
        Map<String, String> titles = new HashMap<>(TITLES);
        titles.put("at", TITLES.getOrDefault(axis, axis));
        Fields fields = asked.titled(titles);
        boolean isLogit = fields.choice("axis", Axis.LOGIT) == Axis.LOGIT;
        double hard = fields.number("target", 1, 0, 1);
        double smoothing = fields.number("smoothing", 0, 0, 1);
        return new Laboratory(
                isLogit,
                isLogit ? fields.number("at", 0, -1000, 1000) : fields.number("at", 0.5, 0, 1),
                hard * (1 - smoothing) + smoothing / 2,
                new Options(
                        fields.number("weight", 1, 0, 100),
                        fields.number("gamma", 2, 0, 10),
                        fields.number("alpha", 0.5, 0, 1),
                        fields.number("epsilon", 1e-7, 0, 0.5),
                        fields.number("delta", 0.5, 1e-3, 10)));
    }

    /** What the curves are functions of. */
    enum Axis {
        LOGIT,
        PROBABILITY
    }

    private boolean isHard() {
        return target == 0 || target == 1;
    }

    /** The axis, and last the slider's place. */
    private double[] axis() {
        return DoubleStream.concat(
                        IntStream.rangeClosed(0, POINTS)
                                .mapToDouble(i -> isLogit ? FARTHEST * (2.0 * i / POINTS - 1) : (double) i / POINTS),
                        DoubleStream.of(at))
                .toArray();
    }

    private Points points(Value x) {
        Value p = isLogit ? x.sigmoid() : x;
        return new Points(
                isLogit,
                isLogit ? x : x.logit(),
                p,
                isLogit ? x.negative().sigmoid() : x.negative().plus(1),
                Value.filled(x.shape(), target),
                options);
    }

    @Override
    public void write(JsonGenerator json) throws IOException {
        double[] axis = axis();
        Value x = Value.variable("x", Value.column(axis));
        Points points = points(x);
        json.writeStartObject();
        json.writeFieldName("x");
        json.writeArray(axis, 0, axis.length - 1);
        json.writeNumberField("at", at);
        json.writeNumberField("p", points.p.get(axis.length - 1, 0));
        json.writeNumberField("target", target);
        json.writeNumberField("difference", points.p.minus(points.targets).get(axis.length - 1, 0));
        json.writeObjectFieldStart("losses");
        for (Loss loss : LOSSES) {
            if (isHard() || !loss.isForHard) {
                json.writeFieldName(loss.id);
                write(json, loss, x, points);
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void write(JsonGenerator json, Loss loss, Value x, Points points) throws IOException {
        Value terms = loss.terms.apply(points);
        double[] values = numbers(terms);
        double[] slopes = numbers(terms.elementSum().gradients().of(x));
        int last = values.length - 1;
        json.writeStartObject();
        json.writeStringField("name", loss.name);
        json.writeStringField("formula", loss.formula);
        json.writeFieldName("values");
        json.writeArray(values, 0, last);
        json.writeFieldName("slopes");
        json.writeArray(slopes, 0, last);
        json.writeNumberField("loss", values[last]);
        json.writeNumberField("slope", slopes[last]);
        json.writeStringField("verdict", verdict(points.p.get(last, 0), slopes[last]));
        json.writeFieldName("verdicts");
        Section.texts(IntStream.range(0, last)
                        .mapToObj(i -> verdict(points.p.get(i, 0), slopes[i]))
                        .toList())
                .write(json);
        json.writeEndObject();
    }

    /** {@code saturated} where the answer is wrong and the slope hardly there, {@code steep} where it is very large. */
    private String verdict(double p, double slope) {
        if (Math.abs(slope) > STEEP) {
            return "steep";
        }
        return Math.abs(p - target) > 0.5 && Math.abs(slope) < FLAT ? "saturated" : "";
    }

    private static double[] numbers(Value column) {
        return IntStream.range(0, column.getNumRows())
                .mapToDouble(row -> column.get(row, 0))
                .toArray();
    }
}
