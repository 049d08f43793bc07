package org.ejgrad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Which kernels a JVM takes, and that whatever holds for numbers holds with each of them. */
@Tag("long")
class KernelsTest {
    private static final String VECTORS = "--add-modules jdk.incubator.vector";

    /** The tests that depend on what kernels compute. */
    private static final List<Class<?>> NUMERICAL = List.of(
            MatrixProductsTest.class,
            MatrixExponentialTest.class,
            ElementKernelsTest.class,
            ElementaryFiguresTest.class,
            EdgeTableTest.class,
            OperationLawsTest.class,
            SymmetriesProperties.class);

    @ParameterizedTest
    @CsvSource({
        "'', PLAIN",
        "-Dejgrad.kernels=plain " + VECTORS + ", PLAIN",
        "-Dejgrad.kernels=vector " + VECTORS + ", VECTOR",
        "-Dejgrad.strict=true " + VECTORS + ", PLAIN",
        "-XX:UseAVX=0 -XX:+IgnoreUnrecognizedVMOptions " + VECTORS + ", PLAIN",
        "-Dejgrad.kernels=vector, java must be started with --add-modules jdk.incubator.vector",
        "-Dejgrad.kernels=vector -Dejgrad.strict=true " + VECTORS + ", contradicts -Dejgrad.strict",
        "-Dejgrad.kernels=fast, expected plain or vector"
    })
    void theCommandLineChooses(String options, String printed) throws Exception {
        String all = run(options, "");
        assertTrue(all.contains(printed), all);
    }

    @ParameterizedTest
    @CsvSource({"-Dejgrad.kernels=vector " + VECTORS + ", VECTOR", "-XX:-UseFMA -XX:TieredStopAtLevel=1, PLAIN"})
    void theNumericalTestsHoldWithOtherKernels(String options, String kernels) throws Exception {
        String printed = run(options, "tests");
        assertEquals(kernels + ", failures: []", printed.lines().reduce("", (before, line) -> line), printed);
    }

    /** What {@link #main} prints in a JVM of its own, errors included. */
    private static String run(String options, String argument) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC"));
        command.add("-Dejgrad.tries=4");
        Stream.of("seed", "tries")
                .map(name -> "ejgrad." + name)
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        Stream.of(options.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                KernelsTest.class.getName(),
                argument));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return printed;
    }

    /** Prints the kernels in use and, if an argument is given, which of the numerical tests fail. */
    public static void main(String... arguments) {
        if (arguments[0].isEmpty()) {
            System.out.println(Kernels.inUse());
            return;
        }
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        NUMERICAL.forEach(tests -> request.selectors(selectClass(tests)));
        LauncherFactory.create().execute(request.build(), listener);
        TestExecutionSummary summary = listener.getSummary();
        assertTrue(summary.getTestsSucceededCount() > NUMERICAL.size(), "tests were found");
        summary.getFailures().forEach(failure -> failure.getException().printStackTrace());
        System.out.println(Kernels.inUse() + ", failures: "
                + summary.getFailures().stream()
                        .map(failure -> failure.getTestIdentifier().getDisplayName())
                        .toList());
    }
}
