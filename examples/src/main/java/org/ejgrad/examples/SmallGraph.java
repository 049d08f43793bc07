package org.ejgrad.examples;

import org.ejgrad.Value;

/** A network small enough to follow every number: two inputs, three hidden units, one output, four rows of XOR. */
final class SmallGraph {
    static final String TEXT = "The whole computation of a network with two inputs, three hidden units and one output, "
            + "on the four rows of XOR. Its loss is the cross-entropy, the mean of softplus(z) − target·z, plus a "
            + "penalty on the weights. Step through it and watch each operation pass its gradient on by the formula "
            + "beside the arrow. Where a value is used twice, as z and the weights are, the contributions add up.";

    private SmallGraph() {}

    static Value loss() {
        Value x =
                Value.constant(new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}}).labelled("x");
        Value target = Value.constant(new double[][] {{0}, {1}, {1}, {0}}).labelled("target");
        Value w1 = Value.variable("w1", new double[][] {{0.9, -1.2, 0.4}, {1.1, -0.7, -0.8}});
        Value b1 = Value.variable("b1", new double[][] {{-0.3, 0.5, 0.1}});
        Value w2 = Value.variable("w2", new double[][] {{1.3}, {0.8}, {-0.6}});
        Value b2 = Value.variable("b2", new double[][] {{0.2}});

        Value hidden = x.affine(w1, b1).labelled("a").tanh().labelled("h");
        Value logits = hidden.affine(w2, b2).labelled("z");
        Value error = logits.softplus().minus(target.elementMult(logits)).mean().labelled("error");
        Value squares = w1.square().elementSum().plus(w2.square().elementSum());
        Value penalty = squares.scale(0.01).labelled("penalty");
        return error.plus(penalty).labelled("loss");
    }
}
