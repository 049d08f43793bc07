package org.ejgrad.check;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.StringTokenizer;
import java.util.function.Consumer;
import org.ejgrad.PlainText;
import org.ejgrad.Shape;

/**
 * A program in any language that computes a function and what it claims to be the function's gradient.
 *
 * <pre>
 * try (ForeignProcess program = ForeignProcess.start(List.of("python3", "mine.py"))) {
 *     GradientCheck.ofProcess(program).run().requirePassed();
 * }
 * </pre>
 *
 * <p>The program reads requests from its standard input and writes answers to its standard output, a line each but for
 * the first answer; it flushes every answer. Words and numbers are separated by spaces.
 *
 * <pre>
 * request                answer
 * describe 1             protocol 1
 *                        parameter NAME ROWS COLUMNS NUMBERS      for each parameter: the point to check at, row by row
 *                        end
 * value NUMBERS          value NUMBER
 * gradient NUMBERS       value NUMBER gradient NUMBERS
 * quit                   none; the program ends, as it does at the end of its input
 * </pre>
 *
 * <p>The numbers of a request are those of all parameters in their order, and those of a gradient too. They are
 * decimals of up to 17 digits, {@code nan}, {@code inf} and {@code -inf}; of the program, {@code NaN}, {@code NA},
 * {@code Infinity}, Fortran's {@code 1.5D0} and C's {@code 0x1.8p0} are understood too. Where there is no value, the
 * answer is {@code error} and a text. A value has all its digits: from values rounded to 7 or fewer no slope can be
 * measured, and the check ends. What the program writes to its standard error is not part of the protocol.
 *
 * <p>A process that ends, gives no answer in time, or answers anything else is ended, with an exception that says what
 * it did. An instance serves one thread at a time.
 */
public final class ForeignProcess implements AutoCloseable {
    /** How long an answer may take if no time is given. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LONGEST_PATIENCE = Duration.ofDays(1);

    /** Bytes of a line of the description, and numbers of the point. */
    private static final int LONGEST_LINE = 1 << 26;

    private static final int MOST_PARAMETERS = 10_000;

    /** Bytes of a line of an answer: so many, and so many for each number. */
    private static final int LONGEST_TEXT = 10_000;

    private static final int LONGEST_NUMBER = 32;

    /** So many different values of no more digits than these are rounded. */
    private static final int ENOUGH = 8;

    private static final int FEW_DIGITS = 7;

    private static final String DESCRIBE = "describe 1";

    private final Conversation conversation;
    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private double[] point = {};
    private final Set<Double> seen = new HashSet<>();
    private int mostDigits;

    /** A value and a gradient at one point. */
    record Answer(double value, double[] gradient) {}

    private ForeignProcess(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * Starts a program and asks what it computes; what it writes to its standard error is quoted only if it fails.
     *
     * @param command the program and its arguments
     * @throws IOException if it cannot be started or does not describe itself
     */
    public static ForeignProcess start(List<String> command) throws IOException {
        return start(command, PATIENCE, remark -> {});
    }

    /**
     * Starts a program and asks what it computes.
     *
     * @param command the program and its arguments
     * @param patience how long each answer may take, up to a day
     * @param remarks called with each line that the program writes to its standard error, by another thread
     * @throws IOException if it cannot be started or does not describe itself
     */
    public static ForeignProcess start(List<String> command, Duration patience, Consumer<String> remarks)
            throws IOException {
        for (int i = 0; i < requireNonNull(command, "command").size(); i++) {
            requireNonNull(command.get(i), "command[" + i + "]");
        }
        requireNonNull(patience, "patience");
        requireNonNull(remarks, "remarks");
        if (command.isEmpty()) {
            throw new IllegalArgumentException("start: the command is empty; expected a program and its arguments");
        }
        if (patience.isNegative() || patience.isZero() || patience.compareTo(LONGEST_PATIENCE) > 0) {
            throw new IllegalArgumentException("start: the patience is " + patience + "; expected up to a day");
        }
        ForeignProcess process = new ForeignProcess(new Conversation(List.copyOf(command), patience, remarks));
        boolean isDescribed = false;
        try {
            process.describe();
            isDescribed = true;
            return process;
        } finally {
            if (!isDescribed) {
                process.close();
            }
        }
    }

    /** {@return the names and shapes of the parameters, in the program's order} */
    public Map<String, Shape> shapes() {
        return new LinkedHashMap<>(shapes);
    }

    /** {@return the point that the program gave: the elements of all parameters, row by row} */
    public double[] point() {
        return point.clone();
    }

    /**
     * {@return the value at a point}
     *
     * @param x a number for each element of the parameters
     * @throws ArithmeticException if the program answers that there is an error at this point
     * @throws UncheckedIOException if the program does not answer as it should
     * @throws IllegalArgumentException if there are more or fewer numbers
     */
    public double value(double... x) {
        StringTokenizer words = answer("value", requireNonNull(x, "x"));
        try {
            double value = labelled("value", words);
            requireNoMore(words, "value NUMBER");
            return value;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * The value, of a program that prints enough digits of it.
     *
     * @throws UncheckedIOException also if so many different values have few digits that it must round them
     */
    double unroundedValue(double... x) {
        double value = value(x);
        if (mostDigits <= FEW_DIGITS && Double.isFinite(value) && seen.size() < ENOUGH) {
            mostDigits = Math.max(
                    mostDigits, BigDecimal.valueOf(value).stripTrailingZeros().precision());
            seen.add(value);
            if (mostDigits <= FEW_DIGITS && seen.size() == ENOUGH) {
                throw new UncheckedIOException(conversation.failed("its values have up to " + mostDigits
                        + " digits, such as " + NumberText.of(value)
                        + "; expected all that they have, as printed by %.17g or repr"));
            }
        }
        return value;
    }

    /**
     * {@return what the program claims to be the gradient at a point, as many numbers as x has}
     *
     * @param x a number for each element of the parameters
     * @throws ArithmeticException if the program answers that there is an error at this point
     * @throws UncheckedIOException if the program does not answer as it should
     * @throws IllegalArgumentException if there are more or fewer numbers
     */
    public double[] gradient(double... x) {
        return valueAndGradient(requireNonNull(x, "x")).gradient();
    }

    Answer valueAndGradient(double[] x) {
        StringTokenizer words = answer("gradient", x);
        try {
            double value = labelled("value", words);
            if (!words.hasMoreTokens() || !words.nextToken().equals("gradient")) {
                throw conversation.failed("its answer has no gradient; expected \"value NUMBER gradient NUMBERS\"");
            }
            return new Answer(value, numbers(words, x.length, "the gradient"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends the program: with a request, and by force if that does not end it. */
    @Override
    public void close() {
        conversation.close();
    }

    private StringTokenizer answer(String request, double[] x) {
        if (x.length != point.length) {
            throw new IllegalArgumentException(
                    request + ": " + x.length + " numbers; expected the " + point.length + " of the parameters");
        }
        StringBuilder line = new StringBuilder(request);
        for (double element : x) {
            line.append(' ').append(NumberText.of(element));
        }
        long most = LONGEST_TEXT + LONGEST_NUMBER * (x.length + 2L);
        try {
            String answer = conversation.ask(line.toString(), (int) Math.min(most, Integer.MAX_VALUE - 8));
            StringTokenizer words = new StringTokenizer(answer);
            String first = words.hasMoreTokens() ? words.nextToken() : "";
            if (first.equals("error")) {
                throw new ArithmeticException(
                        PlainText.line(conversation.name() + ": it reports an error: " + rest(answer)));
            }
            if (!first.equals("value")) {
                throw conversation.failed("it answered " + Conversation.quoted(answer) + " to \"" + request
                        + " NUMBERS\"; expected value or error");
            }
            return new StringTokenizer(answer);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What follows the first word. */
    private static String rest(String line) {
        String[] words = line.strip().split("\\s+", 2);
        return words.length == 1 ? "it does not say which" : words[1];
    }

    private void describe() throws IOException {
        String first = conversation.ask(DESCRIBE, LONGEST_LINE);
        if (first.strip().equals("error") || first.startsWith("error ")) {
            throw conversation.failed("it reports an error: " + rest(first));
        }
        if (!first.strip().equals("protocol 1")) {
            throw conversation.failed("it answered " + Conversation.quoted(first) + " to \"" + DESCRIBE
                    + "\"; expected \"protocol 1\", and remarks on standard error");
        }
        while (true) {
            StringTokenizer words = new StringTokenizer(conversation.hear(DESCRIBE, LONGEST_LINE));
            String word = words.hasMoreTokens() ? words.nextToken() : "";
            if (word.equals("end")) {
                requireNoMore(words, "end");
                break;
            }
            if (!word.equals("parameter")) {
                throw conversation.failed("its description has a line that begins with " + Conversation.quoted(word)
                        + "; expected parameter or end");
            }
            addParameter(words);
        }
        if (point.length == 0) {
            throw conversation.failed("its parameters have no elements; expected at least one number");
        }
    }

    private void addParameter(StringTokenizer words) throws IOException {
        String form = "parameter NAME ROWS COLUMNS NUMBERS";
        if (words.countTokens() < 3) {
            throw conversation.failed("a parameter has " + words.countTokens() + " words; expected \"" + form + "\"");
        }
        String parameter = words.nextToken();
        int rows = size(parameter, words.nextToken());
        int columns = size(parameter, words.nextToken());
        if ((long) rows * columns > LONGEST_LINE) {
            throw conversation.failed("parameter " + parameter + " is " + rows + "x" + columns + "; expected at most "
                    + LONGEST_LINE + " elements");
        }
        Shape shape = new Shape(rows, columns);
        double[] numbers = numbers(words, shape.elements(), "parameter " + parameter + ", " + shape + ",");
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                throw conversation.failed("parameter " + parameter + " has an element " + number
                        + "; expected a finite point to check at");
            }
        }
        if (shapes.put(parameter, shape) != null) {
            throw conversation.failed("there are two parameters " + parameter + "; expected different names");
        }
        int before = point.length;
        if (shapes.size() > MOST_PARAMETERS || numbers.length > LONGEST_LINE - before) {
            throw conversation.failed("its description does not end; expected at most " + MOST_PARAMETERS
                    + " parameters of " + LONGEST_LINE + " numbers in all");
        }
        point = Arrays.copyOf(point, before + numbers.length);
        System.arraycopy(numbers, 0, point, before, numbers.length);
    }

    private int size(String parameter, String text) throws IOException {
        if (!text.matches("[0-9]{1,9}")) {
            throw conversation.failed("parameter " + parameter + " has " + Conversation.quoted(text)
                    + " rows or columns; expected a whole number");
        }
        return Integer.parseInt(text);
    }

    private double labelled(String label, StringTokenizer words) throws IOException {
        if (!words.nextToken().equals(label) || !words.hasMoreTokens()) {
            throw conversation.failed("its answer has no number after " + label);
        }
        return number(words.nextToken(), "the " + label);
    }

    private double[] numbers(StringTokenizer words, int count, String what) throws IOException {
        if (words.countTokens() != count) {
            throw conversation.failed(what + " has " + words.countTokens() + " numbers; expected " + count);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(words.nextToken(), what);
        }
        return numbers;
    }

    private double number(String text, String what) throws IOException {
        OptionalDouble number = NumberText.read(text);
        if (number.isEmpty()) {
            throw conversation.failed(what + " has " + Conversation.quoted(text) + "; expected a number");
        }
        return number.getAsDouble();
    }

    private void requireNoMore(StringTokenizer words, String form) throws IOException {
        if (words.hasMoreTokens()) {
            throw conversation.failed("its answer goes on with " + Conversation.quoted(words.nextToken())
                    + "; expected \"" + form + "\"");
        }
    }

    /** The command. */
    @Override
    public String toString() {
        return conversation.name();
    }
}
