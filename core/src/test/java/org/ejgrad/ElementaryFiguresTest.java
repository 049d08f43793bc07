package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Every elementary operation against figures of 21 digits: the value is right to 2 units in the last place, gradient
 * and second derivative to 4, from the smallest number to the largest.
 *
 * <p>The script {@code src/test/figures/elementary.py} makes the figures; {@code -Dejgrad.figures=FILE} reads others of
 * its making, {@code -Dejgrad.table=true} prints the largest errors and where they are.
 */
class ElementaryFiguresTest {
    private static final String FILE = System.getProperty("ejgrad.figures");
    private static final boolean TABLE = Boolean.getBoolean("ejgrad.table");

    private static final int BATCH = 10_000;

    /** An error of ln(eᵃ + eᵇ) that counts as none: what 32 digits leave of two parts of size 1 that cancel. */
    private static final double CANCELLED = 1e-32;

    private static final Map<String, UnaryOperator<Value>> UNARY = new TreeMap<>();
    private static final Map<String, BinaryOperator<Value>> BINARY = new TreeMap<>();

    static {
        UNARY.put("square", Value::square);
        UNARY.put("sqrt", Value::sqrt);
        UNARY.put("rsqrt", Value::rsqrt);
        UNARY.put("reciprocal", Value::reciprocal);
        UNARY.put("elementExp", Value::elementExp);
        UNARY.put("exp2", Value::exp2);
        UNARY.put("expm1", Value::expm1);
        UNARY.put("elementLog", Value::elementLog);
        UNARY.put("log2", Value::log2);
        UNARY.put("log10", Value::log10);
        UNARY.put("log1p", Value::log1p);
        UNARY.put("logit", Value::logit);
        UNARY.put("sin", Value::sin);
        UNARY.put("cos", Value::cos);
        UNARY.put("tan", Value::tan);
        UNARY.put("asin", Value::asin);
        UNARY.put("acos", Value::acos);
        UNARY.put("atan", Value::atan);
        UNARY.put("sinh", Value::sinh);
        UNARY.put("cosh", Value::cosh);
        UNARY.put("tanh", Value::tanh);
        UNARY.put("asinh", Value::asinh);
        UNARY.put("acosh", Value::acosh);
        UNARY.put("atanh", Value::atanh);
        UNARY.put("erf", Value::erf);
        UNARY.put("erfc", Value::erfc);
        UNARY.put("sigmoid", Value::sigmoid);
        UNARY.put("logSigmoid", Value::logSigmoid);
        UNARY.put("softplus", Value::softplus);
        UNARY.put("silu", Value::silu);
        UNARY.put("mish", Value::mish);
        UNARY.put("gelu", Value::gelu);
        UNARY.put("geluTanh", Value::geluTanh);
        UNARY.put("softsign", Value::softsign);
        UNARY.put("tanhshrink", Value::tanhshrink);
        UNARY.put("selu", Value::selu);
        UNARY.put("hardSigmoid", Value::hardSigmoid);
        UNARY.put("hardSwish", Value::hardSwish);
        BINARY.put("logAddExp", Value::logAddExp);
        BINARY.put("elementDiv", (a, b) -> a.elementDiv(b));
        BINARY.put("xlogy", Value::xlogy);
        BINARY.put("atan2", Value::atan2);
        BINARY.put("elementPower", (a, b) -> a.elementPower(b));
    }

    /** An operation by its name in the figures, such as {@code elu(0.7)}. */
    private static UnaryOperator<Value> unary(String name) {
        if (!name.contains("(")) {
            return UNARY.get(name);
        }
        double k = Double.parseDouble(name.substring(name.indexOf('(') + 1, name.length() - 1));
        return switch (name.substring(0, name.indexOf('('))) {
            case "elementPower" -> x -> x.elementPower(k);
            case "elementPowerOf" -> x -> x.elementPowerOf(k);
            case "elu" -> x -> x.elu(k);
            case "celu" -> x -> x.celu(k);
            case "softplus" -> x -> x.softplus(k, Double.POSITIVE_INFINITY);
            default -> throw new AssertionError(name);
        };
    }

    /** The largest error of one derivative of one operation, in units of the last place, and where. */
    private static final class Worst {
        private final double limit;
        private final double negligible;
        private double error;
        private String where = "";

        Worst(double limit, double negligible) {
            this.limit = limit;
            this.negligible = negligible;
        }

        void see(double got, String exact, String point) {
            double units = units(got, exact, negligible);
            if (!(units <= error)) {
                error = units;
                where = point + " gives " + got + ", right " + exact;
            }
        }

        boolean tooLarge() {
            return !(error <= limit);
        }

        String place() {
            return where.replaceAll(" gives.*", "");
        }
    }

    /** The errors of value, gradient and second derivative of one operation. */
    private static final class Errors {
        private final String name;
        private final Worst[] worst;
        private int points;

        Errors(String name) {
            this.name = name;
            double negligible = name.equals("logAddExp") ? CANCELLED : 0;
            this.worst = new Worst[] {new Worst(2, negligible), new Worst(4, 0), new Worst(4, 0)};
        }

        void see(List<String[]> rows) {
            points += rows.size();
            boolean binary = BINARY.containsKey(name);
            int inputs = binary ? 2 : 1;
            Value[] x = new Value[inputs];
            for (int i = 0; i < inputs; i++) {
                int column = i;
                x[i] = Value.variable("x" + i, new double[][] {
                    rows.stream()
                            .mapToDouble(row -> Double.parseDouble(row[column]))
                            .toArray()
                });
            }
            Value y = binary ? BINARY.get(name).apply(x[0], x[1]) : unary(name).apply(x[0]);
            compare(worst[0], y, rows, inputs, inputs);
            Gradients first = gradients(y, x);
            for (int i = 0; i < inputs; i++) {
                compare(worst[1], first.of(x[i]), rows, inputs, inputs + 1 + i);
                Gradients second = gradients(first.of(x[i]), x);
                for (int j = 0; j < inputs; j++) {
                    compare(worst[2], second.orZero(x[j]), rows, inputs, 2 * inputs + 1 + i + j);
                }
            }
        }

        void report(List<String> failures) {
            for (int order = 0; order < 3; order++) {
                if (worst[order].tooLarge()) {
                    failures.add(String.format(
                            Locale.ROOT,
                            "%s, derivative %d: %.3g units at %s",
                            name,
                            order,
                            worst[order].error,
                            worst[order].where));
                }
            }
            if (TABLE) {
                System.out.printf(
                        Locale.ROOT,
                        "| %-24s | %7d | %8.2f | %8.2f | %8.2f | %s | %s | %s |%n",
                        name,
                        points,
                        worst[0].error,
                        worst[1].error,
                        worst[2].error,
                        worst[0].place(),
                        worst[1].place(),
                        worst[2].place());
            }
        }
    }

    @Test
    void everyFigureIsWithinItsUnits() throws IOException {
        List<String> failures = new ArrayList<>();
        int operations = 0;
        try (BufferedReader reader = figures()) {
            String line = reader.readLine();
            while (line != null) {
                Errors errors = new Errors(line.substring(2));
                List<String[]> rows = new ArrayList<>();
                for (line = reader.readLine(); line != null && !line.startsWith("#"); line = reader.readLine()) {
                    rows.add(line.split(" "));
                    if (rows.size() == BATCH) {
                        errors.see(rows);
                        rows.clear();
                    }
                }
                errors.see(rows);
                errors.report(failures);
                operations++;
            }
        }
        assertTrue(operations > 0);
        assertEquals(List.of(), failures);
    }

    private static Gradients gradients(Value y, Value[] x) {
        return Gradients.withRespectTo(y, Value.ones(y.shape()), List.of(x), Gradients.Option.DIFFERENTIABLE);
    }

    private static void compare(Worst worst, Value got, List<String[]> rows, int inputs, int column) {
        for (int j = 0; j < rows.size(); j++) {
            String[] row = rows.get(j);
            boolean overflow = row[inputs].endsWith("Infinity") && Double.isInfinite(got.get(0, j));
            String exact = overflow && !row[column].equals("0") ? infinite(row[column]) : row[column];
            worst.see(got.get(0, j), exact, String.join(" ", Arrays.copyOf(row, inputs)));
        }
    }

    /** The infinity that may stand for a derivative of a value that overflows. */
    private static String infinite(String exact) {
        return exact.startsWith("-") ? "-Infinity" : "Infinity";
    }

    /** |got − exact| in units of the last place of the exact figure; 0 if it is negligible. */
    private static double units(double got, String exact, double negligible) {
        double nearest = Double.parseDouble(exact);
        if (Math.abs(got - nearest) < negligible || Double.isInfinite(nearest) && got == nearest) {
            return 0;
        }
        if (Double.isInfinite(nearest) || Double.isNaN(got) || Double.isInfinite(got)) {
            return Double.POSITIVE_INFINITY;
        }
        BigDecimal error = new BigDecimal(got).subtract(new BigDecimal(exact)).abs();
        return error.divide(new BigDecimal(Math.ulp(nearest)), MathContext.DECIMAL32)
                .doubleValue();
    }

    /** A line "# name" for each operation, and below it lines of inputs, value, gradients and second derivatives. */
    private static BufferedReader figures() throws IOException {
        return FILE == null
                ? new BufferedReader(new InputStreamReader(
                        ElementaryFiguresTest.class.getResourceAsStream("elementary.txt"), StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(FILE));
    }
}
