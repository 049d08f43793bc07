package org.ejgrad.examples;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Listener;

/**
 * A bar that fills, with the loss and accuracy of a network that trains; a plain line now and then if no one watches.
 */
final class Progress implements Listener, AutoCloseable {
    private static final int WIDTH = 100;

    private final ProgressBar bar;

    /** A bar of so many steps, moving if standard input and output are a terminal. */
    Progress(String task, int steps, String unit, PrintWriter err) {
        boolean terminal = isTerminal();
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(steps)
                .setUnit(unit, 1)
                .hideEta()
                .setStyle(terminal ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 10_000)
                .setConsumer(
                        new PlainDigits(terminal ? new ConsoleProgressBarConsumer(System.err, WIDTH) : new Lines(err)))
                .build();
    }

    @Override
    public void onEpoch(EpochResult epoch) {
        bar.setExtraMessage(String.format(
                Locale.ROOT,
                "loss %.4f, test accuracy %.1f %%",
                epoch.loss(),
                100 * epoch.validationMeasures().getOrDefault(Training.ACCURACY, 0.0)));
        bar.stepTo(epoch.epoch());
    }

    /** So many of so many steps are done. */
    void at(int done, int steps) {
        bar.maxHint(steps);
        bar.stepTo(done);
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

    /** A line each time instead of one that moves; not the empty bar, and not the full one twice. */
    private static final class Lines implements ProgressBarConsumer {
        private final PrintWriter out;
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
            if (!full && !line.contains("  0% ")) {
                out.println(line.stripTrailing());
            }
            full |= line.contains(" 100% ");
        }

        @Override
        public void close() {
            out.flush();
        }
    }
}
