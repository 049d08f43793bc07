package org.ejgrad.examples.lessons;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.ejml.simple.SimpleMatrix;

/** Runs a compiled answer: nothing it does can outlast its time, and it has memory of its own. */
final class AnswerProcess {
    static final int MEGABYTES = 256;

    /** Bytes of what is read. */
    private static final int MOST = 1 << 20;

    /**
     * What came of it.
     *
     * @param gradients in the order of the exercise's parameters; too few if the process ended early
     * @param refusal why there are none, if that is known
     * @param printed what the student's program printed, cut off
     */
    record Outcome(List<SimpleMatrix> gradients, Optional<String> refusal, String printed) {
        static Outcome refused(String why) {
            return new Outcome(List.of(), Optional.of(why), "");
        }
    }

    private AnswerProcess() {}

    static Outcome run(Path classes, Duration patience) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx" + MEGABYTES + "m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dstdout.encoding=UTF-8",
                        "-cp",
                        classes.toString(),
                        AnswerDriver.NAME)
                .directory(classes.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            process.getOutputStream().close();
            byte[] bytes = CompletableFuture.supplyAsync(() -> read(process.getInputStream()))
                    .get(patience.toNanos(), TimeUnit.NANOSECONDS);
            return outcome(new String(bytes, StandardCharsets.UTF_8));
        } catch (TimeoutException late) {
            return Outcome.refused("it was stopped after " + patience.toMillis() / 1000.0 + " seconds");
        } catch (ExecutionException failure) {
            throw new IOException("the output of the answer cannot be read", failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(stop);
        } finally {
            try (Stream<ProcessHandle> descendants = process.descendants()) {
                descendants.toList().forEach(ProcessHandle::destroyForcibly);
            }
            process.destroyForcibly().onExit().join();
        }
    }

    private static byte[] read(InputStream stream) {
        try {
            return stream.readNBytes(MOST);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Outcome outcome(String text) {
        List<SimpleMatrix> gradients = new ArrayList<>();
        int at = 0;
        while (true) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                return new Outcome(List.of(), Optional.empty(), "");
            }
            String line = text.substring(at, end);
            at = end + 1;
            if (line.startsWith("refused ")) {
                return new Outcome(
                        List.of(),
                        Optional.of(line.substring("refused ".length())),
                        text.substring(at).replaceFirst("^end\\R", ""));
            }
            if (line.equals("end")) {
                return new Outcome(List.copyOf(gradients), Optional.empty(), text.substring(at));
            }
            Optional<SimpleMatrix> gradient = gradient(line);
            if (gradient.isEmpty()) {
                return new Outcome(List.of(), Optional.empty(), "");
            }
            gradients.add(gradient.get());
        }
    }

    private static Optional<SimpleMatrix> gradient(String line) {
        StringTokenizer words = new StringTokenizer(line);
        try {
            if (!words.hasMoreTokens() || !words.nextToken().equals("gradient")) {
                return Optional.empty();
            }
            int rows = Integer.parseInt(words.nextToken());
            int columns = Integer.parseInt(words.nextToken());
            if (words.countTokens() != (long) rows * columns) {
                return Optional.empty();
            }
            SimpleMatrix matrix = new SimpleMatrix(rows, columns);
            for (int i = 0; words.hasMoreTokens(); i++) {
                matrix.set(i, Double.parseDouble(words.nextToken()));
            }
            return Optional.of(matrix);
        } catch (NumberFormatException | NoSuchElementException garbled) {
            return Optional.empty();
        }
    }
}
