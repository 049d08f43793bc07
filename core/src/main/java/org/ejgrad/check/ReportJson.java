package org.ejgrad.check;

import static org.ejgrad.show.Json.number;
import static org.ejgrad.show.Json.string;

/** A report as JSON, one object per line. */
final class ReportJson {
    private ReportJson() {}

    static String lines(CheckReport report) {
        StringBuilder lines = new StringBuilder("""
                {"type":"summary","passed":%s,"refuted":%s,"entries":%s,"evaluations":%s,"text":%s}
                """.formatted(
                        report.passed(),
                        report.refuted(),
                        report.entries().size(),
                        report.evaluations(),
                        string(report.summary())));
        report.diagnosis()
                .ifPresent(diagnosis ->
                        lines.append("""
                {"type":"diagnosis","mistake":%s,"sentence":%s}
                """.formatted(string(diagnosis.mistake().name()), string(diagnosis.sentence()))));
        report.entries().forEach(entry -> lines.append(line(entry)));
        report.kinks()
                .forEach(kink -> lines.append(
                        """
                {"type":"kink","operation":%s,"row":%s,"column":%s,"distance":%s}
                """.formatted(string(kink.operation()), kink.row(), kink.column(), number(kink.distance()))));
        return lines.toString();
    }

    /** A direction has no row and no column: they are −1. */
    private static String line(CheckedEntry entry) {
        Verdict verdict = entry.verdict();
        return """
                {"type":"entry","parameter":%s,"row":%s,"column":%s,"claimed":%s,"numeric":%s,"bar":%s,"step":%s,\
                "verdict":%s,"passes":%s,"detail":%s}
                """.formatted(
                        string(entry.parameter()),
                        entry.at() instanceof Place.Entry at ? at.row() : -1,
                        entry.at() instanceof Place.Entry at ? at.column() : -1,
                        number(entry.claimed()),
                        number(entry.numeric()),
                        number(entry.bar()),
                        number(entry.step()),
                        string(verdict.name()),
                        verdict.passes(),
                        string(verdict.detail()));
    }
}
