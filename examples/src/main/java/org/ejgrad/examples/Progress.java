package org.ejgrad.examples;

import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.ejgrad.examples.Trained.Epoch;

/** A bar that fills while a network trains, with its loss and accuracy; a plain line now and then if no one watches. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 100;

    private final ProgressBar bar;

    /** A bar of as many steps as epochs, moving if standard input and output are a terminal. */
    Progress(String task, int epochs, PrintWriter err) {
        boolean terminal = System.console() != null;
        bar = new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(epochs)
                .setUnit(" epochs", 1)
                .hideEta()
                .setStyle(terminal ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(terminal ? 100 : 10_000)
                .setConsumer(terminal ? new ConsoleProgressBarConsumer(System.err, WIDTH) : new Lines(err))
                .build();
    }

    void show(Epoch epoch) {
        bar.setExtraMessage(String.format(
                Locale.ROOT, "loss %.4f, test accuracy %.1f %%", epoch.trainLoss(), 100 * epoch.testAccuracy()));
        bar.stepTo(epoch.number());
    }

    @Override
    public void close() {
        bar.close();
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
