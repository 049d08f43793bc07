package org.ejgrad.show;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ejgrad.Operation;
import org.ejgrad.Rule;
import org.ejgrad.Value;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that mean something to a format, and formulas that LaTeX has to take. */
class ExplanationNamesTest {
    private static final List<String> HOSTILE = List.of(
            "a|b",
            "`tick`",
            "``",
            "a\nb",
            "#1 %_$&{}~^\\",
            "\\end{document}",
            "<script>",
            "n1",
            "dw",
            "w",
            "w",
            "x²",
            "重み",
            "😀",
            "exp",
            "Σ",
            "θ",
            "a b",
            "1",
            "-",
            "[",
            "*",
            "\u0000",
            "\u202e",
            "long" + "g".repeat(300),
            "0.weights");

    private static Value hostile() {
        Value sum = Value.variable("w", 1);
        for (String label : HOSTILE) {
            sum = sum.plus(Value.variable(label, 2).square()).elementMult(sum);
        }
        Operation own = Operation.binary(
                "my|op $x$\n`",
                (a, b) -> a.copy(),
                Rule.rule("x²^2^{3} ⊙ 重 `|`\n√√( % dy", (a, b, y, dy) -> dy),
                Rule.rule("′″x′²ᵀ′^^_a_{", (a, b, y, dy) -> dy));
        return own.apply(sum, sum.labelled("重")).labelled("$");
    }

    @Test
    void hostileNamesBreakNoTable() {
        String markdown = Explanation.of(hostile()).markdown();
        boolean isBackward = false;
        int rows = 0;
        for (String line : markdown.split("\n")) {
            isBackward |= line.startsWith("## Backward");
            if (line.startsWith("|")) {
                int bars = line.replace("\\|", "").replaceAll("[^|]", "").length();
                assertTrue(bars == (isBackward ? 4 : 5) || line.contains("more values"), line);
                rows++;
            }
        }
        assertTrue(rows > 80, rows + " rows");
        assertTrue(markdown.contains("\"a\\|b\""), markdown);
    }

    @Test
    void everyNameStandsForOneValue() {
        List<Node> nodes = Graph.of(hostile()).nodes();
        List<String> names = Names.of(nodes);
        assertEquals(names.size(), names.stream().distinct().count());
        assertTrue(names.stream().allMatch(name -> name.matches("[\\w.θΣ重み]+")), names.toString());
        assertFalse(names.contains("dw") && names.contains("w"));
        assertTrue(names.contains("0.weights") && names.contains("θ"));
    }

    @Test
    void latexIsWellFormed() {
        for (Value value :
                List.of(hostile(), ExplanationTest.neuron(), ExplanationTest.dense(), ExplanationTest.chain(300))) {
            LatexSyntax.requireDocument(Explanation.of(value).latex());
        }
        for (char label = ' '; label < 127; label++) {
            Value value = Value.variable(String.valueOf(label), 2).square();
            LatexSyntax.requireDocument(Explanation.of(value).latex());
        }
        for (String wrong :
                List.of("\\begin{align*}\n{a &= b\n\\end{align*}", "a & b", "x^2", "\\unknown", "x^{2}^{3}", "}")) {
            assertThrows(Throwable.class, () -> LatexSyntax.requireDocument(wrong), wrong);
        }
    }

    /** Every formula of the engine's own tables, in one document. */
    private static String formulas() throws IOException {
        Latex latex = new Latex(List.of("x", "y"));
        StringBuilder document =
                new StringBuilder("\\documentclass{article}\n\\usepackage{amsmath}\n\\begin{document}\n");
        int count = 0;
        for (String line : Files.readAllLines(Path.of("OPERATIONS.md"))) {
            if (line.startsWith("| `")) {
                String formula = line.substring(line.indexOf("` | ") + 4, line.length() - 2)
                        .replace("\\|", "|");
                document.append('$').append(latex.math(formula)).append("$\n");
                count++;
            }
        }
        assertTrue(count > 150, count + " formulas");
        assertFalse(document.toString().contains("U+"), document.toString());
        return document.append("\\end{document}\n").toString();
    }

    @Test
    void everyFormulaOfTheTablesHasItsLatex() throws IOException {
        LatexSyntax.requireDocument(formulas());
    }

    @Test
    void pdflatexTakesTheDocuments(@TempDir Path folder) throws IOException, InterruptedException {
        Path latex = Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(directory -> Path.of(directory, "pdflatex"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(folder);
        Assumptions.assumeTrue(!latex.equals(folder), "no pdflatex on this machine");
        List<String> documents = List.of(
                Explanation.of(ExplanationTest.neuron()).latex(),
                Explanation.of(ExplanationTest.dense()).latex(),
                Explanation.of(hostile()).latex(),
                Explanation.of(ExplanationTest.chain(300)).latex(),
                Explanation.of(Value.constant(1)).latex(),
                formulas());
        for (String document : documents) {
            Files.writeString(folder.resolve("it.tex"), document);
            Process process = new ProcessBuilder(
                            latex.toString(),
                            "-interaction=nonstopmode",
                            "-halt-on-error",
                            "-no-shell-escape",
                            "it.tex")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), () -> log + document);
        }
    }
}
