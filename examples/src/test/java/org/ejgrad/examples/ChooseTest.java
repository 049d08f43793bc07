package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.nn.data.Dataset;
import org.ejgrad.nn.tune.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are compared on training rows alone. */
class ChooseTest {
    private static final UnaryOperator<Space> TWO =
            space -> space.choices("rate", 0.01, 0.03).choices("decay", 0.003);

    @Test
    void theTestRowsHaveNoPartInIt() throws IOException {
        Problem iris = Problems.load("iris", 0, Optional.empty());
        Dataset none = iris.test().rows();
        Problem withoutTest = new Problem(iris.train(), none, iris.recipe(), Optional.empty());
        ChooseCommand.Choice with = ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 2), Optional.empty(), () -> {});
        ChooseCommand.Choice without =
                ChooseCommand.choose(withoutTest, TWO, 2, Seeds.of(0, 2), Optional.empty(), () -> {});
        assertEquals(with.best(), without.best());
        assertArrayEquals(with.comparison().results(), without.comparison().results());
    }

    @Test
    void theBestIsNamedBesideTheDefault() {
        Program result = Program.run("choose", "blobs", "--epochs", "1", "--seeds", "1");
        assertEquals(0, result.code());
        assertTrue(result.out().startsWith("blobs: 480 training rows, a fifth of them to judge by; 2-4 linear"));
        assertTrue(result.out().contains("best: adam "), result.out());
        assertTrue(result.out().contains("none of them is among the 120 test rows."), result.out());
        List<String> chosen =
                result.out().lines().filter(line -> line.contains(" (chosen) ")).toList();
        double best = result.out()
                .lines()
                .filter(line -> line.startsWith("rate "))
                .mapToDouble(line -> Double.parseDouble(line.split("  +")[1]))
                .max()
                .orElseThrow();
        assertEquals(1, chosen.size(), result.out());
        assertEquals(best, Double.parseDouble(chosen.get(0).split("  +")[1]), result.out());
    }

    /** Of a search that was broken off only what is missing is trained, and what comes of it is the same. */
    @Test
    void whatIsInTheFileIsNotTrainedAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("trials.csv");
        Problem iris = Problems.load("iris", 0, Optional.empty());
        AtomicInteger tried = new AtomicInteger();
        ChooseCommand.Choice whole =
                ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 2), Optional.of(file), tried::incrementAndGet);
        assertEquals(4, tried.get());
        List<String> lines = Files.readAllLines(file);
        assertEquals(9, lines.size());
        Files.write(file, lines.subList(0, 4));
        ChooseCommand.Choice resumed =
                ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 2), Optional.of(file), tried::incrementAndGet);
        assertEquals(4 + 3, tried.get()); // one setting lacks one of its two measures
        assertEquals(lines, Files.readAllLines(file));
        assertEquals(whole.best(), resumed.best());
        assertArrayEquals(whole.comparison().results(), resumed.comparison().results());
        ChooseCommand.Choice longer =
                ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 3), Optional.of(file), tried::incrementAndGet);
        assertEquals(4 + 3 + 2, tried.get(), "the third seed");
        assertArrayEquals(
                ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 3), Optional.empty(), () -> {})
                        .comparison()
                        .results(),
                longer.comparison().results());
        refused(
                "They are of more --seeds: expected as many, or more, or another file by --trials",
                8,
                () -> ChooseCommand.choose(iris, TWO, 2, Seeds.of(0, 2), Optional.of(file), () -> {}));
        Problem wine = Problems.load("wine", 0, Optional.empty());
        Map<String, Executable> others = Map.of(
                "They are of other data: expected the same, or another file by --trials",
                () -> ChooseCommand.choose(wine, TWO, 2, Seeds.of(0, 2), Optional.of(file), () -> {}),
                "They are of --epochs 2, and 3 is asked for: expected the same, or another file by --trials",
                () -> ChooseCommand.choose(iris, TWO, 3, Seeds.of(0, 2), Optional.of(file), () -> {}),
                "in this search 1. They begin with another --seed: expected the same, or another file by --trials",
                () -> ChooseCommand.choose(iris, TWO, 2, Seeds.of(1, 2), Optional.of(file), () -> {}));
        others.forEach((words, other) -> refused(words, 0, other));
    }

    private static void refused(String words, int known, Executable other) {
        String message = assertThrows(IllegalArgumentException.class, other).getMessage();
        assertTrue(message.contains("of the lines, " + known + " are trials of this search"), message);
        assertTrue(message.endsWith(words), message);
        assertTrue(
                message.lines()
                        .noneMatch(line -> line.replaceAll(".*csv: of", "").matches(".*[0-9a-f]{13}.*")),
                message);
    }

    /** A default is one of the settings compared; {@code choose} prints whether it is still the best of them. */
    @ParameterizedTest
    @ValueSource(strings = {"moons", "circles", "blobs", "spirals", "iris", "wine", "breast_cancer", "digits"})
    void theDefaultIsAmongTheSettingsCompared(String name) throws IOException {
        Recipe recipe = Problems.load(name, 0, Optional.empty()).recipe();
        assertTrue(
                ChooseCommand.SETTINGS.apply(Space.empty()).grid().stream()
                        .map(settings -> ChooseCommand.recipe(recipe, settings, recipe.epochs()))
                        .anyMatch(recipe::equals),
                recipe.settings());
    }
}
