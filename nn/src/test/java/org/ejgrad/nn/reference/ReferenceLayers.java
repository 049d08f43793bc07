package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Bilinear;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Embedding;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Parameter;
import org.ejml.simple.SimpleMatrix;

/** The layers of the reference format, built from their figures as a user would build them. */
final class ReferenceLayers {
    private ReferenceLayers() {}

    private static final Map<String, Function<Arguments, Evaluation>> LAYERS = Map.of(
            "linear", ReferenceLayers::linear,
            "linear_nobias", ReferenceLayers::linear,
            "layer_norm", ReferenceLayers::layerNorm,
            "layer_norm_plain", ReferenceLayers::layerNorm,
            "batch_norm_eval", ReferenceLayers::batchNormAfterTraining,
            "embedding", ReferenceLayers::embedding,
            "bilinear_form", ReferenceLayers::bilinear);

    private static final Map<String, CaseRunner> STATEFUL =
            Map.of("batch_norm", ReferenceLayers::batchNorm, "dropout", ReferenceDropout::run);

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        String name = figures.get("op").text();
        CaseRunner stateful = STATEFUL.get(name);
        if (stateful != null) {
            stateful.run(figures, tolerance, comparison);
            return;
        }
        Function<Arguments, Evaluation> layer = Optional.ofNullable(
                        LAYERS.getOrDefault(name, ReferenceSequences.LAYERS.get(name)))
                .or(() -> ReferenceImages.find(name))
                .orElseThrow(() -> new Unsupported("the layer " + name));
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

    private static Evaluation layerNorm(Arguments in) {
        double epsilon = in.number("eps", 1e-5);
        LayerNorm layer = in.count() == 1
                ? LayerNorm.plain(epsilon)
                : new LayerNorm(in.x().getNumCols(), epsilon);
        return scaled(layer, in);
    }

    private static Evaluation batchNormAfterTraining(Arguments in) {
        BatchNorm layer = new BatchNorm(in.x().getNumCols(), in.number("eps", 1e-5), 0.1);
        set(layer.statistics().get(0), in.attribute("running_mean"));
        set(layer.statistics().get(1), in.attribute("running_var"));
        return scaled(layer.inference(), in);
    }

    /** A normalisation whose parameters are the second and the third input. */
    static Evaluation scaled(Layer layer, Arguments in) {
        List<Optional<Evaluation.Handle>> handles = new ArrayList<>(List.of(input(in.x())));
        for (int i = 0; i < layer.parameters().size(); i++) {
            layer.parameters().get(i).set(in.value(i + 1).matrix());
            handles.add(parameter(layer.parameters().get(i)));
        }
        return new Evaluation(layer.forward(in.x()), handles);
    }

    private static Evaluation embedding(Arguments in) {
        Embedding table = Embedding.of(in.x().matrix());
        OptionalInt padding = in.attribute("padding_idx")
                .map(index -> OptionalInt.of(index.integer()))
                .orElse(OptionalInt.empty());
        Embedding layer = padding.isPresent() ? table.padding(padding.getAsInt()) : table;
        return new Evaluation(
                layer.rows(in.index(1)), List.of(parameter(table.parameters().get(0)), Optional.empty()));
    }

    private static Evaluation bilinear(Arguments in) {
        Bilinear product = Bilinear.of(in.value(1).matrix());
        return new Evaluation(
                product.forward(in.value(0), in.value(2)),
                List.of(input(in.value(0)), parameter(product.parameters().get(0)), input(in.value(2))));
    }

    private static void batchNorm(Json figures, Tolerance tolerance, Comparison comparison) {
        BatchNorm layer = batchNorm(figures);
        int number = 0;
        for (Json step : figures.get("steps").list()) {
            String at = "steps[" + number + "].";
            Value x = Value.variable("x", step.get("x").matrix());
            Layer mode = step.get("mode").text().equals("train") ? layer.at(number) : layer.inference();
            Value output = mode.forward(x);
            Gradients gradients =
                    output.gradients(Value.constant(step.get("grad_output").matrix()));
            comparison.matrix(at + "output", output, step.get("output").matrix(), tolerance);
            comparison.matrix(at + "grad_x", gradients.of(x), step.get("grad_x").matrix(), tolerance);
            List<Parameter> parameters = layer.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                String name = i == 0 ? "grad_weight" : "grad_bias";
                Value gradient = gradients.of(parameters.get(i).value());
                comparison.matrix(at + name, gradient, step.get(name).matrix(), tolerance);
            }
            List<Parameter> statistics = layer.statistics();
            comparison.matrix(
                    at + "running_mean",
                    statistics.get(0).value(),
                    step.get("running_mean").matrix(),
                    tolerance);
            comparison.matrix(
                    at + "running_var",
                    statistics.get(1).value(),
                    step.get("running_var").matrix(),
                    tolerance);
            number++;
        }
    }

    private static BatchNorm batchNorm(Json figures) {
        Json attributes = figures.get("attrs");
        int columns =
                figures.get("steps").list().get(0).get("x").list().get(0).list().size();
        double epsilon = attributes.find("eps").map(Json::number).orElse(1e-5);
        BatchNorm layer = normalisation(columns, epsilon, attributes);
        if (!attributes.find("affine").map(Json::truth).orElse(true)) {
            return layer.withoutScaling();
        }
        set(layer.parameters().get(0), figures.find("weight"));
        set(layer.parameters().get(1), figures.find("bias"));
        return layer;
    }

    /** A momentum of null asks for the plain average of all batches. */
    static BatchNorm normalisation(int columns, double epsilon, Json attributes) {
        boolean averaging =
                attributes.has("momentum") && attributes.find("momentum").isEmpty();
        return averaging
                ? BatchNorm.averaging(columns, epsilon)
                : new BatchNorm(
                        columns,
                        epsilon,
                        attributes.find("momentum").map(Json::number).orElse(0.1));
    }

    private static void set(Parameter parameter, Optional<Json> matrix) {
        matrix.ifPresent(rows -> parameter.set(new SimpleMatrix(rows.matrix())));
    }

    static Optional<Evaluation.Handle> input(Value x) {
        return x.isConstant() ? Optional.empty() : Optional.of(new Evaluation.Handle(x, gradient -> gradient));
    }

    static Optional<Evaluation.Handle> parameter(Parameter parameter) {
        return Optional.of(new Evaluation.Handle(parameter.value(), gradient -> gradient));
    }
}
