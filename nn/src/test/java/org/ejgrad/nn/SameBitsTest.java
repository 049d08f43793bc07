package org.ejgrad.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * In strict mode every network ends in the bits that the file of hashes knows, whatever compiles it, with any
 * collector, locale and number of threads; the campaign tries thirty settings on every JDK that stands beside this one.
 *
 * <p>{@code -Dejgrad.goldens.write=true} writes the hashes anew, for a change of arithmetic that is meant.
 */
@Tag("long")
class SameBitsTest {
    private static final Path HASHES = Path.of("src/test/resources/org/ejgrad/nn/same-bits.txt");
    private static final String HEAD = """
            # The SHA-256 of the weights of each of TrainedNetworks in strict mode, the same on every Java platform.
            # Written by: mvn test -pl nn -am -Dtest=SameBitsTest -Dsurefire.failIfNoSpecifiedTests=false -Dejgrad.goldens.write=true
            """;
    private static final boolean CAMPAIGN = "full".equals(System.getProperty("ejgrad.campaign"));
    private static final Path HOME = Path.of(System.getProperty("java.home"));

    /** So early that kernels of small networks are compiled too. */
    private static final String SOON = "-XX:CompileThresholdScaling=0.05";

    private static final String C1 = "-XX:TieredStopAtLevel=1 " + SOON;
    private static final String C2 = "-XX:-TieredCompilation " + SOON;
    private static final String NO_INTRINSICS = "-XX:-UseLibmIntrinsic -XX:-InlineMathNatives "
            + "-XX:DisableIntrinsic=_dexp,_dlog,_dlog10,_dpow,_dsin,_dcos,_dtan";

    /** How many threads train, and the options of the JVM; it ignores those that it does not know. */
    private record Setting(int threads, String options) {}

    private static final List<Setting> SIX = List.of(
            new Setting(1, "-Xint"),
            new Setting(1, C1),
            new Setting(1, C2),
            new Setting(1, NO_INTRINSICS),
            new Setting(1, "-XX:UseAVX=0 -XX:UseSSE=2 -XX:-UseFMA " + C1),
            new Setting(3, "-XX:+UseParallelGC -XX:ActiveProcessorCount=1 -Duser.language=ar -Duser.country=EG"));

    private static final List<Setting> MORE = List.of(
            // compilers
            new Setting(1, ""),
            new Setting(1, SOON),
            new Setting(1, "-Xcomp -XX:TieredStopAtLevel=1"),
            new Setting(1, "-Xcomp -XX:-TieredCompilation"),
            new Setting(1, "-XX:-UseSuperWord " + C2),
            new Setting(1, "-XX:LoopUnrollLimit=0 " + C2),
            new Setting(1, "-Xint " + NO_INTRINSICS),
            new Setting(1, C2 + " " + NO_INTRINSICS),
            // processors
            new Setting(1, "-XX:UseAVX=0 " + C2),
            new Setting(1, "-XX:UseAVX=1 " + C2),
            new Setting(1, "-XX:UseAVX=2 " + C2),
            new Setting(1, "-XX:UseAVX=3 " + C2),
            new Setting(1, "-XX:UseSSE=3 " + C2),
            new Setting(1, "-XX:-UseFMA " + C2),
            new Setting(1, "-XX:MaxVectorSize=16 " + C2),
            new Setting(1, "-Xint -XX:UseAVX=0 -XX:-UseFMA"),
            // collectors and memory
            new Setting(2, "-XX:+UseSerialGC -Xmx32m"),
            new Setting(2, "-XX:+UseG1GC -XX:MaxGCPauseMillis=1"),
            new Setting(2, "-XX:+UseZGC"),
            new Setting(2, "-XX:+UseShenandoahGC"),
            new Setting(2, "-XX:+UseEpsilonGC -Xmx1g"),
            new Setting(2, "-XX:-UseCompressedOops -XX:+UseCompactObjectHeaders"),
            new Setting(2, "-XX:hashCode=2"), // every object has the same
            // places and threads
            new Setting(16, "-Duser.language=tr -Duser.country=TR -Dfile.encoding=UTF-16 -Duser.timezone=Asia/Tokyo"));

    @Test
    void everySettingGivesTheSameBits() throws Exception {
        if (Boolean.getBoolean("ejgrad.goldens.write")) {
            String lines = String.join("\n", run(HOME, SIX.get(0)));
            Files.writeString(HASHES, HEAD + lines + "\n");
        }
        Map<String, String> expected =
                hashes(Files.readAllLines(HASHES).stream().filter(line -> !line.startsWith("#")));
        ExecutorService twoAtATime = Executors.newFixedThreadPool(2);
        try {
            List<String> differences = new ArrayList<>();
            for (Future<List<String>> run : twoAtATime.invokeAll(runs(expected))) {
                differences.addAll(run.get());
            }
            assertEquals("", String.join("\n", differences));
        } finally {
            twoAtATime.shutdownNow();
        }
    }

    private static List<Callable<List<String>>> runs(Map<String, String> expected) {
        List<Callable<List<String>>> runs = new ArrayList<>();
        for (Path home : CAMPAIGN ? homes() : List.of(HOME)) {
            for (Setting setting :
                    CAMPAIGN ? Stream.concat(SIX.stream(), MORE.stream()).toList() : SIX) {
                runs.add(() -> differences(expected, home, setting));
            }
        }
        return runs;
    }

    private static Map<String, String> hashes(Stream<String> lines) {
        Map<String, String> hashes = new LinkedHashMap<>();
        lines.map(line -> line.split(" ")).forEach(words -> hashes.put(words[0], words[1]));
        return hashes;
    }

    /** The networks that end in other bits, each with the setting in which it does. */
    private static List<String> differences(Map<String, String> expected, Path home, Setting setting) throws Exception {
        Map<String, String> found = hashes(run(home, setting).stream());
        assertEquals(List.copyOf(expected.keySet()), List.copyOf(found.keySet()), "the networks");
        return found.keySet().stream()
                .filter(name -> !found.get(name).equals(expected.get(name)))
                .map(name -> name + ": " + found.get(name) + ", expected " + expected.get(name) + "; from "
                        + setting.threads + " threads of " + home + " with " + setting.options)
                .toList();
    }

    /** What the networks print in a JVM of their own, a line each. */
    private static List<String> run(Path home, Setting setting) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve(Path.of("bin", "java")).toString(),
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+DisplayVMOutputToStderr",
                "-Xlog:disable"));
        Stream.of(setting.options.split(" "))
                .filter(option -> !option.isEmpty())
                .forEach(command::add);
        command.addAll(List.of(
                "-Dejgrad.strict=true",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TrainedNetworks.class.getName(),
                Integer.toString(setting.threads)));
        Path errors = Files.createTempFile("same-bits", ".txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + "\n" + printed + read(errors));
        Files.delete(errors);
        List<String> lines = printed.lines().toList();
        assertEquals("strict true", lines.get(0));
        return lines.subList(1, lines.size());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This JDK, and those of Java 17 or later in the same folder. */
    private static List<Path> homes() {
        try (Stream<Path> siblings = Files.list(HOME.toRealPath().getParent())) {
            return siblings.filter(home -> Files.isExecutable(home.resolve(Path.of("bin", "java"))))
                    .filter(home -> !Files.isSymbolicLink(home))
                    .filter(home -> feature(home) >= 17)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Such as 17, as the JDK's file of its release says; 0 if it does not. */
    private static int feature(Path home) {
        Path release = home.resolve("release");
        return !Files.isRegularFile(release)
                ? 0
                : read(release)
                        .lines()
                        .filter(line -> line.matches("JAVA_VERSION=\"\\d+.*"))
                        .map(line -> line.replaceAll("\\D+(\\d+).*", "$1"))
                        .mapToInt(Integer::parseInt)
                        .findFirst()
                        .orElse(0);
    }
}
