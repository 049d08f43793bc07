package org.ejgrad.examples;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejgrad.examples.playground.OpenBrowser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that programs write: as files, in each width and scheme. */
class BrowserFilesTest extends OpenBrowser {
    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("graph", "iris", "--page"),
                List.of("lesson", "4", "--page"),
                List.of("graph", "xor", "--rows", "1", "--hidden", "2", "--page"),
                List.of("train", "moons", "--epochs", "2", "--report"),
                List.of("train", "iris", "--epochs", "2", "--report"),
                List.of("check", "--process", "java check/Relu.java", "--page"),
                List.of("experiments", "--report"),
                List.of("overfitting", "--seeds", "1", "--page"),
                List.of("--report"));
    }

    static Stream<List<String>> stories() {
        return Stream.of(
                List.of("articles", "--page"),
                List.of("imbalance", "--seeds", "2", "--page"),
                List.of("pseudolabels", "--seeds", "1", "--page"),
                List.of("text", "--epochs", "1", "--hidden", "8", "--page"),
                List.of("attention", "--seeds", "2", "--steps", "100", "--page"),
                List.of("ranking", "--seeds", "2", "--epochs", "3", "--page"),
                List.of("segmentation", "--seeds", "1", "--page"),
                List.of("noise", "--seeds", "1", "--page"));
    }

    /** Every figure of the tables that are printed can be read on the page. */
    @ParameterizedTest
    @MethodSource("stories")
    void aStoryIsSoundAndSaysWhatIsPrinted(List<String> command, @TempDir Path folder) {
        Program written = written(command, folder);
        String read = String.valueOf(browser.run("return document.body.textContent"));
        Matcher figures = Pattern.compile("\\d+\\.\\d{4}\\d*( ± \\d+\\.\\d+)?").matcher(written.out());
        int compared = 0;
        for (; figures.find(); compared++) {
            assertTrue(read.contains(figures.group()), figures.group());
        }
        assertTrue(compared >= 2, compared + " figures");
    }

    /**
     * The plane tells as many classes as its marks; shares are not drawn by orders of magnitude; names keep what ends
     * them.
     */
    @Test
    void picturesTellWhatTheyShow(@TempDir Path folder) {
        written(List.of("train", "moons", "--epochs", "3", "--report"), folder);
        assertEquals(24L, browser.run("""
                const pictures = Array.from({length: 24}, (_, label) => {
                  const classes = Array.from({length: 24}, (_, i) => String(i));
                  const bytes = Array.from({length: 4}, () => classes.map((_, i) => i === label ? 255 : 0)).flat();
                  const canvas = Object.assign(document.createElement('canvas'), {width: 60, height: 60});
                  paintPlane({size: 2, classes, bytes}, canvas.getContext('2d'), 60);
                  return canvas.toDataURL();
                });
                return new Set(pictures).size;"""));
        assertEquals(List.of(true, false, true), browser.run("return ['loss', 'accuracy', 'mean error'].map(isLoss)"));
        assertEquals(
                List.of("rate 0.3, decay 1", "rate 0.1,…(chosen)"),
                browser.run("return [...shortened(['rate 0.3, decay 1', 'rate 0.1, decay 2 (chosen)'], 18)]"));
    }

    /** What had less room for a while is as large as before. */
    @Test
    void aGraphComesBackFromASmallWindow(@TempDir Path folder) {
        written(List.of("graph", "iris", "--page"), folder);
        Object before = browser.run("return view.scale");
        browser.size(1);
        browser.run("window.dispatchEvent(new Event('resize'))");
        browser.size(1920);
        browser.run("window.dispatchEvent(new Event('resize'))");
        assertEquals(before, browser.run("return view.scale"));
    }

    /** Of many classes the matrix is a list, which says what was taken for what, beginning at the left. */
    @Test
    void aLargeConfusionMatrixCanBeReadAsAList(@TempDir Path folder) throws IOException {
        String rows = IntStream.range(0, 400)
                .mapToObj(i -> i * 7 % 100 + "," + i % 40 + ",k" + i % 40 + "\n")
                .collect(joining());
        Path table = Files.writeString(folder.resolve("many.csv"), "a,b,kind\n" + rows);
        written(List.of("train", "--csv", table.toString(), "--epochs", "2", "--report"), folder);
        browser.size(390);
        browser.run("window.dispatchEvent(new Event('resize'))");
        String of = "const head = document.querySelector('.heat.listed th[scope=row]');";
        assertEquals("left", browser.run(of + "return getComputedStyle(head).textAlign"));
        assertEquals("\" was taken for\"", browser.run(of + "return getComputedStyle(head, '::after').content"));
        String said = String.valueOf(browser.run("return document.body.innerText"));
        assertTrue(said.contains("by the test loss"), said);
        assertTrue(said.contains("test loss") || said.contains("loss, test"), said);
        assertFalse(said.contains("validation"), said);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageIsQuietAccessibleAndFits(List<String> command, @TempDir Path folder) {
        written(command, folder);
    }

    private Program written(List<String> command, Path folder) {
        Path page = folder.resolve("page.html");
        Program written = Program.run(
                Stream.concat(command.stream(), Stream.of(page.toString())).toArray(String[]::new));
        assertEquals(0, written.code(), written.err());
        browser.requireSound(page.toUri());
        return written;
    }
}
