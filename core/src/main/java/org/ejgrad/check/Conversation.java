package org.ejgrad.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.Reader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ejgrad.PlainText;

/**
 * Lines to a process and lines back, each within a time. All reading and writing is done by a thread of its own, as a
 * process that neither reads nor writes blocks whoever waits for it. After a failure the process is gone.
 */
final class Conversation implements AutoCloseable {
    /** How long a process may take to end once it has been told, and a remark to arrive of one that has ended. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    /** Ctrl-C ends the process and interrupts whoever waits for it: who is told of an end has not been, so long. */
    private static final Duration INTERRUPTION = Duration.ofMillis(50);

    /** Of a remark, so much is kept. */
    private static final int LONGEST_REMARK = 2000;

    private static final Map<Integer, String> SIGNALS = Map.of(
            132, ", illegal instruction",
            134, ", aborted",
            136, ", arithmetic exception",
            137, ", killed",
            139, ", segmentation fault",
            143, ", terminated");

    private final String name;
    private final Process process;
    private final Duration patience;
    private final InputStream answers;
    private final OutputStream requests;
    private final ExecutorService talker = Executors.newSingleThreadExecutor(task -> daemon(task, "ejgrad-process"));
    private final Thread listener;
    private volatile String lastRemark = "";
    private long heard;

    /** What there is of a line whose end has not come yet. */
    private volatile ByteArrayOutputStream begun = new ByteArrayOutputStream();

    Conversation(List<String> command, Duration patience, Consumer<String> remarks) throws IOException {
        this.name = String.join(" ", command);
        this.patience = patience;
        process = new ProcessBuilder(command).start();
        answers = new BufferedInputStream(process.getInputStream(), 1 << 16);
        requests = process.getOutputStream();
        listener = daemon(() -> listen(remarks), "ejgrad-process-remarks");
        listener.start();
    }

    /** The command. */
    String name() {
        return name;
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Sends a line and waits for one, of so many bytes at most. */
    String ask(String request, int most) throws IOException {
        return within(request, () -> {
            if (answers.available() > 0) {
                throw new IOException("it said " + quoted(line(most)) + " without being asked; expected one line an "
                        + "answer, and remarks on standard error");
            }
            try {
                requests.write((request + "\n").getBytes(UTF_8));
                requests.flush();
            } catch (IOException ended) {
                // What it said before it ended, perhaps why, is still to be read.
            }
            return line(most);
        });
    }

    /** Waits for one more line of an answer. */
    String hear(String request, int most) throws IOException {
        return within(request, () -> line(most));
    }

    private String within(String request, Callable<String> talk) throws IOException {
        if (talker.isShutdown()) {
            throw new IllegalStateException(name + ": the process was closed");
        }
        Future<String> answer = talker.submit(talk);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw failed("it gave no answer to " + quoted(request) + " within " + patience.toMillis() / 1000.0
                    + " s" + half()
                    + (begun.size() > 0
                            ? ""
                            : "; does it flush its output, and read line by line (awk -W interactive)?"));
        } catch (InterruptedException stop) {
            destroy();
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException(name + ": interrupted").initCause(stop);
        } catch (ExecutionException failure) {
            throw failed(Optional.ofNullable(failure.getCause())
                    .map(Throwable::getMessage)
                    .orElse("its answer cannot be read"));
        }
    }

    private String line(int most) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        begun = bytes;
        for (int b = answers.read(); b != '\n'; b = answers.read()) {
            if (b < 0) {
                throw new IOException(ending());
            }
            if (bytes.size() == most) {
                throw new IOException("its line " + quoted(bytes.toString(UTF_8)) + " is longer than " + most
                        + " bytes; expected less");
            }
            bytes.write(b);
        }
        heard++;
        begun = new ByteArrayOutputStream();
        return bytes.toString(UTF_8);
    }

    private String half() {
        return begun.size() > 0 ? ", but " + quoted(begun.toString(UTF_8)) + " without the end of a line" : "";
    }

    private String ending() throws IOException {
        try {
            boolean hasEnded = process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            Thread.sleep(INTERRUPTION.toMillis());
            String how = hasEnded
                    ? "it ended with exit code " + process.exitValue() + SIGNALS.getOrDefault(process.exitValue(), "")
                    : "it closed its output";
            return how + " after " + heard + (heard == 1 ? " line" : " lines") + half();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /** Ends the process; the exception says why, and what the process said last. */
    IOException failed(String why) {
        destroy();
        try {
            listener.join(FAREWELL.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        return new IOException(PlainText.line(name + ": " + why
                + (lastRemark.isEmpty() ? "" : "; the last line on its standard error was " + quoted(lastRemark))));
    }

    /** The beginning of a text, in quotation marks. */
    static String quoted(String text) {
        int shown = 100;
        String line = text.strip();
        return '"' + (line.length() > shown ? line.substring(0, shown) + "..." : line) + '"';
    }

    private void listen(Consumer<String> remarks) {
        try (Reader reader = new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c == '\n') {
                    remark(line, remarks);
                } else if (line.length() < LONGEST_REMARK) {
                    line.append((char) c);
                }
            }
            if (line.length() > 0) {
                remark(line, remarks);
            }
        } catch (IOException ended) {
            // Nothing more is to be heard.
        }
    }

    private void remark(StringBuilder line, Consumer<String> remarks) {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (!text.isBlank()) {
            lastRemark = text;
        }
        remarks.accept(text);
    }

    /** Ends the process and whatever it has started. */
    private void destroy() {
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.toList().forEach(ProcessHandle::destroyForcibly);
        }
        process.destroyForcibly();
    }

    /** Tells the process that there are no more questions, and ends it if that does not. */
    @Override
    public void close() {
        if (talker.isShutdown()) {
            return;
        }
        Future<?> farewell = talker.submit(() -> {
            try (requests) {
                requests.write("quit\n".getBytes(UTF_8));
            } catch (IOException ended) {
                // So much the better.
            }
        });
        try {
            farewell.get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
            destroy();
            listener.join(FAREWELL.toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ended) {
            // It does not listen.
        } finally {
            destroy();
            talker.shutdownNow();
        }
    }
}
