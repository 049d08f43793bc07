package org.ejgrad.examples.playground;

import java.util.function.DoubleFunction;
import org.ejgrad.nn.optim.Adagrad;
import org.ejgrad.nn.optim.Adam;
import org.ejgrad.nn.optim.RmsProp;
import org.ejgrad.nn.optim.Sgd;
import org.ejgrad.nn.optim.UpdateRule;

/** The optimizers of the playground, with their text in Java. */
enum OptimizerKind {
    SGD("Sgd", "", Sgd::rate),
    MOMENTUM("Sgd", ".momentum(0.9)", rate -> Sgd.rate(rate).momentum(0.9)),
    NESTEROV(
            "Sgd",
            ".momentum(0.9).nesterov()",
            rate -> Sgd.rate(rate).momentum(0.9).nesterov()),
    ADAM("Adam", "", Adam::rate),
    RMSPROP("RmsProp", "", RmsProp::rate),
    ADAGRAD("Adagrad", "", Adagrad::rate);

    private final String type;
    private final String options;
    private final DoubleFunction<UpdateRule> rule;

    OptimizerKind(String type, String options, DoubleFunction<UpdateRule> rule) {
        this.type = type;
        this.options = options;
        this.rule = rule;
    }

    UpdateRule at(double rate) {
        return rule.apply(rate);
    }

    /** The same as Java. */
    String code(double rate) {
        return type + ".rate(" + rate + ")" + options;
    }
}
