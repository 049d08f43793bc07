package org.ejgrad.laws;

import static org.ejgrad.laws.Requirements.require;
import static org.ejgrad.laws.Requirements.requireClose;

import java.nio.file.Path;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ejgrad.Value;
import org.ejml.simple.SimpleMatrix;

/**
 * A piece of code in the documentation, and how it becomes a class.
 *
 * <p>A sample with imports is a whole file, whose {@code main} runs. One with an annotation at the start of a line is
 * the members of a class, whose methods run. Any other is the body of a method, in which {@code static final} is read
 * as {@code final}. A comment {@code // = 0.5} at the end of a statement states the value that it declares or computes,
 * {@code // > 0.5} and {@code // < 0.5} a bound; the right-hand side is Java, or the elements of a matrix such as
 * {@code {{1, 2}, {3, 4}}}.
 *
 * @param file where it stands
 * @param line the line of its first line there, from 1
 * @param code its text
 * @param excerpt it is a piece of the sources, shown as it stands there
 */
public record CodeSample(Path file, int line, String code, boolean excerpt) {
    private static final Pattern FILE = Pattern.compile("(?m)^import ");
    private static final Pattern MEMBERS = Pattern.compile("(?m)^@\\w");
    private static final Pattern RESULT =
            Pattern.compile("(?m)((?:^(?!.*//).*[^;{}\\s]\\n)*^.*?);?[ \\t]*// ([=<>]) (.+)$");
    private static final Pattern DECLARATION = Pattern.compile("(?s)\\s*[\\w.<>\\[\\]]+ (\\w+) = .*");
    private static final Pattern TYPE = Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record) (\\w+)");

    /** The place, as compilers write it. */
    @Override
    public String toString() {
        return file + ":" + line;
    }

    /** Whether its file is in a folder or one below it, such as {@code org/ejgrad/show}. */
    public boolean isIn(String folder) {
        return file.toString().replace('\\', '/').contains(folder + "/");
    }

    /** The simple name of the class that this sample becomes. */
    String type() {
        Matcher name = TYPE.matcher(code);
        return isFile() && name.find() ? name.group(1) : "Sample";
    }

    /** The class, in a package; line i of the sample is line i + 1 of it. */
    String source(String folder, Collection<String> imports, String prelude) {
        String head = "package " + folder + ";";
        if (isFile()) {
            return head + "\n" + code;
        }
        for (String name : imports) {
            head += " import " + name + ".*;";
        }
        head += " public class Sample { public Sample() throws Exception {} ";
        String body = MEMBERS.matcher(code).find()
                ? "\n" + code
                : "public void run() throws Exception {\n" + checked() + "\n}";
        return head + body + "\n" + prelude + "}\n";
    }

    private boolean isFile() {
        return FILE.matcher(code).find();
    }

    /** The statements, each followed by a check of the result it states. */
    private String checked() {
        String statements = code.replaceAll("(?m)^static final ", "final ");
        return RESULT.matcher(statements)
                .replaceAll(line -> Matcher.quoteReplacement(checked(line.group(1), line.group(2), line.group(3))));
    }

    private static String checked(String statement, String relation, String right) {
        Matcher declaration = DECLARATION.matcher(statement);
        boolean declares = declaration.matches();
        String left = declares ? declaration.group(1) : statement.strip();
        String expected = right.startsWith("{") ? "new double[][] " + right : right;
        String check =
                relation.equals("=") ? left + ", " + expected : left + " " + relation + " " + expected + ", true";
        return (declares ? statement + "; " : "") + CodeSample.class.getName() + ".requireResult(" + check + ");";
    }

    /**
     * Compares a result with what a sample states: numbers and matrices up to rounding, all else as equal.
     *
     * @throws AssertionError if they differ
     */
    public static void requireResult(Object actual, Object expected) {
        if (matrix(actual) instanceof SimpleMatrix one && matrix(expected) instanceof SimpleMatrix other) {
            requireClose("the result", other, one);
        } else {
            require(expected.equals(actual), "the result is " + actual + ", not " + expected);
        }
    }

    private static Object matrix(Object result) {
        if (result instanceof Value value) {
            return Samples.matrix(value);
        }
        if (result instanceof double[][] rows) {
            return new SimpleMatrix(rows);
        }
        return result instanceof Number number ? SimpleMatrix.filled(1, 1, number.doubleValue()) : result;
    }
}
