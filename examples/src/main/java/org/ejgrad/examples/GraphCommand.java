package org.ejgrad.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.pages.GraphPage;
import org.ejgrad.show.Graph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code graph}: the graph of an untrained network's loss on a few rows, as text or for a drawing program. */
@Command(
        name = "graph",
        mixinStandardHelpOptions = true,
        footer = "%nExample: graph iris --format mermaid --values",
        description = "Prints the graph of a network's loss on a few rows of a data set.")
final class GraphCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ProblemOptions problems = new ProblemOptions();

    @Mixin
    private NetworkOptions network = new NetworkOptions();

    @Option(names = "--format", defaultValue = "text", description = "one of ${COMPLETION-CANDIDATES}")
    private Format format = Format.TEXT;

    @Option(names = "--rows", defaultValue = "4", description = "how many rows the loss is of")
    private int rows;

    @Option(names = "--values", description = "show the elements of each matrix")
    private boolean values;

    @Option(names = "--gradients", description = "show the gradient at each node, and what each edge adds to it")
    private boolean gradients;

    @Option(names = "--formulas", description = "show the derivative rule of each edge")
    private boolean formulas;

    @Option(names = "--page", description = "write a page to step through instead; its folder is made if there is none")
    private Optional<Path> page = Optional.empty();

    @Option(names = "--seed", defaultValue = "0", description = "of weights and generated data")
    private long seed;

    /** What the graph is written in. */
    enum Format {
        TEXT,
        DOT,
        MERMAID,
        JSON,
        EXPLAIN,
        LATEX,
        MARKDOWN;

        String of(Graph graph) {
            return switch (this) {
                case TEXT -> graph.text();
                case DOT -> graph.dot();
                case MERMAID -> graph.mermaid();
                case JSON -> graph.json();
                case EXPLAIN -> graph.explain().text();
                case LATEX -> graph.explain().latex();
                case MARKDOWN -> graph.explain().markdown();
            };
        }

        boolean isExplained() {
            return this == EXPLAIN || this == LATEX || this == MARKDOWN;
        }

        /** The name as it is typed. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A page and an explanation show all there is to show. */
    private void requireNothingIdle() {
        if (page.isPresent() && format != Format.TEXT) {
            throw new IllegalArgumentException("--page and --format " + format + " are given; expected one of them");
        }
        if ((values || gradients || formulas) && (page.isPresent() || format.isExplained())) {
            throw new IllegalArgumentException((values ? "--values" : gradients ? "--gradients" : "--formulas")
                    + " adds nothing to " + (page.isPresent() ? "--page" : "--format " + format)
                    + ", which has them; expected it with text, dot, mermaid or json");
        }
    }

    @Override
    public Integer call() throws IOException {
        requireNothingIdle();
        page.ifPresent(file -> Outputs.requireWritable("--page", file));
        Problem problem = problems.orElse("xor").load(seed);
        Dataset data = problem.train();
        if (rows < 1 || rows > data.size()) {
            throw new IllegalArgumentException("--rows is " + rows + "; expected 1 to " + data.size());
        }
        Dataset few = data.rows(IntStream.range(0, rows).toArray());
        Recipe recipe = network.recipe(problem.recipe());
        Sequential layers = recipe.network(data.features(), problem.outputs(), seed);
        Value inputs = Value.constant(few.inputs()).labelled("inputs");
        Value loss = Training.objective(problem.kind())
                .loss(layers.forward(inputs), few)
                .labelled("loss");
        if (page.isPresent()) {
            long bytes = GraphPage.of(loss).parameters(layers).write(page.get());
            spec.commandLine().getOut().printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), bytes / 1000);
            return 0;
        }
        Map<Value, String> names = new HashMap<>();
        layers.parameters().forEach(parameter -> names.put(parameter.value(), parameter.name()));
        Graph graph = Graph.of(loss).withNames(names).abbreviatedTo(4, 4);
        graph = values ? graph.withValues() : graph;
        graph = gradients ? graph.withGradients() : graph;
        graph = formulas ? graph.withFormulas() : graph;
        spec.commandLine().getOut().print(format.of(graph));
        spec.commandLine().getOut().flush();
        return 0;
    }
}
