package org.ejgrad.examples;

import static org.ejgrad.Rule.rule;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.ejgrad.Elementary;
import org.ejgrad.Operation;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejml.data.DMatrixRMaj;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code check}: an operation of one's own, x·σ(x), with a right rule and two wrong ones, and the checker's word. With
 * {@code --process}, the same for a program in any language.
 */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        footer = "%nExample: check --process 'python3 examples/check/network.py wrong'",
        description = "Checks a right derivative rule and two wrong ones, and shows what the checker says of each. "
                + "With --process, checks the gradient that a program in any language claims; "
                + "examples/check/README.md says how it is asked. With --network, checks every entry of a network.")
final class CheckCommand implements Callable<Integer> {
    static final Operation RIGHT = Operation.unary(
            "swish",
            CheckCommand::swish,
            rule(
                    "dy ⊙ (σ(x) + y ⊙ σ(−x))",
                    (x, y, dy) -> dy.elementMult(
                            x.sigmoid().plus(y.elementMult(x.negative().sigmoid())))));

    static final Operation HALF_THE_PRODUCT_RULE =
            Operation.unary("swish", CheckCommand::swish, rule("dy ⊙ σ(x)", (x, y, dy) -> dy.elementMult(x.sigmoid())));

    static final Operation OFF_BY_A_MILLIONTH = Operation.unary(
            "swish",
            CheckCommand::swish,
            rule(
                    "1.000001·dy ⊙ (σ(x) + y ⊙ σ(−x))",
                    (x, y, dy) -> dy.elementMult(
                                    x.sigmoid().plus(y.elementMult(x.negative().sigmoid())))
                            .scale(1.000001)));

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProcessCheck process = new ProcessCheck();

    private static DMatrixRMaj swish(DMatrixRMaj x) {
        return Operation.map(x, v -> v / (1 + Elementary.exp(-v)));
    }

    static CheckReport check(Operation operation) {
        Value x = Value.variable("x", new double[][] {{0.5, -1.25, 3}, {-0.1, 0, 2}});
        return GradientCheck.of(operation.apply(x).square().elementSum()).run();
    }

    @Override
    public Integer call() throws IOException {
        if (process.isAsked()) {
            return process.run(spec.commandLine().getOut(), spec.commandLine().getErr());
        }
        boolean right = show("The right rule", RIGHT).passed();
        boolean half = show("Half of the product rule forgotten", HALF_THE_PRODUCT_RULE)
                .refuted();
        boolean millionth =
                show("Wrong by one part in a million", OFF_BY_A_MILLIONTH).refuted();
        return right && half && millionth ? 0 : 1;
    }

    private CheckReport show(String title, Operation operation) {
        PrintWriter out = spec.commandLine().getOut();
        CheckReport report = check(operation);
        out.printf(
                Locale.ROOT,
                "== %s: %s, dx = %s%n%n%s%n",
                title,
                operation,
                operation.rules().get(0).formula(),
                report);
        return report;
    }
}
