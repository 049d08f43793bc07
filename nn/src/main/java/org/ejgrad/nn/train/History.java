package org.ejgrad.nn.train;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.ejgrad.nn.arguments.Require;

/**
 * What a training did.
 *
 * @param epochs the epochs in order
 * @param end why it ended
 * @param bestEpoch the epoch, from 1, with the lowest watched loss; 0 if there was no epoch
 */
public record History(List<EpochResult> epochs, End end, int bestEpoch) {
    /** Copies the list. */
    public History {
        epochs = Require.elements(epochs, "epochs");
        requireNonNull(end, "end");
    }

    /** Why a training ended. */
    public enum End {
        /** All epochs were done. */
        COMPLETED,
        /** The watched loss had not become lower for as many epochs as the patience allows. */
        STOPPED_EARLY,
        /** The thread was interrupted; the training ended after a whole step and the thread is still interrupted. */
        INTERRUPTED
    }

    /**
     * {@return the result of the last epoch}
     *
     * @throws IllegalStateException if there was no epoch
     */
    public EpochResult last() {
        if (epochs.isEmpty()) {
            throw new IllegalStateException("last(): the training had no epoch");
        }
        return epochs.get(epochs.size() - 1);
    }

    /** A short table: some of the epochs, among them the first, the best, with a star, and the last; and the end. */
    @Override
    public String toString() {
        return HistoryText.table(this);
    }

    /** {@return a line per epoch with the losses and measures, in digits that read back exactly, and a header} */
    public String toCsv() {
        return HistoryText.csv(this);
    }

    /**
     * {@return the same as JSON: {@code {"end", "bestEpoch", "epochs": [{"epoch", "loss", ...}]}}, by the names of the
     * header; what is not finite is a string}
     */
    public String toJson() {
        return HistoryText.json(this);
    }
}
