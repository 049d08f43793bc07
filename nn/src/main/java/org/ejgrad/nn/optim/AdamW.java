package org.ejgrad.nn.optim;

/**
 * Adam with weight decay that bypasses the scaling (Loshchilov and Hutter 2019), with PyTorch's defaults; the formulas
 * are in {@link Adam}.
 */
public final class AdamW {
    private AdamW() {}

    /**
     * Adam with decoupled decay 0.01.
     *
     * @param rate the learning rate, greater than 0
     * @return the rule; {@link Adam#decoupledDecay} changes the decay
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adam rate(double rate) {
        return Adam.rate(rate).decoupledDecay(0.01);
    }

    /**
     * Adam with decoupled decay 0.01 and a rate that changes.
     *
     * @param rate the learning rate
     * @return the rule; {@link Adam#decoupledDecay} changes the decay
     */
    public static Adam rate(Schedule rate) {
        return Adam.rate(rate).decoupledDecay(0.01);
    }
}
