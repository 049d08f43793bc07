package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.ejgrad.examples.compare.Comparison;
import org.ejgrad.examples.compare.Seeds;
import org.ejgrad.examples.compare.Treatment;
import org.ejgrad.laws.ContractWalk;
import org.ejgrad.nn.Dense;
import org.ejgrad.nn.image.ImageShape;
import org.ejgrad.nn.pages.CheckTable;
import org.junit.jupiter.api.Test;

/** Whatever the public methods that commands share are given, they return or refuse in words. */
class ContractTest {
    /** Commands are run as a user runs them, by their words, in the tests of bad input; they train for seconds. */
    private static ContractWalk walk() throws Exception {
        return ContractWalk.beside(Main.class)
                .without(call -> Callable.class.isAssignableFrom(call.getDeclaringClass()))
                .with(folder -> {
                    Value x = Value.variable("x", 3);
                    Treatment nothing = new Treatment("nothing", seed -> new double[] {seed, 1});
                    List<String> measures = List.of("first", "second");
                    return List.of(
                            nothing,
                            Seeds.of(1, 2),
                            Comparison.of(measures, List.of(nothing), Seeds.of(1, 2)),
                            "nothing",
                            "first",
                            new CheckTable("x", GradientCheck.of(x.square()).run()),
                            new PrintWriter(new StringWriter()),
                            new Dense(2, 2, 1),
                            new ImageShape(1, 1, 1));
                });
    }

    @Test
    void everyCallReturnsOrRefusesInWords() throws Exception {
        List<String> complaints = walk().complaints(1_000, 50_000);
        assertEquals(List.of(), complaints, String.join("\n", complaints));
    }
}
