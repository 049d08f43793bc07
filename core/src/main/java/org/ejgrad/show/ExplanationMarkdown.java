package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.ejgrad.show.Steps.Made;
import org.ejgrad.show.Steps.Received;

/** An explanation as two Markdown tables, with formulas and numbers as code, which every viewer shows as it is. */
final class ExplanationMarkdown {
    private final Detail detail;

    private ExplanationMarkdown(Detail detail) {
        this.detail = detail;
    }

    static String of(Steps steps, Detail detail) {
        ExplanationMarkdown page = new ExplanationMarkdown(detail);
        StringBuilder out =
                new StringBuilder("## Forward\n\n| value | formula | shape | number |\n|---|---|---|---|\n");
        Steps.lines(steps.forward(), page::forward, ExplanationMarkdown::gap).forEach(out::append);
        if (steps.backward().isEmpty()) {
            return out.append("\nNo backward walk: ")
                    .append(code(steps.result()))
                    .append(" is a constant.\n")
                    .toString();
        }
        out.append("\n## Backward\n\n");
        boolean isScalar = steps.backward().get(0).gradient().shape().isScalar();
        out.append("`dv` is the derivative of ").append(isScalar ? "" : "the sum of all elements of ");
        out.append(code(steps.result())).append(" by `v`.\n\n");
        out.append("| value | arrives | the inputs get |\n|---|---|---|\n");
        Steps.lines(steps.backward(), page::backward, ExplanationMarkdown::gap).forEach(out::append);
        return out.toString();
    }

    private static String gap(int count) {
        return "| … | " + count + " more values | | |\n";
    }

    private List<String> forward(List<Made> values) {
        return values.stream()
                .map(made -> "| " + code(made.name())
                        + (made.label().isEmpty() ? "" : " " + code("\"" + made.label() + "\""))
                        + " | " + made.formula().map(ExplanationMarkdown::code).orElse("")
                        + " | " + made.value().shape()
                        + " | " + code(Cells.line(made.value(), detail)) + " |\n")
                .toList();
    }

    private List<String> backward(List<Received> walk) {
        return walk.stream()
                .map(step -> "| " + code(step.name()) + " | " + sum(step)
                        + code("d" + step.name() + " = " + Cells.line(step.gradient(), detail)) + " | "
                        + step.to().stream()
                                .map(part -> code(part.name()) + ": "
                                        + code(part.formula()
                                                + (step.isRepeated(part)
                                                        ? ""
                                                        : " = " + Cells.line(part.amount(), detail))))
                                .collect(joining("<br>"))
                        + " |\n")
                .toList();
    }

    private String sum(Received step) {
        return step.from().size() < 2
                ? ""
                : step.from().stream()
                        .map(part -> code(Cells.line(part.amount(), detail)) + " from " + code(part.name()))
                        .collect(joining(" and ", "", ": "));
    }

    /** Between more backticks than it has in a row; a table's cell ends at a bar in code too. */
    private static String code(String text) {
        String fence = "`";
        while (text.contains(fence)) {
            fence += "`";
        }
        String space = text.startsWith("`") || text.endsWith("`") ? " " : "";
        return fence + space + text.replace("|", "\\|") + space + fence;
    }
}
