package org.ejgrad.check;

/** A report as JSON, one object per line. */
final class ReportJson {
    private ReportJson() {}

    static String lines(CheckReport report) {
        StringBuilder lines = new StringBuilder();
        lines.append("{\"type\":\"summary\",\"passed\":")
                .append(report.passed())
                .append(",\"refuted\":")
                .append(report.refuted())
                .append(",\"entries\":")
                .append(report.entries().size())
                .append(",\"evaluations\":")
                .append(report.evaluations())
                .append(",\"text\":")
                .append(string(report.summary()))
                .append("}\n");
        report.diagnosis()
                .ifPresent(diagnosis -> lines.append("{\"type\":\"diagnosis\",\"mistake\":")
                        .append(string(diagnosis.mistake().name()))
                        .append(",\"sentence\":")
                        .append(string(diagnosis.sentence()))
                        .append("}\n"));
        for (CheckedEntry entry : report.entries()) {
            lines.append("{\"type\":\"entry\",\"parameter\":")
                    .append(string(entry.parameter()))
                    .append(",\"row\":")
                    .append(entry.row())
                    .append(",\"column\":")
                    .append(entry.column())
                    .append(",\"claimed\":")
                    .append(number(entry.claimed()))
                    .append(",\"numeric\":")
                    .append(number(entry.numeric()))
                    .append(",\"bar\":")
                    .append(number(entry.bar()))
                    .append(",\"step\":")
                    .append(number(entry.step()))
                    .append(",\"verdict\":")
                    .append(string(entry.verdict().name()))
                    .append(",\"passes\":")
                    .append(entry.verdict().passes())
                    .append(",\"detail\":")
                    .append(string(entry.verdict().detail()))
                    .append("}\n");
        }
        for (Kink kink : report.kinks()) {
            lines.append("{\"type\":\"kink\",\"operation\":")
                    .append(string(kink.operation()))
                    .append(",\"row\":")
                    .append(kink.row())
                    .append(",\"column\":")
                    .append(kink.column())
                    .append(",\"distance\":")
                    .append(number(kink.distance()))
                    .append("}\n");
        }
        return lines.toString();
    }

    private static String number(double number) {
        return Double.isFinite(number) ? Double.toString(number) : string(Double.toString(number));
    }

    private static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
