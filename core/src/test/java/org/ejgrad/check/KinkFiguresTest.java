package org.ejgrad.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.ejgrad.Value;
import org.junit.jupiter.api.Test;

/** What the checker says of recorded programs of one number at and near their kinks. */
class KinkFiguresTest {
    private static final Map<String, UnaryOperator<Value>> PROGRAMS = new LinkedHashMap<>();

    static {
        PROGRAMS.put("2 relu", x -> x.relu().scale(2));
        PROGRAMS.put("abs", Value::abs);
        PROGRAMS.put("relu - relu-", x -> x.relu().minus(x.negative().relu()));
        PROGRAMS.put("x + abs", x -> x.plus(x.abs()));
        PROGRAMS.put("x^2 + abs^2", x -> x.square().plus(x.abs().square()));
        PROGRAMS.put("relu / (1+x^2)", x -> x.relu().elementDiv(x.square().plus(1)));
    }

    private static String row(String name, String at, String claimed) {
        Value x = Value.variable("x", Double.parseDouble(at));
        CheckReport report = Wrong.claiming(PROGRAMS.get(name).apply(x), x, Double.parseDouble(claimed));
        CheckedEntry entry = report.entries().get(0);
        return String.format(
                Locale.ROOT,
                "%-15s| %-5s| %-6s| %11.9f | %9.3e | %3d | %s%s",
                name,
                at,
                claimed,
                entry.numeric(),
                entry.bar(),
                report.evaluations(),
                entry.verdict().name(),
                entry.verdict().detail().isEmpty() ? "" : ": " + entry.verdict().detail());
    }

    @Test
    void theTableIsWhatTheCheckerSays() {
        String table = """
        2 relu         | 0    | 0     | 0.000000000 | 0.000e+00 |  99 | kink-in: slopes 0.00000 | 2.00000, as documented
        2 relu         | 0    | 1     | 0.000000000 | 0.000e+00 | 251 | kink-other: slopes 0.00000 | 2.00000, the documented choice is 0.00000
        2 relu         | 0    | 2     | 0.000000000 | 0.000e+00 | 235 | kink-other: slopes 0.00000 | 2.00000, the documented choice is 0.00000
        2 relu         | 0    | -0.1  | 0.000000000 | 0.000e+00 | 251 | kink-out: slopes 0.00000 | 2.00000
        2 relu         | 0    | 2.1   | 0.000000000 | 0.000e+00 | 251 | kink-out: slopes 0.00000 | 2.00000
        2 relu         | 1e-9 | 2     | 2.000000000 | 8.882e-16 |  23 | agree
        2 relu         | 1e-9 | 0     | 2.000000000 | 8.882e-16 |  47 | disagree: claimed/numeric = 0.00000
        abs            | 0    | 0     | 0.000000000 | 0.000e+00 | 123 | kink-in: slopes -1.00000 | 1.00000, as documented
        abs            | 0    | -1    | 0.000000000 | 0.000e+00 | 171 | kink-other: slopes -1.00000 | 1.00000, the documented choice is 0.00000
        abs            | 0    | 1.5   | 0.000000000 | 0.000e+00 | 187 | kink-out: slopes -1.00000 | 1.00000
        relu - relu-   | 0    | 0     | 0.000000000 | 0.000e+00 | 123 | kink-in: slopes 1.00000 | 1.00000, as documented
        relu - relu-   | 0    | 1     | 0.000000000 | 0.000e+00 | 155 | kink-in: slopes 1.00000 | 1.00000, not the documented choice
        relu - relu-   | 0    | 0.5   | 0.000000000 | 0.000e+00 | 187 | kink-out: slopes 1.00000 | 1.00000
        x + abs        | 0    | 1     | 1.000000000 | 4.441e-16 | 147 | kink-in: slopes 0.00000 | 2.00000, as documented
        x + abs        | 0    | 0     | 1.000000000 | 4.441e-16 | 131 | kink-other: slopes 0.00000 | 2.00000, the documented choice is 1.00000
        x + abs        | 0    | 3     | 1.000000000 | 4.441e-16 | 163 | kink-out: slopes 0.00000 | 2.00000
        x^2 + abs^2    | 0    | 0     | 0.000000000 | 1.217e-24 |  75 | agree-small: equal to within 1.21721e-24; slopes here reach 5.48184e-09
        x^2 + abs^2    | 0    | 1     | 0.000000000 | 2.854e-23 |  99 | disagree: claimed/numeric = Infinity
        relu / (1+x^2) | 0    | 0     | 0.000000000 | 0.000e+00 | 101 | kink-in: slopes 0.00000 | 1.00000, as documented
        relu / (1+x^2) | 0    | 0.5   | 0.000000000 | 0.000e+00 | 253 | kink-other: slopes 0.00000 | 1.00000, the documented choice is 0.00000
        relu / (1+x^2) | 0    | 1.5   | 0.000000000 | 0.000e+00 | 253 | kink-out: slopes 0.00000 | 1.00000
        """;
        StringBuilder actual = new StringBuilder();
        for (String line : table.lines().toList()) {
            String[] cells = line.split("\\|");
            actual.append(row(cells[0].trim(), cells[1].trim(), cells[2].trim()))
                    .append("\n");
        }
        assertEquals(table, actual.toString());
    }
}
