package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.Value;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.model.Model;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code evaluate}: how well a saved model does on rows whose answers are known. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        footer = "%nExample: evaluate --model model.st --csv held-out.csv",
        description =
                "Loads a model that train --save wrote, and judges it by the rows of a CSV file, or by the test rows "
                        + "of a data set.")
final class EvaluateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelOptions options = new ModelOptions();

    @Override
    public Integer call() throws IOException {
        Model model = options.model();
        Table rows = options.rows();
        Preparation preparation = model.preparation().orElseThrow();
        int[] answered = ModelOptions.answered(model, rows);
        if (answered.length == 0 && preparation.hasTargets(rows)) {
            throw new IllegalArgumentException(rows.name() + ": no row has an answer in "
                    + String.join(" and ", preparation.targetNames()) + "; expected at least one to judge by");
        }
        Dataset data = preparation.dataset(answered.length == 0 ? rows : rows.rows(answered));
        print(
                preparation,
                data,
                model.outputs(data.inputs()),
                rows.size(),
                spec.commandLine().getOut());
        spec.commandLine().getOut().flush();
        return 0;
    }

    /** Prints how well outputs fit rows with their answers, and how many of all are left out. */
    static void print(Preparation preparation, Dataset data, SimpleMatrix outputs, int all, PrintWriter out) {
        Judgement judgement = Judgement.of(preparation.kind(), data, outputs, Optional.of(preparation));
        double loss = Training.objective(preparation.kind())
                .loss(Value.constant(outputs), data)
                .scalar();
        judgement.confusion().ifPresent(out::println);
        out.printf(
                Locale.ROOT,
                "%n%s: %s, loss %s%s%n",
                Figures.counted(data.size(), "row"),
                judgement.line(),
                Judgement.text(loss),
                Problem.leftOut(all - data.size()));
    }
}
