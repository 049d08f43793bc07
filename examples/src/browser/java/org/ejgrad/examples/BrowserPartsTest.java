package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejgrad.Value;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.examples.playground.OpenBrowser;
import org.ejgrad.examples.story.Pictures;
import org.ejgrad.examples.story.Story;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.RandomStream;
import org.ejgrad.nn.Sequential;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.data.ToySets;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.metrics.MultiLabel;
import org.ejgrad.nn.metrics.Scores;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.Optimizer;
import org.ejgrad.nn.pages.RunPage;
import org.ejgrad.nn.train.History;
import org.ejgrad.nn.train.Objective;
import org.ejgrad.nn.train.Trainer;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages can show, part by part: what is drawn and written is what was given. */
class BrowserPartsTest extends OpenBrowser {
    /** Not static: threads that run its treatments would wait for this class, whose start would wait for them. */
    private final Comparison comparison = Comparison.of(
            List.of("share", "count", "missing"),
            List.of(
                    new Treatment("nothing", seed -> new double[] {0.1 + 0.013 * seed, seed, Double.NaN}),
                    new Treatment("<b>remedy</b>", seed -> new double[] {0.7 / seed, 7 * seed, 1.0 / 3})),
            Seeds.of(1, 3));

    private static final List<String> NAMES = List.of("a", "b");

    private static Pictures grey() {
        return Pictures.grey("grey", new ImageShape(1, 1, 2), NAMES, new SimpleMatrix(2, 2, true, 0, 1, 0.4, 2));
    }

    private void show(Path folder, Story story) throws IOException {
        Path page = folder.resolve("story.html");
        story.write(page);
        browser.requireSound(page.toUri());
    }

    private List<?> list(String script) {
        return (List<?>) browser.run(script);
    }

    @Test
    void aComparisonShowsEachRunAndItsMeans(@TempDir Path folder) throws IOException {
        StringWriter printed = new StringWriter();
        Story story = new Story("Parts", "Each kind of part.", new PrintWriter(printed, true));
        story.compares(comparison, Map.of("share", Comparison.Order.LOWER));
        show(folder, story);
        List<?> cells = list("return [...document.querySelectorAll('td .figure')].map(each => each.textContent)");
        assertEquals(6, cells.size());
        cells.forEach(cell -> assertTrue(printed.toString().contains(String.valueOf(cell)), cell + " in " + printed));
        assertEquals("2.0 ± 1.0", cells.get(1));
        assertEquals(List.of("", "0.3333 ± 0.0000"), List.of(cells.get(2), cells.get(5)));
        for (int measure = 0; measure < 3; measure++) {
            String name = comparison.measures().get(measure);
            List<?> means = drawn(measure, 0);
            List<?> runs = drawn(measure, 1);
            for (int treatment = 0; treatment < 2; treatment++) {
                double mean =
                        comparison.mean(comparison.treatments().get(treatment).name(), name);
                assertNumber(mean, means.get(treatment), 1e-15);
                for (int run = 0; run < 3; run++) {
                    assertNumber(comparison.results()[treatment][run][measure], runs.get(3 * treatment + run), 0);
                }
            }
        }
    }

    private List<?> drawn(int chart, int dataset) {
        return list("const canvas = document.querySelectorAll('.plot canvas')[" + chart + "];"
                + "return Chart.getChart(canvas).data.datasets[" + dataset + "].data.map(({x}) => x)");
    }

    private static void assertNumber(double expected, Object shown, double tolerance) {
        if (Double.isNaN(expected)) {
            assertEquals(null, shown);
        } else {
            assertEquals(expected, ((Number) shown).doubleValue(), tolerance);
        }
    }

    @Test
    void picturesHaveTheColoursOfTheirKey(@TempDir Path folder) throws IOException {
        Story story = new Story("Parts", "Each kind of part.", new PrintWriter(new StringWriter()));
        ImageShape pixel = new ImageShape(1, 1, 1);
        story.shows(grey());
        story.shows(Pictures.signed("signed", pixel, NAMES, new SimpleMatrix(2, 1, true, -0.5, 0.5)));
        List<String> classes = List.of("ground", "tree");
        story.shows(Pictures.classes("first", pixel, NAMES, new SimpleMatrix(2, 1, true, 0, 1), classes));
        story.shows(Pictures.classes("second", pixel, NAMES, new SimpleMatrix(2, 1, true, 1, 255), classes));
        show(folder, story);
        List<?> colours = list("return [...document.querySelectorAll('.pictures canvas')].map(canvas => "
                + "[...canvas.getContext('2d').getImageData(0, 0, canvas.width, 1).data].join())");
        assertEquals(List.of("0,0,0,255,255,255,255,255", "102,102,102,255,255,255,255,255"), colours.subList(0, 2));
        List<?> keys = list("return [...document.querySelectorAll('.keys rect')].map(each => "
                + "getComputedStyle(each).fill.match(/\\d+/g).join() + ',255')");
        List<?> names = list("return [...document.querySelectorAll('.keys span')].map(each => each.textContent)");
        assertEquals(List.of("0", "1", "−0.5", "0", "0.5", "ground", "tree", "unknown"), names);
        assertEquals(
                List.of(keys.get(2), keys.get(4), keys.get(5), keys.get(6), keys.get(6), keys.get(7)),
                colours.subList(2, 8));
    }

    @Test
    void sharesTextsAndTablesAreWrittenAsGiven(@TempDir Path folder) throws IOException {
        Story story = new Story("Parts", "Each kind of part.", new PrintWriter(new StringWriter()));
        story.weighs("Who looks at whom.", NAMES, new SimpleMatrix(2, 2, true, 0.125, 0.875, 1, 0));
        story.quotes("first", "one\n  <i>two</i>");
        story.quotes("second", "three");
        story.prints(List.of("model", "bits", "empty"), List.of(List.of("! x", "1.25", ""), List.of("y", "30", "")));
        Map<String, double[]> curves = new LinkedHashMap<>();
        curves.put("falls", new double[] {3, 0.5, 0.002});
        curves.put("breaks", new double[] {1, Double.NaN, 0.7});
        story.draws("loss", curves);
        show(folder, story);
        assertEquals(
                List.of("0.13", "0.88", "1.00", "0.00"),
                list("return [...document.querySelectorAll('.heat td:not(.none)')].map(each => each.textContent)"));
        assertEquals(
                List.of("one\n  <i>two</i>", "three"),
                list("return [...document.querySelectorAll('.quoted')].map(each => each.textContent)"));
        assertEquals(
                List.of("! x", "1.25", "y", "30"),
                list("return [...document.querySelectorAll('table:not(.heat) tbody :is(th, td)')]"
                        + ".map(each => each.textContent)"));
        assertEquals(
                List.of(0.002, 5L, 0.01, 0.1, 1L),
                list("const {min, max, ticks} = Chart.getChart(document.querySelector('.plot canvas')).scales.y;"
                        + "return [min, max, ...ticks.map(({value}) => value)]"),
                "a logarithmic axis has round ends");
    }

    /**
     * At every width, and on paper, each count and name of a confusion matrix can be read, and told from the others.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 9, 15, 40})
    void manyClassesCanBeToldApart(int classes, @TempDir Path folder) throws IOException {
        int[] labels = IntStream.range(0, 400 * classes).map(i -> i % classes).toArray();
        SimpleMatrix inputs = new SimpleMatrix(labels.length, 2);
        RandomStream random = new RandomStream(1, classes);
        for (int row = 0; row < labels.length; row++) {
            inputs.setRow(row, 0, labels[row] % 8 + random.nextGaussian(), labels[row] / 8 + random.nextGaussian());
        }
        String[] names = IntStream.range(0, classes)
                .mapToObj(i -> "a class whose name goes on and on, number " + i)
                .toArray(String[]::new);
        Dataset data = Dataset.classification("many", inputs, labels, names);
        Sequential network = Sequential.of(new Dense(2, classes, 1));
        History history = Trainer.of(
                        network, Objective.softmaxCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.1)))
                .fit(data, 1);
        Path page = folder.resolve("many.html");
        RunPage.of("many", history).network(network, data).write(page);
        browser.requireSound(page.toUri());
        for (int width : new int[] {390, 800, 1440}) {
            browser.show(page.toUri(), width, "light");
            assertEquals(List.of(), list(CUT), "at " + width);
        }
        browser.run("window.dispatchEvent(new Event('beforeprint'))");
        assertEquals(List.of(), list(CUT), "on paper");
        assertEquals(false, browser.run("return document.querySelector('.heat').matches('.listed')"), "on paper");
        browser.run("window.dispatchEvent(new Event('afterprint'))");
        String all = "return [...document.querySelectorAll('%s')].map(each => %s)";
        List<?> heads = list(String.format(all, ".heat tbody th", "each.firstChild.textContent"));
        List<?> marks = list(String.format(all, ".keys path:not([stroke-width])", "each.outerHTML"));
        assertEquals(
                List.of(classes, classes),
                List.of(heads.size(), Set.copyOf(heads).size()));
        assertEquals(
                List.of(classes, classes),
                List.of(marks.size(), Set.copyOf(marks).size()));
    }

    /** What reaches beyond its cell, its table's place or the page. */
    private static final String CUT = """
            const seen = [...document.querySelectorAll('.heat :is(th, td)')].filter(each => each.offsetWidth > 0);
            const room = document.querySelector('.heat').parentElement.getBoundingClientRect();
            return seen.filter(each => each.scrollWidth > each.clientWidth + 1 || each.getBoundingClientRect().right > room.right + 1
              || each.getBoundingClientRect().right > document.body.getBoundingClientRect().right + 1).map(each => each.textContent)
              .concat(seen.length > 0 ? [] : ['nothing is seen']);""";

    /**
     * A table is one where it has room; a name cut short differs from the others; few digits, and no rest of rounding.
     */
    @Test
    void textsAndNumbersAreAsShortAsTheyCanBe(@TempDir Path folder) throws IOException {
        Story story = new Story("Parts", "Each kind of part.", new PrintWriter(new StringWriter()));
        story.prints(List.of("model", "bits", "more"), List.of(List.of("! x", "1.25", "7"), List.of("y", "30", "8")));
        story.prints(
                List.of("model", "bits", "more", "words"),
                List.of(List.of("! of many words", "a few words", "some words more", "and words to the end of them")));
        show(folder, story);
        for (int width : new int[] {390, 800}) {
            browser.show(folder.resolve("story.html").toUri(), width, "light");
            assertEquals(
                    List.of(false, width == 390),
                    list("return [...document.querySelectorAll('table')].map(each => each.matches('.listed'))"));
            assertEquals(
                    true,
                    browser.run("const mark = document.querySelectorAll('.bad')[1].getBoundingClientRect();"
                            + "const name = document.createRange(); name.selectNodeContents("
                            + "document.querySelectorAll('.bad')[1].nextSibling);"
                            + "const next = name.getClientRects()[0];"
                            + "return next.top < mark.bottom && next.left >= mark.right - 1"));
        }
        assertEquals(
                List.of("1e−6", "1e−199", "4.4e+8", "1.235e−5", "0.1"),
                list("return [1e-6, 1e-199, 4.4e8, 1.23456e-5, .1].map(each => figure(each))"));
        assertEquals(
                List.of("from 0 to 2", "from 1000.123 to 1000.126", "from −1.84 to 5.02", "from 0 to 4e+8"),
                list("return [[2.22e-16, 2], [1000.123, 1000.126], [-1.8412, 5.0189], [-3e-9, 4e8]]"
                        + ".map(ends => range(...ends))"));
        assertEquals(
                List.of(List.of("ab", "abc…"), List.of("ab…3", "ab…4"), List.of("1 a…", "2 a…", "3 b")),
                list("return [shortened(['ab', 'abcdef'], 4), shortened(['abcdef3', 'abcdef4'], 4),"
                        + " shortened(['abcXef', 'abcYef', 'b'], 4)]"));
        List<?> looks = list("return Array.from({length: 40}, (_, i) => JSON.stringify(lookOf(i)))");
        assertEquals(40, Set.copyOf(looks).size());
    }

    @Test
    void labelsAreScoredOneByOne(@TempDir Path folder) throws IOException {
        Dataset data = ToySets.multiLabel(200, 1);
        Sequential network = Sequential.of(new Dense(data.features(), data.classes(), 1));
        History history = Trainer.of(
                        network, Objective.sigmoidCrossEntropy(), Optimizer.of(network.parameters(), Adam.rate(0.1)))
                .fit(data, 50);
        Path page = folder.resolve("labels.html");
        RunPage.of("labels", history).network(network, data).write(page);
        browser.requireSound(page.toUri());
        SimpleMatrix logits = network.forward(Value.constant(data.inputs())).matrix();
        MultiLabel answers = MultiLabel.of(data.targets(), MultiLabel.above(logits, 0));
        List<String> expected = new ArrayList<>();
        for (int label = 0; label < data.classes(); label++) {
            Scores scores = answers.scores(label);
            expected.add(String.format(
                    Locale.ROOT, "%.0f", data.targets().getColumn(label).elementSum()));
            for (double share :
                    new double[] {answers.labelAccuracy(label), scores.precision(), scores.recall(), scores.f1()}) {
                expected.add(browser.run("return (" + 100 * share + ").toFixed(1)") + " %");
            }
        }
        assertEquals(
                expected,
                list("return [...document.querySelectorAll('#evaluations td:not(:last-child) .figure')]"
                        + ".map(each => each.textContent)"));
        assertTrue(browser.text("#evaluations")
                .contains(browser.run("return (" + 100 * answers.labelAccuracy() + ").toFixed(1)")
                        + " % of the labels are right"));
    }
}
