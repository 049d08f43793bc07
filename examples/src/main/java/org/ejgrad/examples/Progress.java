package org.ejgrad.examples;

import java.io.PrintWriter;
import java.util.Locale;
import org.ejgrad.examples.compare.Bar;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Listener;

/** A bar that fills while a network trains, with its loss and accuracy. */
record Progress(Bar bar) implements Listener, AutoCloseable {
    Progress(String task, int epochs, PrintWriter err) {
        this(new Bar(task, epochs, "epochs", err));
    }

    @Override
    public void onEpoch(EpochResult epoch) {
        bar.stepTo(
                epoch.epoch(),
                String.format(
                        Locale.ROOT,
                        "loss %.4f, test accuracy %.1f %%",
                        epoch.loss(),
                        100 * epoch.validationMeasures().getOrDefault(Training.ACCURACY, 0.0)));
    }

    @Override
    public void close() {
        bar.close();
    }
}
