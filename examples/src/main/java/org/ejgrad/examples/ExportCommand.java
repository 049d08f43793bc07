package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.io.Npz;
import org.ejgrad.nn.io.Weights;
import org.ejgrad.nn.model.Model;
import org.ejgrad.nn.onnx.OnnxModel;
import org.ejgrad.nn.onnx.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code export}: trains a network and writes it to a file that other programs, or {@code predict}, can read. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        footer = "%nExample: export iris --format onnx --out iris.onnx",
        description = "Writes a network, a saved one or one trained for it, as an ONNX model that takes the rows as "
                + "they stand in the table, or its weights alone: as safetensors, in the same format as PyTorch lays "
                + "them out, or as npz for NumPy.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--model", description = "a model that train --save wrote, instead of training one")
    private Optional<Path> saved = Optional.empty();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--format", defaultValue = "onnx", description = "one of ${COMPLETION-CANDIDATES}")
    private Format format = Format.ONNX;

    @Option(names = "--onnx", description = "what is written if no format is given")
    private boolean isOnnx;

    @Option(
            names = "--precision",
            description =
                    "of ONNX: one of ${COMPLETION-CANDIDATES}; float if not given. Gelu and layers for images are "
                            + "computed as floats in either, as ONNX Runtime knows them")
    private Optional<Precision> precision = Optional.empty();

    @Option(
            names = "--out",
            description = "the file; by default target/ejgrad/<dataset or model> with the format's ending")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "of weights, order and generated data")
    private long seed;

    /** What is written. */
    enum Format {
        /** The computation and its weights. */
        ONNX,
        /** The weights alone. */
        SAFETENSORS,
        /** The weights as PyTorch's state_dict has them, in a safetensors file. */
        PYTORCH,
        /** The weights as NumPy's load reads them. */
        NPZ;

        void write(Path file, Model model, Precision precision) throws IOException {
            switch (this) {
                case ONNX -> OnnxModel.write(file, model, precision);
                case SAFETENSORS -> Weights.save(file, model.network());
                case PYTORCH -> Weights.save(file, model.network(), Weights.Layout.PYTORCH);
                case NPZ -> Npz.write(file, Weights.of(model.network()));
            }
        }

        String ending() {
            return this == PYTORCH ? "pytorch.safetensors" : toString();
        }

        /** The name as it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (isOnnx && format != Format.ONNX) {
            throw new IllegalArgumentException("--onnx and --format " + format + " are given; expected one of them");
        }
        if (precision.isPresent() && format != Format.ONNX) {
            throw new IllegalArgumentException("--precision is of onnx; expected none with --format " + format);
        }
        Path file = out.orElse(Path.of(
                "target", "ejgrad", saved.map(ExportCommand::stem).orElseGet(problems::name) + "." + format.ending()));
        Outputs.requireWritable("--out", file);
        if (saved.isPresent() && Files.exists(file) && Files.isSameFile(file, saved.get())) {
            throw new IllegalArgumentException(
                    "--model is " + file + ", which would be written over; expected another file as --out");
        }
        PrintWriter printer = spec.commandLine().getOut();
        Model exported = saved.isPresent() ? saved() : trained(printer);
        format.write(file, exported, precision.orElse(Precision.FLOAT));
        printer.printf(Locale.ROOT, "%s (%d bytes)%n", file, Files.size(file));
        List<String> unknown = precision.equals(Optional.of(Precision.DOUBLE))
                ? OnnxModel.floatOnly(Files.readAllBytes(file))
                : List.of();
        if (!unknown.isEmpty()) {
            printer.println("Note: ONNX Runtime 1.30 knows " + String.join(", ", unknown)
                    + " of floats alone, so they are computed as floats: to about seven digits.");
        }
        printer.flush();
        return 0;
    }

    /** The name of a file without its ending. */
    private static String stem(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    private Model saved() throws IOException {
        if (problems.isAsked()) {
            throw new IllegalArgumentException("--model is given and data to train on as well, " + problems.given()
                    + "; expected one of them, and the file to write as --out");
        }
        network.requireNoneBeside("--model");
        return Model.load(saved.orElseThrow());
    }

    private Model trained(PrintWriter printer) throws IOException {
        Problem problem = problems.load(seed);
        Trained trained = Training.watched(
                problem,
                network.recipe(problem.recipe()),
                seed,
                spec.commandLine().getErr());
        printer.printf(
                Locale.ROOT,
                "%s: %s, test %s%n",
                problem.name(),
                trained.shape(),
                trained.judgement().line());
        return trained.model(seed);
    }
}
