package org.ejgrad.nn.optim;

/**
 * Adam with weight decay that bypasses the scaling (Loshchilov and Hutter 2019), with PyTorch's defaults; the formulas
 * are in {@link Adam}.
 */
public final class AdamW {
    private AdamW() {}

    /**
     * {@return Adam with decoupled decay 0.01, which {@link Adam#decoupledDecay} changes}
     *
     * @throws IllegalArgumentException if the rate is not a finite number greater than 0
     */
    public static Adam rate(double rate) {
        return Adam.rate(rate).decoupledDecay(0.01);
    }

    /** {@return Adam with decoupled decay 0.01 and a rate that changes} */
    public static Adam rate(Schedule rate) {
        return Adam.rate(rate).decoupledDecay(0.01);
    }
}
