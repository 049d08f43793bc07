package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What takes more than all memory is refused in one line, whether that is known beforehand or comes out on the way. */
class MemoryTest {
    @Timeout(120)
    @ParameterizedTest
    @ValueSource(
            strings = {
                "check --network 4,3 --batch 100000000|--batch: a 100000000x4 matrix takes 3200000000 bytes",
                "check --network 4,3 --batch 1000000|what is asked for takes more than the whole memory of this JVM",
                "check --network 4,3 --batch 1000000 --threads 3|what is asked for takes more than the whole memory",
                "check --network 4,100000000|--network: 2 times a 4x100000000 matrix takes 6400000000 bytes",
                "train iris --hidden 1500,1500 --epochs 1|what is asked for takes more than the whole memory",
                "train iris --hidden 2000000000|--hidden: a 4x2000000000 matrix has 8000000000 elements",
                "choose iris --epochs 1 --seeds 100000|--seeds: trials of settings and seeds = 3000000; expected at most 10000"
            })
    void whatIsTooLargeIsRefused(String asked) throws IOException, InterruptedException {
        String[] parts = asked.split("\\|");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(parts[0].split(" ")));
        Process program = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(2, program.waitFor(), said);
        String name = "ejgrad " + parts[0].split(" ")[0];
        String last = said.substring(said.lastIndexOf(name + ": "));
        assertTrue(last.startsWith(name + ": " + parts[1]), said);
        assertTrue(last.endsWith("; see " + name + " --help" + System.lineSeparator()), said);
    }
}
