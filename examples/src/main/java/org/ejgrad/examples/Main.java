package org.ejgrad.examples;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.ejgrad.PlainText;
import org.ejgrad.examples.articles.ArticlesCommand;
import org.ejgrad.examples.experiments.ExperimentsCommand;
import org.ejgrad.examples.factors.AnomaliesCommand;
import org.ejgrad.examples.factors.RatingsCommand;
import org.ejgrad.examples.images.ConvolutionCommand;
import org.ejgrad.examples.images.SegmentationCommand;
import org.ejgrad.examples.lessons.LessonCommand;
import org.ejgrad.examples.playground.PlaygroundCommand;
import org.ejgrad.examples.remedies.ImbalanceCommand;
import org.ejgrad.examples.remedies.NoiseCommand;
import org.ejgrad.examples.remedies.OverfittingCommand;
import org.ejgrad.examples.remedies.PseudoLabelsCommand;
import org.ejgrad.examples.sequences.AttentionCommand;
import org.ejgrad.examples.sequences.RankingCommand;
import org.ejgrad.examples.sequences.SpeechCommand;
import org.ejgrad.examples.sequences.TextCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: what each word on the command line starts, and how mistakes are answered. */
@Command(
        name = "ejgrad",
        mixinStandardHelpOptions = true,
        footer = "%nExample: train iris; the options of a command: train --help",
        version = "ejgrad 0.1.0",
        description = "Trains toy networks and shows how. Without a command: spirals, iris and digits, and a report.",
        subcommands = {
            TrainCommand.class,
            ChooseCommand.class,
            CheckCommand.class,
            GraphCommand.class,
            PlaygroundCommand.class,
            ExportCommand.class,
            PredictCommand.class,
            EvaluateCommand.class,
            DescribeCommand.class,
            ArticlesCommand.class,
            ExperimentsCommand.class,
            ImbalanceCommand.class,
            OverfittingCommand.class,
            NoiseCommand.class,
            PseudoLabelsCommand.class,
            SmsCommand.class,
            MultiLabelCommand.class,
            LessonCommand.class,
            JShellCommand.class,
            ConvolutionCommand.class,
            SegmentationCommand.class,
            TextCommand.class,
            AttentionCommand.class,
            RankingCommand.class,
            RatingsCommand.class,
            AnomaliesCommand.class,
            SpeechCommand.class
        })
public final class Main implements Callable<Integer> {
    /** The exit code of a command that Ctrl-C has ended, as of any program. */
    static final int INTERRUPTED = 130;

    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    /** Of the mode of a file, the bits for what it is. */
    private static final int FILE_TYPE = 0xf000;

    private static final int PIPE = 0x1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", defaultValue = "0", description = "of weights, order and generated data")
    private long seed;

    @Option(names = "--report", defaultValue = "target/ejgrad/report.html", description = "where the report goes")
    private Path report = Path.of("");

    private Main() {}

    /**
     * Runs one command, and ends the virtual machine only if it failed.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8) {
            /** Whoever reads a pipe may stop, and has what he wanted. */
            @Override
            public boolean checkError() {
                return super.checkError() && !isPipe();
            }
        };
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        if (code != 0) {
            System.exit(code);
        }
    }

    /** Whether standard output is a pipe, of which no write fails but for want of a reader. */
    private static boolean isPipe() {
        try {
            int mode = (int) Files.getAttribute(Path.of("/dev/stdout"), "unix:mode");
            return (mode & FILE_TYPE) == PIPE;
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return false;
        }
    }

    /** The exit code of a command: 0 if all went well, 2 with one line on err for bad input, 1 for a failure. */
    static int run(PrintStream out, PrintStream err, String... args) {
        CommandLine program = new CommandLine(new Main());
        describe(program);
        program.getSubcommands().values().forEach(Main::describe);
        Writer shown = new TerminalWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        int code = program.setOut(new PrintWriter(shown, true))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> {
                    requireWholeLists(parsed);
                    requireDifferentFiles(parsed);
                    return runLast(parsed);
                })
                .setParameterExceptionHandler((mistake, arguments) -> complain(
                        mistake.getCommandLine(),
                        mistake instanceof MaxValuesExceededException
                                ? repeated(arguments) + " is given twice; expected once"
                                : Complaint.ofOptions(String.valueOf(mistake.getMessage())) + suggestion(mistake)))
                .setExecutionExceptionHandler((mistake, command, parsed) -> {
                    Optional<String> complaint = Complaint.of(mistake);
                    if (complaint.isEmpty()) {
                        throw mistake;
                    }
                    return complain(command, complaint.get());
                })
                .execute(args);
        program.getOut().flush();
        if (code == 0 && out.checkError()) {
            program.getErr().println("ejgrad: standard output could not be written; what should stand there is lost");
            return FAILED;
        }
        return code;
    }

    /** What is asked for may be more than memory can hold, wherever that comes out. */
    private static int runLast(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (OutOfMemoryError full) {
            ParseResult last = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
            throw new ParameterException(
                    last.commandSpec().commandLine(),
                    "what is asked for takes more than the whole memory of this JVM, "
                            + Runtime.getRuntime().maxMemory()
                            + " bytes; expected smaller numbers or files, or more memory by -Xmx (in MAVEN_OPTS for mvn)",
                    full);
        }
    }

    /** What every help text says, besides the example of its own. */
    private static void describe(CommandLine command) {
        Map<String, String> codes = new LinkedHashMap<>();
        codes.put("0", "all went well");
        codes.put("1", "the program failed, or a gradient that it checked is not confirmed");
        codes.put("2", "the input cannot be used, one line says why");
        codes.put(Integer.toString(INTERRUPTED), "ended by Ctrl-C");
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            if (option.defaultValue() != null) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option)
                        .showDefaultValue(Visibility.ALWAYS)
                        .build());
            }
        }
        spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    }

    /** No part of a list is empty: what was meant by it would be left out without a word. */
    private static void requireWholeLists(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            requireWholeLists(parsed.subcommand());
        }
        for (OptionSpec option : parsed.matchedOptions()) {
            for (String typed : option.splitRegex().isEmpty() ? List.<String>of() : option.originalStringValues()) {
                if (Arrays.stream(typed.split(option.splitRegex(), -1)).anyMatch(String::isBlank)) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            option.longestName() + " is \"" + typed
                                    + "\", in which a part is empty; expected one or more, "
                                    + "with a comma between them");
                }
            }
        }
    }

    /** What a command writes is neither what it reads nor what it writes besides. */
    private static void requireDifferentFiles(ParseResult parsed) {
        if (parsed.hasSubcommand()) {
            requireDifferentFiles(parsed.subcommand());
        }
        Map<Path, String> options = new HashMap<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            Object value = option.getValue() instanceof Optional<?> given ? given.orElse(null) : option.getValue();
            if (value instanceof Path file) {
                String other = options.put(real(file), option.longestName());
                if (other != null) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            other + " and " + option.longestName() + " are both " + file
                                    + "; expected different files");
                }
            }
        }
    }

    /** The same for all names of a file. */
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException none) {
            return file.toAbsolutePath().normalize();
        }
    }

    /** The first option that is there again. */
    private static String repeated(String... arguments) {
        Set<String> seen = new HashSet<>();
        return Arrays.stream(arguments)
                .map(argument -> argument.split("=", 2)[0])
                .filter(argument -> argument.startsWith("-") && !seen.add(argument))
                .findFirst()
                .orElse("an option");
    }

    /** What somebody who mistyped a word most likely meant. */
    private static String suggestion(ParameterException mistake) {
        return mistake instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().get(0) + "?"
                : "";
    }

    private static int complain(CommandLine command, String message) {
        String name = command.getCommandSpec().qualifiedName();
        String line = PlainText.of(message.replaceAll("[\n\r]+", " "));
        command.getErr().println(name + ": " + line + "; see " + name + " --help");
        return BAD_INPUT;
    }

    @Override
    public Integer call() throws IOException {
        return Tour.run(
                seed, report, spec.commandLine().getOut(), spec.commandLine().getErr());
    }
}
