package org.ejgrad.examples;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import org.ejgrad.examples.compare.Bar;
import org.ejgrad.nn.train.EpochResult;
import org.ejgrad.nn.train.Listener;

/** A bar that fills while a network trains, with its loss and, of classes, its accuracy. */
record Progress(Bar bar) implements Listener, AutoCloseable {
    Progress(String task, int epochs, PrintWriter err) {
        this(new Bar(task, epochs, "epochs", err));
    }

    @Override
    public void onEpoch(EpochResult epoch) {
        Optional<String> accuracy = Optional.ofNullable(
                        epoch.validationMeasures().get(Training.ACCURACY))
                .map(share -> String.format(Locale.ROOT, ", test accuracy %.1f %%", 100 * share));
        String test = accuracy.orElse(String.format(Locale.ROOT, ", test loss %.4f", epoch.watchedLoss()));
        bar.stepTo(epoch.epoch(), String.format(Locale.ROOT, "loss %.4f", epoch.loss()) + test);
    }

    @Override
    public void close() {
        bar.close();
    }
}
