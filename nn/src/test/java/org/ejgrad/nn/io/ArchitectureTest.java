package org.ejgrad.nn.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A layer as data is written up to the limits of what is read, and a fault in it has a place. */
class ArchitectureTest {
    private static final Architecture TANH = new Architecture("tanh", Map.of(), Map.of(), List.of());

    private static Architecture of(List<Architecture> layers) {
        return new Architecture("Sequential", Map.of(), Map.of(), layers);
    }

    @Test
    void whatIsWrittenIsRead() throws ModelFormatException {
        Architecture most = of(Collections.nCopies(9_999, TANH));
        assertEquals(most, Architecture.parse(most.toJson(), "it"));
        refused("toJson: 10001 layers; expected at most 10000", of(Collections.nCopies(10_000, TANH)));
        Architecture deepest = TANH;
        for (int depth = 1; depth < 100; depth++) {
            deepest = of(List.of(deepest));
        }
        assertEquals(deepest, Architecture.parse(deepest.toJson(), "it"));
        refused("toJson: 101 layers within each other; expected at most 100", of(List.of(deepest)));
    }

    private static void refused(String words, Architecture layer) {
        assertEquals(
                words,
                assertThrows(IllegalArgumentException.class, layer::toJson).getMessage());
    }

    @Test
    void aFaultHasItsPlace() {
        String text = of(List.of(TANH, TANH)).toJson();
        assertEquals(
                "it: layer number 2 (byte " + text.lastIndexOf("\"layer\"") + "): unknown field \"kind\"",
                assertThrows(
                                ModelFormatException.class,
                                () -> Architecture.parse(
                                        text.replaceFirst("\"layer\":\"tanh\"}]", "\"kind\":\"\"}]"), "it"))
                        .getMessage());
    }
}
