package org.ejgrad.examples;

import java.util.Locale;
import org.ejgrad.nn.optim.Adagrad;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.AdamW;
import org.ejgrad.nn.optim.RmsProp;
import org.ejgrad.nn.optim.Schedule;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;

/** The optimizers that {@code --optimizer} knows. */
enum Rule {
    ADAM((rate, decay) -> Adam.rate(rate).weightDecay(decay)),
    ADAMW((rate, decay) -> AdamW.rate(rate).decoupledDecay(decay)),
    SGD((rate, decay) -> Sgd.rate(rate).weightDecay(decay)),
    MOMENTUM((rate, decay) -> Sgd.rate(rate).momentum(0.9).weightDecay(decay)),
    NESTEROV((rate, decay) -> Sgd.rate(rate).momentum(0.9).nesterov().weightDecay(decay)),
    RMSPROP((rate, decay) -> RmsProp.rate(rate).weightDecay(decay)),
    ADAGRAD((rate, decay) -> Adagrad.rate(rate).weightDecay(decay));

    private final Factory factory;

    Rule(Factory factory) {
        this.factory = factory;
    }

    UpdateRule at(Schedule rate, double decay) {
        return factory.make(rate, decay);
    }

    @FunctionalInterface
    private interface Factory {
        UpdateRule make(Schedule rate, double decay);
    }

    /** The name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
