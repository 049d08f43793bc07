package org.ejgrad.examples.experiments;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.check.CheckReport;
import org.ejgrad.check.CheckedEntry;
import org.ejgrad.check.GradientCheck;

/** What the checker says of a slope claimed for max(x, 0) at 0, where every slope from 0 to 1 is a subgradient. */
final class AtAKink {
    private AtAKink() {}

    /** Claims and verdicts, ready for a table. */
    static List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (double claim : new double[] {0, 0.5, 1, 1.5, -0.1}) {
            CheckReport report = GradientCheck.ofFunction(
                            v -> Math.max(v[0], 0), new double[] {0}, new double[] {claim})
                    .run();
            rows.add(row("a foreign function, claimed " + claim, report));
        }
        Value x = Value.variable("x", 0);
        rows.add(row(
                "this library’s relu, its own gradient",
                GradientCheck.of(x.relu()).run()));
        return rows;
    }

    private static List<String> row(String claim, CheckReport report) {
        CheckedEntry entry = report.worst();
        return List.of(
                claim,
                Claims.decision(entry.verdict()),
                entry.verdict().name(),
                entry.verdict().detail());
    }
}
