package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.arguments.Figures;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.model.Predictions;
import org.ejml.simple.SimpleMatrix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code predict}: what a saved model says of rows, of which the answer need not be known. */
@Command(
        name = "predict",
        mixinStandardHelpOptions = true,
        footer = "%nExample: predict --model model.st --csv new.csv --out predictions.csv",
        description =
                "Loads a model that train --save wrote, and predicts the rows of a CSV file, or the test rows of a "
                        + "data set. Of rows whose answers are known it says how often it is right.")
final class PredictCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ModelOptions options = new ModelOptions();

    @Option(names = "--out", description = "write all predictions to this CSV file")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() throws IOException {
        file.ifPresent(path -> Outputs.requireWritable("--out", path));
        predict(options.model(), options.rows(), file, spec.commandLine().getOut());
        return 0;
    }

    /** The network is asked once: what is predicted and how often that is right come of the same outputs. */
    static void predict(Model model, Table rows, Optional<Path> file, PrintWriter out) throws IOException {
        Predictions predictions = model.predict(rows);
        String left = Problem.leftOut(rows.size() - predictions.size());
        if (file.isPresent()) {
            PredictionFile.write(file.get(), predictions, model.kind());
            out.printf(Locale.ROOT, "%s: %s%s%n", file.get(), Figures.counted(predictions.size(), "prediction"), left);
        } else {
            for (int i = 0; i < Math.min(SHOWN, predictions.size()); i++) {
                out.printf(Locale.ROOT, "%6d  %s%n", predictions.rows()[i] + 1, predictions.text(i));
            }
            if (predictions.size() > SHOWN) {
                out.printf(
                        Locale.ROOT,
                        "... %s in all%s; --out writes them to a file%n",
                        Figures.counted(predictions.size(), "row"),
                        left);
            }
        }
        Table told = rows.rows(predictions.rows());
        int[] known = ModelOptions.answered(model, told);
        if (known.length > 0) {
            Preparation preparation = model.preparation().orElseThrow();
            SimpleMatrix outputs = predictions.outputs();
            SimpleMatrix ofKnown = new SimpleMatrix(known.length, outputs.getNumCols());
            for (int i = 0; i < known.length; i++) {
                ofKnown.insertIntoThis(i, 0, outputs.getRow(known[i]));
            }
            EvaluateCommand.print(preparation, preparation.dataset(told.rows(known)), ofKnown, rows.size(), out);
        }
        out.flush();
    }
}
