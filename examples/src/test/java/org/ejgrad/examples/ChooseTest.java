package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.nn.data.Dataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings are compared on training rows alone. */
class ChooseTest {
    @Test
    void theTestRowsHaveNoPartInIt() throws IOException {
        Problem iris = Problems.load("iris", 0, Optional.empty());
        Dataset none = iris.test().rows();
        Problem withoutTest = new Problem(iris.train(), none, iris.recipe(), Optional.empty());
        List<Recipe> recipes = ChooseCommand.recipes(iris.recipe(), 2).subList(9, 11);
        Comparison with = ChooseCommand.compare(iris, recipes, Seeds.of(0, 2));
        Comparison without = ChooseCommand.compare(withoutTest, recipes, Seeds.of(0, 2));
        for (Recipe recipe : recipes) {
            for (String measure : with.measures()) {
                assertEquals(with.mean(recipe.settings(), measure), without.mean(recipe.settings(), measure));
            }
        }
    }

    @Test
    void theBestIsNamedBesideTheDefault() {
        Program result = Program.run("choose", "blobs", "--epochs", "1", "--seeds", "1");
        assertEquals(0, result.code());
        assertTrue(result.out().startsWith("blobs: 480 training rows, a fifth of them to judge by; 2-4 linear"));
        assertTrue(result.out().contains("best: adam "), result.out());
    }

    /** A default is one of the settings compared; {@code choose} prints whether it is still the best of them. */
    @ParameterizedTest
    @ValueSource(strings = {"moons", "circles", "blobs", "spirals", "iris", "wine", "breast_cancer", "digits"})
    void theDefaultIsAmongTheSettingsCompared(String name) throws IOException {
        Recipe recipe = Problems.load(name, 0, Optional.empty()).recipe();
        assertTrue(ChooseCommand.recipes(recipe, recipe.epochs()).contains(recipe), recipe.settings());
    }
}
