package org.ejgrad.examples.articles;

import static org.ejgrad.examples.articles.Numbers.row;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;

/** "The gradient of the wrong classes is zero": true of probabilities, false of the logits that a network learns. */
final class WrongClasses {
    private static final Value P = row(0.1, 0.5, 0.1, 0.1, 0.2);
    private static final Value Q = row(0.1, 0.6, 0.1, 0.1, 0.1);

    private WrongClasses() {}

    static Chapter chapter() {
        return new Chapter(
                "Does a wrong class have a gradient?",
                "An answer in A3 says that it has none. The loss −ln p of class 0, differentiated twice over:",
                List.of(
                        Figure.of("wrong/p-probabilities", "p: gradient by probabilities", byProbabilities(P)),
                        Figure.of("wrong/q-probabilities", "q: gradient by probabilities", byProbabilities(Q))
                                .note("zero for the wrong classes: only ln p of class 0 is in the loss"),
                        Figure.of(
                                "A3/logits-p", "p: loss from the logits ln p", "p_i - y_i (formula)", loss(logits(P))),
                        Figure.of(
                                "A3/logits-q", "q: loss from the logits ln q", "p_i - y_i (formula)", loss(logits(Q))),
                        Figure.of("wrong/p-logits", "p: gradient by logits, p − y", byLogits(P)),
                        Figure.of("wrong/q-logits", "q: gradient by logits, q − y", byLogits(Q))
                                .dispute(
                                        "not zero: each logit is in the denominator of the softmax, and is pushed down"),
                        Figure.of("wrong/sum", "their sum", byLogits(P).elementSum())
                                .note("what the right class gains, the wrong ones lose")));
    }

    private static Value byProbabilities(Value given) {
        Value p = Value.variable("p", given);
        return CrossEntropy.fromProbabilities(p, new int[] {0}, Clipping.none(), ClassOptions.DEFAULT)
                .gradients()
                .of(p);
    }

    private static Value logits(Value probabilities) {
        return Value.variable("z", probabilities.elementLog());
    }

    private static Value loss(Value logits) {
        return CrossEntropy.fromLogits(logits, 0);
    }

    private static Value byLogits(Value probabilities) {
        Value z = logits(probabilities);
        return loss(z).gradients().of(z);
    }
}
