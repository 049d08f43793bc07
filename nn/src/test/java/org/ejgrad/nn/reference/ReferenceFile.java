package org.ejgrad.nn.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file of figures: runs each of its cases and counts which agree. */
public final class ReferenceFile {
    private static final String FORMAT = "autodiff-reference/1";

    private static final Map<String, CaseRunner> KINDS = Map.of(
            "op", ReferenceOperations::run,
            "program", ReferencePrograms::run,
            "loss", ReferenceLosses::run,
            "layer", ReferenceLayers::run,
            "network", ReferenceNetworks::run,
            "article", ReferenceArticles::run,
            "optimizer", ReferenceOptimizers::run,
            "schedule", ReferenceSchedules::run,
            "clip", ReferenceClipping::run);

    private ReferenceFile() {}

    /**
     * What a file came to.
     *
     * @param agree cases whose figures all agree
     * @param exceptions documented differences: at NaN inputs, and in cases marked as a quirk of their source; those
     *     cases count as agreeing
     * @param differ a line per case with a differing figure
     * @param unsupported a line per case that could not be run
     * @param largestShare the largest difference as a share of the one that is allowed there
     */
    public record Outcome(
            int agree, List<String> exceptions, List<String> differ, List<String> unsupported, double largestShare) {}

    public static Outcome run(Json file) {
        String format = file.get("format").text();
        if (!format.equals(FORMAT)) {
            throw new IllegalArgumentException("the format is " + format + "; expected " + FORMAT);
        }
        String kind = file.get("kind").text();
        Tolerance tolerance =
                new Tolerance(file.get("rtol").number(), file.get("atol").number());
        int agree = 0;
        double largestShare = 0;
        List<String> exceptions = new ArrayList<>();
        List<String> differ = new ArrayList<>();
        List<String> unsupported = new ArrayList<>();
        for (Json figures : file.get("cases").list()) {
            String id = figures.find("id").map(Json::text).orElse("a case without id");
            try {
                Comparison comparison = run(kind, figures, tolerance);
                largestShare = Math.max(largestShare, comparison.largestShare());
                String difference = String.join("; ", comparison.differences());
                comparison.exceptions().forEach(line -> exceptions.add(id + ": " + line));
                if (difference.isEmpty()) {
                    agree++;
                } else if (isQuirk(figures)) {
                    agree++;
                    exceptions.add(id + ": " + difference);
                } else {
                    differ.add(id + ": " + difference);
                }
            } catch (Unsupported e) {
                unsupported.add(id + ": " + e.getMessage());
            } catch (RuntimeException e) {
                (isQuirk(figures) ? exceptions : differ).add(id + ": " + e);
                agree += isQuirk(figures) ? 1 : 0;
            }
        }
        return new Outcome(agree, exceptions, differ, unsupported, largestShare);
    }

    private static Comparison run(String kind, Json figures, Tolerance tolerance) {
        CaseRunner runner =
                Optional.ofNullable(KINDS.get(kind)).orElseThrow(() -> new Unsupported("cases of the kind " + kind));
        Tolerance own = new Tolerance(
                figures.find("rtol").map(Json::number).orElse(tolerance.relative()),
                figures.find("atol").map(Json::number).orElse(tolerance.absolute()));
        Comparison comparison = new Comparison();
        runner.run(figures, own, comparison);
        return comparison;
    }

    private static boolean isQuirk(Json figures) {
        return figures.find("tags").stream()
                .flatMap(tags -> tags.list().stream())
                .anyMatch(tag -> tag.text().equals("quirk"));
    }
}
