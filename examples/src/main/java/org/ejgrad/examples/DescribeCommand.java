package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.ejgrad.nn.arguments.Require;
import org.ejgrad.nn.data.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code describe}: what a CSV file holds, to know before one trains on it. */
@Command(
        name = "describe",
        mixinStandardHelpOptions = true,
        footer = "%nExample: describe --csv flowers.csv",
        description = "Shows the first rows of a CSV file, and of each column its kind, gaps, classes and range.")
final class DescribeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private CsvOptions csv = new CsvOptions();

    @Option(names = "--head", defaultValue = "5", description = "how many rows are shown")
    private int head;

    @Override
    public Integer call() throws IOException {
        if (!csv.isAsked()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--csv=<file>'");
        }
        Require.atLeast(head, 0, "--head");
        Table table = csv.table();
        PrintWriter out = spec.commandLine().getOut();
        out.println(table.text(head));
        out.println();
        out.println(table.describe());
        out.flush();
        return 0;
    }
}
