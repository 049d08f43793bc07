package org.ejgrad.examples.playground;

import java.util.List;

/**
 * Where a figure of an article stands in the laboratory: what to set the sliders to, and which number then is it.
 *
 * @param id of the figure
 * @param card the part of the page, {@code binary}, {@code classes} or {@code labels}
 * @param query what the sliders are set to
 * @param number the path to the number in the answer
 */
record ArticleButton(String id, String card, String query, String number) {
    private static final String LOSS = "losses/cross_entropy/loss";
    private static final String P = "probabilities=0.1,0.5,0.1,0.1,0.2&targets=1,0,0,0,0";
    private static final String Q = "probabilities=0.1,0.6,0.1,0.1,0.1&targets=1,0,0,0,0";
    private static final String COMPANY = "probabilities=0.6,0.3,0.1&targets=0.7,0.2,0.1";
    private static final String EIGHT =
            "logits=0,0,0,0,0,0,0,0&targets=0.125,0.125,0.125,0.125,0.125,0.125,0.125,0.125";

    static final List<ArticleButton> ALL = List.of(
            probability("A0/three-class", "at=0.7&epsilon=1e-15", "losses/epsilon/loss"),
            probability("A1/neglog-0.9", "at=0.9", LOSS),
            probability("A1/neglog-0.1", "at=0.1", LOSS),
            logit("A1/sigmoid-1", "at=2", "p"),
            logit("A1/sigmoid-2", "at=-1", "p"),
            logit("A1/sigmoid-3", "at=0.5", "p"),
            logit("A1/multilabel-L1", "at=2", LOSS),
            logit("A1/multilabel-L2", "at=-1&target=0", LOSS),
            logit("A1/multilabel-L3", "at=0.5", LOSS),
            labels("A1/multilabel-total", "mean"),
            labels("A1/multilabel-none", "sum"),
            labels("A1/gradient", "meanGradient/0"),
            classes("A2/entropy", COMPANY, "measures/entropy/0"),
            classes("A2/entropy-bits", COMPANY, "measures/entropy/1"),
            classes("A2/cross-entropy", COMPANY, "measures/cross_entropy/0"),
            classes("A2/divergence", COMPANY, "measures/divergence/0"),
            logit("A2/log-loss", "at=1.5", LOSS),
            classes("A2/two-classes", "logits=1.5,0&targets=1,0", "measures/cross_entropy/0"),
            logit("A2/hinge-inside", "at=0.5", "losses/hinge/loss"),
            logit("A2/hinge-beyond", "at=2", "losses/hinge/loss"),
            logit("A2/log-beyond", "at=2", LOSS),
            logit("saturation/cross-entropy", "at=-10", "losses/cross_entropy/slope"),
            logit("saturation/squared", "at=-10", "losses/squared/slope"),
            classes("A3/one-hot", P, "measures/cross_entropy/0"),
            classes("A3/one-hot-other", Q, "measures/cross_entropy/0"),
            classes("A3/smoothed", P + "&smoothing=0.1", "measures/cross_entropy/0"),
            probability("A3/zero-unguarded", "at=0", LOSS),
            probability("clipping/clip-1e-7", "at=0&epsilon=1e-7", "losses/clipped/loss"),
            probability("A0/guard-at-zero", "at=0&epsilon=1e-15", "losses/epsilon/loss"),
            classes("A3/logits-far", "logits=1000,0&targets=0,1", "measures/cross_entropy/0"),
            classes("A3/logits-p", P, "measures/cross_entropy/0"),
            classes("A3/logits-q", Q, "measures/cross_entropy/0"),
            classes("wrong/p-logits", P, "gradient/0"),
            classes("wrong/q-logits", Q, "gradient/0"),
            probability("A3/focal-mention", "at=0.8&gamma=2&alpha=0.25", "losses/focal/loss"),
            classes("A3/bits-8", EIGHT, "measures/entropy/1"),
            classes("A3/nats-8", EIGHT, "measures/entropy/0"));

    private static ArticleButton classes(String id, String query, String number) {
        return new ArticleButton(id, "classes", query, number);
    }

    /** A cat, no bird and a dog. */
    private static ArticleButton labels(String id, String number) {
        return new ArticleButton(id, "labels", "logits=2,-1,0.5&targets=1,0,1", number);
    }

    private static ArticleButton logit(String id, String query, String number) {
        return new ArticleButton(id, "binary", "axis=logit&" + query, number);
    }

    private static ArticleButton probability(String id, String query, String number) {
        return new ArticleButton(id, "binary", "axis=probability&" + query, number);
    }
}
