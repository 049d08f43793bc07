package org.ejgrad.examples;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.Diagnosis;
import org.ejgrad.check.ForeignProcess;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.pages.CheckTable;
import org.ejgrad.nn.pages.Page;
import org.ejgrad.nn.pages.Section;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of {@code check} for a program in any language or a network, and what they do. */
final class ProcessCheck {
    private static final int MOST_SECONDS = 86_400;

    /** From then on, a check shows how far it is. */
    private static final Duration LONG = Duration.ofSeconds(2);

    /** So many lines of a page. */
    private static final int SHOWN = 1000;

    @Option(
            names = "--process",
            paramLabel = "<command>",
            description = "a program that answers with values and gradients; split into words as by a shell, with "
                    + "quotes and backslashes, and nothing else")
    private Optional<String> command = Optional.empty();

    @Mixin
    private NetworkToCheck network = new NetworkToCheck();

    @Option(names = "--directions", description = "look along so many random directions instead of at every entry")
    private Optional<Integer> directions = Optional.empty();

    @Option(names = "--sample", description = "look at so many entries, chosen at random")
    private Optional<Integer> sample = Optional.empty();

    @Option(names = "--tolerance", description = "how narrow a bar must be to certify an entry; 1e-6 if not given")
    private Optional<Double> tolerance = Optional.empty();

    @Option(names = "--seed", description = "of directions and samples; 1 if not given")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--timeout", description = "how many seconds an answer may take; 30 if not given")
    private Optional<Double> timeout = Optional.empty();

    @Option(names = "--json", description = "print the report as JSON, an object a line")
    private boolean json;

    @Option(names = "--page", description = "write the report as a page too")
    private Optional<Path> page = Optional.empty();

    private record Checked(String what, CheckTable table) {}

    /** Whether there is a program or a network to check; the other options are refused without one. */
    boolean isAsked() {
        if (command.isPresent() && network.isAsked()) {
            throw new IllegalArgumentException("--process and --network are both given; expected one of them");
        }
        Map<String, Boolean> both = new LinkedHashMap<>();
        both.put("--directions", directions.isPresent());
        both.put("--sample", sample.isPresent());
        both.put("--tolerance", tolerance.isPresent());
        both.put("--seed", seed.isPresent());
        both.put("--json", json);
        both.put("--page", page.isPresent());
        require(command.isPresent() || network.isAsked(), "--process or --network, what to check", both);
        require(command.isPresent(), "--process, the program to check", Map.of("--timeout", timeout.isPresent()));
        require(network.isAsked(), "--network, the widths to check", network.others());
        return command.isPresent() || network.isAsked();
    }

    private static void require(boolean isThere, String what, Map<String, Boolean> options) {
        options.forEach((name, isGiven) -> {
            if (isGiven && !isThere) {
                throw new IllegalArgumentException(name + " needs " + what);
            }
        });
    }

    /** Checks the gradient: 0 if it is confirmed, 1 if not. Ctrl-C ends the check, with a report on what was judged. */
    int run(PrintWriter out, PrintWriter err) throws IOException {
        if (directions.isPresent() && sample.isPresent()) {
            throw new IllegalArgumentException("--directions and --sample are both given; expected one of them");
        }
        requirePositive("--directions", directions);
        requirePositive("--sample", sample);
        page.ifPresent(file -> Outputs.requireWritable("--page", file));
        CheckProgress progress = new CheckProgress(LONG, err);
        try (Interrupts interrupts = new Interrupts(err, progress::hasBegun)) {
            Checked checked;
            try (progress) {
                checked = network.isAsked() ? checkNetwork(progress) : checkProgram(progress, err);
            } catch (IOException | UncheckedIOException failure) {
                if (interrupts.clear()) {
                    return interruptedBefore(json ? err : out);
                }
                throw failure;
            }
            boolean isInterrupted = interrupts.clear();
            if (isInterrupted && !progress.hasBegun()) {
                return interruptedBefore(json ? err : out);
            }
            int code = show(checked.what, checked.table, out, err);
            return isInterrupted ? Main.INTERRUPTED : code;
        }
    }

    private static int interruptedBefore(PrintWriter told) {
        told.println("Interrupted before anything was judged; there is no report.");
        return Main.INTERRUPTED;
    }

    private static void requirePositive(String name, Optional<Integer> count) {
        if (count.isPresent() && count.get() < 1) {
            throw new IllegalArgumentException(name + " is " + count.get() + "; expected at least 1");
        }
    }

    private Checked checkNetwork(CheckProgress progress) {
        CheckReport report =
                set(network.check(seed.orElse(1L))).progress(progress).run();
        return new Checked(
                network.toString(), new CheckTable("The figures of backpropagation beside numerical ones.", report));
    }

    private Checked checkProgram(CheckProgress progress, PrintWriter err) throws IOException {
        List<String> words = Words.of(command.orElseThrow());
        if (words.isEmpty()) {
            throw new IllegalArgumentException("--process is empty; expected a program and its arguments");
        }
        try (ForeignProcess process = ForeignProcess.start(words, patience(), err::println)) {
            progress.restart();
            String checked = process + ": "
                    + process.shapes().entrySet().stream()
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .collect(Collectors.joining(", "));
            CheckReport report =
                    set(GradientCheck.ofProcess(process)).progress(progress).run();
            return new Checked(
                    checked,
                    new CheckTable("The figures of the program beside numerical ones.", "Program's claim", report));
        } catch (ArithmeticException refused) {
            throw new IOException(refused.getMessage() + ", at the point of the check", refused);
        }
    }

    private int show(String checked, CheckTable table, PrintWriter out, PrintWriter err) throws IOException {
        CheckReport report = table.report();
        if (json) {
            out.print(report.toJsonLines());
        } else {
            out.printf(Locale.ROOT, "%s%n%n%s", checked, report);
        }
        if (page.isPresent()) {
            long bytes = Page.write(page.get(), Page.class, "check.html", Section.json(sections(checked, table)));
            (json ? err : out).printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), bytes / 1000);
        }
        out.flush();
        return report.passed() ? 0 : 1;
    }

    private Duration patience() {
        if (timeout.isEmpty()) {
            return ForeignProcess.PATIENCE;
        }
        double seconds = timeout.get();
        if (!(seconds >= 0.001 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "--timeout is " + seconds + "; expected 0.001 to " + MOST_SECONDS + " seconds");
        }
        return Duration.ofMillis(Math.round(1000 * seconds));
    }

    private GradientCheck set(GradientCheck check) {
        GradientCheck set = seed.map(check::seed).orElse(check);
        set = tolerance.map(set::tolerance).orElse(set);
        set = directions.map(set::directions).orElse(set);
        return sample.map(set::entries).orElse(set);
    }

    private static Map<String, Section> sections(String checked, CheckTable table) {
        CheckReport report = table.report();
        Map<String, Section> sections = new LinkedHashMap<>();
        sections.put("checked", Section.text(checked));
        sections.put("summary", Section.text(report.summary()));
        sections.put(
                "verdict", Section.text(report.passed() ? "Confirmed" : report.refuted() ? "Refuted" : "Undecided"));
        sections.put(
                "diagnosis",
                Section.text(report.diagnosis().map(Diagnosis::sentence).orElse("")));
        sections.put("notes", Section.texts(report.notes()));
        sections.put("evaluations", json -> json.writeNumber(report.evaluations()));
        sections.put("count", json -> json.writeNumber(report.entries().size()));
        sections.put("check", table);
        sections.put("entries", json -> {
            json.writeStartArray();
            List<CheckedEntry> worst = report.worstFirst();
            for (CheckedEntry entry : worst.subList(0, Math.min(SHOWN, worst.size()))) {
                Section.texts(row(entry)).write(json);
            }
            json.writeEndArray();
        });
        return sections;
    }

    /** Whether it passes, the place, both figures, bar and difference, verdict and what is behind it. */
    private static List<String> row(CheckedEntry entry) {
        return Arrays.asList(
                entry.verdict().passes() ? "good" : "bad",
                entry.place(),
                String.format(Locale.ROOT, "%.12g", entry.claimed()),
                String.format(Locale.ROOT, "%.12g", entry.numeric()),
                String.format(Locale.ROOT, "±%.1e", entry.bar()),
                String.format(Locale.ROOT, "%.1e", entry.relativeDifference()),
                entry.verdict().name(),
                entry.verdict().detail());
    }
}
