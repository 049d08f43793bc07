package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Gradients;
import org.ejgrad.Value;
import org.ejgrad.nn.optim.GradientClipping;

/** Gradient clipping of the reference format. */
final class ReferenceClipping {
    private ReferenceClipping() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        List<Value> variables = new ArrayList<>();
        Value loss = Value.constant(0);
        for (Json gradient : figures.get("grads").list()) {
            Value wanted = Value.constant(gradient.matrix());
            Value variable = Value.variable("w" + variables.size(), Value.zeros(wanted.shape()));
            variables.add(variable);
            loss = loss.plus(variable.elementMult(wanted).elementSum());
        }
        CaseOptions options = CaseOptions.of(figures.get("options"));
        Gradients clipped = clipped(figures, loss.gradients(), options, tolerance, comparison);
        options.requireAllUsed();
        List<Json> want = figures.get("clipped").list();
        for (int i = 0; i < want.size(); i++) {
            comparison.matrix(
                    "clipped[" + i + "]",
                    clipped.of(variables.get(i)),
                    want.get(i).matrix(),
                    tolerance);
        }
    }

    private static Gradients clipped(
            Json figures, Gradients gradients, CaseOptions options, Tolerance tolerance, Comparison comparison) {
        String operation = figures.get("op").text();
        return switch (operation) {
            case "clip_grad_norm_" -> {
                GradientClipping.Clipped clipped =
                        byNorm(gradients, options.number("max_norm"), options.number("norm_type", 2));
                comparison.number(
                        "total_norm", clipped.norm(), figures.get("total_norm").number(), tolerance);
                yield clipped.gradients();
            }
            case "clip_grad_value_" -> GradientClipping.byValue(gradients, options.number("clip_value"));
            default -> throw new Unsupported("the operation " + operation);
        };
    }

    /** PyTorch divides by norm + 1e-6, which limits the norm to a little less than it says. */
    static GradientClipping.Clipped byNorm(Gradients gradients, double limit, double p) {
        double norm = GradientClipping.norm(gradients, p);
        boolean isUsual = norm > 0 && norm < Double.POSITIVE_INFINITY;
        return GradientClipping.byNorm(gradients, isUsual ? limit * (norm / (norm + 1e-6)) : limit, p);
    }
}
