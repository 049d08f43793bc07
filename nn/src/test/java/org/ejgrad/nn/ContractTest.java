package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.ejgrad.laws.ContractWalk;
import org.junit.jupiter.api.Test;

/** Whatever the public constructors and methods of layers, lint and their refusals are given, they refuse in words. */
class ContractTest {
    private static final Set<String> PACKAGES =
            Set.of("org.ejgrad.nn", "org.ejgrad.nn.lint", "org.ejgrad.nn.arguments");

    private static ContractWalk walk() throws Exception {
        return ContractWalk.beside(Layer.class)
                .without(call -> !PACKAGES.contains(call.getDeclaringClass().getPackageName())
                        || call.getName().equals("elements"));
    }

    @Test
    void everyCallReturnsOrRefusesInWords() throws Exception {
        int count = System.getProperty("ejgrad.campaign", "").isEmpty() ? 10_000 : 500_000;
        for (long seed : new long[] {1, System.nanoTime()}) {
            List<String> complaints = walk().complaints(seed, count);
            assertEquals(List.of(), complaints, "seed " + seed + ":\n" + String.join("\n", complaints));
        }
    }
}
