package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.ejgrad.nn.io.AtomicFile;
import org.ejgrad.nn.io.Weights;
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
        description = "Trains a classifier and writes it as an ONNX model or as its weights in a safetensors file. "
                + "The model takes inputs that are scaled as those it was trained on.")
final class ExportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--format", defaultValue = "onnx", description = "one of ${COMPLETION-CANDIDATES}")
    private Format format = Format.ONNX;

    @Option(names = "--precision", defaultValue = "float", description = "of ONNX: one of ${COMPLETION-CANDIDATES}")
    private Precision precision = Precision.FLOAT;

    @Option(names = "--out", description = "the file; by default target/ejgrad/<dataset>.<format>")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "of weights, order and generated data")
    private long seed;

    /** What is written. */
    enum Format {
        /** The computation and its weights. */
        ONNX,
        /** The weights alone. */
        SAFETENSORS;

        /** The name as it is typed, and the ending of the file. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws IOException {
        Problem problem = problems.load(seed);
        Recipe recipe = network.recipe(problem.recipe());
        Path file = out.orElse(Path.of("target", "ejgrad", problems.dataset() + "." + format));
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException("--out is " + file + ", a folder; expected a file to write");
        }
        Files.createDirectories(file.toAbsolutePath().normalize().resolveSibling(""));
        Trained trained =
                Training.watched(problem, recipe, seed, spec.commandLine().getErr());
        if (format == Format.ONNX) {
            byte[] model = OnnxModel.of(
                    problems.dataset(), trained.network(), problem.train().features(), precision);
            AtomicFile.write(file, model.length, stream -> stream.write(model));
        } else {
            Weights.save(file, trained.network());
        }
        PrintWriter printer = spec.commandLine().getOut();
        printer.printf(
                Locale.ROOT, "%s: %s, test accuracy %.4f%n", problem.name(), trained.shape(), trained.accuracy());
        printer.printf(Locale.ROOT, "%s (%d bytes)%n", file, Files.size(file));
        printer.flush();
        return 0;
    }
}
