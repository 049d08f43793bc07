package org.ejgrad.examples.lessons;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.ejgrad.examples.story.Outputs;
import org.ejgrad.nn.io.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lesson}: the ten lessons, and the exercise that each ends with. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        description = "Teaches backpropagation in ten lessons, from one multiplication to a trained classifier. Each "
                + "ends with an exercise in plain Java. Without a number: lists them.",
        footer = "%nExample: lesson 4 --check MyAnswer.java")
public final class LessonCommand implements Callable<Integer> {
    private static final int MOST_SECONDS = 3600;

    /** Lines of what an answer has printed. */
    private static final int MOST_LINES = 10;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "<number>", description = "which lesson, 1 to 10")
    private Optional<Integer> number = Optional.empty();

    @Option(
            names = "--start",
            paramLabel = "<file>",
            description = "write the file that the exercise begins with; its name is the class's, MyAnswer.java")
    private Optional<Path> start = Optional.empty();

    @Option(
            names = "--check",
            paramLabel = "<file>",
            description = "compile the completed file, run it in a process of its own, and say what is right or wrong")
    private Optional<Path> check = Optional.empty();

    @Option(
            names = "--page",
            paramLabel = "<file>",
            description = "write a page on which to step through the exercise's loss and back through its gradients")
    private Optional<Path> page = Optional.empty();

    @Option(names = "--timeout", description = "how many seconds the answer may run; 10 if not given")
    private Optional<Double> timeout = Optional.empty();

    /** Made by the command line. */
    public LessonCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        int code = run(out);
        out.flush();
        return code;
    }

    private int run(PrintWriter out) throws IOException {
        if (number.isEmpty()) {
            if (start.isPresent() || check.isPresent() || page.isPresent() || timeout.isPresent()) {
                throw new IllegalArgumentException("the number of the lesson is missing; expected 1 to "
                        + Lessons.ALL.size() + " before any option");
            }
            Lessons.ALL.forEach(lesson -> out.printf(Locale.ROOT, "lesson %-3d %s%n", lesson.number(), lesson.title()));
            return 0;
        }
        if (Stream.of(start, check, page).filter(Optional::isPresent).count() > 1) {
            throw new IllegalArgumentException(
                    "several of --start, --check and --page are given; expected one of them");
        }
        if (timeout.isPresent() && check.isEmpty()) {
            throw new IllegalArgumentException("--timeout needs --check, an answer to run");
        }
        Lesson lesson = Lessons.of(number.get());
        if (start.isPresent()) {
            return start(lesson.exercise(), start.get(), out);
        }
        if (check.isPresent()) {
            return check(new Answer(lesson.exercise(), check.get()), out);
        }
        if (page.isPresent()) {
            Outputs.requireWritable("--page", page.get());
            long bytes = lesson.page().write(page.get());
            out.printf(Locale.ROOT, "Page: %s (%d kB)%n", page.get(), bytes / 1000);
            return 0;
        }
        lesson.print(out);
        return 0;
    }

    /** An answer that somebody has begun is not overwritten. */
    private int start(Exercise exercise, Path file, PrintWriter out) throws IOException {
        if (Files.exists(file)) {
            throw new IllegalArgumentException("--start is " + file + ", which exists; expected a new file");
        }
        byte[] text = exercise.start(Answer.className(file)).getBytes(StandardCharsets.UTF_8);
        Outputs.requireWritable("--start", file);
        AtomicFile.write(file, text.length, stream -> stream.write(text));
        out.println("Written: " + file + "; complete it, then lesson " + number.orElseThrow() + " --check " + file);
        return 0;
    }

    /** 0 if the answer is right, 1 if not. */
    private int check(Answer answer, PrintWriter out) throws IOException {
        Assessment assessment = answer.assess(patience());
        out.println(assessment.sentence());
        if (!assessment.hint().isEmpty()) {
            out.println("Hint: " + assessment.hint());
        }
        if (!assessment.printed().isBlank()) {
            out.println("It printed:");
            assessment.printed().lines().limit(MOST_LINES).forEach(line -> out.println("  " + line));
            boolean isCut = assessment.printed().getBytes(StandardCharsets.UTF_8).length >= AnswerDriver.SHOWN;
            if (isCut || assessment.printed().lines().skip(MOST_LINES).findAny().isPresent()) {
                out.println("  … and more");
            }
        }
        return assessment.isRight() ? 0 : 1;
    }

    private Duration patience() {
        double seconds = timeout.orElse(10.0);
        if (!(seconds >= 0.001 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "--timeout is " + seconds + "; expected 0.001 to " + MOST_SECONDS + " seconds");
        }
        return Duration.ofMillis(Math.round(1000 * seconds));
    }
}
