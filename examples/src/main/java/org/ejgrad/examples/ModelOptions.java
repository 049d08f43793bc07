package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.ejgrad.nn.data.Preparation;
import org.ejgrad.nn.data.Table;
import org.ejgrad.nn.model.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model from a file and the rows it is asked about, shared by the commands that use one. */
final class ModelOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "<model>",
            description = "the file that train --save wrote; it knows which columns it reads, and what becomes of gaps")
    private Path file = Path.of("");

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Option(names = "--seed", defaultValue = "0", description = "of generated data")
    private long seed;

    /** The model, which must know how the rows of a table become its inputs. */
    Model model() throws IOException {
        Model model = Model.load(file);
        if (model.preparation().isEmpty()) {
            throw new IllegalArgumentException(file + " does not say how its inputs " + model.featureNames()
                    + " are made of a table's columns; expected a model that does, such as train --save writes. "
                    + "In Java, Model.load(file).predict(inputs) takes the inputs themselves");
        }
        return model;
    }

    /** The numbers of the rows whose answers are known; none if no answer is, or the columns are not there. */
    static int[] answered(Model model, Table rows) {
        Preparation preparation = model.preparation().orElseThrow();
        if (!preparation.hasTargets(rows)) {
            return new int[0];
        }
        List<List<String>> targets =
                preparation.targetNames().stream().map(rows::texts).toList();
        return IntStream.range(0, rows.size())
                .filter(row ->
                        targets.stream().noneMatch(texts -> texts.get(row).isEmpty()))
                .toArray();
    }

    /** The rows it is asked about. */
    Table rows() throws IOException {
        return source.rows(seed);
    }
}
