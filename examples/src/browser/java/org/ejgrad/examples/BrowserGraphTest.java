package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.examples.playground.OpenBrowser;
import org.ejgrad.nn.loss.CrossEntropy;
import org.ejgrad.nn.pages.GraphPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a graph asks, which answers are right, what it says of others, and how it writes numbers. */
class BrowserGraphTest extends OpenBrowser {
    private void show(Value loss, Path folder) throws IOException {
        Path page = folder.resolve("graph.html");
        GraphPage.of(loss).write(page);
        browser.show(page.toUri(), 1200, "light");
        browser.run("find('quiz-start').click()");
    }

    private void ask(String name) {
        browser.run("ask(questions().findIndex(node => node.label === arguments[0]))", name);
    }

    private String answer(String text) {
        browser.run(
                "find('answer').disabled = false; find('answer').value = arguments[0];"
                        + "find('quiz').requestSubmit(find('quiz').querySelector('[type=submit]'))",
                text);
        return browser.text("#verdict");
    }

    private void requireRight(String... answers) {
        for (String text : answers) {
            assertTrue(answer(text).startsWith("Right: "), text + ": " + browser.text("#verdict"));
        }
    }

    private void requireWrong(String... answers) {
        for (String text : answers) {
            assertTrue(answer(text).startsWith("No. "), text + ": " + browser.text("#verdict"));
        }
    }

    private void requireNoNumber(String... answers) {
        for (String text : answers) {
            assertEquals("Expected a number, such as −0.25 or ∞.", answer(text), text);
        }
    }

    @Test
    void infinitiesAndNanAreAnswersAndNothingElseIsThem(@TempDir Path folder) throws IOException {
        show(Value.variable("v", Value.row(0, 4)).sqrt().elementSum(), folder);
        ask("v");
        requireRight("∞", "inf", "+inf", "Infinity", " INF ");
        assertEquals("Right: ∞. Next", browser.text("#verdict").replaceAll("\\s+", " "));
        requireWrong("7", "-inf", "−∞", "NaN", "1e308", "0");
        requireNoNumber("abc", "", "0x10", "1/0", "1e", "infinite");
        show(Value.variable("v", Value.row(0, 4)).sqrt().negative().elementSum(), folder);
        ask("v");
        requireRight("-∞", "−∞", "-inf", "-Infinity");
        requireWrong("∞", "inf", "-1e308", "nan");
        show(Value.variable("v", Value.row(-1)).sqrt().elementSum(), folder);
        ask("v");
        requireRight("NaN", "nan");
        requireWrong("0", "7", "inf");
        requireNoNumber("abc", "");
        browser.requireQuiet();
    }

    /** A percent of the number itself, however small it is. */
    @Test
    void whatIsSaidOfTheToleranceIsApplied(@TempDir Path folder) throws IOException {
        for (double truth : new double[] {-2e-5, 3e-12, 4e-310, 0.25, 700, -1e200}) {
            show(Value.variable("v", 1).scale(truth), folder);
            ask("v");
            requireRight(
                    Double.toString(truth),
                    Double.toString(truth * 1.009).replace('-', '−').replace('.', ','),
                    Double.toString(truth * 0.991));
            requireWrong(
                    "0",
                    Double.toString(truth * 10),
                    Double.toString(-truth),
                    Double.toString(truth * 1.02),
                    Double.toString(truth * 0.98));
        }
        show(Value.variable("v", 1).scale(0).plus(Value.variable("w", 1)), folder);
        ask("v");
        requireRight("0", "-0", "0.0");
        requireWrong("1e-300", "0.0004");
    }

    private static Value inputs() {
        return Value.constant(new double[][] {{1, 2}, {3, -1}, {0.5, 4}}).labelled("x");
    }

    private static Value weights() {
        return Value.variable("w", new double[][] {{0.5, -1}, {2, 0.25}});
    }

    private double truth() {
        return ((Number) browser.run("return entryOf(quiz.asked[quiz.at].gradient.elements, ...quiz.entry)"))
                .doubleValue();
    }

    private String told(double answer) {
        return answer(Double.toString(answer)).replaceFirst("^No\\. ", "");
    }

    /** Of a mean is spoken only where there is one, and then of what it divides by. */
    @Test
    void aHintIsTrueOfTheGraph(@TempDir Path folder) throws IOException {
        Value z = inputs().mult(weights()).labelled("z");
        show(z.square().elementSum(), folder);
        ask("w");
        assertEquals("It is 2 times too large.", told(2 * truth()));
        assertEquals("It is 3 times too large.", told(3 * truth()));
        assertEquals("It is 2 times too small.", told(truth() / 2));
        assertEquals("It is the right number with the other sign: look for a lost minus in a rule.", told(-truth()));
        show(z.square().mean().labelled("loss"), folder);
        ask("w");
        assertEquals("It is 6 times too large: loss divides by 6.", told(6 * truth()));
        assertEquals("It is 3 times too large.", told(3 * truth()));
        show(CrossEntropy.fromLogits(z, 0, 1, 0), folder);
        ask("w");
        assertEquals("It is 3 times too large: softmaxCrossEntropy divides by 3.", told(3 * truth()));
        show(z.square().elementSum().divide(4), folder);
        ask("w");
        assertEquals("It is 4 times too large: divide divides by 4.", told(4 * truth()));
    }

    /** More rows than the page shows are as many. */
    @Test
    void aMeanDividesByAllRows(@TempDir Path folder) throws IOException {
        double[][] rows = new double[20][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = new double[] {Math.sin(i), Math.cos(3 * i)};
        }
        show(CrossEntropy.fromLogits(Value.constant(rows).mult(weights()), new int[20]), folder);
        ask("w");
        assertEquals("It is 20 times too large: softmaxCrossEntropy divides by 20.", told(20 * truth()));
        assertTrue(!told(16 * truth()).contains("divides"), browser.text("#verdict"));
    }

    /** Rows and columns are counted from 1, as in the question; transposes are spoken of where there are some. */
    @Test
    void anotherEntryIsNamedAsTheQuestionCounts(@TempDir Path folder) throws IOException {
        Value m = Value.variable("m", new double[][] {{1, 5}, {3, 2}});
        show(m.elementMult(Value.constant(new double[][] {{1, 7}, {3, 2}})).elementSum(), folder);
        ask("m");
        assertTrue(browser.text("#quiz").contains("m, row 1, column 2?"), browser.text("#quiz"));
        assertEquals("That is the number of row 2, column 1.", told(3));
        show(
                inputs().mult(weights())
                        .elementMult(Value.constant(new double[][] {{1, 2}, {3, 14}, {5, 0.5}}))
                        .elementSum(),
                folder);
        ask("w");
        int[] other = other();
        double number = ((Number) browser.run(
                        "return entryOf(quiz.asked[quiz.at].gradient.elements, ...[...quiz.entry].reverse())"))
                .doubleValue();
        assertEquals(
                "That is the number of row " + other[0] + ", column " + other[1]
                        + ": a transpose is missing or too much.",
                told(number));
    }

    /** The place across the diagonal, counted from 1. */
    private int[] other() {
        List<?> entry = (List<?>) browser.run("return quiz.entry");
        return new int[] {((Number) entry.get(1)).intValue() + 1, ((Number) entry.get(0)).intValue() + 1};
    }

    /**
     * Nobody steps on paper: every number is there, in its box and in the table, and afterwards the page is as before.
     */
    @Test
    void paperHasAllNumbers(@TempDir Path folder) throws IOException {
        Value v = Value.variable("v", new double[7][16]);
        show(v.tanh().plus(v).square().elementSum(), folder);
        String state =
                "return [step, find('graph-all').open, view.direction, document.querySelectorAll('.waiting').length > 0]";
        Object before = browser.run(state);
        browser.run("window.dispatchEvent(new Event('beforeprint'))");
        assertEquals(List.of(0L, true, true, true), browser.run("""
                        const table = find('graph-table');
                        return [document.querySelectorAll('.waiting').length, table.rows.length === graph.length + 1,
                          [table, ...table.querySelectorAll('.matrix')].every(each => each.getBoundingClientRect().right
                            <= document.body.getBoundingClientRect().right + 1), table.offsetHeight > 0];"""));
        browser.run("window.dispatchEvent(new Event('afterprint'))");
        assertEquals(before, browser.run(state));
        browser.requireQuiet();
    }

    /**
     * A drawing that a sheet has no room for is on several, each box whole on one of them; of many, without numbers.
     */
    @Test
    void paperHasEveryBoxAsLargeAsCanBeRead(@TempDir Path folder) throws IOException {
        Value v = Value.variable("v", new double[4][4]);
        for (int layers : new int[] {1, 5, 60}) {
            Value x = v;
            for (int i = 0; i < layers; i++) {
                x = x.mult(v).tanh();
            }
            show(x.elementSum(), folder);
            Object height = browser.run("return canvas.clientHeight");
            browser.run("window.dispatchEvent(new Event('beforeprint'))");
            assertEquals(List.of(layers > 1, layers < 60, 0L, List.of()), browser.run("""
                    const sheets = [...document.querySelectorAll('.sheet')];
                    const names = sheets.map(sheet => {
                      const frame = sheet.querySelector('svg').getBoundingClientRect();
                      return [...sheet.querySelectorAll('.node')].filter(node => {
                        const box = node.querySelector('.box').getBoundingClientRect();
                        return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
                      }).map(node => node.getAttribute('aria-label'));
                    }).flat();
                    return [sheets.length > 1, sheets.some(sheet => sheet.querySelector('.number')), canvas.clientHeight,
                      graph.map(node => node.group.getAttribute('aria-label')).filter(name => !names.includes(name))];"""));
            browser.run("window.dispatchEvent(new Event('afterprint'))");
            assertEquals(height, browser.run("return canvas.clientHeight"));
            assertEquals(true, browser.run("return document.querySelector('#graph .number') !== null"));
        }
        browser.requireQuiet();
    }

    /**
     * A phone shows its keys for numbers unless there is ∞ or NaN to type, and where they have no minus, a button has.
     */
    @Test
    void aPhoneHasKeysForAnswers(@TempDir Path folder) throws IOException {
        show(Value.variable("v", 2).negative().labelled("loss"), folder);
        ask("v");
        assertEquals("decimal", browser.run("return find('answer').inputMode"));
        requireWrong("1");
        browser.run("find('quiz').querySelector('[aria-label=\"Other sign\"]').click()");
        requireRight(String.valueOf(browser.run("return find('answer').value")));
        show(Value.variable("v", Value.row(0, 4)).sqrt().elementSum(), folder);
        ask("v");
        assertEquals("text", browser.run("return find('answer').inputMode"));
    }

    /** What the letters of a rule are is said beside it, and numbers stand in it as numbers. */
    @Test
    void rulesSayWhatTheirLettersAre(@TempDir Path folder) throws IOException {
        Value z = inputs().mult(weights()).labelled("z");
        show(CrossEntropy.fromLogits(z, 0, 1, 0).scale(3).labelled("loss"), folder);
        browser.run("showStep(walk.findIndex(each => each.phase === 'backward' && each.node.operation === 'mult'))");
        String said = browser.text("#graph-panel");
        assertTrue(said.contains("to w: aᵀ·dy; a is "), said);
        browser.run("showStep(walk.findIndex(each => each.phase === 'backward' && each.node === root))");
        assertTrue(browser.text("#graph-panel").contains("3·dy"), browser.text("#graph-panel"));
    }

    /**
     * Numbers in boxes stay in their cells, those beside arrows in their frame; one minus sign; no digit before the
     * point is lost.
     */
    @Test
    void numbersOfEverySizeHaveRoom(@TempDir Path folder) throws IOException {
        Value v = Value.variable("v", new double[][] {
            {-4.94e-314, 1.23e18, -1.2345e-290}, {-0.00662, -0.00012345, 3.5}, {11440, 9455, -1234567}
        });
        Value tiny = Value.variable("tiny", -1.2345e-310);
        show(v.elementMult(v).elementSum().elementMult(tiny), folder);
        for (String step : List.of("first", "last")) {
            browser.run("moves[arguments[0]]()", step);
            assertEquals(List.of(), browser.run("""
                    const box = each => each.getBoundingClientRect();
                    const outside = (text, frame) => box(text).left < box(frame).left || box(text).right > box(frame).right;
                    return [...document.querySelectorAll('.node .number')]
                      .filter(text => outside(text, text.previousElementSibling)).map(text => text.textContent)
                      .concat([...document.querySelectorAll('.passed .number')]
                        .filter(text => outside(text, text.parentNode.querySelector('rect'))).map(text => text.textContent));"""));
        }
        assertEquals(
                List.of(
                        "−4.94e−314",
                        "1.23e+18",
                        "−1.23e−290",
                        "−0.00662",
                        "−0.000123",
                        "3.5",
                        "11440",
                        "9455",
                        "−1234567"),
                browser.run("return [...nodes.get(questions().find(node => node.label === 'v').id).group"
                        + ".querySelectorAll('.value .number')].map(each => each.textContent)"));
        assertEquals(
                List.of("−4.94e−314", "114401", "9455", "0", "0.1235", "∞", "−∞", "NaN", "−∞"),
                browser.run("return [-4.94e-314, 114401, 9455, 0, .12345, Infinity, -Infinity, NaN, '-Infinity']"
                        + ".map(each => figure(each))"));
        browser.requireQuiet();
    }
}
