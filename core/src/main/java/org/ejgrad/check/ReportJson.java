package org.ejgrad.check;

import static org.ejgrad.show.Json.number;
import static org.ejgrad.show.Json.string;

import java.util.Locale;

/** A report as JSON, one object per line. */
final class ReportJson {
    private ReportJson() {}

    static String lines(CheckReport report) {
        StringBuilder lines = new StringBuilder(line(
                """
                {"type":"summary","passed":%s,"refuted":%s,"entries":%s,"evaluations":%s,"text":%s}
                """,
                report.passed(),
                report.refuted(),
                report.entries().size(),
                report.evaluations(),
                string(ReportText.summary(report))));
        report.diagnosis()
                .ifPresent(diagnosis ->
                        lines.append(line("""
                {"type":"diagnosis","mistake":%s,"sentence":%s}
                """, string(diagnosis.mistake().name()), string(diagnosis.sentence()))));
        report.notes().forEach(note -> lines.append(line("""
                {"type":"note","text":%s}
                """, string(note))));
        report.entries().forEach(entry -> lines.append(line(entry)));
        report.kinks()
                .forEach(kink -> lines.append(
                        line("""
                {"type":"kink","operation":%s,"row":%s,"column":%s,"distance":%s}
                """, string(kink.operation()), kink.row(), kink.column(), number(kink.distance()))));
        return lines.toString();
    }

    /** A direction has no row and no column: they are −1. */
    private static String line(CheckedEntry entry) {
        Verdict verdict = entry.verdict();
        return line(
                """
                {"type":"entry","parameter":%s,"row":%s,"column":%s,"claimed":%s,"numeric":%s,"bar":%s,"step":%s,\
                "verdict":%s,"passes":%s,"detail":%s}
                """,
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

    private static String line(String format, Object... figures) {
        return String.format(Locale.ROOT, format, figures);
    }
}
