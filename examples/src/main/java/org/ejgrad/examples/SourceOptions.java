package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.ejgrad.nn.data.Table;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where rows come from: a data set, or a CSV file. */
final class SourceOptions {
    @Parameters(paramLabel = "dataset", arity = "0..1", description = "one of " + Problems.LIST)
    private Optional<String> dataset = Optional.empty();

    @Option(names = "--data", description = "mnist: the folder of the IDX files")
    private Optional<Path> data = Optional.empty();

    @Mixin
    private CsvOptions csv = new CsvOptions();

    /** The same, with a data set to take if nothing else is given. */
    void orElse(String name) {
        if (!isAsked()) {
            dataset = Optional.of(name);
        }
    }

    /** A name for files that are made of it. */
    String name() {
        return dataset.orElse("own");
    }

    /** What is given, as it was given. */
    String given() {
        return dataset.orElseGet(csv::name);
    }

    /** Whether any data are given. */
    boolean isAsked() {
        return csv.isAsked() || dataset.isPresent();
    }

    CsvOptions csv() {
        return csv;
    }

    /** The table of the file, or the data set. */
    Problem load(PlanOptions plan, long seed) throws IOException {
        requireOne();
        return csv.isAsked() ? Problems.own(csv, plan, seed) : dataset(seed);
    }

    /** The rows of the file, or the test rows of the data set; none of a data set too large for a table. */
    Table rows(long seed) throws IOException {
        requireOne();
        if (csv.isAsked()) {
            return csv.table();
        }
        return dataset(seed)
                .table()
                .orElseThrow(() -> new IllegalArgumentException(
                        name() + " has too many numbers for a table; expected another data set, or --csv"))
                .test();
    }

    private Problem dataset(long seed) throws IOException {
        return Problems.load(dataset.orElseThrow(), seed, data);
    }

    private void requireOne() {
        if (csv.isAsked() == dataset.isPresent()) {
            throw new IllegalArgumentException(
                    csv.isAsked()
                            ? "both the data set " + dataset.get() + " and --csv are given; expected one of them"
                            : "no data set; expected one of " + Problems.LIST + ", or --csv with a file of your own");
        }
        if (data.isPresent() && !dataset.equals(Optional.of("mnist"))) {
            throw new IllegalArgumentException(
                    "--data is the folder of mnist's files; expected none with " + dataset.orElse("--csv"));
        }
    }
}
