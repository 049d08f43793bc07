package org.ejgrad.examples.playground;

import org.ejgrad.nn.optim.Adagrad;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.RmsProp;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;

/** The optimizers of the playground, with their text in Java. */
enum OptimizerKind {
    SGD("Sgd", ""),
    MOMENTUM("Sgd", ".momentum(0.9)"),
    NESTEROV("Sgd", ".momentum(0.9).nesterov()"),
    ADAM("Adam", ""),
    RMSPROP("RmsProp", ""),
    ADAGRAD("Adagrad", "");

    private final String type;
    private final String options;

    OptimizerKind(String type, String options) {
        this.type = type;
        this.options = options;
    }

    UpdateRule at(double rate) {
        return switch (this) {
            case SGD -> Sgd.rate(rate);
            case MOMENTUM -> Sgd.rate(rate).momentum(0.9);
            case NESTEROV -> Sgd.rate(rate).momentum(0.9).nesterov();
            case ADAM -> Adam.rate(rate);
            case RMSPROP -> RmsProp.rate(rate);
            case ADAGRAD -> Adagrad.rate(rate);
        };
    }

    /** The same as Java. */
    String code(double rate) {
        return type + ".rate(" + rate + ")" + options;
    }
}
