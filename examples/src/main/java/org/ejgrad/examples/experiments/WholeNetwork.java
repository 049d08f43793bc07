package org.ejgrad.examples.experiments;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.pages.CheckTable;

/** A check of a whole network with its loss: every entry of every parameter, and then along a few directions. */
final class WholeNetwork {
    private final Map<String, Value> parameters = new LinkedHashMap<>();
    private final Value loss;

    WholeNetwork() {
        Sequential network =
                Sequential.of(new Dense(2, 16, 1), Value::relu, new Dense(16, 16, 2), Value::tanh, new Dense(16, 2, 3));
        Dataset moons = ToySets.moons(64, 0.1, 4);
        network.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter.value()));
        loss = CrossEntropy.fromLogits(network.forward(Value.constant(moons.inputs())), moons.labels());
    }

    CheckTable everyEntry() {
        CheckReport report = GradientCheck.of(parameters, loss).run();
        return new CheckTable(
                "A network 2-16-16-2 with relu and tanh on 64 rows of moons. " + report.summary(), report);
    }

    /** One sentence on what a check along directions costs. */
    String alongDirections() {
        var report = GradientCheck.of(parameters, loss).directions(3).run();
        return "Along 3 random directions through all parameters at once, in " + report.evaluations() + " evaluations: "
                + report.summary();
    }
}
