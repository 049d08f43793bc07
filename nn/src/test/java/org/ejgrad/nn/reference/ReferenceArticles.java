package org.ejgrad.nn.reference;

/** Worked numbers of articles: the computed ones are losses or operations, the others decimals to be read exactly. */
final class ReferenceArticles {
    private ReferenceArticles() {}

    static void run(Json figures, Tolerance tolerance, Comparison comparison) {
        double exact = figures.get("exact").number();
        comparison.number("exact_double", figures.get("exact_double").number(), exact, tolerance);
        if (figures.find("op").isPresent()) {
            ReferenceLosses.run(figures, tolerance, comparison);
        }
    }
}
