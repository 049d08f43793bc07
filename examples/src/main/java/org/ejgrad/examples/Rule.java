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
    ADAM,
    ADAMW,
    SGD,
    MOMENTUM,
    NESTEROV,
    RMSPROP,
    ADAGRAD;

    UpdateRule at(Schedule rate, double decay) {
        return switch (this) {
            case ADAM -> Adam.rate(rate).weightDecay(decay);
            case ADAMW -> AdamW.rate(rate).decoupledDecay(decay);
            case SGD -> Sgd.rate(rate).weightDecay(decay);
            case MOMENTUM -> Sgd.rate(rate).momentum(0.9).weightDecay(decay);
            case NESTEROV -> Sgd.rate(rate).momentum(0.9).nesterov().weightDecay(decay);
            case RMSPROP -> RmsProp.rate(rate).weightDecay(decay);
            case ADAGRAD -> Adagrad.rate(rate).weightDecay(decay);
        };
    }

    /** The name as it is typed. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
