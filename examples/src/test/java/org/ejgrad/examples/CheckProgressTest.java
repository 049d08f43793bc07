package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.ejgrad.Value;
import org.ejgrad.check.GradientCheck;
import org.junit.jupiter.api.Test;

class CheckProgressTest {
    private final StringWriter told = new StringWriter();

    private String shown(Duration patience) {
        Value x = Value.variable("x", new double[][] {{1, 2, 3}});
        try (CheckProgress progress = new CheckProgress(patience, new PrintWriter(told))) {
            GradientCheck.of(x.square().elementSum()).progress(progress).run().requirePassed();
        }
        return told.toString();
    }

    @Test
    void aLongCheckShowsHowFarItIs() {
        String bar = shown(Duration.ZERO);
        assertTrue(bar.contains("check") && bar.contains("100%") && bar.contains("3/3 judged"), bar);
    }

    @Test
    void aShortOneDoesNot() {
        assertEquals("", shown(Duration.ofHours(1)));
    }
}
