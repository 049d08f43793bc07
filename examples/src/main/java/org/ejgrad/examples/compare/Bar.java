package org.ejgrad.examples.compare;

import static java.util.Objects.requireNonNull;

import java.io.Console;
import java.io.PrintWriter;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that fills while something takes long; a plain line now and then if no one watches. */
public final class Bar implements AutoCloseable {
    private static final int WIDTH = 80;

    private final ProgressBar bar;

    /**
     * A bar that is empty, and moves if standard input and output are a terminal.
     *
     * @param task what takes long
     * @param steps how many of them fill the bar
     * @param unit what steps are, such as epochs; one is called so without the last letter
     * @param err where the plain lines go
     */
    public Bar(String task, long steps, String unit, PrintWriter err) {
        boolean terminal = isTerminal();
        requireNonNull(err, "err");
        bar = new ProgressBarBuilder()
                .setTaskName(requireNonNull(task, "task"))
                .setInitialMax(steps)
                .setUnit(" " + requireNonNull(unit, "unit").substring(0, unit.length() - (steps == 1 ? 1 : 0)), 1)
                .hideEta()
                .setStyle(terminal ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 10_000)
                .setConsumer(
                        new PlainDigits(terminal ? new ConsoleProgressBarConsumer(System.err, WIDTH) : new Lines(err)))
                .build();
    }

    /** One step more; by any thread. */
    public void step() {
        bar.step();
    }

    /**
     * So many steps, with a message.
     *
     * @param steps how many are done, at least 0
     * @param message what stands behind the bar
     * @throws IllegalArgumentException if the number is negative
     */
    public void stepTo(long steps, String message) {
        requireSteps(steps);
        bar.setExtraMessage(requireNonNull(message, "message"));
        bar.stepTo(steps);
    }

    /**
     * So many steps of another number of them.
     *
     * @param steps how many are done, at least 0
     * @param all how many fill the bar
     * @throws IllegalArgumentException if the number of steps is negative
     */
    public void stepTo(long steps, long all) {
        requireSteps(steps);
        bar.maxHint(all);
        bar.stepTo(steps);
    }

    private static void requireSteps(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("stepTo: " + steps + " steps; expected at least 0");
        }
    }

    @Override
    public void close() {
        bar.close();
    }

    /** Java 17's console is there only on a terminal; some later versions have one always, and a method to ask. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    /** The bar's clock is written in the digits of the default locale; all else of ours is the same in each. */
    private record PlainDigits(ProgressBarConsumer consumer) implements ProgressBarConsumer {
        @Override
        public int getMaxRenderedLength() {
            return consumer.getMaxRenderedLength();
        }

        @Override
        public void accept(String line) {
            StringBuilder plain = new StringBuilder(line.length());
            line.codePoints()
                    .map(point -> Character.isDigit(point) ? Character.forDigit(Character.digit(point, 10), 10) : point)
                    .forEach(plain::appendCodePoint);
            consumer.accept(plain.toString());
        }

        @Override
        public void close() {
            consumer.close();
        }
    }

    /** A line each time instead of one that moves; not the empty bar, and neither one nor the full one twice. */
    private static final class Lines implements ProgressBarConsumer {
        private final PrintWriter out;
        private String last = "";
        private boolean full;

        Lines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public int getMaxRenderedLength() {
            return WIDTH;
        }

        @Override
        public void accept(String line) {
            if (!full && !line.contains("  0% ") && !line.equals(last)) {
                out.println(line.stripTrailing());
            }
            last = line;
            full |= line.contains(" 100% ");
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
