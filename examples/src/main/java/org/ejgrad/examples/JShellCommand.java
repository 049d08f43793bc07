package org.ejgrad.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import jdk.jshell.tool.JavaShellToolBuilder;
import org.ejgrad.examples.data.Sources;
import org.ejgrad.nn.io.AtomicFile;
import org.ejgrad.nn.io.TemporaryFolder;
import picocli.CommandLine.Command;

/** {@code jshell}: the JDK's shell, with ejgrad on its class path, imported, and something to begin with. */
@Command(
        name = "jshell",
        mixinStandardHelpOptions = true,
        description = "Opens the JDK's shell with ejgrad imported and a small model loaded: what you type is "
                + "computed, and values, gradients, checks and graphs are printed.",
        footer = "%nExample: jshell")
final class JShellCommand implements Callable<Integer> {
    private static final String START = "ejgrad.jsh";

    /** A mode of the shell that shows all of a matrix, not 80 characters; kept for the session. */
    private static final String MODE = """
            /set mode ejgrad normal -command
            /set truncation ejgrad 20000
            /set mode ejgrad -retain
            /set feedback ejgrad -retain
            /exit
            """;

    @Override
    public Integer call() throws Exception {
        return run(JavaShellToolBuilder.builder());
    }

    static int run(JavaShellToolBuilder shell) throws Exception {
        Map<String, String> settings = new HashMap<>();
        JavaShellToolBuilder.builder()
                .persistence(settings)
                .in(new ByteArrayInputStream(MODE.getBytes(UTF_8)), InputStream.nullInputStream())
                .out(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
                .start("--execution", "local");
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path start = folder.path().resolve(START);
            byte[] text = Sources.resource(JShellCommand.class, START);
            AtomicFile.write(start, text.length, out -> out.write(text));
            return shell.persistence(settings)
                    .start("--class-path", classPath(JShellCommand.class.getClassLoader()), start.toString());
        }
    }

    /** Under Maven, the program's classes have a loader of their own, and are not on Java's class path. */
    private static String classPath(ClassLoader loader) throws URISyntaxException {
        if (!(loader instanceof URLClassLoader urls)) {
            return System.getProperty("java.class.path");
        }
        StringJoiner paths = new StringJoiner(File.pathSeparator);
        for (URL url : urls.getURLs()) {
            paths.add(Path.of(url.toURI()).toString());
        }
        return paths.toString();
    }
}
