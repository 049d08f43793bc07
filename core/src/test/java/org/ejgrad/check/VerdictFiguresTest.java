package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** What the checker says of known functions, to twelve digits: they use + - * / and square roots, exact everywhere. */
class VerdictFiguresTest {
    private static final Map<String, DoubleUnaryOperator> FUNCTIONS = new LinkedHashMap<>();

    static {
        FUNCTIONS.put("t^3-2t", t -> t * t * t - 2 * t);
        FUNCTIONS.put("1/(1+t^2)", t -> 1 / (1 + t * t));
        FUNCTIONS.put("1/t", t -> 1 / t);
        FUNCTIONS.put("sqrt", Math::sqrt);
        FUNCTIONS.put("relu", t -> Math.max(t, 0));
        FUNCTIONS.put("abs", Math::abs);
        FUNCTIONS.put("abs^1.5", t -> Math.abs(t) * Math.sqrt(Math.abs(t)));
        FUNCTIONS.put("sqrt abs", t -> Math.sqrt(Math.abs(t)));
        FUNCTIONS.put("signed sqrt", t -> Math.signum(t) * Math.sqrt(Math.abs(t)));
        FUNCTIONS.put("t>0", t -> t > 0 ? 1 : 0);
        FUNCTIONS.put("t>=0", t -> t >= 0 ? 1 : 0);
        FUNCTIONS.put("t^2, t>=0", t -> t < 0 ? Double.NaN : t * t + 3 * t);
        FUNCTIONS.put("t^2, t<=2", t -> t > 2 ? Double.NaN : t * t);
        FUNCTIONS.put("1/(1+t), t>=0", t -> t < 0 ? Double.NaN : 1 / (1 + t));
        FUNCTIONS.put("abs/(1+t^2)", t -> (Math.abs(t) + 3 * t) / (1 + t * t));
        FUNCTIONS.put("only 1", t -> t == 1 ? 5 : Double.NaN);
        FUNCTIONS.put("5", t -> 5);
        FUNCTIONS.put("1e8+t^2", t -> 1e8 + t * t);
        FUNCTIONS.put("1e4+3t", t -> 1e4 + 3 * t);
        FUNCTIONS.put("float", t -> (float) (t * t));
        FUNCTIONS.put("wave", VerdictFiguresTest::wave);
        FUNCTIONS.put("t+wave(64t)", t -> t + wave(64 * t));
        FUNCTIONS.put("wave(1000t)", t -> wave(1000 * t));
        FUNCTIONS.put("1e-200t^2", t -> 1e-200 * t * t);
    }

    private static double wave(double t) {
        double d = t - Math.rint(t);
        return d * (0.25 - d * d);
    }

    /** One function at one point, and all that the check of one claim says: figures to 12 digits. */
    private static String row(String name, String x, String claimed) {
        DoubleUnaryOperator function = FUNCTIONS.get(name);
        double[] point = {Double.parseDouble(x)};
        double[] claim = {Double.parseDouble(claimed)};
        CheckReport report = GradientCheck.ofFunction(v -> function.applyAsDouble(v[0]), point, claim)
                .run();
        CheckedEntry entry = report.entries().get(0);
        String detail = entry.verdict().detail();
        return String.format(
                Locale.ROOT,
                "%-14s| %-6s| %-22s| %18.12g | %9.3e | %9.3e | %3d | %s%s",
                name,
                x,
                claimed,
                entry.numeric(),
                entry.bar(),
                entry.step(),
                report.evaluations(),
                entry.verdict().name(),
                detail.isEmpty() ? "" : ": " + detail);
    }

    private static List<String> table() throws IOException {
        try (InputStream in = VerdictFiguresTest.class.getResourceAsStream("verdict-figures.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void theTableIsWhatTheCheckerSays() throws IOException {
        List<String> expected = table();
        List<String> actual = new ArrayList<>(List.of(expected.get(0)));
        for (String line : expected.subList(1, expected.size())) {
            String[] cells = line.split("\\|");
            actual.add(row(cells[0].trim(), cells[1].trim(), cells[2].trim()));
        }
        assertEquals(String.join("\n", expected), String.join("\n", actual));
    }
}
