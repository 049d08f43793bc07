package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Per;
import org.ejgrad.Value;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.optim.Adadelta;
import org.ejgrad.nn.optim.Adagrad;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Adamax;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.optim.RmsProp;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;
import org.ejml.simple.SimpleMatrix;

/** The optimizers of the reference format: with gradients given, and on softmax regression. */
final class ReferenceOptimizers {
    private ReferenceOptimizers() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        List<Parameter> parameters = new ArrayList<>();
        for (Json start : figures.get("params").list()) {
            parameters.add(new Parameter("p" + parameters.size(), new SimpleMatrix(start.matrix())));
        }
        Optimizer optimizer = optimizer(figures, parameters);
        String mode = figures.get("mode").text();
        switch (mode) {
            case "given_grads", "param_groups" -> given(figures, parameters, optimizer, tolerance, comparison);
            case "softmax_regression" -> regression(figures, parameters, optimizer, tolerance, comparison);
            default -> throw new Unsupported("the mode " + mode);
        }
    }

    private static Optimizer optimizer(Json figures, List<Parameter> parameters) {
        String name = figures.get("optimizer").text();
        Json options = figures.get("options");
        if (!figures.has("group_options")) {
            return Optimizer.of(parameters, rule(name, CaseOptions.of(options)));
        }
        List<Optimizer.Group> groups = new ArrayList<>();
        for (Json own : figures.get("group_options").list()) {
            UpdateRule rule = rule(name, CaseOptions.of(options, own));
            groups.add(new Optimizer.Group(List.of(parameters.get(groups.size())), rule));
        }
        return Optimizer.of(groups);
    }

    private static void given(
            Json figures, List<Parameter> parameters, Optimizer optimizer, Tolerance tolerance, Comparison comparison) {
        List<Json> gradients = figures.get("grads").list();
        List<Json> trajectory = figures.get("trajectory").list();
        for (int t = 0; t < gradients.size(); t++) {
            optimizer.step(gradients(parameters, gradients.get(t).list()));
            compare("trajectory[" + t + "]", parameters, trajectory.get(t), tolerance, comparison);
        }
    }

    /** The gradients of Σ parameter ⊙ gradient, which are those given. */
    private static Gradients gradients(List<Parameter> parameters, List<Json> given) {
        Value loss = Value.constant(0);
        for (int i = 0; i < parameters.size(); i++) {
            Value gradient = Value.constant(given.get(i).matrix());
            loss = loss.plus(parameters.get(i).value().elementMult(gradient).elementSum());
        }
        return loss.gradients();
    }

    private static void regression(
            Json figures, List<Parameter> parameters, Optimizer optimizer, Tolerance tolerance, Comparison comparison) {
        Value x = Value.constant(figures.get("X").matrix());
        int[] target = figures.get("target").integers();
        double[] losses = figures.get("losses").numbers();
        List<Json> snapshots = figures.get("snapshots").list();
        for (int t = 0; t < losses.length; t++) {
            Value loss = x.affine(parameters.get(0).value(), parameters.get(1).value())
                    .logSoftmax(Per.ROW)
                    .selectColumns(target)
                    .mean()
                    .negative();
            comparison.number("losses[" + t + "]", loss.scalar(), losses[t], tolerance);
            optimizer.step(loss.gradients());
            for (Json snapshot : snapshots) {
                if (snapshot.get("step").integer() == t + 1) {
                    compare("after step " + (t + 1), parameters, snapshot.get("params"), tolerance, comparison);
                }
            }
        }
    }

    private static void compare(
            String when, List<Parameter> parameters, Json want, Tolerance tolerance, Comparison comparison) {
        List<Json> matrices = want.list();
        for (int i = 0; i < matrices.size(); i++) {
            comparison.matrix(
                    when + "[" + i + "]",
                    parameters.get(i).value(),
                    matrices.get(i).matrix(),
                    tolerance);
        }
    }

    /** The rule of a class of {@code torch.optim} with its options, at the learning rate among them. */
    static UpdateRule rule(String name, CaseOptions options) {
        double usual = switch (name) {
            case "Adadelta" -> 1;
            case "Adagrad", "RMSprop" -> 0.01;
            case "Adamax" -> 0.002;
            default -> 0.001;
        };
        return rule(name, options, Schedule.constant(options.number("lr", usual)));
    }

    /** The rule of a class of {@code torch.optim} with its options, at any learning rate. */
    static UpdateRule rule(String name, CaseOptions options, Schedule rate) {
        options.number("lr", 0);
        UpdateRule rule = switch (name) {
            case "SGD" -> sgd(options, rate);
            case "Adam" -> adam(options, Adam.rate(rate).weightDecay(options.number("weight_decay", 0)));
            case "AdamW" -> adam(options, Adam.rate(rate).decoupledDecay(options.number("weight_decay", 0.01)));
            case "Adamax" ->
                Adamax.rate(rate)
                        .betas(betas(options)[0], betas(options)[1])
                        .epsilon(options.number("eps", 1e-8))
                        .weightDecay(options.number("weight_decay", 0));
            case "RMSprop" -> rmsProp(options, rate);
            case "Adagrad" ->
                Adagrad.rate(rate)
                        .rateDecay(options.number("lr_decay", 0))
                        .weightDecay(options.number("weight_decay", 0))
                        .initialSum(options.number("initial_accumulator_value", 0))
                        .epsilon(options.number("eps", 1e-10));
            case "Adadelta" ->
                Adadelta.rate(rate)
                        .rho(options.number("rho", 0.9))
                        .epsilon(options.number("eps", 1e-6))
                        .weightDecay(options.number("weight_decay", 0));
            default -> throw new Unsupported("the optimizer " + name);
        };
        options.requireAllUsed();
        return rule;
    }

    private static UpdateRule sgd(CaseOptions options, Schedule rate) {
        Sgd sgd = Sgd.rate(rate)
                .momentum(options.number("momentum", 0))
                .dampening(options.number("dampening", 0))
                .weightDecay(options.number("weight_decay", 0));
        return options.truth("nesterov") ? sgd.nesterov() : sgd;
    }

    private static UpdateRule adam(CaseOptions options, Adam plain) {
        Adam adam = plain.betas(betas(options)[0], betas(options)[1]).epsilon(options.number("eps", 1e-8));
        return options.truth("amsgrad") ? adam.amsgrad() : adam;
    }

    private static UpdateRule rmsProp(CaseOptions options, Schedule rate) {
        RmsProp rule = RmsProp.rate(rate)
                .alpha(options.number("alpha", 0.99))
                .epsilon(options.number("eps", 1e-8))
                .weightDecay(options.number("weight_decay", 0))
                .momentum(options.number("momentum", 0));
        return options.truth("centered") ? rule.centered() : rule;
    }

    private static double[] betas(CaseOptions options) {
        return options.has("betas") ? options.numbers("betas") : new double[] {0.9, 0.999};
    }
}
