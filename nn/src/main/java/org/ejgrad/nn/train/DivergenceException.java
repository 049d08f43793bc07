package org.ejgrad.nn.train;

/** A training whose loss is no longer a finite number. The step that would have used that loss was not made. */
public final class DivergenceException extends ArithmeticException {
    private static final long serialVersionUID = 1;

    /** The epoch, from 1. */
    private final int epoch;

    /** The batch, from 1. */
    private final int batch;

    /** The loss of the last step that was made, or NaN. */
    private final double lastFiniteLoss;

    DivergenceException(int epoch, int batch, double loss, double lastFiniteLoss) {
        super("the loss is " + loss + " in epoch " + epoch + ", batch " + batch + " (the last finite loss was "
                + lastFiniteLoss + "); the parameters are those before that step. A smaller learning rate, clipped "
                + "gradients or standardised inputs may help");
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
