package org.ejgrad.examples;

import java.io.IOException;
import picocli.CommandLine.Mixin;

/** What to learn, and from which rows: shared by the commands that train. */
final class ProblemOptions {
    @Mixin
    private SourceOptions source = new SourceOptions();

    @Mixin
    private PlanOptions plan = new PlanOptions();

    /** The same, with a data set to take if nothing else is given. */
    ProblemOptions orElse(String name) {
        source.orElse(name);
        return this;
    }

    /** A name for files that are made of it. */
    String name() {
        return source.name();
    }

    /** What is given, as it was given. */
    String given() {
        return source.given();
    }

    /** Whether any data are given. */
    boolean isAsked() {
        plan.requireNoneWithout(source.csv());
        return source.isAsked();
    }

    /** Refuses what {@code choose} cannot compare. */
    void requireClasses() {
        if (!plan.isClassification()) {
            throw new IllegalArgumentException("--regression and --labels are of train alone; expected neither, as "
                    + "choose compares accuracies, and so a target that is a class");
        }
    }

    Problem load(long seed) throws IOException {
        plan.requireNoneWithout(source.csv());
        return source.load(plan, seed);
    }
}
