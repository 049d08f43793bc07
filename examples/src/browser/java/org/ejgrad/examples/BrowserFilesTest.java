package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.ejgrad.examples.playground.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages that programs write: as files, in each width and scheme. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserFilesTest {
    private Browser browser;

    @BeforeAll
    void open() {
        browser = Browser.open();
    }

    @AfterAll
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    static Stream<List<String>> commands() {
        return Stream.of(
                List.of("graph", "iris", "--page"),
                List.of("lesson", "4", "--page"),
                List.of("graph", "xor", "--rows", "1", "--hidden", "2", "--page"),
                List.of("train", "moons", "--epochs", "2", "--report"),
                List.of("train", "iris", "--epochs", "2", "--report"),
                List.of("check", "--process", "java check/Relu.java", "--page"),
                List.of("experiments", "--report"),
                List.of("--report"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aPageIsQuietAccessibleAndFits(List<String> command, @TempDir Path folder) {
        Path page = folder.resolve("page.html");
        Program written = Program.run(
                Stream.concat(command.stream(), Stream.of(page.toString())).toArray(String[]::new));
        assertEquals(0, written.code(), written.err());
        browser.requireSound(page.toUri());
    }
}
