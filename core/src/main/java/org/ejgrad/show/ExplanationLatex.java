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
    private final Detail detail;
    private final Latex latex;

    private ExplanationLatex(Steps steps, Detail detail) {
        this.detail = detail;
        this.latex = new Latex(steps.names());
    }

    static String of(Steps steps, Detail detail) {
        ExplanationLatex document = new ExplanationLatex(steps, detail);
        StringBuilder out = new StringBuilder("\\documentclass{article}\n\\usepackage{amsmath}\n");
        out.append("\\allowdisplaybreaks\n\\setcounter{MaxMatrixCols}{")
                .append(detail.columns())
                .append("}\n");
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
                .map(made -> latex.name(made.name()) + " &= "
                        + made.formula()
                                .map(formula -> latex.math(formula) + " = ")
                                .orElse("")
                        + matrix(made.value())
                        + (made.label().isEmpty() ? "" : "\\quad\\text{" + Latex.text(made.label()) + "}"))
                .toList();
    }

    private List<String> backward(List<Received> walk) {
        List<String> lines = new ArrayList<>();
        for (Received step : walk) {
            String sum = step.from().stream()
                    .map(part -> "\\underbrace{" + matrix(part.amount()) + "}_{\\text{from }" + latex.name(part.name())
                            + "}")
                    .collect(joining(" + "));
            lines.add("\\nabla_{" + latex.name(step.name()) + "} &= "
                    + (step.from().size() > 1 ? sum + " = " : "") + matrix(step.gradient()));
            for (Part part : step.to()) {
                lines.add("&\\quad " + latex.name(part.name()) + " \\leftarrow " + latex.math(part.formula())
                        + (step.isRepeated(part) ? "" : " = " + matrix(part.amount())));
            }
        }
        return lines;
    }

    private String matrix(Value value) {
        if (value.shape().isScalar()) {
            return latex.math(Cells.line(value, detail));
        }
        return Cells.of(value, detail).stream()
                .map(row -> row.stream().map(latex::math).collect(joining(" & ")))
                .collect(joining(" \\\\ ", "\\begin{bmatrix} ", " \\end{bmatrix}"));
    }
}
