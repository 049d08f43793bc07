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
import java.util.LinkedHashMap;
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
            default -> throw new AssertionError(name);
        };
    }

    /** The largest error of one derivative of one operation, in units of the last place, and where. */
    private static final class Worst {
        private double error;
        private String where = "";

        void see(double got, String exact, String point) {
            double units = units(got, exact);
            if (!(units <= error)) {
                error = units;
                where = point + " gives " + got + ", right " + exact;
            }
        }
    }

    @Test
    void everyFigureIsWithinItsUnits() throws IOException {
        List<String> failures = new ArrayList<>();
        int operations = 0;
        for (Map.Entry<String, List<String[]>> entry : figures().entrySet()) {
            Worst[] worst = worst(entry.getKey(), entry.getValue());
            operations++;
            for (int order = 0; order < 3; order++) {
                if (!(worst[order].error <= (order == 0 ? 2 : 4))) {
                    failures.add(String.format(
                            Locale.ROOT,
                            "%s, derivative %d: %.3g units at %s",
                            entry.getKey(),
                            order,
                            worst[order].error,
                            worst[order].where));
                }
            }
            if (TABLE) {
                System.out.printf(
                        Locale.ROOT,
                        "| %-24s | %7d | %8.2f | %8.2f | %8.2f | %s | %s | %s |%n",
                        entry.getKey(),
                        entry.getValue().size(),
                        worst[0].error,
                        worst[1].error,
                        worst[2].error,
                        place(worst[0]),
                        place(worst[1]),
                        place(worst[2]));
            }
        }
        assertTrue(operations > 0);
        assertEquals(List.of(), failures);
    }

    private static String place(Worst worst) {
        return worst.where.replaceAll(" gives.*", "");
    }

    private static Worst[] worst(String name, List<String[]> rows) {
        Worst[] worst = {new Worst(), new Worst(), new Worst()};
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
        see(worst[0], y, rows, inputs, inputs);
        Gradients first = gradients(y, x);
        for (int i = 0; i < inputs; i++) {
            see(worst[1], first.of(x[i]), rows, inputs, inputs + 1 + i);
            Gradients second = gradients(first.of(x[i]), x);
            for (int j = 0; j < inputs; j++) {
                see(worst[2], second.orZero(x[j]), rows, inputs, 2 * inputs + 1 + i + j);
            }
        }
        return worst;
    }

    private static Gradients gradients(Value y, Value[] x) {
        return Gradients.withRespectTo(y, Value.ones(y.shape()), List.of(x), Gradients.Option.DIFFERENTIABLE);
    }

    private static void see(Worst worst, Value got, List<String[]> rows, int inputs, int column) {
        for (int j = 0; j < rows.size(); j++) {
            String[] row = rows.get(j);
            worst.see(got.get(0, j), row[column], String.join(" ", Arrays.copyOf(row, inputs)));
        }
    }

    /** |got − exact| in units of the last place of the exact figure. */
    private static double units(double got, String exact) {
        double nearest = Double.parseDouble(exact);
        if (Double.isInfinite(nearest) || Double.isNaN(got) || Double.isInfinite(got)) {
            return got == nearest ? 0 : Double.POSITIVE_INFINITY;
        }
        BigDecimal error = new BigDecimal(got).subtract(new BigDecimal(exact)).abs();
        return error.divide(new BigDecimal(Math.ulp(nearest)), MathContext.DECIMAL32)
                .doubleValue();
    }

    /** The figures by operation; each row has the inputs, the value, the gradients, and the second derivatives. */
    private static Map<String, List<String[]>> figures() throws IOException {
        Map<String, List<String[]>> figures = new LinkedHashMap<>();
        try (BufferedReader reader = FILE == null
                ? new BufferedReader(new InputStreamReader(
                        ElementaryFiguresTest.class.getResourceAsStream("elementary.txt"), StandardCharsets.UTF_8))
                : Files.newBufferedReader(Path.of(FILE))) {
            List<String[]> rows = List.of();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("# ")) {
                    rows = new ArrayList<>();
                    figures.put(line.substring(2), rows);
                } else {
                    rows.add(line.split(" "));
                }
            }
        }
        return figures;
    }
}
