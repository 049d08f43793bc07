package org.ejgrad.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as the terminal sees it: what Ctrl-C and a pipe that nobody reads do to its process. */
@Timeout(120)
class SignalTest {
    private static final String BEFORE = "Interrupted before anything was judged; there is no report.";

    /** A script that says its number and answers nothing any more once it has been asked so often. */
    private static final String STALLING = """
            n=0
            while read -r word numbers; do
              n=$((n + 1))
              if [ $n -gt 300 ]; then echo "stalled $$" >&2; exec sleep 100; fi
              case $word in
                describe) printf 'protocol 1\\nparameter x 1 40'; i=0
                  while [ $i -lt 40 ]; do printf ' 1'; i=$((i + 1)); done; printf '\\nend\\n' ;;
                value) echo value 1 ;;
                gradient) printf 'value 1 gradient'; for each in $numbers; do printf ' 0'; done; echo ;;
              esac
            done
            """;

    @TempDir
    private Path folder;

    /** A shell without a terminal starts programs that Ctrl-C does not reach; {@code env} makes it reach them again. */
    @BeforeAll
    static void signalsCanBeSent() throws InterruptedException {
        try {
            assumeTrue(
                    new ProcessBuilder(
                                            "env",
                                            "--default-signal=INT",
                                            "kill",
                                            "-0",
                                            "" + ProcessHandle.current().pid())
                                    .start()
                                    .waitFor()
                            == 0,
                    "no env that resets signals, or no kill");
        } catch (IOException notThere) {
            assumeTrue(false, "neither env nor kill");
        }
    }

    private static ProcessBuilder program(String... words) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(Main.class.getName());
        command.addAll(List.of(words));
        return new ProcessBuilder(command);
    }

    private Process started(String... words) throws IOException {
        return program(words)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
    }

    private static void interrupt(long process) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-INT", "" + process).start().waitFor());
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void aCheckOfANetworkEndsWithAReport() throws IOException, InterruptedException {
        Path page = folder.resolve("page.html");
        String out = BEFORE;
        for (long millis = 1500; out.isEmpty() || out.startsWith(BEFORE); millis *= 2) {
            Process process = started("check", "--network", "200,200,10", "--page", page.toString());
            Duration used = Duration.ofMillis(millis);
            while (process.info().totalCpuDuration().orElse(used).compareTo(used) < 0) {
                Thread.sleep(10);
            }
            interrupt(process.pid());
            assertEquals(130, process.waitFor());
            out = read("out");
        }
        Matcher counts = Pattern.compile("of 42210 entries, (\\d+) cannot-tell, (\\d+) agree")
                .matcher(out);
        assertTrue(counts.find(), out);
        assertEquals(42210, Integer.parseInt(counts.group(1)) + Integer.parseInt(counts.group(2)));
        assertTrue(out.contains("The check was interrupted"), out);
        assertTrue(
                Files.readString(page).contains("\"The check was interrupted; entries or directions that it had not"));
        String err = read("err");
        assertFalse(err.contains("100%") || err.contains("\tat "), err);
    }

    @Test
    void aCheckOfAProgramEndsWithAReportAndTheProgram() throws IOException, InterruptedException {
        Path script = Files.writeString(folder.resolve("stalling.sh"), STALLING);
        Path page = folder.resolve("page.html");
        Process process = program("check", "--process", "sh " + script, "--json", "--page", page.toString())
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        String remark;
        try (BufferedReader err = process.errorReader()) {
            remark = err.readLine();
            assertTrue(remark.startsWith("stalled "), remark);
            interrupt(process.pid());
            assertEquals(130, process.waitFor());
            assertEquals(
                    1, err.lines().filter(line -> line.startsWith("Page: ")).count());
        }
        long stalled = Long.parseLong(remark.substring("stalled ".length()));
        ProcessHandle.of(stalled).ifPresent(left -> left.onExit().join());
        List<String> lines = Files.readAllLines(folder.resolve("out"));
        assertEquals(42, lines.size());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("{\"type\":\"note\"")), lines.toString());
        long left = lines.stream()
                .filter(line -> line.contains("the check was interrupted"))
                .count();
        assertTrue(left > 2 && left < 40, left + " left");
        assertTrue(Files.exists(page));
    }

    @Test
    void whoeverReadsAPipeMayStop() throws IOException, InterruptedException {
        Process process =
                program("--help").redirectError(folder.resolve("err").toFile()).start();
        process.getInputStream().close();
        assertEquals(0, process.waitFor());
        assertEquals("", read("err"));
    }
}
