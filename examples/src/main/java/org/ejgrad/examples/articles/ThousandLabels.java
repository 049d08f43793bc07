package org.ejgrad.examples.articles;

import static org.ejgrad.nn.loss.Reduction.NONE;
import static org.ejgrad.nn.loss.Reduction.SUM;

import java.util.Arrays;
import java.util.List;
import org.ejgrad.Value;
import org.ejgrad.nn.loss.BinaryCrossEntropy;
import org.ejgrad.nn.loss.BinaryOptions;
import org.ejgrad.nn.loss.Focal;

/** A thousand yes-or-no labels of which two are yes: the many easy ones drown the two, and focal loss helps. */
final class ThousandLabels {
    private static final Value P = probabilities();
    private static final Value YES = P.greaterThan(0.5);
    private static final Value NO = P.lessThan(0.5);

    private ThousandLabels() {}

    static Chapter chapter() {
        Value terms = BinaryCrossEntropy.fromProbabilities(P, YES, BinaryOptions.DEFAULT.reduction(NONE));
        Value focal = Focal.binary(P.logit(), YES, 2, NONE);
        Value yes = terms.dot(YES);
        Value no = terms.dot(NO);
        Value focalYes = focal.dot(YES);
        Value focalNo = focal.dot(NO);
        Value total = BinaryCrossEntropy.fromProbabilities(P, YES, BinaryOptions.DEFAULT.reduction(SUM));
        return new Chapter(
                "Two labels of a thousand",
                "A3: labels 0 and 6 are yes and predicted with 0.8, the other 998 are no and predicted with 0.1.\n"
                        + "Focal loss (Lin et al. 2017) multiplies each term by (1 − p of the truth)^γ, here γ = 2.",
                List.of(
                        Figure.of("A3/thousand-positive", "the two that are yes", "0.44", yes)
                                .dispute("truncated"),
                        Figure.of("A3/thousand-negative", "the 998 that are no", "105", no),
                        Figure.of("A3/thousand-total", "together", "0.44 + 105", total)
                                .dispute("0.44 is truncated"),
                        Figure.of("A3/thousand-ratio", "how many times the two", no.elementDiv(yes)),
                        Figure.of("A3/focal-positive", "focal: the two that are yes", focalYes),
                        Figure.of("A3/focal-negative", "focal: the 998 that are no", focalNo),
                        Figure.of("A3/focal-total", "focal: together", Focal.binary(P.logit(), YES, 2, SUM))
                                .dispute("A3 calls it a paper of 2018; it was first on arXiv in 2017"),
                        Figure.of("A3/focal-ratio", "focal: how many times the two", focalNo.elementDiv(focalYes))
                                .note("the two count four times as much as before, relative to the rest"),
                        Figure.of("A3/focal-alpha", "focal with α = 0.25", Focal.binary(P.logit(), YES, 2, 0.25, SUM))
                                .note(
                                        "α is the weight of yes: 0.25 is for detectors with few classes, here it works against"),
                        Figure.of("A3/focal-mention", "focal, one label: y = 1, p = 0.8, α = 0.25", one())));
    }

    private static Value probabilities() {
        double[] p = new double[1000];
        Arrays.fill(p, 0.1);
        p[0] = 0.8;
        p[6] = 0.8;
        return Numbers.row(p);
    }

    private static Value one() {
        return Focal.binary(Value.constant(0.8).logit(), Value.constant(1), 2, 0.25, SUM);
    }
}
