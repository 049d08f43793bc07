package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.BatchNorm;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Layer;
import org.ejgrad.nn.LayerNorm;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.Penalty;
import org.ejgrad.nn.Residual;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.GradientClipping;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.SimpleMatrix;

/** Whole trainings: every loss, the first gradients, the last parameters, running statistics and outputs. */
final class ReferenceNetworks {
    private ReferenceNetworks() {}

    /** What the format calls the losses of networks, and what it calls them elsewhere. */
    private static final Map<String, String> LOSSES = Map.of(
            "nll", "nll_loss",
            "bce", "binary_cross_entropy",
            "bce_with_logits", "binary_cross_entropy_with_logits",
            "mse", "mse_loss",
            "l1", "l1_loss",
            "huber", "huber_loss",
            "smooth_l1", "smooth_l1_loss");

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        List<Layer> layers = figures.get("layers").list().stream()
                .map(ReferenceNetworks::layer)
                .toList();
        Sequential network = Sequential.of(layers.toArray(new Layer[0]));
        Optimizer optimizer = Optimizer.of(network.parameters(), rule(figures));
        Value x = Value.constant(figures.get("X").matrix());
        int rows = x.getNumRows();
        int batch = figures.find("batch_size").map(Json::integer).orElse(rows);
        double[] losses = figures.get("losses").numbers();
        for (int t = 0; t < figures.get("steps").integer(); t++) {
            int from = (int) ((long) t * batch % rows);
            int to = Math.min(from + batch, rows);
            Value output = network.at(t).forward(x.rows(from, to));
            Value loss = loss(figures.get("loss"), output, figures.get("target"), from, to);
            if (figures.find("l2_penalty_on_weights").isPresent()) {
                List<Parameter> weights = Penalty.withoutBiases(network.parameters());
                loss = loss.plus(
                        Penalty.l2(weights, figures.get("l2_penalty_on_weights").number()));
            }
            comparison.number("losses[" + t + "]", loss.scalar(), losses[t], tolerance);
            Gradients gradients = loss.gradients();
            if (t == 0) {
                compare("first_step_grads", layers, figures, p -> gradients.of(p.value()), tolerance, comparison);
            }
            optimizer.step(clipped(gradients, figures, t, tolerance, comparison));
        }
        compare("final_params", layers, figures, Parameter::value, tolerance, comparison);
        figures.find("final_running").ifPresent(running -> running(running.list(), layers, tolerance, comparison));
        comparison.matrix(
                "final_output_eval",
                network.inference().forward(x),
                figures.get("final_output_eval").matrix(),
                tolerance);
    }

    // ---- layers -----------------------------------------------------------------------------------------------------

    private static Layer layer(Json figures) {
        String type = figures.get("type").text();
        return switch (type) {
            case "linear" -> dense(figures);
            case "residual" ->
                Residual.of(Sequential.of(
                        dense(figures), activation(figures.get("activation").text(), figures)));
            case "batch_norm" -> {
                int columns = figures.get("weight").matrix()[0].length;
                double epsilon = figures.find("eps").map(Json::number).orElse(1e-5);
                yield scaled(ReferenceLayers.normalisation(columns, epsilon, figures), figures);
            }
            case "layer_norm" ->
                scaled(
                        new LayerNorm(
                                figures.get("weight").matrix()[0].length,
                                figures.find("eps").map(Json::number).orElse(1e-5)),
                        figures);
            default -> activation(type, figures);
        };
    }

    private static Layer activation(String name, Json attributes) {
        return switch (name) {
            case "identity" -> x -> x;
            case "softmax" -> x -> x.softmax(Per.ROW);
            case "log_softmax" -> x -> x.logSoftmax(Per.ROW);
            default -> {
                Call call = ReferenceOperations.call(name);
                yield x -> call.apply(new Arguments(List.of(x), attributes));
            }
        };
    }

    /** Weights are outputs x inputs in the figures. */
    private static Dense dense(Json figures) {
        SimpleMatrix weight = new SimpleMatrix(figures.get("weight").matrix()).transpose();
        Optional<Json> bias = figures.find("bias");
        return bias.isPresent() ? Dense.of(weight, new SimpleMatrix(bias.get().matrix())) : Dense.withoutBias(weight);
    }

    private static Layer scaled(Layer layer, Json figures) {
        layer.parameters().get(0).set(new SimpleMatrix(figures.get("weight").matrix()));
        layer.parameters().get(1).set(new SimpleMatrix(figures.get("bias").matrix()));
        return layer;
    }

    // ---- loss and update --------------------------------------------------------------------------------------------

    private static Value loss(Json options, Value output, Json target, int from, int to) {
        String type = options.get("type").text();
        boolean isIndex = !target.list().get(0).isList();
        String plain = type.equals("cross_entropy") && !isIndex ? "cross_entropy_soft" : type;
        String name = LOSSES.getOrDefault(plain, plain);
        Call call = Optional.ofNullable(ReferenceLosses.CALLS.get(name))
                .orElseThrow(() -> new Unsupported("the loss " + type));
        Object wanted = isIndex
                ? target.slice(from, to)
                : Value.constant(target.slice(from, to).matrix());
        Json attributes = name.equals("kl_div") ? options.withDefault("reduction", "batchmean") : options;
        return call.apply(new Arguments(List.of(output, wanted), attributes));
    }

    private static UpdateRule rule(Json figures) {
        String optimizer = figures.get("optimizer").text();
        CaseOptions options = CaseOptions.of(figures.get("options"));
        Optional<Json> schedule = figures.find("schedule");
        if (schedule.isEmpty()) {
            return ReferenceOptimizers.rule(optimizer, options);
        }
        double base = options.number("lr");
        Schedule rate = ReferenceSchedules.rate(scheduleName(schedule.get()), base, scheduleOptions(schedule.get()));
        UpdateRule rule = ReferenceOptimizers.rule(optimizer, options, rate);
        Optional<Schedule> momentum =
                ReferenceSchedules.momentum(scheduleName(schedule.get()), base, scheduleOptions(schedule.get()));
        if (momentum.isEmpty()) {
            return rule;
        }
        if (rule instanceof Sgd sgd) {
            return sgd.momentum(momentum.get());
        }
        if (rule instanceof Adam adam) {
            return adam.betas(momentum.get(), adam.beta2());
        }
        throw new Unsupported("a schedule that moves the momentum of " + optimizer);
    }

    /** Under which field a schedule's name is found. */
    private static final List<String> NAMES = List.of("schedule", "name", "type", "scheduler");

    private static String scheduleName(Json schedule) {
        return NAMES.stream()
                .flatMap(field -> schedule.find(field).stream())
                .findFirst()
                .orElseThrow(() -> new Unsupported("a schedule without name: " + schedule))
                .text();
    }

    /** The options in a field of their own, or beside the name. */
    private static CaseOptions scheduleOptions(Json schedule) {
        CaseOptions options = CaseOptions.of(schedule.find("options").orElse(schedule));
        NAMES.forEach(options::has);
        return options;
    }

    private static Gradients clipped(
            Gradients gradients, Json figures, int step, Tolerance tolerance, Comparison comparison) {
        Optional<Json> limit = figures.find("clip_grad_norm");
        if (limit.isEmpty()) {
            return gradients;
        }
        GradientClipping.Clipped clipped =
                ReferenceClipping.byNorm(gradients, limit.get().number(), 2);
        figures.find("grad_norms_before_clipping")
                .ifPresent(norms -> comparison.number(
                        "grad_norms_before_clipping[" + step + "]", clipped.norm(), norms.numbers()[step], tolerance));
        return clipped.gradients();
    }

    // ---- comparison -------------------------------------------------------------------------------------------------

    private static void compare(
            String what,
            List<Layer> layers,
            Json figures,
            Function<Parameter, Value> found,
            Tolerance tolerance,
            Comparison comparison) {
        List<Json> wanted = figures.get(what).list();
        for (int i = 0; i < layers.size(); i++) {
            boolean isScale = layers.get(i) instanceof BatchNorm || layers.get(i) instanceof LayerNorm;
            for (Parameter parameter : layers.get(i).parameters()) {
                boolean isBias = Penalty.withoutBiases(List.of(parameter)).isEmpty();
                String kind = isBias ? "bias" : "weight";
                Value got = found.apply(parameter);
                // Matrices of weights are transposed in the figures; a row of factors is not.
                Value laidOut = isBias || isScale ? got : got.transpose();
                String name = what + "[" + i + "]." + kind;
                comparison.matrix(name, laidOut, wanted.get(i).get(kind).matrix(), tolerance);
            }
        }
    }

    private static void running(List<Json> wanted, List<Layer> layers, Tolerance tolerance, Comparison comparison) {
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i) instanceof BatchNorm norm && !wanted.get(i).isNull()) {
                List<Parameter> statistics = new ArrayList<>(norm.statistics());
                String at = "final_running[" + i + "].";
                comparison.matrix(
                        at + "mean",
                        statistics.get(0).value(),
                        wanted.get(i).get("mean").matrix(),
                        tolerance);
                comparison.matrix(
                        at + "var",
                        statistics.get(1).value(),
                        wanted.get(i).get("var").matrix(),
                        tolerance);
            }
        }
    }
}
