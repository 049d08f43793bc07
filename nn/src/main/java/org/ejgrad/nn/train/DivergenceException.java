package org.ejgrad.nn.train;

/**
 * A training whose loss, or the step that follows from it, is no longer finite, or whose loss has risen by more than a
 * million times its size in the first epoch (and by more than a million). That step was not made; with a patience the
 * network has the parameters of the best epoch.
 */
public final class DivergenceException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** The epoch, from 1. */
    private final int epoch;

    /** The batch, from 1. */
    private final int batch;

    /** The loss of the last step that was made, or NaN. */
    private final double lastFiniteLoss;

    /**
     * What happened, and where.
     *
     * @param what is not finite or too large
     * @param bestEpoch the epoch whose parameters the network has now, from 1, or 0 for those before the step
     */
    DivergenceException(String what, int epoch, int batch, double lastFiniteLoss, int bestEpoch) {
        super(what + " in epoch " + epoch + ", batch " + batch
                + (Double.isNaN(lastFiniteLoss) ? "" : " (the last finite loss was " + lastFiniteLoss + ")")
                + "; the parameters are those "
                + (bestEpoch > 0 ? "of epoch " + bestEpoch + ", the best" : "before that step")
                + ". A smaller learning rate, clipped gradients or standardised inputs may help");
        this.epoch = epoch;
        this.batch = batch;
        this.lastFiniteLoss = lastFiniteLoss;
    }

    /** {@return the epoch in which it happened, from 1} */
    public int epoch() {
        return epoch;
    }

    /** {@return the batch of the epoch in which it happened, from 1} */
    public int batch() {
        return batch;
    }

    /** {@return the loss of the last step that was made, finite, or NaN if none was made} */
    public double lastFiniteLoss() {
        return lastFiniteLoss;
    }
}
