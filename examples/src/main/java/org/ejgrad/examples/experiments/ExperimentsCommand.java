package org.ejgrad.examples.experiments;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.ejgrad.examples.experiments.Student.Slip;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.pages.CheckTable;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code experiments}: step sizes, kinks, noise, a student's mistakes and a whole network under the checker. */
@Command(
        name = "experiments",
        mixinStandardHelpOptions = true,
        footer = "%nExample: experiments --report experiments.html",
        description = "Experiments with gradient checking, as tables and as a page with pictures.")
public final class ExperimentsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--report", defaultValue = "target/ejgrad/experiments.html", description = "where the page goes")
    private Path report = Path.of("");

    /** Made by the command line. */
    public ExperimentsCommand() {}

    @Override
    public Integer call() throws IOException {
        Outputs.requireWritable("--report", report);
        PrintWriter out = spec.commandLine().getOut();
        Curves usual = new Curves(VCurve.USUAL);
        Curves misleading = new Curves(VCurve.MISLEADING);
        List<List<String>> kinks = AtAKink.rows();
        List<List<String>> slips = Arrays.stream(Slip.values())
                .map(slip -> List.of(slip.toString(), Student.verdict(Student.check(slip))))
                .toList();
        WholeNetwork network = new WholeNetwork();
        CheckTable table = network.everyEntry();
        String directions = network.alongDirections();

        out.println("== Error of difference quotients against their step\n");
        usual.print(out);
        out.println("== What misleads a check of gradients\n");
        misleading.print(out);
        out.println("== At the kink of max(x, 0)\n");
        kinks.forEach(row -> out.printf(Locale.ROOT, "%-40s %-10s %-9s %s%n", row.toArray()));
        out.println("\n== A student's backpropagation: what is wrong, and what the checker says\n");
        slips.forEach(row -> out.printf(Locale.ROOT, "%s%n    %s%n", row.toArray()));
        out.printf(Locale.ROOT, "%n== A whole network%n%n%s%n%n", table.text());
        table.print(out);
        out.printf(Locale.ROOT, "%n%s%n", directions);

        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("usual", usual);
        sections.put("misleading", misleading);
        sections.put("kinks", Section.rows(kinks));
        sections.put("slips", Section.rows(slips));
        sections.put("check", table);
        sections.put("directions", Section.text(directions));
        long bytes = Page.write(report, ExperimentsCommand.class, "experiments.html", Section.json(sections));
        out.printf(Locale.ROOT, "%nPictures: %s (%d kB)%n", report, bytes / 1000);
        return 0;
    }
}
