package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.Parameter;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.loss.CrossEntropy;

/** The main job: three classifiers trained one after the other, the gradients of one checked, a page about it all. */
final class Tour {
    private static final List<String> STOPS = List.of("spirals", "iris", "digits");
    private static final String LINE = "%-8s  %-14s  %-22s  %10s  %10s  %6s%n";

    private Tour() {}

    static int run(long seed, Path report, PrintWriter out, PrintWriter err) throws IOException {
        Outputs.requireWritable("--report", report);
        List<Trained> runs = new ArrayList<>();
        for (String name : STOPS) {
            Problem problem = Problems.load(name, seed, Optional.empty());
            runs.add(Training.watched(problem, problem.recipe(), seed, err));
        }
        out.printf(Locale.ROOT, LINE, "data", "network", "test accuracy", "baseline", "test loss", "time");
        runs.forEach(run -> print(run, out));

        CheckReport check = check(runs.get(1));
        out.printf(Locale.ROOT, "%nGradients of the iris network: %s%n", check.summary());

        long bytes = TourPage.write(report, seed, runs, check);
        out.printf(Locale.ROOT, "Report: %s (%d kB)%n", report, bytes / 1000);
        return check.passed() ? 0 : 1;
    }

    private static void print(Trained run, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                LINE,
                run.problem().name(),
                run.shape(),
                String.format(
                        Locale.ROOT,
                        "%.4f (%.0f of %d)",
                        run.accuracy(),
                        run.accuracy() * run.problem().test().size(),
                        run.problem().test().size()),
                run.problem()
                        .baseline()
                        .map(baseline -> String.format(Locale.ROOT, "%.4f", baseline.accuracy()))
                        .orElse("-"),
                String.format(Locale.ROOT, "%.4f", run.testLoss()),
                String.format(Locale.ROOT, "%.1f s", run.seconds()));
    }

    /** Every entry of every parameter of a trained network, by its loss on the test rows. */
    static CheckReport check(Trained run) {
        Map<String, Value> parameters = new LinkedHashMap<>();
        for (Parameter parameter : run.network().parameters()) {
            parameters.put(parameter.name(), parameter.value());
        }
        Dataset test = run.problem().test();
        Value logits = run.network().forward(Value.constant(test.inputs()));
        return GradientCheck.of(parameters, CrossEntropy.fromLogits(logits, test.labels()))
                .run();
    }
}
