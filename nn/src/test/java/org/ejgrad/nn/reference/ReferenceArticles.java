package org.ejgrad.nn.reference;

import java.math.BigDecimal;

/** Worked numbers of articles: the computed ones are losses or operations, the others decimals to be read exactly. */
final class ReferenceArticles {
    private ReferenceArticles() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        double exact = new BigDecimal(figures.get("exact").text()).doubleValue();
        comparison.number("exact_double", figures.get("exact_double").number(), exact, tolerance);
        if (figures.find("op").isPresent()) {
            ReferenceLosses.run(figures, tolerance, comparison);
        }
    }
}
