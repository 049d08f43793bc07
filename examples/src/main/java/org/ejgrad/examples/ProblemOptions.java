package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which data set, and where its files are: shared by the commands that take any of them. */
final class ProblemOptions {
    @Parameters(paramLabel = "dataset", description = "one of " + Problems.LIST)
    private String dataset = "";

    @Option(names = "--data", description = "mnist: the folder of the IDX files; csv: a file, class in the last column")
    private Optional<Path> data = Optional.empty();

    String dataset() {
        return dataset;
    }

    Problem load(long seed) throws IOException {
        return Problems.load(dataset, seed, data);
    }
}
