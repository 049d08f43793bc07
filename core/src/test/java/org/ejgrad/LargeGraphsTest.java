package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deep and wide graphs are differentiated exactly with 256 KB of stack and 1 GB of memory. */
@Tag("long")
class LargeGraphsTest {
    @Test
    void aMillionOperationsNeedNoStack() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xss256k",
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeGraphs.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), output);
        assertEquals(0, process.exitValue(), output);
        assertEquals(5, output.lines().filter(line -> line.contains(" ms, ")).count(), output);
        System.out.print(output);
    }
}
