package org.ejgrad.examples.articles;

import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.ClassOptions;
import org.ejgrad.nn.loss.Clipping;
import org.ejgrad.nn.loss.CrossEntropy;

/** What to do about ln 0: nothing, add a little, or clip; each has the gradient of the loss it makes. */
final class ClippingPolicies {
    private ClippingPolicies() {}

    static Chapter chapter() {
        return new Chapter(
                "Near ln 0",
                "A0's code adds 1e-15 (\"may cause numerical problems\"), others clip. The loss and its slope at p = 0,\n"
                        + "for the true class, and the loss at p = 1:",
                List.of(
                        line("none", Clipping.none()),
                        Figure.of("A0/guard-at-zero", "p + 1e-15: loss at p = 0", at(0, Clipping.addEpsilon(1e-15))),
                        line("add-1e-15", Clipping.addEpsilon(1e-15))
                                .dispute("a loss below zero at p = 1, and a slope of −1e15 where there should be none"),
                        line("clip-1e-7", Clipping.clip(1e-7)),
                        line("clip-1e-10", Clipping.clip(1e-10)),
                        line("clip-1e-12", Clipping.clip(1e-12))
                                .note("no slope where p was clipped: such a row is no longer learnt from"),
                        Figure.of(
                                        "clipping/logits",
                                        "from logits [−1000, 1000]: loss",
                                        CrossEntropy.fromLogits(Numbers.row(-1000, 1000), 0))
                                .note("no policy needed")));
    }

    private static Figure line(String id, Clipping policy) {
        Value p = Numbers.unknown(0, 1);
        Value loss = loss(p, policy);
        Value slope = loss.gradients().of(p).getColumn(0);
        return Figure.of(
                "clipping/" + id,
                policy.toString().replace(".0E", "e") + ": loss and slope at p = 0, loss at p = 1",
                loss.concatColumns(slope, at(1, policy)));
    }

    private static Value at(double p, Clipping policy) {
        return loss(Numbers.row(p, 1 - p), policy);
    }

    private static Value loss(Value p, Clipping policy) {
        return CrossEntropy.fromProbabilities(p, new int[] {0}, policy, ClassOptions.DEFAULT);
    }
}
