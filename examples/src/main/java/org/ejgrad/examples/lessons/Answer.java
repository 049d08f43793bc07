package org.ejgrad.examples.lessons;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.ejgrad.Shape;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.Mistake;
import org.ejgrad.nn.io.TemporaryFolder;
import org.ejml.simple.SimpleMatrix;

/** A student's file: compiled, run in a process of its own for a limited time, and its figures checked. */
final class Answer {
    private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+[\\w.]+\\s*;");

    /** What is wrong with a method, by what the compiler says of its call. */
    private static final Map<String, String> SIGNATURES = Map.of(
            "cant.resolve.location.args", "there is no method %s",
            "cant.apply.symbol", "the parameters of %s are not those of the exercise",
            "cant.apply.symbols", "the parameters of %s are not those of the exercise",
            "prob.found.req", "%s returns another type than the exercise asks for",
            "illegal.initializer.for.type", "%s returns another type than the exercise asks for",
            "non-static.cant.be.ref", "%s is not static",
            "report.access", "%s is private",
            "unreported.exception.need.to.catch.or.throw", "%s declares an exception");

    /** Where the figures of the gradient say more to a student. */
    private static final Set<Mistake> VAGUE = Set.of(Mistake.UNKNOWN, Mistake.ONE_LAYER, Mistake.LAYER_INPUT);

    private static final String NEAR =
            "It is near, but not the slope: a difference quotient, or a number that was rounded or kept away from 0?";

    private final Exercise exercise;
    private final Path file;
    private final String className;

    /**
     * The answer that stands in a file.
     *
     * @throws IllegalArgumentException if it is not named after a Java class
     * @throws NoSuchFileException if there is none
     */
    Answer(Exercise exercise, Path file) throws NoSuchFileException {
        this.exercise = exercise;
        this.file = file;
        className = className(file);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
    }

    /** The name of the class that stands in a file. */
    static String className(Path file) {
        String name = String.valueOf(file.getFileName());
        String className = name.replaceFirst("\\.java$", "");
        if (className.equals(name) || !SourceVersion.isName(className) || className.equals(AnswerDriver.NAME)) {
            throw new IllegalArgumentException(
                    "the file is " + name + "; expected the name of a Java class, such as MyAnswer.java");
        }
        return className;
    }

    Assessment assess(Duration patience) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IOException("this Java has no compiler; expected a JDK, not a JRE");
        }
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Optional<Assessment> refusal = compile(compiler, folder.path());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            AnswerProcess.Outcome outcome = AnswerProcess.run(folder.path(), patience);
            return assess(outcome).printing(outcome.printed());
        }
    }

    // ---- compiling --------------------------------------------------------------------------------------------------

    private Optional<Assessment> compile(JavaCompiler compiler, Path folder) throws IOException {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject driver = new AnswerDriver(exercise, className, AnswerProcess.MEGABYTES);
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8)) {
            List<JavaFileObject> sources = new ArrayList<>(List.of(driver));
            files.getJavaFileObjects(file).forEach(sources::add);
            List<String> options =
                    List.of("-d", folder.toString(), "-cp", folder.toString(), "-proc:none", "-implicit:none", "-g");
            boolean compiles = compiler.getTask(new StringWriter(), files, found, options, null, sources)
                    .call();
            if (compiles) {
                return Optional.empty();
            }
        }
        List<Diagnostic<? extends JavaFileObject>> errors = found.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        for (Diagnostic<? extends JavaFileObject> error : errors) {
            if (error.getSource() != driver) {
                return Optional.of(wrongLine(error));
            }
        }
        return Optional.of(wrongSignature(errors.get(0)));
    }

    private Assessment wrongLine(Diagnostic<? extends JavaFileObject> error) {
        String message =
                error.getMessage(Locale.ROOT).lines().map(String::strip).collect(Collectors.joining(", "));
        return Assessment.wrong(
                file.getFileName() + " does not compile, line " + error.getLineNumber() + ": " + message + ".",
                "javac " + file + " shows the place, and further errors if there are any.");
    }

    private Assessment wrongSignature(Diagnostic<? extends JavaFileObject> error) throws IOException {
        if (PACKAGE.matcher(Files.readString(file)).find()) {
            return Assessment.wrong(
                    file.getFileName() + " begins with a package statement.",
                    "Remove it: the class belongs to no package.");
        }
        String code = error.getCode().replaceFirst("^compiler\\.err\\.", "");
        String methods = exercise.sought().stream().map(exercise::signature).collect(Collectors.joining(" and "));
        String method = exercise.sought().stream()
                .map(exercise::method)
                .filter(name -> error.getMessage(Locale.ROOT).contains(name + "("))
                .findFirst()
                .orElse(exercise.method(exercise.sought().get(0)));
        String other = code.startsWith("cant.resolve")
                ? "there is no class " + className
                : "the methods cannot be called: " + error.getMessage(Locale.ROOT);
        String what = SIGNATURES.getOrDefault(code, other).replace("%s", method);
        return Assessment.wrong("In " + file.getFileName() + " " + what + ".", "Expected: " + methods + ".");
    }

    // ---- judging ----------------------------------------------------------------------------------------------------

    private Assessment assess(AnswerProcess.Outcome outcome) {
        if (outcome.refusal().isPresent()) {
            return Assessment.wrong(
                    "There is no gradient: " + outcome.refusal().get() + ".", "What does it do when you run it alone?");
        }
        List<Given> sought = exercise.sought();
        if (outcome.gradients().size() != sought.size()) {
            return Assessment.wrong(
                    "There is no gradient: the program ended before it was finished.",
                    "A method must return, without System.exit or writing to the process's output itself.");
        }
        for (int i = 0; i < sought.size(); i++) {
            SimpleMatrix gradient = outcome.gradients().get(i);
            Shape expected = sought.get(i).shape();
            Shape shape = new Shape(gradient.getNumRows(), gradient.getNumCols());
            String of = "The gradient of " + sought.get(i).name() + " is ";
            if (!shape.equals(expected)) {
                return Assessment.wrong(
                        of + shape + " where " + sought.get(i).name() + " is " + expected + ".",
                        "A gradient has the shape of what it belongs to.");
            }
            for (int k = 0; k < gradient.getNumElements(); k++) {
                double element = gradient.get(k);
                if (!Double.isFinite(element)) {
                    String place = element(sought.get(i), k / expected.columns(), k % expected.columns());
                    return Assessment.wrong(
                            of + element + (place.isEmpty() ? "." : " at " + place + "."),
                            "Look for 0/0, infinity − infinity, or an exponential of a large number.");
                }
            }
        }
        return judge(outcome.gradients());
    }

    /** An element as Java names it, nothing if there is only one. */
    private static String element(Given parameter, int row, int column) {
        return switch (parameter.form()) {
            case NUMBER -> "";
            case MATRIX -> "element [" + row + "][" + column + "]";
            default -> "element [" + column + "]";
        };
    }

    private Assessment judge(List<SimpleMatrix> gradients) {
        CheckReport report = exercise.check(gradients);
        if (report.passed()) {
            int count = report.entries().size();
            String all = count == 1 ? "the number agrees with the" : "all " + count + " numbers agree with their";
            return new Assessment(true, "Right: " + all + " numerical derivative" + (count == 1 ? "." : "s."), "", "");
        }
        Optional<Slip> slip = exercise.slip(gradients);
        if (slip.isPresent()) {
            return Assessment.wrong(slip.get().sentence(), exercise.hint());
        }
        return report.diagnosis()
                .filter(diagnosis -> !VAGUE.contains(diagnosis.mistake()))
                .map(diagnosis ->
                        Assessment.wrong(plain(diagnosis.sentence()), Hints.of(diagnosis.mistake(), exercise)))
                .orElseGet(() -> Assessment.wrong(difference(report), isNear(report.worst()) ? NEAR : exercise.hint()));
    }

    /** The first sentence, in words that the exercises use. */
    private String plain(String diagnosis) {
        boolean isMatrix = exercise.sought().stream()
                .anyMatch(each -> each.form() == Given.Form.MATRIX && diagnosis.contains(" of " + each.name() + " "));
        return diagnosis
                .split("(?<=\\.) (?=\\p{Lu})", 2)[0]
                .replaceAll(" of what \\w+ at depth \\d+ gives| at depth \\d+|, input \\d+(?=,)", "")
                .replaceAll("broadcastTo(\\(\\w+\\))?", "the broadcast")
                .replace("elementMult", "the product")
                .replaceAll("\\[(\\d+),(\\d+)\\]", isMatrix ? "[$1][$2]" : "[$2]");
    }

    /** Whether the first digits are right, so that no factor is wrong. */
    private static boolean isNear(CheckedEntry entry) {
        return Math.abs(entry.claimed() - entry.numeric()) < 1e-4 * Math.abs(entry.numeric());
    }

    /** Which gradients are wrong, if not all, and by how much. */
    private String difference(CheckReport report) {
        List<String> wrong = report.entries().stream()
                .filter(entry -> !entry.verdict().passes())
                .map(CheckedEntry::parameter)
                .distinct()
                .toList();
        CheckedEntry worst = report.worst();
        Given parameter = exercise.sought().stream()
                .filter(each -> each.name().equals(worst.parameter()))
                .findFirst()
                .orElseThrow();
        String[] place =
                worst.place().replaceFirst(".*\\[", "").replace("]", "").split(",", 2);
        String element = element(parameter, Integer.parseInt(place[0]), Integer.parseInt(place[1]));
        String which = wrong.size() > 1 ? "of " + worst.parameter() + ", " : "";
        return String.format(
                Locale.ROOT,
                "%s gradient%s of %s %s wrong: %s%s is %s and should be %s.",
                wrong.size() < exercise.sought().size() ? "Only the" : "The",
                wrong.size() > 1 ? "s" : "",
                String.join(", ", wrong),
                wrong.size() > 1 ? "are" : "is",
                which,
                element.isEmpty() ? "it" : element,
                digits(worst.claimed(), worst.numeric()),
                digits(worst.numeric(), worst.claimed()));
    }

    /** A number with so many digits that it can be told from another, at least six. */
    private static String digits(double number, double other) {
        int digits = 6;
        while (digits < 17 && written(number, digits - 1).equals(written(other, digits - 1))) {
            digits++;
        }
        return written(number, digits);
    }

    private static String written(double number, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "g", number);
    }
}
