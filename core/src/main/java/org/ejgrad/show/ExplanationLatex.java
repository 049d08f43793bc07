package org.ejgrad.show;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.show.Steps.Made;
import org.ejgrad.show.Steps.Part;
import org.ejgrad.show.Steps.Received;

/** An explanation as a LaTeX document; the gradient that arrives at v is ∇ with the index v. */
final class ExplanationLatex {
    /** How many digits fit on a line of the paper, and how many a line's head may take. */
    private static final int PAPER = 84;

    private static final int HEAD = 10;

    private final Detail detail;
    private final Latex latex;

    private ExplanationLatex(Steps steps, Detail detail) {
        this.detail = detail;
        this.latex = new Latex(steps.names());
    }

    static String of(Steps steps, Detail detail) {
        ExplanationLatex document = new ExplanationLatex(steps, detail);
        StringBuilder out = new StringBuilder("""
                \\documentclass{article}
                \\usepackage{amsmath}
                \\usepackage[margin=2cm]{geometry}
                \\allowdisplaybreaks
                \\setcounter{MaxMatrixCols}{""").append(detail.columns()).append("}\n");
        out.append("\\begin{document}\n\\section*{Forward}\n");
        out.append(aligned(Steps.lines(steps.forward(), document::forward, ExplanationLatex::gap)));
        out.append("\\section*{Backward}\n");
        if (steps.backward().isEmpty()) {
            out.append('$').append(document.latex.name(steps.result())).append("$ is a constant.\n");
        } else {
            boolean isScalar = steps.backward().get(0).gradient().shape().isScalar();
            out.append("$\\nabla_{v}$ is the derivative of ")
                    .append(isScalar ? "$" : "the sum of all elements of $")
                    .append(document.latex.name(steps.result()))
                    .append("$ by $v$.\n");
            out.append(aligned(Steps.lines(steps.backward(), document::backward, ExplanationLatex::gap)));
        }
        return out.append("\\end{document}\n").toString();
    }

    private static String aligned(List<String> lines) {
        return "\\begin{align*}\n" + String.join(" \\\\\n", lines) + "\n\\end{align*}\n";
    }

    private static String gap(int count) {
        return "&\\;\\;\\vdots\\quad\\text{" + count + " more values}";
    }

    private List<String> forward(List<Made> values) {
        return values.stream()
                .map(made -> {
                    List<Piece> pieces = new ArrayList<>();
                    made.formula().ifPresent(formula -> pieces.add(math("", formula)));
                    pieces.add(matrix(pieces.isEmpty() ? "" : "= ", made.value()));
                    if (!made.label().isEmpty()) {
                        pieces.add(new Piece(
                                "\\quad\\text{" + Latex.text(made.label()) + "}",
                                made.label().length()));
                    }
                    return line(latex.name(made.name()) + " &= ", pieces);
                })
                .toList();
    }

    private List<String> backward(List<Received> walk) {
        List<String> lines = new ArrayList<>();
        for (Received step : walk) {
            List<Piece> pieces = new ArrayList<>();
            if (step.from().size() > 1) {
                step.from().forEach(part -> pieces.add(from(pieces.isEmpty() ? "" : "+ ", part)));
            }
            pieces.add(matrix(pieces.isEmpty() ? "" : "= ", step.gradient()));
            lines.add(line("\\nabla_{" + latex.name(step.name()) + "} &= ", pieces));
            for (Part part : step.to()) {
                List<Piece> passed = new ArrayList<>(List.of(math("", part.formula())));
                if (!step.isRepeated(part)) {
                    passed.add(matrix("= ", part.amount()));
                }
                lines.add(line("&\\quad " + latex.name(part.name()) + " \\leftarrow ", passed));
            }
        }
        return lines;
    }

    /** What stands on a line without a break, and about how many digits wide it is. */
    private record Piece(String latex, int width) {}

    /** A line of an alignment, broken where the paper ends. */
    private static String line(String head, List<Piece> pieces) {
        StringBuilder out = new StringBuilder(head);
        int width = HEAD;
        for (Piece piece : pieces) {
            boolean breaks = width > HEAD && width + piece.width > PAPER;
            out.append(breaks ? " \\\\\n&\\qquad {}" : width > HEAD ? " " : "").append(piece.latex);
            width = (breaks ? HEAD : width) + piece.width + 2;
        }
        return out.toString();
    }

    private Piece from(String sign, Part part) {
        Piece amount = matrix("", part.amount());
        String below = "}_{\\text{from }" + latex.name(part.name()) + "}";
        return new Piece(
                sign + "\\underbrace{" + amount.latex + below,
                Math.max(amount.width, 4 + part.name().length()) + 2);
    }

    private Piece math(String sign, String text) {
        return new Piece(sign + latex.math(text), text.length());
    }

    private Piece matrix(String sign, Value value) {
        if (value.shape().isScalar()) {
            return math(sign, Cells.line(value, detail));
        }
        List<List<String>> rows = Cells.of(value, detail);
        int width = 2;
        for (int column = 0; column < (rows.isEmpty() ? 0 : rows.get(0).size()); column++) {
            int at = column;
            width += 2
                    + rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
        }
        String cells = rows.stream()
                .map(row -> row.stream().map(latex::math).collect(joining(" & ")))
                .collect(joining(" \\\\ "));
        return new Piece(sign + "\\begin{bmatrix} " + cells + " \\end{bmatrix}", width);
    }
}
